"""Times and durations written in settings and drawings, outside of expressions (ISO 8601)."""

import re
from datetime import date, datetime, timedelta

from engine.feel import calendar, temporal
from engine.feel.values import YearsMonths

_WEEKS = re.compile(r"P([0-9]{1,6})W")


def parse_duration(text: str) -> timedelta | YearsMonths | None:
    """``PT1H``, ``P2D``, ``P1Y6M`` or ``P2W`` as a duration; None when it is none."""
    text = text.strip()
    weeks = _WEEKS.fullmatch(text)
    found = timedelta(weeks=int(weeks[1])) if weeks else temporal.read_duration(text)
    return found if isinstance(found, timedelta | YearsMonths) else None


def parse_date_and_time(text: str) -> datetime | None:
    """``2024-05-01T09:00:00Z`` (or with an offset, ``@Zone`` or no zone) as a moment; None when it is none."""
    found = temporal.read_date_and_time(text.strip())
    return found if isinstance(found, datetime) else None


def parse_date(text: str) -> date | None:
    """``2024-05-01`` as a date; None when it is none."""
    found = temporal.read_date(text.strip())
    return found if isinstance(found, date) else None


def add_duration(moment: datetime, duration: timedelta | YearsMonths) -> datetime:
    """The moment after the duration; a month too short for the day ends at its last day.

    Raises ValueError or OverflowError when the calendar does not reach that far.
    """
    moved = calendar.add(moment, duration)
    if not isinstance(moved, datetime):
        raise OverflowError(f"{moved} is beyond the calendar")
    return moved


def wrap(text: str) -> str:
    """The expression inside a modeler's wrapper: ``${a > 1}``, ``#{a > 1}`` or ``= a > 1``; others unchanged."""
    bare = text.strip()
    if bare.startswith(("${", "#{")) and bare.endswith("}"):
        return bare[2:-1].strip()
    return bare[1:].strip() if bare.startswith("=") else bare
