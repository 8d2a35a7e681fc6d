"""What a page's form sent, as `engine.forms` takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from engine import forms
from webapp.current import now
from webapp.uploads import attached

MANY = ("checklist", "taglist")


FILES = "files"


def answers(
    form: forms.Form | None, sent: MultiDict[str, str], zone: tzinfo | None, business_key: str = ""
) -> dict[str, Any]:
    """The answers as `engine.forms` takes them: rows nested by their dotted names, times in the reader's zone.

    Files are those stored for the record that `business_key` names.
    """
    if form is None:
        return {}
    return _section(form.fields, _nested(sent), _Reading(zone, business_key))


@dataclass(frozen=True)
class _Reading:
    """How texts are understood: times in a zone, files as those of a record."""

    zone: tzinfo | None
    business_key: str


def sent_answers(form: forms.Form) -> dict[str, Any]:
    """The answers of the request at hand, times in the zone of the person asking."""
    return answers(form, request.form, now().tzinfo)


def _nested(sent: MultiDict[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, values in sent.lists():
        place = tree
        *path, last = name.split(".")
        for part in path[:4]:
            inner = place.setdefault(part, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = values
    return tree


def _section(fields: tuple[forms.Field, ...], tree: Mapping[str, Any], how: _Reading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        if field.type == "group":
            found |= _section(field.fields, tree, how)
        elif field.type == "rows":
            rows = tree.get(field.key)
            found[field.key] = _rows(field, rows, how) if isinstance(rows, Mapping) else []
        elif field.holds_value and isinstance(tree.get(field.key), list):
            found[field.key] = _value(field, tree[field.key], how)
    return found


def _rows(field: forms.Field, rows: Mapping[str, Any], how: _Reading) -> list[dict[str, Any]]:
    numbers = sorted((int(name), name) for name in rows if name.isdecimal() and len(name) < 9)
    return [_section(field.fields, rows[name], how) for _, name in numbers if isinstance(rows[name], Mapping)]


def _value(field: forms.Field, values: list[str], how: _Reading) -> Any:
    if field.type == FILES:
        return attached([value for value in values if value], how.business_key)
    if field.type in MANY:
        return [value for value in values if value]
    value = values[-1]
    return _with_zone(value, how.zone) if field.type == "datetime" else value


def _with_zone(value: str, zone: tzinfo | None) -> str:
    """A browser sends wall-clock time; what cannot be read stays as it is, for the form to refuse."""
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return value
    return found.replace(tzinfo=zone).isoformat() if found.tzinfo is None else value
