"""What an evaluation gives back, and the run that gathers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.errors import EngineError
from engine.feel import Reason
from engine.feel.run import Run


class DecisionError(EngineError):
    """A decision table contradicts its own hit policy for these inputs, or what is made of its result."""


@dataclass(frozen=True, slots=True)
class FiredRow:
    """A row that matched: decision id, row number from 1, row id, input values by expression, outputs by
    name.
    """

    decision: str
    row_number: int
    row_id: str
    inputs: Mapping[str, object]
    outputs: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on the way, with its value, in the order of evaluation."""

    decision: str
    value: object


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """The value of a decision with everything that led to it.

    ``inputs``: the variables that were asked for and what they were; ``problems``: why values are null.
    """

    value: object
    fired: tuple[FiredRow, ...]
    inputs: Mapping[str, object]
    problems: tuple[Reason, ...]
    trace: tuple[Step, ...]


class DecisionRun(Run):
    """A run that also notes the rows that fired. ``decision`` is the one being evaluated."""

    __slots__ = ("decision", "fired", "notes", "trace")

    def __init__(self, now: datetime | None) -> None:
        self.notes: list[Reason] = []
        super().__init__(now, self.notes)
        self.decision = ""
        self.fired: list[FiredRow] = []
        self.trace: list[Step] = []
