"""Who takes part in a sales call: the customer's people and ours besides the owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Table, select

from crm import records
from crm.errors import InvalidValue, RecordNotFound
from crm.sales_calls import SalesCall
from crm.tables import contact, sales_call_attendee, sales_call_contact, users

Key = TypeVar("Key", int, str)

EXECUTIVE, MANAGER, STAFF = "executive", "manager", "staff"
_EXECUTIVE_TITLE = re.compile(
    r"\b(C[A-Z]O|chief|president|vice president|VP|EVP|SVP|chair\w*|owner|founder|managing director|general manager)\b"
    r"|总裁|董事|总经理|首席|行长|院长|校长",
    re.IGNORECASE,
)
_MANAGER_TITLE = re.compile(r"\b(manager|director|head|lead|supervisor)\b|经理|主管|主任|总监|部长|科长", re.IGNORECASE)


@dataclass(frozen=True)
class CallContact:
    """One of the customer's people in a call; `present` is None until somebody said so."""

    id: int
    contact_id: int
    number: str
    name: str
    title: str | None
    phone: str | None
    email: str | None
    buying_role: str | None
    stance: str | None
    invited: bool
    present: bool | None
    row_version: int

    @property
    def level(self) -> str:
        """executive, manager or staff, as table D10 asks: by title; whoever decides on the money is an executive."""
        title = self.title or ""
        if self.buying_role == "economic" or _EXECUTIVE_TITLE.search(title):
            return EXECUTIVE
        return MANAGER if _MANAGER_TITLE.search(title) else STAFF


@dataclass(frozen=True)
class Attendee:
    """One of us in a call, besides its owner."""

    id: int
    login: str
    name: str
    name_zh: str
    role: str | None
    invited: bool
    present: bool | None
    row_version: int


def contacts(connection: Connection, call_id: int) -> tuple[CallContact, ...]:
    """The customer's people in a call, by name."""
    link, person = sales_call_contact.c, contact.c
    own = (link.id, link.contact_id, link.invited, link.present, link.row_version)
    named = (person.number, person.name, person.title, person.phone, person.email, person.buying_role, person.stance)
    query = select(*own, *named).join(contact, person.id == link.contact_id)
    return records.every(connection, CallContact, query.where(link.sales_call_id == call_id).order_by(person.name))


def attendees(connection: Connection, call_id: int) -> tuple[Attendee, ...]:
    """Our people in a call besides the owner, by login."""
    link = sales_call_attendee.c
    own = (link.id, link.login, link.role, link.invited, link.present, link.row_version)
    query = select(*own, users.c.name, users.c.name_zh).join(users, users.c.login == link.login)
    return records.every(connection, Attendee, query.where(link.sales_call_id == call_id).order_by(link.login))


def level(people: Iterable[CallContact]) -> str:
    """The highest level among people; staff when there are none."""
    found = {person.level for person in people}
    return next((one for one in (EXECUTIVE, MANAGER) if one in found), STAFF)


def find_contacts(connection: Connection, numbers: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The ids of contacts and of their accounts, by number; raises `RecordNotFound` for an unknown number."""
    wanted = list(dict.fromkeys(numbers))
    at = contact.c
    rows = connection.execute(select(at.number, at.id, at.account_id).where(at.number.in_(wanted)))
    found = {number: (contact_id, account_id) for number, contact_id, account_id in rows}
    for number in wanted:
        if number not in found:
            raise RecordNotFound(record=number)
    return found


def invite(
    connection: Connection, call: SalesCall, numbers: Iterable[str], logins: Iterable[str], *, by: str, at: datetime
) -> None:
    """Makes exactly these contacts and logins the invited ones.

    Raises `InvalidValue` for a contact of another account, `RecordNotFound` for an unknown one.
    """
    found = find_contacts(connection, numbers)
    for number, (_, account_id) in found.items():
        if account_id != call.account_id:
            raise InvalidValue(
                "Expected people of one customer, but %(value)s belongs to another.",
                field="contacts", record=call.number, value=number,
            )  # fmt: skip
    there = {person.contact_id: person for person in contacts(connection, call.id)}
    wanted = {contact_id for contact_id, _ in found.values()}
    _invite(connection, sales_call_contact, call, "contact_id", there, wanted, by=by, at=at)
    ours = {one.login: one for one in attendees(connection, call.id)}
    _invite(connection, sales_call_attendee, call, "login", ours, set(logins) - {call.owner}, by=by, at=at)


def join(connection: Connection, call: SalesCall, login: str, *, by: str, at: datetime) -> None:
    """Adds one of us to a call, unless he takes part already."""
    ours = {one.login: one for one in attendees(connection, call.id)}
    wanted = {one.login for one in ours.values() if one.invited} | ({login} - {call.owner})
    _invite(connection, sales_call_attendee, call, "login", ours, wanted, by=by, at=at)


def give_roles(connection: Connection, call: SalesCall, roles: Mapping[str, str], *, by: str, at: datetime) -> None:
    """Writes who of us does what in a call, by login; the owner's part is not kept, he leads."""
    for one in attendees(connection, call.id):
        role = roles.get(one.login)
        if role != one.role:
            _change(connection, sales_call_attendee, one, {"role": role}, call, by=by, at=at)


def mark_present(connection: Connection, call: SalesCall, present: Iterable[str], *, by: str, at: datetime) -> None:
    """Writes who really came, by contact number or login; a contact who was not invited is added."""
    came = set(present)
    people = contacts(connection, call.id)
    for person in people:
        _change(connection, sales_call_contact, person, {"present": person.number in came}, call, by=by, at=at)
    ours = attendees(connection, call.id)
    for one in ours:
        _change(connection, sales_call_attendee, one, {"present": one.login in came}, call, by=by, at=at)
    known = {person.number for person in people} | {one.login for one in ours} | {call.owner}
    for contact_id, _ in find_contacts(connection, came - known).values():
        values = {"sales_call_id": call.id, "contact_id": contact_id, "invited": False, "present": True}
        records.insert(connection, sales_call_contact, values, by=by, at=at)


def _invite(
    connection: Connection,
    table: Table,
    call: SalesCall,
    column: str,
    there: Mapping[Key, CallContact] | Mapping[Key, Attendee],
    wanted: Iterable[Key],
    *,
    by: str,
    at: datetime,
) -> None:
    invited = set(wanted)
    for key, row in there.items():
        if row.invited != (key in invited):
            _change(connection, table, row, {"invited": key in invited}, call, by=by, at=at)
    for key in sorted(invited - set(there), key=str):
        records.insert(connection, table, {"sales_call_id": call.id, column: key}, by=by, at=at)


def _change(
    connection: Connection, table: Table, row: CallContact | Attendee, changes: Mapping[str, object], call: SalesCall,
    *, by: str, at: datetime,
) -> None:  # fmt: skip
    records.update(connection, table, row.id, row.row_version, changes, by=by, at=at, record=call.number)
