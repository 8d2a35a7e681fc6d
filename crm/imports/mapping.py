"""Which column fills which field: suggestions by name, and what a mapping lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from crm.imports.fields import Field, key_of
from crm.imports.lists import BY_KIND
from crm.imports.refusals import ImportRefused

NEAR = 0.84
Mapped = Mapping[str, str]  # column name -> field key


def suggest(kind: str, header: Sequence[str]) -> dict[str, str]:
    """A field for every column that clearly names one; each field once, exact names before near ones."""
    found: dict[str, str] = {}
    for measure in (_exact, _near):
        for column in header:
            if not column or column in found:
                continue
            free = [field for field in BY_KIND[kind] if field.key not in found.values()]
            best = max(free, key=lambda field: (measure(column, field), -BY_KIND[kind].index(field)), default=None)
            if best is not None and measure(column, best) >= NEAR:
                found[column] = best.key
    return {column: found[column] for column in header if column in found}


def _exact(column: str, field: Field) -> float:
    """1 for one of the field's names; its own label counts more than names shared with other fields."""
    key = key_of(column)
    if key not in field.names:
        return 0
    return 2 if key in (key_of(field.label), key_of(field.label_zh), key_of(field.key)) else 1


def _near(column: str, field: Field) -> float:
    key = key_of(column)
    if len(key) < 4:
        return 0
    return max((SequenceMatcher(None, key, name).ratio() for name in field.names if len(name) > 3), default=0)


def check(kind: str, header: Sequence[str], mapped: Mapped) -> None:
    """Refuses a mapping (`ImportRefused`) that names unknown columns or fields, or lacks what a row needs."""
    known = {field.key: field for field in BY_KIND[kind]}
    for column, key in mapped.items():
        if column not in header:
            raise ImportRefused("Expected a column %(column)s in the file, but there is none.", column=column)
        if key not in known:
            raise ImportRefused(
                "Expected one of the fields %(fields)s for column %(column)s, but got %(field)s.",
                fields=", ".join(known),
                column=column,
                field=key,
            )
    chosen = list(mapped.values())
    if twice := sorted({key for key in chosen if chosen.count(key) > 1}):
        raise ImportRefused("Expected one column for %(field)s, but several are chosen.", field=known[twice[0]].label)
    for label, ways in _needed(kind).items():
        if not any(way in chosen for way in ways):
            raise ImportRefused(
                "Expected a column for %(field)s, but none is chosen. Say which column holds it.", field=label
            )


def _needed(kind: str) -> dict[str, tuple[str, ...]]:
    if kind == "accounts":
        return {"Name": ("name",)}
    whose = {"Account": ("account", "account_id")}
    if kind == "contacts":
        return {"Name": ("name", "last_name"), **whose}
    return {"Name": ("name",), **whose}
