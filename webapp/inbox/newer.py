"""A task's page after somebody changed the record under its open form: what is new, and the reader's own answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import access, any_record
from crm.kinds import KINDS, Field
from engine import errors, inbox
from webapp.current import reader, reading
from webapp.inbox import pages
from webapp.languages import listed, named
from webapp.tables import Connection


def render(found: pages.Found, answers: Mapping[str, Any], changed: errors.RecordChanged, record: str) -> str:
    """The page again: the newer values that the reader may see, and the answers.

    `record` is the key of the record. A field that the reader left as it was shown takes the newer value.
    """
    with reading() as connection:
        who = pages.names_of(connection, [changed.by])[changed.by]
        fields = _open_fields(connection, record, changed.values)
        logins = [str(changed.values[field.name]) for field in fields if field.type == "user"]
        names = pages.names_of(connection, logins)
    labels = {field.name: _label(found.page, field) for field in fields}
    what = listed(labels.values()) or errors.Sentence("what is closed to you")
    words = {**changed.sentence.values, "who": who, "what": what}
    kept = {name: _newest(found.page, name, value, changed.values) for name, value in answers.items()}
    shown = [
        (labels[field.name], _shown(field, changed.values[field.name], names))
        for field in fields
        if field.type != "reference"  # it holds the number of a row, which tells nobody anything
    ]
    return pages.render(found, kept, trouble=errors.Sentence(changed.sentence.template, **words), newer=shown)


def _open_fields(connection: Connection, record: str, changed: Mapping[str, Any]) -> list[Field]:
    """The changed fields that this reader may see; none when the record itself is closed to the reader."""
    asking, kind = reader(connection), record.partition(":")[0]
    if kind not in KINDS or not access.may_read(connection, asking, record):
        return []
    owner = any_record.of_key(connection, asking, record).owner
    hidden = access.hidden_fields(asking, owner, kind)
    return [field for field in KINDS[kind].fields if field.name in changed and field.name not in hidden]


def _newest(page: inbox.TaskPage, name: str, answer: Any, changed: Mapping[str, Any]) -> Any:
    shown = page.values.get(name)
    untouched = str(answer) == ("" if shown is None else str(shown))
    return changed[name] if name in changed and untouched else answer


def _label(page: inbox.TaskPage, field: Field) -> str:
    """The name of a record's field, as the form has it where it asks for it."""
    asked = page.form.field(field.name) if page.form else None
    return named(asked.labels if asked and asked.labels else field.labels)


def _shown(field: Field, value: Any, names: Mapping[str, str]) -> Any:
    if field.type == "choice":
        return named(field.choice_labels(value))
    return names.get(value, value) if field.type == "user" else value
