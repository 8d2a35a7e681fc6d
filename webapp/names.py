"""Words for what history and variables hold as keys: people, steps, processes, decisions, fields, answers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask_babel import gettext

from crm import people
from engine import bundles, forms
from webapp.current import application
from webapp.languages import language, listed, named, paired
from webapp.layout import cell
from webapp.tables import Connection


class Names:
    """Looks names up in the reader's language, each file once per page."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bundles: dict[str, bundles.Bundle] = {}
        self._fields: dict[str, dict[str, forms.Field]] = {}

    @cached_property
    def directory(self) -> people.Directory:
        """The people, with their names in the reader's language."""
        return people.Directory(self._connection, language())

    def person(self, login: str | None) -> str:
        """The name of a person; empty for nobody."""
        return self.directory.display_name(login) if login else ""

    def people(self, logins: list[str] | tuple[str, ...]) -> str:
        """The names of people, with commas."""
        return listed(self.person(login) for login in logins)

    def bundle(self, definition_id: str) -> bundles.Bundle:
        """The version with everything pinned."""
        if definition_id not in self._bundles:
            found = bundles.bundle(application().engine, self._connection, definition_id)
            self._bundles[definition_id] = found
        return self._bundles[definition_id]

    def process(self, key: str) -> str:
        """The title of a process by its public key; the key of one that nobody registered."""
        registered = application().catalogue.by_key.get(key)
        if registered is not None:
            return named(registered.titles)
        row = bundles.latest(self._connection, key)
        return named(row.names) if row is not None else key

    def step(self, definition_id: str, process: str, element: str) -> str:
        """The name of a step; its id when the drawing gives it none."""
        model = self.bundle(definition_id).models.get(process)
        found = model.elements.get(element) if model is not None else None
        return (named(found.names) if found is not None else "") or element

    def is_named(self, definition_id: str, process: str, element: str) -> bool:
        """Whether the drawing gives an element a name."""
        model = self.bundle(definition_id).models.get(process)
        found = model.elements.get(element) if model is not None else None
        return found is not None and bool(found.names)

    def decision(self, definition_id: str, decision: str) -> str:
        """The name of a decision."""
        model = self.bundle(definition_id).decisions.get(decision)
        return named(model.decisions[decision].names) or decision if model is not None else decision

    def column(self, definition_id: str, decision: str, name: str) -> str:
        """What the tables of a decision's file call an input or output; the forms' word, or its name, otherwise."""
        model = self.bundle(definition_id).decisions.get(decision)
        for one in model.decisions.values() if model is not None else ():
            columns = [(each.expression, each) for each in one.inputs] + [(each.name, each) for each in one.outputs]
            for key, column in columns:
                if key == name and (column.names or column.label):
                    return named(column.names) or column.label
        found = self.field(definition_id, name)
        return gettext(found.replace("_", " ")) if found == name else found

    def result(self, definition_id: str, decision: str, value: Any) -> str:
        """What a decision gave, in the reader's language where the table says it in both."""
        if not isinstance(value, Mapping):
            return cell(value)
        chinese = language().startswith("zh")
        shown = {name: value.get(f"{name}_zh", item) if chinese else item for name, item in value.items()}
        return paired(
            (self.column(definition_id, decision, name), self._told(definition_id, name, item))
            for name, item in shown.items()
            if not name.endswith("_zh")
        )

    def field(self, definition_id: str, name: str) -> str:
        """What the forms of a version call a variable; its own name when no form asks for it."""
        field = self._known_fields(definition_id).get(name)
        return (named(field.labels) if field is not None else "") or name

    def answer(self, definition_id: str, name: str, value: Any) -> str:
        """A variable's value as the forms show it: options by their labels, everything else by its type."""
        field = self._known_fields(definition_id).get(name)
        if field is not None and field.choices:
            labels = {_typed(choice.value): named(choice.labels) for choice in field.choices}
            if isinstance(value, list):
                return listed(_label(labels, item) for item in value)
            return _label(labels, value)
        return cell(value)

    def _told(self, definition_id: str, name: str, value: Any) -> str:
        """A part of a result: codes that belong to no field of that name by the word that all forms have for them."""
        if name in self._known_fields(definition_id):
            return self.answer(definition_id, name, value)
        words = self._words(definition_id)
        if isinstance(value, list):
            return listed(_label(words, item) for item in value) or cell(value)
        return _label(words, value)

    def _words(self, definition_id: str) -> dict[Any, str]:
        """What the options of a version's forms say, where all that have a value say the same."""
        said: dict[Any, set[str]] = {}
        for field in self._fields_of_forms(definition_id):
            for choice in field.choices:
                said.setdefault(_typed(choice.value), set()).add(named(choice.labels))
        return {value: labels.pop() for value, labels in said.items() if len(labels) == 1}

    def _known_fields(self, definition_id: str) -> dict[str, forms.Field]:
        if definition_id not in self._fields:
            fields = self._fields_of_forms(definition_id)
            self._fields[definition_id] = {field.key: field for field in fields if field.key and field.labels}
        return self._fields[definition_id]

    def _fields_of_forms(self, definition_id: str) -> list[forms.Field]:
        files = self.bundle(definition_id).forms
        return [field for file, content in files.items() for field in _flat(forms.parse_form(content, file).fields)]


def _flat(fields: tuple[forms.Field, ...]) -> list[forms.Field]:
    return [one for field in fields for one in (field, *_flat(field.fields))]


def _label(labels: Mapping[Any, str], value: Any) -> str:
    plain = isinstance(value, str | bool | int | Decimal)
    return labels.get(_typed(value)) or cell(value) if plain else cell(value)


def _typed(value: Any) -> tuple[bool, Any]:
    """A value with what Python makes no difference between: level 1 is not the answer Yes."""
    return isinstance(value, bool), value
