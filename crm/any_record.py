"""Reading records of any described kind: one, a page of a list, what belongs to one, its history; within scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    RowMapping,
    String,
    UnaryExpression,
    func,
    or_,
    select,
    true,
)

from crm import access
from crm.errors import RecordNotFound
from crm.kinds import KINDS, Field, Kind, children_of
from crm.record_links import Link, links_of, resolved, titles
from crm.record_values import revived
from crm.records import identity
from crm.scopes import Reader
from crm.secrecy import hidden_fields
from crm.tables import record_change

LONGEST_HISTORY = 200
TEXTS = ("text", "code", "long_text")


@dataclass(frozen=True)
class Record:
    """One record for one reader: `values` without what is hidden; `links` name what its references point to.

    `state` and `owner` are empty for kinds without; `version` is None for what is only ever added.
    """

    kind: Kind
    id: Any
    number: str
    titles: Mapping[str, str]
    values: Mapping[str, Any]
    hidden: frozenset[str]
    links: Mapping[str, Link]
    state: str
    owner: str
    version: int | None
    updated_at: datetime | None
    updated_by: str

    @property
    def business_key(self) -> str:
        """How processes name this record."""
        return self.kind.business_key(self.number)

    @property
    def settled(self) -> bool:
        """Whether it can never change again: it is only ever added, or what freezes it has happened."""
        return self.kind.append_only or bool(self.kind.frozen_by and self.values.get(self.kind.frozen_by) is not None)


@dataclass(frozen=True)
class Wanted:
    """What a list is to show: `text` in number, title or texts; `filters` by field; `order` a listed field, with a
    minus the other way round; `parent` the business key of the record that the listed ones belong to."""

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    parent: str = ""
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True)
class RecordPage:
    """One page of a list, and how many there are in all."""

    rows: tuple[Record, ...]
    total: int


@dataclass(frozen=True)
class Change:
    """One line of a record's history: who, when, why if somebody said so, and the fields with what they held.

    A value before and after is one of the field's type; what a reference pointed to is a `Link`.
    """

    at: datetime
    by: str
    reason: str | None
    new: bool
    fields: tuple[tuple[Field, Any, Any], ...]


def get(connection: Connection, who: Reader, kind: Kind, number: str) -> Record:
    """One record by number; raises `RecordNotFound` for a missing one and for one the reader may not see."""
    value = kind.number_value(number)
    query = select(*_columns(kind)).where(kind.number_column == value, access.visible(who, kind))
    row = connection.execute(query).mappings().one_or_none() if value is not None else None
    if row is None:
        raise RecordNotFound(record=number)
    return _records(connection, who, kind, [row])[0]


def search(connection: Connection, who: Reader, kind: Kind, wanted: Wanted) -> RecordPage:
    """The records of a kind that the reader may see, narrowed, in order; one query for the page, one for the count."""
    conditions = [access.visible(who, kind), *_narrowed(connection, who, kind, wanted)]
    query = select(*_columns(kind)).where(*conditions).order_by(*_order(who, kind, wanted.order))
    rows = connection.execute(query.limit(wanted.limit).offset(wanted.offset)).mappings().all()
    total = connection.execute(select(func.count()).select_from(kind.table).where(*conditions)).scalar_one()
    return RecordPage(_records(connection, who, kind, rows), total)


def children(
    connection: Connection, who: Reader, record: Record, *, limit: int = 20
) -> list[tuple[Kind, str, RecordPage]]:
    """What belongs to a record, by kind that the reader may see at all: the kind, its parent column, the first rows."""
    found = []
    for kind, column in children_of(record.kind.key):
        if may_read(who, kind):
            conditions = [access.visible(who, kind), kind.table.c[column] == record.id]
            query = select(*_columns(kind)).where(*conditions).order_by(*_order(who, kind, "")).limit(limit)
            rows = connection.execute(query).mappings().all()
            total = connection.execute(select(func.count()).select_from(kind.table).where(*conditions)).scalar_one()
            found.append((kind, column, RecordPage(_records(connection, who, kind, rows), total)))
    return found


def history(connection: Connection, who: Reader, record: Record) -> tuple[Change, ...]:
    """Who changed what in a record, latest first; hidden fields are left out, technical ones too."""
    at = record_change.c
    query = select(record_change).where(at.kind == record.kind.table.name, at.record_id == str(record.id))
    rows = connection.execute(query.order_by(at.id.desc()).limit(LONGEST_HISTORY)).mappings().all()
    shown = [one for one in record.kind.fields if one.name not in record.hidden]
    links = {one.name: resolved(connection, who, one, _held(rows, one.name)) for one in shown}
    return tuple(_change(shown, links, row) for row in rows)


def _held(rows: Iterable[RowMapping], name: str) -> set[Any]:
    """The values that a field held in the lines of a history."""
    values = (row[side].get(name) for row in rows for side in ("before", "after"))
    return {value for value in values if value is not None and not isinstance(value, list | dict)}


def _change(shown: list[Field], links: Mapping[str, Mapping[Any, Link]], row: RowMapping) -> Change:
    before, after = row["before"], row["after"]

    def told(field: Field, side: Mapping[str, Any]) -> Any:
        value = side.get(field.name)
        known = links[field.name]
        return known[value] if known and value in known else revived(field, value)

    touched = [one for one in shown if one.name in after and (before or after[one.name] not in (None, ""))]
    fields = tuple((one, told(one, before), told(one, after)) for one in touched)
    return Change(row["changed_at"], row["changed_by"], row["reason"], not before, fields)


def may_read(who: Reader, kind: Kind) -> bool:
    """Whether the reader has a role that sees records of this kind at all."""
    return any(role in kind.read for role in who.roles)


def secret_fields(who: Reader, kind: Kind) -> frozenset[str]:
    """The fields closed to the reader in somebody else's record: lists are not searched or sorted by them."""
    return hidden_fields(who, "", kind.key)


