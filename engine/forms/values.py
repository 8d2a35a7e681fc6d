"""From what a person typed, or a program sent, to a typed value; and a sentence when that cannot be done.

Numbers are exact (int or Decimal, never float), moments aware and in UTC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import regex

from engine.errors import Sentence
from engine.forms.model import Choice, Field

LONGEST_TEXT = {"text": 1000, "textarea": 20_000}
LONGEST_NUMBER = 40
PATTERN_SECONDS = 0.1
MONEY_PLACES = 2
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?\Z")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\Z")
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>().]+(\.[^@\s,;<>().]+)+\Z")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,30}\Z")
TRUE, FALSE = ("true", "on", "1", "yes"), ("false", "off", "0", "no", "")


class Unfit(Exception):
    """A value that a field cannot take; `sentence` says what was expected."""

    def __init__(self, template: str, **values: object) -> None:
        self.sentence = Sentence(template, **values)
        super().__init__(str(self.sentence))


def is_empty(raw: Any) -> bool:
    """Whether nothing was answered."""
    return raw is None or raw == "" or raw == [] or (isinstance(raw, str) and not raw.strip())


def text_of(value: Any, now: datetime) -> Any:
    """A plain value as the text that an HTML field holds; lists stay lists."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(now.tzinfo).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return [each if isinstance(each, Mapping) else text_of(each, now) for each in value]
    return value if isinstance(value, Mapping) else str(value)


def convert(field: Field, raw: Any, choices: tuple[Choice, ...], now: datetime) -> Any:
    """The typed value of an answer; None for an empty one. `now` carries the reader's zone. Raises Unfit."""
    if field.type == "checkbox":
        return _boolean(raw)
    if is_empty(raw):
        return [] if field.type in ("checklist", "taglist", "files") else None
    return _CONVERTERS[field.type](field, raw, choices, now)


def check(field: Field, value: Any, low: Any, high: Any) -> None:
    """Holds a typed value to the field's rules and its bounds `low` and `high` (None: none). Raises Unfit."""
    if isinstance(value, str):
        _check_text(field, value)
    if low is not None and _comparable(value, low) and value < low:
        if isinstance(value, date):
            raise Unfit("Expected %(low)s or later, but got %(value)s.", low=low, value=value)
        raise Unfit("Expected at least %(low)s, but got %(value)s.", low=_shown(low), value=_shown(value))
    if high is not None and _comparable(value, high) and value > high:
        if isinstance(value, date):
            raise Unfit("Expected %(high)s or earlier, but got %(value)s.", high=high, value=value)
        raise Unfit("Expected at most %(high)s, but got %(value)s.", high=_shown(high), value=_shown(value))


