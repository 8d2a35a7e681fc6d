"""Asking a decision and taking one value out of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.contract import Sentence, TaskContext
from handlers.shared.outcomes import Undecided


def ask(context: TaskContext[Any], decision: str, inputs: Mapping[str, Any]) -> Any:
    """The answer of a pinned decision; raises `Undecided` when no row fits."""
    answer = context.decide(decision, inputs)
    if answer is None:
        shown = ", ".join(f"{name} = {value}" for name, value in inputs.items())
        raise Undecided(
            Sentence(
                "Expected a row of decision %(decision)s for %(inputs)s, but none fits. Add one and try again.",
                decision=decision,
                inputs=shown,
            )
        )
    return answer


def output(answer: Any, name: str) -> Any:
    """One output of an answer, whether the decision has one output or several."""
    return answer[name] if isinstance(answer, Mapping) else answer


def decided(context: TaskContext[Any], name: str) -> Any:
    """One output of the decision behind this step; raises `Undecided` when no row fitted."""
    if context.result is None:
        text = "Expected a row that fits in the decision of step %(step)s, but there is none. Add one and try again."
        raise Undecided(Sentence(text, step=context.element))
    return output(context.result, name)