def _columns(kind: Kind) -> list[Any]:
    """Everything but the contents of files and what nobody may read."""
    return [one for one in kind.table.c if not (isinstance(one.type, LargeBinary) or one.info.get("secret"))]


def _records(connection: Connection, who: Reader, kind: Kind, rows: Iterable[RowMapping]) -> tuple[Record, ...]:
    found = list(rows)
    links = links_of(connection, who, kind, found)
    return tuple(_record(who, kind, row, named) for row, named in zip(found, links, strict=True))


def _record(who: Reader, kind: Kind, row: RowMapping, links: Mapping[str, Link]) -> Record:
    owner = str(row[kind.owner] or "") if kind.owner else ""
    hidden = hidden_fields(who, owner, kind.key)
    number = str(row[kind.number])
    return Record(
        kind=kind,
        id=row[identity(kind.table).name],
        number=number,
        titles=_named_by(kind, links) or titles(kind, row, hidden),
        values={one.name: row[one.name] for one in kind.fields if one.name not in hidden},
        hidden=hidden,
        links={name: link for name, link in links.items() if name not in hidden},
        state=str(row[kind.state] or "") if kind.states.moves else "",
        owner=owner,
        version=row.get("row_version"),
        updated_at=row.get("updated_at"),
        updated_by=row.get("updated_by") or "",
    )


def _named_by(kind: Kind, links: Mapping[str, Link]) -> Mapping[str, str] | None:
    """The name of what a record without title and number is mainly about: its first reference beside its parents."""
    if kind.title or kind.number != "id":
        return None
    above = {parent.column for parent in kind.parents}
    return next((links[one.name].names for one in kind.listed if one.name in links and one.name not in above), None)


def _narrowed(connection: Connection, who: Reader, kind: Kind, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    at, secret = kind.table.c, secret_fields(who, kind)
    if text := wanted.text.strip():
        names = {kind.number, kind.title, *(one.name for one in kind.listed if one.type in TEXTS)}
        texts = [at[name] for name in sorted(names - secret - {""}) if isinstance(at[name].type, String)]
        yield or_(*(column.icontains(text, autoescape=True) for column in texts)) if texts else true()
    for name, value in wanted.filters.items():
        if kind.has(name) and name not in secret and kind.field(name).type in ("choice", "user", "boolean"):
            yield at[name].is_(value == "true") if kind.field(name).type == "boolean" else at[name] == value
    if wanted.parent:
        yield _belongs(connection, kind, wanted.parent)


def _belongs(connection: Connection, kind: Kind, parent: str) -> ColumnElement[bool]:
    above, number = access.split(parent)
    column = next((one.column for one in kind.parents if above is not None and one.kind == above.key), None)
    value = above.number_value(number) if above is not None else None
    if above is None or column is None or value is None:
        raise RecordNotFound(record=number or parent)
    return kind.table.c[column].in_(select(above.identity).where(above.number_column == value))


def _order(who: Reader, kind: Kind, wanted: str) -> list[UnaryExpression[Any] | ColumnElement[Any]]:
    sortable = {one.name for one in kind.listed if one.type not in ("rows", "data", "words", "choices")}
    name = wanted.removeprefix("-")
    chosen = [wanted] if name in sortable - secret_fields(who, kind) else kind.order.split()
    columns = [(one.removeprefix("-"), one.startswith("-")) for one in (*chosen, kind.identity.name)]
    return [kind.table.c[name].desc() if down else kind.table.c[name].asc() for name, down in columns]


def of_key(connection: Connection, who: Reader, business_key: str) -> Record:
    """The record that a business key names; raises `RecordNotFound`."""
    kind, number = access.split(business_key)
    if kind is None:
        raise RecordNotFound(record=number or business_key)
    return get(connection, who, kind, number)


def kinds_of(who: Reader) -> tuple[Kind, ...]:
    """The kinds of which the reader may see records, in the order of the navigation."""
    return tuple(kind for kind in KINDS.values() if may_read(who, kind))
