"""One evaluation: its clock, its budget, and the reasons it met on the way."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from engine.feel.problems import BudgetExceeded, Reason

MAX_STEPS = 1_000_000
"""Loop rounds, calls and copied elements that one evaluation may use."""
MAX_CALL_DEPTH = 40
"""How deep functions written in FEEL may call each other."""
MAX_TEXT = 1_000_000
"""Characters in one string value."""
MAX_PROBLEMS = 50
"""Reasons kept per evaluation; the first ones explain the rest."""

PATTERN_SECONDS = 0.5
"""Time that the regular expressions of one evaluation may take together."""

Scope = Mapping[str, object]


class DeclaredTypes(Protocol):
    """The types that a model declares beside those of the language."""

    def holds(self, value: object, name: str, run: "Run") -> bool | None:
        """Whether the value is of the type; None when nobody declares it."""


class Run:
    """Budget and clock of one evaluation. ``problems`` is None when nobody will read the reasons.

    ``types`` are those of the model in which the evaluation stands; None outside of models.
    """

    __slots__ = ("_depth", "_steps", "now", "pattern_seconds", "problems", "types")

    def __init__(self, now: datetime | None, problems: list[Reason] | None, steps: float = MAX_STEPS) -> None:
        self.now = now
        self.problems = problems
        self._steps = steps
        self._depth = 0
        self.pattern_seconds = PATTERN_SECONDS
        self.types: DeclaredTypes | None = None

    def charge(self, steps: int = 1) -> None:
        """Pay for work; raises BudgetExceeded when the evaluation has used up its steps."""
        self._steps -= steps
        if self._steps < 0:
            raise BudgetExceeded("The expression needs more than %(limit)s steps", limit=MAX_STEPS)

    def read(self, value: str) -> None:
        """Pay for looking through a long text."""
        if len(value) > 4096:
            self.charge(len(value) >> 8)

    def text(self, value: str) -> str:
        """Admit a newly built string; raises BudgetExceeded when it is too long."""
        if len(value) > 256:
            if len(value) > MAX_TEXT:
                raise BudgetExceeded("The expression builds a text of more than %(limit)s characters", limit=MAX_TEXT)
            self.charge(len(value) >> 6)
        return value

    def enter(self, cost: int = 1) -> None:
        """Go into a function written in FEEL; raises BudgetExceeded when calls nest too deeply."""
        self.charge(cost)
        self._depth += 1
        if self._depth > MAX_CALL_DEPTH:
            raise BudgetExceeded("Functions call each other more than %(limit)s deep", limit=MAX_CALL_DEPTH)

    def leave(self) -> None:
        """Come back from the function last entered."""
        self._depth -= 1

    def fail(self, template: str, **params: object) -> None:
        """Note why the value at hand is null (the answer is that null)."""
        problems = self.problems
        if problems is not None and len(problems) < MAX_PROBLEMS:
            problems.append(Reason(template, params))

    def unknown(self, name: str) -> None:
        """Note that a variable has no value here."""
        self.fail("The variable '%(name)s' is not known.", name=name)


Code = Callable[[Scope, Run], object]
"""A compiled expression: variables and run in, value out."""

QUIET = Run(None, None, float("inf"))
"""For expressions whose work is bounded by their own length: no budget, no clock, no reasons. Shared, never
changed.
"""


class Frame(dict[str, object]):
    """Local names in front of an outer scope."""

    __slots__ = ("outer",)

    def __init__(self, outer: Scope, names: Mapping[str, object]) -> None:
        super().__init__(names)
        self.outer = outer

    def __missing__(self, name: str) -> object:
        return self.outer[name]
