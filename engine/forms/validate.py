"""Checks the answers to a form: everything wrong at once, each with the path of its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.errors import InvalidForm, Sentence
from engine.forms.model import Field, Form, leaves
from engine.forms.scope import Options, Scope
from engine.forms.values import Unfit, check, convert, is_empty, text_of

MOST_ROWS = 200
_ROUNDS = 10
Errors = dict[str, Sentence]


def validate(
    form: Form, raw: Mapping[str, Any], variables: Mapping[str, Any], options: Options, now: datetime
) -> dict[str, Any]:
    """The typed values of the answered fields, by variable name.

    `raw` holds texts and lists of texts as an HTML form sends them, or JSON values; rows are lists of
    mappings. What the form does not ask, what is read-only and what is hidden is dropped. Raises
    InvalidForm with a sentence for every field (`special_decisions.0.condition`) that cannot be accepted.
    """
    errors: Errors = {}
    values = _Section(form.fields, Scope(variables, options, now), "", errors).values(raw)
    if errors:
        raise InvalidForm(errors)
    return values


def visible(fields: tuple[Field, ...], scope: Scope, raw: Mapping[str, Any]) -> tuple[frozenset[str], Scope]:
    """Which fields of a scope are hidden (keys, or `#` and the place without one), and what is known then.

    A condition may depend on a field that another condition hides, so this goes on until nothing changes.
    """
    section = _Section(fields, scope, "", {})
    return section.settle(raw)


class _Section:
    """The fields of one scope: the whole form, or one row."""

    def __init__(self, fields: tuple[Field, ...], scope: Scope, path: str, errors: Errors) -> None:
        self._fields = fields
        self._scope = scope
        self._path = path
        self._errors = errors

    def values(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The accepted values; what is wrong is noted in the errors."""
        hidden, scope = self.settle(raw)
        found: dict[str, Any] = {}
        for field in shown_fields(self._fields, hidden):
            if field.type == "rows":
                found[field.key] = self._rows(field, raw.get(field.key), scope)
            elif field.type == "expression":
                found[field.key] = scope.value(field.prefill)
            elif field.holds_value and not field.read_only:
                self._answer(field, raw.get(field.key), scope, found)
        return found

    def settle(self, raw: Mapping[str, Any]) -> tuple[frozenset[str], Scope]:
        """The hidden fields, and the scope with the answers of the others."""
        hidden: frozenset[str] = frozenset()
        for _ in range(_ROUNDS):
            scope = self._scope.with_answers(self._readable(raw, hidden))
            now_hidden = hidden_fields(self._fields, scope)
            if now_hidden == hidden:
                break
            hidden = now_hidden
        return hidden, scope

    def _readable(self, raw: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
        """The answers as far as they can be read, for conditions; a hidden or unreadable answer is null."""
        answers: dict[str, Any] = {key: None for key in hidden}
        for field in shown_fields(self._fields, hidden):
            if field.holds_value and not field.read_only:
                try:
                    answers[field.key] = convert(field, raw.get(field.key), self._scope.choices(field), self._scope.now)
                except Unfit:
                    answers[field.key] = None
            elif field.type == "rows" and isinstance(raw.get(field.key), list):
                answers[field.key] = [self._row_readable(field, row) for row in raw[field.key]]
        return answers

    def _row_readable(self, field: Field, row: Any) -> Any:
        if not isinstance(row, Mapping):
            return row
        inside = _Section(field.fields, self._scope, "", {})
        return {**row, **inside._readable(row, frozenset())}

    def _answer(self, field: Field, raw: Any, scope: Scope, found: dict[str, Any]) -> None:
        try:
            value = convert(field, raw, scope.choices(field), scope.now)
            if (value is False and field.type == "checkbox") or is_empty(value):
                self._require(field, scope)
            else:
                check(field, value, *scope.bounds(field))
            found[field.key] = value
        except Unfit as unfit:
            self._errors[self._path + field.key] = unfit.sentence

    def _require(self, field: Field, scope: Scope) -> None:
        if not scope.is_required(field):
            return
        if field.type == "checkbox":
            raise Unfit("This must be ticked.")
        if field.choices or field.reference or field.choices_from:
            raise Unfit("Choose one of the options.")
        raise Unfit("This must be answered.")

    def _rows(self, field: Field, raw: Any, scope: Scope) -> list[dict[str, Any]]:
        first = first_rows(field, scope, self._scope)
        path = self._path + field.key
        sent = rows_of(raw)
        if field.fixed_rows:
            sent = [*sent, *({} for _ in first)][: len(first)]
        else:
            sent = [row for row in sent if not is_blank(field, row, scope)]
        if len(sent) > MOST_ROWS:
            self._errors[path] = Sentence(
                "Expected at most %(most)s rows, but got %(count)s.", most=MOST_ROWS, count=len(sent)
            )
            return []
        if not sent and scope.is_required(field):
            self._errors[path] = Sentence("At least one row must be filled.")
        return [
            self._row(field, row, first[at] if at < len(first) else {}, scope, f"{path}.{at}.")
            for at, row in enumerate(sent)
        ]

    def _row(
        self, field: Field, raw: Mapping[str, Any], first: Mapping[str, Any], scope: Scope, path: str
    ) -> dict[str, Any]:
        inner = scope.with_answers(first)
        kept = {each.key: first.get(each.key) for each in field.fields if each.holds_value and each.read_only}
        return {**kept, **_Section(field.fields, inner, path, self._errors).values(raw)}


def rows_of(raw: Any) -> list[Mapping[str, Any]]:
    """The rows in what was sent: a list, or a mapping by row number as HTML forms give it."""
    if isinstance(raw, Mapping):
        raw = [raw[number] for number in sorted(raw, key=_row_number)]
    return [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list | tuple) else []


def is_blank(field: Field, row: Mapping[str, Any], scope: Scope) -> bool:
    """Whether nobody put anything into a row: every value is empty, or what a new row begins with."""
    begun = of_new_row(field, scope)
    first = {each.key: text_of(begun.first_value(each), scope.now) for each in leaves(field.fields)}
    return all(is_empty(value) or text_of(value, scope.now) == first.get(name) for name, value in row.items())


def of_new_row(field: Field, scope: Scope) -> Scope:
    """What is known to a row that is not there yet: nothing of its own."""
    return scope.with_answers({each.key: None for each in field.fields if each.key})


def first_rows(field: Field, scope: Scope, before: Scope) -> list[Mapping[str, Any]]:
    """The rows a repeating group begins with: a list of contexts that its prefill or variable gives.

    The variable is that of the scope `before` the answers: answered rows lack what is read-only in them.
    """
    return rows_of((scope if field.prefill else before).first_value(field))


def hidden_fields(fields: tuple[Field, ...], scope: Scope) -> frozenset[str]:
    """The keys of the fields that their conditions hide; a hidden group hides what is in it."""
    hidden: set[str] = set()
    for at, field in enumerate(fields):
        if field.hide_if and scope.holds(field.hide_if):
            hidden |= {_name(field, at)} | (_keys_within(field.fields) if field.type == "group" else set())
        elif field.type == "group":
            hidden |= hidden_fields(field.fields, scope)
    return frozenset(hidden)


def shown_fields(fields: tuple[Field, ...], hidden: frozenset[str]) -> list[Field]:
    """The fields of a scope that are not hidden, those in groups included."""
    shown = []
    for at, field in enumerate(fields):
        if _name(field, at) in hidden:
            continue
        if field.type == "group":
            shown += shown_fields(field.fields, hidden)
        else:
            shown.append(field)
    return shown


def _name(field: Field, at: int) -> str:
    return field.key or f"#{field.type}{at}{field.hide_if}"


def _keys_within(fields: tuple[Field, ...]) -> set[str]:
    keys = set()
    for at, field in enumerate(fields):
        keys.add(_name(field, at))
        if field.type == "group":
            keys |= _keys_within(field.fields)
    return keys


def _row_number(name: Any) -> tuple[int, str]:
    text = str(name)
    return (int(text) if text.isdecimal() and len(text) < 9 else 10**9, text)
