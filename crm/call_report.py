"""What the report of a sales call teaches other records: the opportunity, competitors, contacts, and who is to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Connection, or_, select

from crm import call_notes, call_people, contacts, opportunities, pipeline, records
from crm.errors import InvalidValue
from crm.opportunities import Opportunity
from crm.sales_calls import SalesCall
from crm.tables import account_team_member, competitor, contact, opportunity_competitor, opportunity_team_member
from crm.titles import both

FORECAST_FIELDS = frozenset({"amount", "win_probability", "expected_close_date"})


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _day(text: str) -> date:
    return date.fromisoformat(text)


FIELDS: Mapping[str, Callable[[str], Any]] = {
    "amount": _amount,
    "win_probability": _amount,
    "expected_close_date": _day,
    "next_step": str,
    "next_step_date": _day,
    "need": str,
}
"""The fields of an opportunity that a report may change, each with how its text is read."""


def new_value(field: str, text: str) -> Any:
    """The value that a report gives a field of the opportunity; raises `InvalidValue` when it cannot be read."""
    try:
        return FIELDS[field](text.strip())
    except (ValueError, InvalidOperation) as error:
        day = both("a day such as 2026-12-31", "日期，如 2026-12-31")
        wanted = day if FIELDS[field] is _day else both("a number such as 120000", "数字，如 120000")
        raise InvalidValue(expected=wanted, field="new_value", record=field, value=text) from error


def update_opportunity(
    connection: Connection, deal: Opportunity, updates: Iterable[Mapping[str, str]], *, by: str, at: datetime
) -> frozenset[str]:
    """Writes what a report says about the opportunity, with forecast line and snapshot while it is active.

    Gives the names of the fields that really changed. Raises `InvalidValue`, `VersionConflict`, `NoRate`.
    """
    wanted = {row["field"]: new_value(row["field"], row["new_value"]) for row in updates}
    changes = {name: value for name, value in wanted.items() if getattr(deal, name) != value}
    if changes:
        write = pipeline.update_profile if deal.status == "active" else opportunities.change
        write(connection, deal, changes, by=by, at=at)
    return frozenset(changes)


def add_contacts(
    connection: Connection, call: SalesCall, people: Iterable[Mapping[str, str | None]], *, by: str, at: datetime
) -> int:
    """Adds the people met for the first time to the customer, and gives how many; known names are left alone.

    Raises `InvalidValue` for somebody without a phone number and an e-mail.
    """
    at_contact = contact.c
    rows = connection.execute(select(at_contact.name).where(at_contact.account_id == call.account_id))
    known = {name.casefold() for name in rows.scalars()}
    added = 0
    for person in people:
        name = str(person["name"])
        if name.casefold() not in known:
            given = {key: person.get(key) for key in ("title", "phone", "email")}
            contacts.create(connection, call.account_id, name, by=by, at=at, **given)
            known.add(name.casefold())
            added += 1
    return added


def note_competitors(
    connection: Connection, call: SalesCall, news: Iterable[Mapping[str, str]], *, by: str, at: datetime
) -> None:
    """Keeps news (competitor number, text) with the call, and notes the competitor at the opportunity."""
    for row in news:
        found = connection.execute(
            select(competitor.c.id, competitor.c.name).where(competitor.c.number == row["number"])
        )
        competitor_id, name = found.one()
        detail = {"competitor": row["number"]}
        text = f"{name}: {row['news']}"
        call_notes.add(connection, call, "competitor_news", text, by=by, at=at, detail=detail)
        if call.opportunity_id is not None:
            _meets(connection, call.opportunity_id, competitor_id, by=by, at=at)


def _meets(connection: Connection, opportunity_id: int, competitor_id: int, *, by: str, at: datetime) -> None:
    met = opportunity_competitor.c
    query = select(met.id).where(met.opportunity_id == opportunity_id, met.competitor_id == competitor_id)
    if connection.execute(query).first() is None:
        values = {"opportunity_id": opportunity_id, "competitor_id": competitor_id}
        records.insert(connection, opportunity_competitor, values, by=by, at=at)


def audience(connection: Connection, call: SalesCall, on: date) -> tuple[str, ...]:
    """Who is to hear of the results: the teams of customer and opportunity, and who took part; not the owner."""
    found: set[str] = {one.login for one in call_people.attendees(connection, call.id)}
    for table, parent, value in (
        (account_team_member, "account_id", call.account_id),
        (opportunity_team_member, "opportunity_id", call.opportunity_id),
    ):
        at = table.c
        still = or_(at.valid_to.is_(None), at.valid_to >= on)
        query = select(at.login).where(at[parent] == value, at.valid_from <= on, still)
        found |= set(connection.execute(query).scalars())
    return tuple(sorted(found - {call.owner}))
