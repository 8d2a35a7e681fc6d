"""Values that a drawing gives as text: literal, or FEEL when wrapped in `${…}` or led by `=`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from engine.bpmn import times
from engine.feel import YearsMonths, add_duration, compile_expression, parse_date, spelled, wrap
from engine.feel.names import KEYWORDS
from engine.live import Live

_NUL, LONGEST_NAME = "\0", 200


def is_expression(text: str) -> bool:
    """Whether a text from a drawing is FEEL rather than a literal."""
    stripped = text.strip()
    return stripped.startswith("=") or (stripped.startswith(("${", "#{")) and stripped.endswith("}"))


def feel(text: str, variables: Mapping[str, Any], now: datetime) -> Any:
    """The value of a FEEL expression over variables; null when it cannot be told."""
    unusual = [name for name in variables if not name.isidentifier() or name in KEYWORDS]
    return compile_expression(wrap(text), unusual)(variables, now)


def value(text: str | None, variables: Mapping[str, Any], now: datetime) -> Any:
    """The value of an attribute: literal text as it is, FEEL evaluated, None for a missing one."""
    if text is None or not is_expression(text):
        return text
    return feel(text, variables, now)


def names(text: str | None, variables: Mapping[str, Any], now: datetime) -> list[str]:
    """A list of logins or groups: `a, b`, or FEEL giving a text or a list of texts.

    One with the character U+0000, which no database keeps, or longer than those that are kept, is nobody's.
    """
    found = value(text, variables, now)
    if found is None:
        return []
    parts = found if isinstance(found, list) else _text(found).split(",")
    found = [_text(part).strip() for part in parts if part is not None]
    return [name for name in found if name and _NUL not in name and len(name) <= LONGEST_NAME]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else spelled(value)


def moment(text: str, variables: Mapping[str, Any], now: datetime) -> datetime | None:
    """The moment a due date means: a date-time, a date at nine o'clock, or a duration from now; None for no time."""
    return as_moment(time_given(text, variables, now), now)


def time_given(text: str, variables: Mapping[str, Any], now: datetime) -> Any:
    """What the text of a due date gives: a duration, a date-time or a date; null, or anything else that FEEL gives.

    A text that is written as a time and is none, or as one that repeats, is given as it is; an empty one is null.
    """
    literal = not is_expression(text) and (not text.strip() or times.written(text) or _written(text) is not None)
    found = text.strip() if literal else feel(text, variables, now)
    if not isinstance(found, str):
        return found
    return (_written(found) or found) if found.strip() else None


def _written(text: str) -> Any:
    """A duration, date-time or date that a text holds, as variables from elsewhere do; None for any other text."""
    read = (parse(text.strip()) for parse in (parse_date, times.span, times.moment))
    try:
        return next((found for found in read if found is not None), None)
    except times.NoTime:
        return None


def as_moment(found: Any, now: datetime) -> datetime | None:
    """A date-time, date or duration as a moment; None for anything else, and beyond the calendar."""
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
    if isinstance(found, date):
        return datetime.combine(found, time(9), tzinfo=now.tzinfo)
    if not isinstance(found, timedelta | YearsMonths | times.Span):
        return None
    try:
        return found.after(now) if isinstance(found, times.Span) else add_duration(now, found)
    except (OverflowError, ValueError):
        return None


def subject(live: Live, variables: Mapping[str, Any], drawn: str | None = None) -> str:
    """What a task is about, for lists: the record's and customer's names when the process knows them.

    Before them stands what is `drawn` (FEEL), such as which one of several actions it is.
    """
    own = feel(drawn, variables, live.now) if drawn else None
    parts = [own, variables.get("record_name") or variables.get("opportunity_name"), variables.get("account_name")]
    return " · ".join(_text(part) for part in parts if part).replace(_NUL, "\ufffd")[:200] or live.about(variables)


def names_text(names_by_language: Mapping[str, str]) -> str:
    """Names by language as stored text."""
    return _names_text(tuple(names_by_language.items()))


@lru_cache(maxsize=4096)
def _names_text(items: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(items), ensure_ascii=False, sort_keys=True)
