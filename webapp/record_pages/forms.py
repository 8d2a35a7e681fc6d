"""A kind of record as a form: one field for each that the reader may give or change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crm import choices
from crm.kinds import Field, Kind
from crm.scopes import Reader
from engine import forms
from webapp.picking import sought
from webapp.tables import Connection

CONTROLS: Mapping[str, str] = {
    "text": "text",
    "code": "text",
    "long_text": "textarea",
    "words": "textarea",
    "integer": "number",
    "decimal": "number",
    "money": "number",
    "percent": "number",
    "date": "date",
    "moment": "datetime",
    "boolean": "checkbox",
    "choice": "select",
    "choices": "checklist",
    "reference": "select",
    "user": "select",
    "unit": "select",
    "rows": "rows",
}
UNITS = ("integer", "money", "percent")
HINTS: Mapping[str, Mapping[str, str]] = {"words": {"en": "One a line.", "zh-Hans": "每行一项。"}}


def form_of(
    connection: Connection, who: Reader, kind: Kind, fields: Iterable[Field], about: str, held: Mapping[str, Any]
) -> forms.Form:
    """The form for some fields of a kind; `about` is the record or its parent, `held` the answers it has now.

    A value that is no longer among the choices stays one of them, so that looking at a form changes nothing.
    """
    return forms.Form(kind.key, tuple(_field(connection, who, kind, one, about, held.get(one.name)) for one in fields))


def _field(connection: Connection, who: Reader, kind: Kind, field: Field, about: str, held: Any) -> forms.Field:
    column = kind.table.c[field.name].type
    return forms.Field(
        key=field.name,
        type=CONTROLS[field.type],
        labels=field.labels,
        descriptions=HINTS.get(field.type, {}),
        required=field.required and field.type != "boolean",
        choices=_choices(connection, who, field, about, held),
        reference=_reference(field),
        unit=field.type if field.type in UNITS else "",
        decimals=getattr(column, "scale", None),
        minimum="" if field.low is None else str(field.low),
        maximum="" if field.high is None else str(field.high),
        max_length=getattr(column, "length", None) if CONTROLS[field.type] == "text" else None,
        fields=tuple(_inner(connection, who, one, about) for one in field.fields),
    )


def _inner(connection: Connection, who: Reader, field: Field, about: str) -> forms.Field:
    return forms.Field(
        key=field.name,
        type=CONTROLS[field.type],
        labels=field.labels,
        required=field.required and field.type != "boolean",
        choices=_choices(connection, who, field, about, None),
        reference=_reference(field),
        unit=field.type if field.type in UNITS else "",
        minimum="" if field.low is None else str(field.low),
        maximum="" if field.high is None else str(field.high),
    )


def _choices(connection: Connection, who: Reader, field: Field, about: str, held: Any) -> tuple[forms.Choice, ...]:
    if field.choices:
        found = [forms.Choice(value, {"en": en, "zh-Hans": zh}) for value, en, zh in field.choices]
    elif reference := _reference(field):
        wanted = sought(reference, held)
        known = choices.of(connection, reference, about, who, text=wanted.text, held=wanted.values)
        found = [forms.Choice(value, labels) for value, labels in known]
    else:
        return ()
    kept = held if isinstance(held, list) else [] if held is None else [held]
    missing = [one for one in kept if one not in {choice.value for choice in found}]
    return (*found, *(forms.Choice(one, {"en": str(one), "zh-Hans": str(one)}) for one in missing))


def _reference(field: Field) -> str:
    if field.type == "unit":
        return "org_unit"
    if field.type == "user":
        return f"user:{field.reference}" if field.reference else "user"
    return field.reference if field.type == "reference" else ""
