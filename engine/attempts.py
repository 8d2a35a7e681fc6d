"""Running code that is not ours, such as handlers: what it raises becomes an outcome."""

from __future__ import annotations

from types import TracebackType

from sqlalchemy.exc import OperationalError

from engine import watchdog
from engine.contract import Fail, Outcome
from engine.dmn import DecisionError
from engine.errors import Busy, EngineError, Sentence
from engine.feel import BudgetExceeded


class Undo(Exception):
    """Leaves the savepoint of a call with an outcome that must not keep what the handler wrote."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__()


class Attempt:
    """Runs code that is not ours: whatever it raises becomes a failed outcome, but for trouble with the database.

    When it does not come back within `seconds`, the watchdog (where it watches) ends this process.
    """

    def __init__(self, what: str, seconds: float) -> None:
        self.failed: Fail | None = None
        self._what, self._seconds = what, seconds

    def __enter__(self) -> Attempt:
        watchdog.begin(self._what, self._seconds)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        watchdog.finish()
        if not isinstance(error, Exception) or isinstance(error, Undo | Busy | OperationalError | MemoryError):
            return False
        self.failed = Fail(_reason(error), retry=not isinstance(error, DecisionError | BudgetExceeded))
        return True


def _reason(error: Exception) -> Sentence:
    if isinstance(error, EngineError):
        return error.sentence
    if isinstance(error, BudgetExceeded):
        return Sentence("its expression asks for too much: %(reason)s.", reason=Sentence.of(error.reason))
    return Sentence("%(kind)s: %(text)s", kind=type(error).__name__, text=str(error)[:500])
