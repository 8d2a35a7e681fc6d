"""A form as a page shows it: which fields, with what in them, which choices, what must be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import Sentence
from engine.forms.model import Choice, Field, Form, leaves
from engine.forms.scope import Options, Scope
from engine.forms.validate import first_rows, is_blank, of_new_row, rows_of, visible
from engine.forms.values import text_of


@dataclass(frozen=True)
class Shown:
    """One field on the page.

    `path` is its name in the HTML form, `value` the text in it (a list of texts for fields with
    many choices), `plain` the value itself for read-only fields, `rows` the rows of a repeating
    group, `fields` the fields of a group, `blank` an empty further row. A `hidden` one holds only the
    place of a field that a condition hides at present.
    """

    field: Field
    path: str
    value: Any = ""
    plain: Any = None
    choices: tuple[Choice, ...] = ()
    required: bool = False
    error: Sentence | None = None
    low: Any = None
    high: Any = None
    rows: tuple[tuple[Shown, ...], ...] = ()
    blank: tuple[Shown, ...] = ()
    fields: tuple[Shown, ...] = ()
    hidden: bool = False


def show(
    form: Form,
    raw: Mapping[str, Any] | None,
    variables: Mapping[str, Any],
    options: Options,
    now: datetime,
    errors: Mapping[str, Sentence] | None = None,
) -> tuple[Shown, ...]:
    """The fields to show; `raw` are answers to show again (a draft, a refused form), None at first.

    `errors` are the sentences of a refused form by path. `now` carries the reader's time zone.
    """
    scope = Scope(variables, options, now)
    return _Page(errors or {}).fields(form.fields, scope, raw, "")


class _Page:
    def __init__(self, errors: Mapping[str, Sentence]) -> None:
        self._errors = errors

    def fields(
        self, fields: tuple[Field, ...], scope: Scope, raw: Mapping[str, Any] | None, path: str
    ) -> tuple[Shown, ...]:
        answers = (
            raw
            if raw is not None
            else {each.key: text_of(scope.first_value(each), scope.now) for each in leaves(fields)}
        )
        hidden, known = visible(fields, scope, answers)
        return self._listed(fields, hidden, (known, scope), raw, path)

    def _listed(
        self,
        fields: tuple[Field, ...],
        hidden: frozenset[str],
        scopes: tuple[Scope, Scope],
        raw: Mapping[str, Any] | None,
        path: str,
    ) -> tuple[Shown, ...]:
        scope = scopes[0]
        shown = []
        for at, field in enumerate(fields):
            if field.hide_if and (field.key in hidden or (not field.key and scope.holds(field.hide_if))):
                shown.append(Shown(field, _path(path, field, at), hidden=True))
            elif field.type == "group":
                inner = self._listed(field.fields, hidden, scopes, raw, path)
                shown.append(Shown(field, _path(path, field, at), fields=inner))
            elif field.type == "rows":
                shown.append(self._rows(field, scopes, raw, path))
            else:
                shown.append(self._field(field, scope, raw, _path(path, field, at)))
        return tuple(shown)

    def _field(self, field: Field, scope: Scope, raw: Mapping[str, Any] | None, name: str) -> Shown:
        own = scope.value(field.prefill) if field.type == "expression" else scope.first_value(field)
        answered = raw is not None and field.key in raw and not field.read_only and field.holds_value
        typed = raw[field.key] if raw is not None and answered else text_of(own, scope.now)
        low, high = scope.bounds(field)
        return Shown(
            field,
            name,
            value="" if typed is None else typed,
            plain=own,
            choices=scope.choices(field),
            required=scope.is_required(field),
            error=self._errors.get(name),
            low=text_of(low, scope.now),
            high=text_of(high, scope.now),
        )

    def _rows(self, field: Field, scopes: tuple[Scope, Scope], raw: Mapping[str, Any] | None, path: str) -> Shown:
        """`scopes` are what is known with the answers, and before them."""
        scope, name = scopes[0], path + field.key
        first = first_rows(field, *scopes)
        sent = None if raw is None else _filled(field, rows_of(raw.get(field.key)), scope)
        count = len(first) if field.fixed_rows or sent is None else len(sent)
        rows = []
        for at in range(count):
            begun = first[at] if at < len(first) else {}
            typed = sent[at] if sent is not None and at < len(sent) else None
            rows.append(self.fields(field.fields, scope.with_answers(begun), typed, f"{name}.{at}."))
        new = of_new_row(field, scope)
        blank = () if field.fixed_rows else self.fields(field.fields, new, None, f"{name}.{count}.")
        return Shown(
            field,
            name,
            rows=tuple(rows),
            blank=blank,
            required=scope.is_required(field),
            error=self._errors.get(name),
        )


def _filled(field: Field, rows: list[Mapping[str, Any]], scope: Scope) -> list[Mapping[str, Any]]:
    """The rows up to the last that holds something: the new one after it is offered apart."""
    while rows and is_blank(field, rows[-1], scope):
        rows = rows[:-1]
    return rows


def _path(path: str, field: Field, at: int) -> str:
    """The name of a field in the HTML form; its place where it has no key."""
    return path + (field.key or f"{field.type}{at}")
