"""Making, changing, moving and deleting a record of any described kind, by a person, within catalogue 9."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError

from crm import access, records
from crm.errors import AlreadyExists, DoNotFit, InUse, NotAllowed, RecordNotFound, Settled
from crm.kinds import Field, Kind
from crm.record_writers import unit_of, writer_of
from crm.scopes import Reader
from crm.secrecy import hidden_fields
from crm.states import illegal_move
from crm.tables import metadata

Values = Mapping[str, Any]
NOTHING: tuple[Any, ...] = (None, "", [])


def may_create(who: Reader, kind: Kind) -> bool:
    """Whether the reader has a role that makes records of this kind at all."""
    return any(role in kind.create for role in who.roles)


def creatable_fields(who: Reader, kind: Kind) -> tuple[Field, ...]:
    """The fields that the reader gives to a new record."""
    return tuple(one for one in kind.fields if not one.fixed and _may_touch(who, one))


def changeable_fields(who: Reader, kind: Kind, owner: str) -> tuple[Field, ...]:
    """The fields that the reader may change in a record of this owner that is open to changes."""
    limited = _limited(who, kind)
    hidden = hidden_fields(who, owner, kind.key)
    return tuple(
        one
        for one in kind.fields
        if not (one.fixed or one.once or one.name in hidden)
        and _may_touch(who, one)
        and (limited is None or one.name in limited)
    )


def create(connection: Connection, who: Reader, kind: Kind, values: Values, at: datetime) -> str:
    """Makes a record and gives its number.

    Raises `NotAllowed` when it would not be the reader's to make, `AlreadyExists`, and what its rules refuse.
    """
    names = {one.name for one in creatable_fields(who, kind)}
    if not may_create(who, kind) or set(values) - names:
        raise NotAllowed(record=kind.names)
    given = {name: value for name, value in values.items() if value is not None or kind.table.c[name].nullable}
    written = _with_owner(connection, kind, given, default=who.login)
    _refuse_double(connection, kind, written, None)
    try:
        number = str(writer_of(kind).create(connection, kind, written, by=who.login, at=at))
    except IntegrityError as unfit:
        raise DoNotFit from unfit
    if not access.may_create(connection, who, kind.business_key(number)):
        raise NotAllowed(record=kind.names)
    return number


def change(
    connection: Connection, who: Reader, kind: Kind, number: str, changes: Values, version: int, at: datetime
) -> None:
    """Changes a record as it was seen at `version`; values that are the same already do not count.

    Raises `NotAllowed`, `Settled`, `VersionConflict`, `AlreadyExists`, and what its rules refuse.
    """
    row = _row(connection, kind, number)
    if not access.may_change(connection, who, kind.business_key(number)):
        raise NotAllowed(record=number)
    if kind.append_only or (kind.frozen_by and row[kind.frozen_by] is not None):
        raise Settled(record=number)
    if set(changes) - {one.name for one in changeable_fields(who, kind, _owner(kind, row))}:
        raise NotAllowed(record=number)
    wanted = {name: value for name, value in changes.items() if not _same(row[name], value)}
    if not wanted and row["row_version"] == version:
        return
    written = _with_owner(connection, kind, wanted, default="")
    _refuse_double(connection, kind, {**row, **written}, row[kind.identity.name])
    try:
        writer_of(kind).change(connection, kind, row, written, version, by=who.login, at=at)
    except IntegrityError as unfit:
        raise DoNotFit from unfit


def move(connection: Connection, who: Reader, kind: Kind, number: str, state: str, reason: str, at: datetime) -> None:
    """Moves a record to another state by hand, with a reason; raises `NotAllowed`, `IllegalMove`."""
    row = _row(connection, kind, number)
    if not access.may_move(connection, who, kind.business_key(number)):
        raise NotAllowed(record=number)
    possible = kind.hand_moves(row[kind.state])
    if state not in possible:
        raise illegal_move(kind.states, number, row[kind.state], state, possible)
    writer_of(kind).move(connection, kind, row, state, reason, by=who.login, at=at)


def remove(connection: Connection, who: Reader, kind: Kind, number: str, at: datetime) -> None:
    """Deletes a record of a removable kind; its history stays. Raises `NotAllowed`, or `InUse` while others need it."""
    row = _row(connection, kind, number)
    if not kind.removable or not access.may_change(connection, who, kind.business_key(number)):
        raise NotAllowed(record=number)
    needed = sum(_users_of(connection, kind.table, row[kind.identity.name]))
    if needed:
        raise InUse(record=number, count=needed)
    records.remove(connection, kind.table, row[kind.identity.name], by=who.login, at=at)


def _row(connection: Connection, kind: Kind, number: str) -> Values:
    value = kind.number_value(number)
    query = select(*(column for column in kind.table.c if not isinstance(column.type, LargeBinary)))
    row = connection.execute(query.where(kind.number_column == value)).mappings().one_or_none()
    if value is None or row is None:
        raise RecordNotFound(record=number)
    return dict(row)


def _same(held: Any, value: Any) -> bool:
    """Whether two values mean the same to a person: nothing is nothing, as a text, a list or not at all."""
    return bool(held == value) or (held in NOTHING and value in NOTHING)


def _owner(kind: Kind, row: Values) -> str:
    return str(row[kind.owner] or "") if kind.owner else ""


def _may_touch(who: Reader, field: Field) -> bool:
    return field.type != "data" and (not field.changers or bool(who.roles & set(field.changers)))


def _limited(who: Reader, kind: Kind) -> frozenset[str] | None:
    """The fields to which the reader's roles are limited together; None when one of them is not."""
    roles = [role for role in who.roles if role in kind.change]
    if any(role not in kind.only for role in roles):
        return None
    return frozenset(name for role in roles for name in kind.only[role])


def _with_owner(connection: Connection, kind: Kind, values: Values, *, default: str) -> dict[str, Any]:
    """The values with the owner's unit beside the owner; a new record without an owner is its maker's."""
    found = dict(values)
    if kind.owner and default and kind.table.c[kind.owner].nullable is False:
        found.setdefault(kind.owner, default)
    if kind.owner and found.get(kind.owner) and "org_unit_id" in kind.table.c and not kind.has("org_unit_id"):
        found["org_unit_id"] = unit_of(connection, found[kind.owner])
    return found


def _refuse_double(connection: Connection, kind: Kind, values: Values, row_id: Any) -> None:
    for names in _unique(kind.table):
        if all(values.get(name) is not None for name in names):
            same = [kind.table.c[name] == values[name] for name in names]
            query = select(kind.identity).where(*same)
            if row_id is not None:
                query = query.where(kind.identity != row_id)
            if connection.execute(query).first() is not None:
                shown = ", ".join(str(values[name]) for name in names)
                raise AlreadyExists(record={name: f"{text} {shown}" for name, text in kind.names.items()})


def _unique(table: Table) -> list[tuple[str, ...]]:
    columns = [(column.name,) for column in table.c if column.unique or (column.primary_key and column.name == "key")]
    constraints = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    return [*columns, *(tuple(column.name for column in one.columns) for one in constraints)]


def _users_of(connection: Connection, table: Table, key: Any) -> list[int]:
    """How many rows of each other table point to a row."""
    identity = records.identity(table)
    pointing = [
        (other, column) for other in metadata.tables.values() for column in other.c if column.references(identity)
    ]
    return [
        connection.execute(select(func.count()).select_from(other).where(column == key)).scalar_one()
        for other, column in pointing
    ]