def number_of(text: str) -> Decimal | None:
    """An exact number out of a bound or a typed text such as `1,234.56`; None when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    if _GROUPED.match(plain):
        plain = plain.replace(",", "")
    if len(plain) > LONGEST_NUMBER or not _PLAIN.match(plain):
        return None
    return Decimal(plain)


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    text = "" if raw is None else str(raw).strip().lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise Unfit("Expected yes or no, but got '%(value)s'.", value=_short(raw))


def _text(field: Field, raw: Any, _choices: tuple[Choice, ...], _now: datetime) -> str:
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise Unfit("Expected a text, but got '%(value)s'.", value=_short(raw))
    text = raw.replace("\r\n", "\n").strip()
    if "\x00" in text or any(unicodedata.category(sign) == "Cs" for sign in text):
        raise Unfit("Expected a text, but it holds signs that cannot be stored.")
    longest = LONGEST_TEXT[field.type]
    if len(text) > longest:
        raise Unfit("Expected at most %(most)s characters, but got %(count)s.", most=longest, count=len(text))
    return text


def _number(field: Field, raw: Any, _choices: tuple[Choice, ...], _now: datetime) -> int | Decimal:
    number = _exact(raw)
    if number is None:
        raise Unfit("Expected a number such as 1,234.56, but got '%(value)s'.", value=_short(raw))
    places = _places(field)
    if places is not None and _decimals(number) > places:
        if places == 0:
            raise Unfit("Expected a whole number, but got '%(value)s'.", value=_short(raw))
        raise Unfit(
            "Expected at most %(places)s decimal places, but got '%(value)s'.",
            places=places,
            value=_short(raw),
        )
    if places == 0 or (places is None and number == number.to_integral_value()):
        return int(number)
    return number


def _decimals(number: Decimal) -> int:
    """How many decimal places a number needs; counted in its text, as arithmetic would round a long one."""
    return len(f"{number:f}".partition(".")[2].rstrip("0"))


def _places(field: Field) -> int | None:
    if field.decimals is not None:
        return field.decimals
    return {"integer": 0, "money": MONEY_PLACES}.get(field.unit)


def _exact(raw: Any) -> Decimal | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, str):
        return number_of(raw)
    if isinstance(raw, int | float | Decimal):
        try:
            number = Decimal(str(raw))
        except InvalidOperation:
            return None
        return number if number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER else None
    return None


def _single(_field: Field, raw: Any, choices: tuple[Choice, ...], _now: datetime) -> Any:
    return _chosen(raw, choices)


def _many(_field: Field, raw: Any, choices: tuple[Choice, ...], _now: datetime) -> list[Any]:
    chosen = [_chosen(each, choices) for each in (raw if isinstance(raw, list | tuple) else [raw])]
    return [value for place, value in enumerate(chosen) if value not in chosen[:place]]


def _chosen(raw: Any, choices: tuple[Choice, ...]) -> Any:
    for choice in choices:
        if (raw == choice.value and isinstance(raw, bool) == isinstance(choice.value, bool)) or raw == choice.text:
            return Decimal(str(choice.value)) if isinstance(choice.value, float) else choice.value
    raise Unfit("Expected one of the options, but got '%(value)s'.", value=_short(raw))


def _date(_field: Field, raw: Any, _choices: tuple[Choice, ...], _now: datetime) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    found = _DATE.match(unicodedata.normalize("NFKC", str(raw)).strip())
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise Unfit("Expected a date such as 2026-03-31, but got '%(value)s'.", value=_short(raw))


def _time(_field: Field, raw: Any, _choices: tuple[Choice, ...], _now: datetime) -> time:
    if isinstance(raw, time):
        return raw
    try:
        return time.fromisoformat(str(raw).strip())
    except ValueError:
        raise Unfit("Expected a time such as 14:30, but got '%(value)s'.", value=_short(raw)) from None


def _datetime(_field: Field, raw: Any, _choices: tuple[Choice, ...], now: datetime) -> datetime:
    try:
        found = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip())
        return (found if found.tzinfo else found.replace(tzinfo=now.tzinfo)).astimezone(UTC)
    except (ValueError, OverflowError):  # in UTC, the first and last hours of the calendar may lie outside it
        raise Unfit(
            "Expected a date and time such as 2026-03-31 14:30, but got '%(value)s'.", value=_short(raw)
        ) from None


def _files(_field: Field, raw: Any, _choices: tuple[Choice, ...], _now: datetime) -> list[dict[str, Any]]:
    """Stored files, each a mapping with its id `file`, its `name` and its `size` in bytes."""
    given = raw if isinstance(raw, list) else [raw]
    if all(isinstance(each, Mapping) and {"file", "name"} <= set(each) for each in given):
        return [dict(each) for each in given]
    raise Unfit("Expected stored files, but got '%(value)s'.", value=_short(raw))


_CONVERTERS: Mapping[str, Callable[[Field, Any, tuple[Choice, ...], datetime], Any]] = {
    "text": _text,
    "textarea": _text,
    "number": _number,
    "radio": _single,
    "select": _single,
    "checklist": _many,
    "taglist": _many,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "files": _files,
}


def _check_text(field: Field, text: str) -> None:
    if field.min_length is not None and len(text) < field.min_length:
        raise Unfit(
            "Expected at least %(least)s characters, but got %(count)s.",
            least=field.min_length,
            count=len(text),
        )
    if field.max_length is not None and len(text) > field.max_length:
        raise Unfit("Expected at most %(most)s characters, but got %(count)s.", most=field.max_length, count=len(text))
    if field.format == "email" and not _EMAIL.match(text):
        raise Unfit("Expected an e-mail address such as lin.wei@example.com, but got '%(value)s'.", value=_short(text))
    if field.format == "phone" and not _PHONE.match(text):
        raise Unfit("Expected a telephone number such as +86 21 5555 0100, but got '%(value)s'.", value=_short(text))
    if field.pattern and not _matches(field.pattern, text):
        raise Unfit(
            "Expected a text of the form %(pattern)s, but got '%(value)s'.",
            pattern=field.pattern,
            value=_short(text),
        )


def _matches(pattern: str, text: str) -> bool:
    try:
        return regex.search(pattern, text, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        return False


def _comparable(value: Any, bound: Any) -> bool:
    if isinstance(value, bool) or isinstance(bound, bool):
        return False
    numbers = isinstance(value, int | Decimal) and isinstance(bound, int | Decimal)
    return numbers or type(value) is type(bound)


def _shown(value: Any) -> str:
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return str(value)


def _short(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."
