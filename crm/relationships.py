"""Who of us knows whom at a customer, and how well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from crm import records
from crm.tables import account_relationship, contact, power_map_link

UNKNOWN_INFLUENCE = 1
WEAKEST = 1


@dataclass(frozen=True)
class Relationship:
    """One of our people and one contact; `strength` and `influence` are 1 to 5."""

    id: int
    contact_id: int
    contact_number: str
    contact_name: str
    buying_role: str | None
    influence: int | None
    stance: str | None
    our_owner: str
    strength: int
    last_contact: date | None
    goal: str | None


@dataclass(frozen=True)
class PowerLink:
    """How one contact stands to another; `type` is reports_to, influences or conflicts."""

    source: str
    target: str
    type: str
    strength: int
    dated: date


def of_account(connection: Connection, account_id: int) -> tuple[Relationship, ...]:
    """The relationships with an account, the most influential contacts first."""
    at, who = account_relationship.c, contact.c
    query = (
        select(
            at.id,
            at.contact_id,
            who.number.label("contact_number"),
            who.name.label("contact_name"),
            who.buying_role,
            who.influence,
            who.stance,
            at.our_owner,
            at.strength,
            at.last_contact,
            at.goal,
        )
        .join(contact, who.id == at.contact_id)
        .where(at.account_id == account_id, who.active)
        .order_by(func.coalesce(who.influence, 0).desc(), who.name, at.id)
    )
    return records.every(connection, Relationship, query)


def power_map(connection: Connection, account_id: int) -> tuple[PowerLink, ...]:
    """The links between contacts of an account that its opportunities show, the newest of each pair and type."""
    at, first, second = power_map_link.c, contact.alias("first"), contact.alias("second")
    query = (
        select(first.c.name.label("source"), second.c.name.label("target"), at.type, at.strength, at.dated)
        .join(first, first.c.id == at.from_contact_id)
        .join(second, second.c.id == at.to_contact_id)
        .where(first.c.account_id == account_id)
        .order_by(at.dated.desc(), at.id)
    )
    newest: dict[tuple[str, str, str], PowerLink] = {}
    for link in records.every(connection, PowerLink, query):
        newest.setdefault((link.source, link.target, link.type), link)
    return tuple(newest.values())


def strength_of(found: tuple[Relationship, ...]) -> int:
    """The mean strength weighted by the contacts' influence, 1 to 5, rounded half up; 1 where nobody is known."""
    weight = sum(each.influence or UNKNOWN_INFLUENCE for each in found)
    total = sum(each.strength * (each.influence or UNKNOWN_INFLUENCE) for each in found)
    return (2 * total + weight) // (2 * weight) if weight else WEAKEST


def put(
    connection: Connection, account_id: int, contact_id: int, our_owner: str, *, by: str, at: datetime, **values: Any
) -> None:
    """Writes the relationship of one of us with a contact, whether there was one or not."""
    column = account_relationship.c
    query = select(column.id, column.row_version).where(column.contact_id == contact_id, column.our_owner == our_owner)
    there = connection.execute(query).one_or_none()
    if there is None:
        row = {"account_id": account_id, "contact_id": contact_id, "our_owner": our_owner, "strength": WEAKEST}
        records.insert(connection, account_relationship, row | values, by=by, at=at)
    else:
        record = "the relationship"
        records.update(
            connection, account_relationship, there.id, there.row_version, values, by=by, at=at, record=record
        )
