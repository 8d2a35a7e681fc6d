"""What both sides are to do after a sales call: agreed, worked, extended, given to somebody else, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from crm import call_people, records, states
from crm.sales_calls import SalesCall
from crm.tables import call_follow_up, contact, sales_call
from crm.titles import both

US, CUSTOMER = "us", "customer"
WAITING = ("planned", "open", "not_done")


@dataclass(frozen=True)
class FollowUp:
    """One follow-up: ours with the `owner` who does it, the customer's with the contact who said so."""

    id: int
    sales_call_id: int
    action: str
    side: str
    owner: str | None
    contact_id: int | None
    contact_name: str | None
    due: date
    status: str
    done_at: datetime | None
    result: str | None
    note: str | None
    row_version: int

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected."""
        return self.status not in WAITING


def agree(
    connection: Connection, call: SalesCall, action: str, side: str, due: date, *, by: str, at: datetime,
    owner: str | None = None, contact_number: str | None = None,
) -> None:  # fmt: skip
    """Keeps a follow-up agreed on a call, unless the same one is there; ours are the call owner's by default."""
    same = [item for item in listing(connection, call.id) if (item.action, item.side) == (action, side)]
    if same:
        return
    person = None
    if contact_number:
        person = call_people.find_contacts(connection, [contact_number])[contact_number][0]
    values = {
        "sales_call_id": call.id,
        "action": action,
        "side": side,
        "owner": (owner or call.owner) if side == US else None,
        "contact_id": person if side == CUSTOMER else None,
        "due": due,
    }
    records.insert(connection, call_follow_up, values, by=by, at=at)


def listing(connection: Connection, call_id: int, side: str | None = None) -> tuple[FollowUp, ...]:
    """The follow-ups of a call, of one side or of both, by due date."""
    at = call_follow_up.c
    query = _query().where(at.sales_call_id == call_id)
    return records.every(connection, FollowUp, query.where(at.side == side) if side else query)


def waiting_at(connection: Connection, account_id: int) -> tuple[FollowUp, ...]:
    """The follow-ups still to be done among all calls with an account, by due date."""
    query = _query().join(sales_call, sales_call.c.id == call_follow_up.c.sales_call_id)
    query = query.where(sales_call.c.account_id == account_id, call_follow_up.c.status.in_(WAITING))
    return records.every(connection, FollowUp, query)


def get(connection: Connection, follow_up_id: int) -> FollowUp:
    """One follow-up by its id; raises `RecordNotFound`."""
    query = _query().where(call_follow_up.c.id == follow_up_id)
    return records.one(connection, FollowUp, query, both(f"follow-up {follow_up_id}", f"跟进事项 {follow_up_id}"))


def open_planned(connection: Connection, call: SalesCall, *, by: str, at: datetime) -> None:
    """Begins the work on every follow-up of a call."""
    for item in listing(connection, call.id):
        if item.status == "planned":
            move(connection, call, item, "open", by=by, at=at)


def settle(
    connection: Connection, call: SalesCall, item: FollowUp, result: str, note: str | None, *, by: str, at: datetime
) -> None:
    """Writes what became of one of our follow-ups; partly done counts as done. Raises `IllegalMove`."""
    status = "not_done" if result == "not_done" else "done"
    done_at = at if status == "done" else None
    move(connection, call, item, status, by=by, at=at, result=result, note=note, done_at=done_at)


def move(
    connection: Connection, call: SalesCall, item: FollowUp, status: str, *, by: str, at: datetime, **changes: Any
) -> None:
    """Gives a follow-up a new state, with further changes. Raises `IllegalMove`, `VersionConflict`."""
    if status != item.status:
        states.move(states.CALL_FOLLOW_UP, f"{call.number}: {item.action}", item.status, status)
    change(connection, call, item, {"status": status, **changes}, by=by, at=at)


def change(
    connection: Connection, call: SalesCall, item: FollowUp, changes: Mapping[str, Any], *, by: str, at: datetime
) -> None:
    """Changes owner, due date or notes of a follow-up. Raises `VersionConflict`."""
    records.update(connection, call_follow_up, item.id, item.row_version, changes, by=by, at=at, record=call.number)


def _query() -> Select[Any]:
    at = call_follow_up.c
    own = [column for column in at if column.name in FollowUp.__dataclass_fields__]
    named = select(*own, contact.c.name.label("contact_name"))
    return named.join(contact, contact.c.id == at.contact_id, isouter=True).order_by(at.due, at.id)
