"""Gathers what the page of a record shows, within what its reader may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort
from flask_babel import gettext as _

from crm import access, any_record, record_changes, users
from crm.any_record import Change, Record, RecordPage
from crm.kinds import KINDS, Field, Kind
from crm.record_links import Link
from crm.record_values import revived
from crm.scopes import Reader
from engine import errors, inbox, instances
from webapp.current import now, person, reader
from webapp.languages import listed, named, paired
from webapp.layout import cell, day, moment, role
from webapp.layout import number as shown_number
from webapp.names import Names
from webapp.startable import startable
from webapp.tables import Connection
from webapp.tellable import Message, tellable


@dataclass(frozen=True)
class Part:
    """The records of one kind that belong to the record of the page, by the column that holds its id."""

    kind: Kind
    column: str
    page: RecordPage
    can_add: bool


@dataclass(frozen=True)
class RecordView:
    """A record for one reader: fields, what belongs to it, processes and tasks, history, and what may be done."""

    record: Record
    names: Names
    parts: list[Part]
    runs: list[instances.InstanceRow]
    tasks: list[inbox.InboxRow]
    changes: tuple[Change, ...]
    can_change: bool
    can_remove: bool
    moves: tuple[str, ...]
    offers: list[tuple[str, str]]
    tells: list[Message]


def kind_of(connection: Connection, key: str) -> tuple[Reader, Kind]:
    """The reader and the kind of an address; 404 for a kind that nobody described, 403 for one closed to the reader."""
    kind = KINDS.get(key)
    if kind is None:
        abort(404)
    who = reader(connection)
    if not any_record.may_read(who, kind):
        raise errors.NotAllowed("%(kind)s are not open to your role.", kind=named(kind.plurals))
    return who, kind


def load(connection: Connection, key: str, number: str) -> RecordView:
    """The page of a record; raises RecordNotFound when it is missing or not visible to the reader."""
    who, kind = kind_of(connection, key)
    record = any_record.get(connection, who, kind, number)
    names = Names(connection)
    changes = person().may("record.change")
    return RecordView(
        record=record,
        names=names,
        parts=[
            Part(child, column, page, changes and record_changes.may_create(who, child))
            for child, column, page in any_record.children(connection, who, record)
        ],
        runs=instances.for_record(connection, record.business_key),
        tasks=inbox.of_record(connection, record.business_key, now()),
        changes=any_record.history(connection, who, record),
        can_change=changes and can_change(connection, who, record),
        can_remove=changes and kind.removable and access.may_change(connection, who, record.business_key),
        moves=_moves(connection, who, record) if changes else (),
        offers=[(one, names.process(one)) for one in startable(connection, record)],
        tells=tellable(connection, record.business_key, "record.change"),
    )


def parent_kind(kind: Kind) -> Kind:
    """The kind of record that one of these is made under."""
    return KINDS[kind.parents[0].kind]


def can_change(connection: Connection, who: Reader, record: Record) -> bool:
    """Whether the reader may change anything in the record as it stands."""
    fields = record_changes.changeable_fields(who, record.kind, record.owner)
    return bool(fields) and not record.settled and access.may_change(connection, who, record.business_key)


def _moves(connection: Connection, who: Reader, record: Record) -> tuple[str, ...]:
    possible = record.kind.hand_moves(record.state)
    return possible if possible and access.may_move(connection, who, record.business_key) else ()


ITEMS: Mapping[str, Callable[[Field, Any, Names], str]] = {
    "choices": lambda field, one, _names: named(field.choice_labels(one)),
    "words": lambda _field, one, _names: cell(one),
    "moments": lambda _field, one, _names: moment(datetime.fromisoformat(one)),
    "parties": lambda _field, one, names: role(one) if one in users.ROLES else names.person(one),
    "sheets": lambda _field, one, _names: named(one["title"]),
}


def text_of(field: Field, value: Any, names: Names) -> str:
    """A value of a field as text in the reader's language; in rows it may still be one of JSON."""
    value = revived(field, value)
    if value is None or value == "" or value == []:
        return "–"
    if field.type == "choice":
        return named(field.choice_labels(value))
    if field.type == "rows":
        return " | ".join(_row_text(field, row, names) for row in value)
    if field.type in ITEMS:
        return listed(ITEMS[field.type](field, one, names) for one in value)
    if field.type == "user":
        return names.person(str(value))
    if field.type == "percent":
        return f"{shown_number(value)} %"
    if field.type == "boolean":
        return str(_("yes") if value else _("no"))
    if field.type in ("text", "code", "long_text", "reference"):
        return cell(value) if field.fixed else str(value)  # what processes wrote may be a word for machines
    return day(value) if field.type == "date" else moment(value) if isinstance(value, datetime) else cell(value)


def _row_text(field: Field, row: Mapping[str, Any], names: Names) -> str:
    """A row of a list as text: what its columns are called, each with what it holds."""
    held = [one for one in field.fields if row.get(one.name) not in (None, "")]
    return paired((named(one.labels), text_of(one, row[one.name], names)) for one in held)


def past_text(field: Field, value: Any, names: Names) -> str:
    """A value of the history as text: what references pointed to by its name."""
    return named(value.names) if isinstance(value, Link) else text_of(field, value, names)
