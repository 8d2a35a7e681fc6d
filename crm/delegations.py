"""Who stands in for whom, from one day to another, in one process or in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, or_, select

from crm import person_names, records
from crm.errors import InvalidValue
from crm.tables import user_delegation
from crm.titles import both


@dataclass(frozen=True)
class Delegation:
    """One substitution; both days are included, no `process` means every process."""

    id: int
    from_user: str
    to_user: str
    start_on: date
    end_on: date
    process: str | None
    row_version: int


def add(
    connection: Connection,
    from_user: str,
    to_user: str,
    start_on: date,
    end_on: date,
    *,
    process: str | None = None,
    by: str,
    at: datetime,
) -> int:
    """Lets `to_user` act for `from_user`; raises `InvalidValue` for the same person or wrong days."""
    person = person_names.names(connection, from_user)
    record = both(f"substitute of {person['en']}", f"{person['zh-Hans']} 的代办人")
    if from_user == to_user:
        raise InvalidValue(
            expected=both("another person", "另一个人"),
            field="to_user",
            record=record,
            value=person_names.names(connection, to_user),
        )
    if end_on < start_on:
        raise InvalidValue(
            expected=both(f"{start_on} or later", f"{start_on} 或之后的日期"),
            field="end_on",
            record=record,
            value=end_on,
        )
    people = {"from_user": from_user, "to_user": to_user}
    values = {**people, "start_on": start_on, "end_on": end_on, "process": process}
    return records.insert(connection, user_delegation, values, by=by, at=at)


def end(connection: Connection, delegation_id: int, on: date, *, by: str, at: datetime) -> None:
    """Makes `on` the last day of a substitution; one that has not begun by then is removed."""
    at_ = user_delegation.c
    found = records.one(
        connection,
        Delegation,
        select(*records.columns(user_delegation, Delegation)).where(at_.id == delegation_id),
        both(f"substitution {delegation_id}", f"代办授权 {delegation_id}"),
    )
    if on < found.start_on:
        connection.execute(user_delegation.delete().where(at_.id == found.id))
        return
    record = f"substitute of {found.from_user}"
    changes = {"end_on": on}
    version = found.row_version
    records.update(connection, user_delegation, found.id, version, changes, by=by, at=at, record=record)


def listing(connection: Connection, user: str | None = None) -> tuple[Delegation, ...]:
    """All substitutions, or those that concern one user, the newest first."""
    at = user_delegation.c
    query = select(*records.columns(user_delegation, Delegation)).order_by(at.start_on.desc(), at.id.desc())
    if user is not None:
        query = query.where(or_(at.from_user == user, at.to_user == user))
    return records.every(connection, Delegation, query)
