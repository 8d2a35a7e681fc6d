"""What stands against the proposed times of a call: colleagues with the same contact, other calls, days off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select

from crm import records
from crm.people import Directory
from crm.sales_calls import SalesCall
from crm.tables import contact, sales_call, sales_call_attendee, sales_call_contact

NEAR = timedelta(days=5)
TRAVEL = timedelta(hours=1)
SAME_CONTACT, BUSY, DAY_OFF = "same_contact", "busy", "day_off"


@dataclass(frozen=True)
class Conflict:
    """One objection: a colleague who meets the same contact, another call of one of us, or a day off."""

    kind: str
    who: str
    when: datetime
    call: str | None = None
    contact: str | None = None

    @property
    def text(self) -> str:
        """The objection in names, numbers and time, readable in any language."""
        parts = (self.who, self.call, self.contact, f"{self.when:%Y-%m-%d %H:%M} UTC")
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class _Other:
    """Another call that is being agreed or is scheduled; `moments` are its start, or the times proposed for it."""

    number: str
    owner: str
    channel: str
    duration_min: int
    start_at: datetime | None
    proposed_times: list[str]
    id: int

    @property
    def moments(self) -> list[datetime]:
        if self.start_at is not None:
            return [self.start_at]
        return [datetime.fromisoformat(text) for text in self.proposed_times]


def conflicts(connection: Connection, call: SalesCall) -> tuple[Conflict, ...]:
    """Every objection to the times proposed for a call, by kind; none when the way is free."""
    times = [datetime.fromisoformat(text) for text in call.proposed_times]
    ours = _logins(connection, call)
    return (
        *_same_contact(connection, call, times),
        *_busy(connection, call, times, ours),
        *_days_off(connection, times, ours),
    )


def _same_contact(connection: Connection, call: SalesCall, times: list[datetime]) -> Iterable[Conflict]:
    link = sales_call_contact.c
    mine = select(link.contact_id).where(link.sales_call_id == call.id, link.invited)
    query = (
        select(*records.columns(sales_call, _Other), contact.c.name)
        .join(sales_call_contact, link.sales_call_id == sales_call.c.id)
        .join(contact, contact.c.id == link.contact_id)
        .where(sales_call.c.owner != call.owner, sales_call.c.status.in_(("proposed", "scheduled")))
        .where(link.contact_id.in_(mine), link.invited)
        .order_by(sales_call.c.number, contact.c.name)
    )
    for row in connection.execute(query).mappings():
        other = records.read(_Other, row)
        near = [moment for moment in other.moments if any(abs(moment - time) <= NEAR for time in times)]
        if near:
            yield Conflict(SAME_CONTACT, other.owner, min(near), other.number, row["name"])


def _busy(connection: Connection, call: SalesCall, times: list[datetime], ours: list[str]) -> Iterable[Conflict]:
    attendee = sales_call_attendee.c
    for login in ours:
        taking_part = select(attendee.sales_call_id).where(attendee.login == login, attendee.invited)
        query = (
            select(*records.columns(sales_call, _Other))
            .where(sales_call.c.status == "scheduled", sales_call.c.id != call.id)
            .where(or_(sales_call.c.owner == login, sales_call.c.id.in_(taking_part)))
            .order_by(sales_call.c.start_at)
        )
        for other in records.every(connection, _Other, query):
            if any(_overlap(call, time, other) for time in times):
                yield Conflict(BUSY, login, other.moments[0], other.number)


def _overlap(call: SalesCall, begin: datetime, other: _Other) -> bool:
    way = TRAVEL if "visit" in (call.channel, other.channel) else timedelta()
    end = begin + timedelta(minutes=call.duration_min)
    others_end = other.moments[0] + timedelta(minutes=other.duration_min)
    return begin < others_end + way and other.moments[0] < end + way


def _days_off(connection: Connection, times: list[datetime], ours: list[str]) -> Iterable[Conflict]:
    directory = Directory(connection)
    for login in ours:
        calendar = directory.calendar_of(login)
        for time in times:
            if not calendar.is_working(calendar.today(time)):
                yield Conflict(DAY_OFF, login, time)


def _logins(connection: Connection, call: SalesCall) -> list[str]:
    at = sales_call_attendee.c
    others = connection.execute(select(at.login).where(at.sales_call_id == call.id, at.invited).order_by(at.login))
    return [call.owner, *others.scalars()]
