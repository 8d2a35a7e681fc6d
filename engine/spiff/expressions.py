"""FEEL in drawings: text in, compiled expression out; and the wall in front of SpiffWorkflow's Python engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine

from engine.bpmn.expressions import no_truth
from engine.errors import EngineError, Finding, Rejected, Sentence, Stuck, Trouble, expected
from engine.feel import BudgetExceeded, Expression, FeelSyntaxError, Function, compile_expression, wrap


class NoPython(PythonScriptEngine):
    """Refuses whatever the library asks its script engine: nothing in a drawing is ever run as Python."""

    def __init__(self) -> None:
        super().__init__(environment=self)

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise EngineError("Expected a FEEL expression, but a drawing asked for Python.")

    validate = evaluate = execute = call_service = _refuse


NO_PYTHON = NoPython()


class Formula:
    """A compiled expression that knows where it stands, so that its troubles can be named."""

    __slots__ = ("element", "expression", "text")

    def __init__(self, text: str, element: str, file: str) -> None:
        self.text = wrap(text)
        self.element = element
        self.expression = compiled(self.text, element, file)

    def value(self, variables: Mapping[str, Any], now: datetime) -> Any:
        """The value for these variables; raises `Stuck` when the expression asks for too much work.

        A variable that is missing and has the name of a function, such as `count`, is null like any other.
        """
        found = self._worked_out(variables, now)
        return None if type(found) is Function else found

    def _worked_out(self, variables: Mapping[str, Any], now: datetime) -> Any:
        try:
            return self.expression(variables, now)
        except BudgetExceeded as problem:
            raise stuck(
                "EXPRESSION",
                self.element,
                expected(
                    "to work out '%(text)s' at '%(element)s'",
                    "it asks for too much: %(reason)s",
                    text=self.text,
                    element=self.element,
                    reason=Sentence.of(problem.reason),
                ),
            ) from problem

    def holds(self, variables: Mapping[str, Any], now: datetime) -> bool:
        """Whether a condition is true; null counts as false (DMN 1.3, 10.3.2.2), also a missing variable.

        Raises `Stuck` for a value that is neither true, false nor null: a choice by it would be a guess.
        """
        found = self._worked_out(variables, now)
        if found is True or found is False or found is None or type(found) is Function:
            return found is True
        raise stuck("CONDITION", self.element, no_truth(self.text, self.element, found))


def compiled(text: str, element: str, file: str) -> Expression:
    """A FEEL expression from a drawing; raises `Rejected` naming file, element and place when it does not parse."""
    try:
        return compile_expression(text, ())
    except FeelSyntaxError as problem:
        reason = Sentence.of(problem.placed)
        message = expected("a FEEL expression", "'%(text)s' does not parse: %(reason)s", text=text, reason=reason)
        remedy = Sentence("Correct the expression of '%(element)s'.", element=element)
        raise Rejected([Finding(file, element, 0, "expressions", message, remedy)]) from problem


def stuck(code: str, element: str, message: Sentence, **detail: object) -> Stuck:
    """The exception for an instance that cannot go on."""
    return Stuck(Trouble(code, element, message, detail))
