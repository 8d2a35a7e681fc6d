"""Corrected variables as a plain form: one field per simple value, read back in the kind it had."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from engine import errors

NAME = re.compile(r"[a-z_][a-z0-9_]{0,79}\Z", re.IGNORECASE)
KINDS = ("text", "number", "yes_no", "date", "moment")
PREFIX, KIND_PREFIX = "value.", "kind."
RESERVED = frozenset({"business_key", "started_by"})
YES_NO: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class Correctable:
    """One variable that can be corrected here: its kind, its present text, and whether the kind may be chosen."""

    name: str
    kind: str
    text: str
    open_kind: bool


def correctable(variables: Mapping[str, Any]) -> list[Correctable]:
    """The simple variables by name; lists and contexts are left out, they come from the steps that made them."""
    found = [_one(name, value) for name, value in sorted(variables.items()) if name not in RESERVED]
    return [one for one in found if one is not None]


def _one(name: str, value: Any) -> Correctable | None:
    kind = kind_of(value)
    return None if kind is None else Correctable(name, kind, text_of(value), value is None)


def kind_of(value: Any) -> str | None:
    """The kind of a simple value; None for lists and contexts. Nothing counts as text until a kind is chosen."""
    if value is None or isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | Decimal):
        return "number"
    if isinstance(value, datetime):
        return "moment"
    return "date" if isinstance(value, date) else None


def text_of(value: Any) -> str:
    """A simple value as the form's field holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return str(value)


def read(form: Mapping[str, str], variables: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """What the person changed, as typed values; raises InvalidForm naming each value that cannot be read.

    A moment without a zone is one of `zone`.
    """
    changed: dict[str, Any] = {}
    wrong: dict[str, errors.Sentence] = {}
    for name, text in _texts(form).items():
        old = variables.get(name)
        if text == text_of(old).strip() and (name in variables or not text):
            continue
        kind = form.get(f"{KIND_PREFIX}{name}", "") if old is None else kind_of(old)
        try:
            changed[name] = _typed(name, kind or "text", text, zone)
        except ValueError:
            wrong[name] = errors.Sentence(
                "Expected %(name)s to be %(kind)s, but got %(text)s.",
                name=name,
                kind=errors.Sentence(EXPECTED.get(kind or "text", "a text")),
                text=text,
            )
    if wrong:
        raise errors.InvalidForm(wrong)
    return changed


def _texts(form: Mapping[str, str]) -> dict[str, str]:
    found = {key.removeprefix(PREFIX): value.strip() for key, value in form.items() if key.startswith(PREFIX)}
    added = form.get("new_name", "").strip()
    if added:
        found[added] = form.get("new_value", "").strip()
    return {name: text for name, text in found.items() if name not in RESERVED}


EXPECTED: Mapping[str, str] = {
    "text": "a text under a name of letters, digits and _",
    "number": "a number such as 1200.50",
    "yes_no": "yes or no",
    "date": "a date such as 2026-03-31",
    "moment": "a moment such as 2026-03-31T09:00",
}


def _typed(name: str, kind: str, text: str, zone: str) -> Any:
    if not NAME.match(name) or kind not in READERS:
        raise ValueError(name)
    return None if not text else READERS[kind](text, zone)


def _number(text: str, _zone: str) -> int | Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not found.is_finite():
        raise ValueError(text)
    return int(found) if found == found.to_integral_value() and abs(found) < 10**18 else found


def _yes_no(text: str, _zone: str) -> bool | None:
    if text not in YES_NO:
        raise ValueError(text)
    return YES_NO[text]


def _moment(text: str, zone: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


READERS: Mapping[str, Callable[[str, str], Any]] = {
    "text": lambda text, _zone: text,
    "number": _number,
    "yes_no": _yes_no,
    "date": lambda text, _zone: date.fromisoformat(text),
    "moment": _moment,
}
