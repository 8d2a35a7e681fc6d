"""The people at the customer around one opportunity: their part in the purchase, the power map, our relationships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from crm import records, row_lists
from crm.opportunities import Opportunity
from crm.row_lists import Row
from crm.tables import contact, opportunity_contact, power_map_link


def stakeholders(connection: Connection, opportunity_id: int) -> Sequence[RowMapping]:
    """The contacts of an opportunity with the number and name of each, the lead decision-maker first."""
    at = opportunity_contact.c
    query = select(opportunity_contact, contact.c.number.label("contact_number"), contact.c.name.label("contact_name"))
    query = query.join(contact, contact.c.id == at.contact_id).where(at.opportunity_id == opportunity_id)
    return connection.execute(query.order_by(at.is_lead_decision_maker.desc(), at.id)).mappings().all()


def set_stakeholders(
    connection: Connection, deal: Opportunity, rows: Sequence[Row], lead_contact_id: int, *, by: str, at: datetime
) -> None:
    """Who takes part in the purchase; columns contact_id, buying_role, influence, stance, mode. One contact decides."""
    marked = [{**row, "is_lead_decision_maker": row["contact_id"] == lead_contact_id} for row in rows]
    marked.sort(key=lambda row: bool(row["is_lead_decision_maker"]))  # at no moment two of them decide
    parent = {"opportunity_id": deal.id}
    row_lists.keep(connection, opportunity_contact, parent, marked, ("contact_id",), by=by, at=at)


def set_strategy(connection: Connection, deal: Opportunity, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """What relationship we build with whom; columns contact_id, relationship_goal, our_owner, next_touch."""
    there = {row["contact_id"]: row for row in row_lists.of(connection, opportunity_contact, opportunity_id=deal.id)}
    for row in rows:
        old = there.get(row["contact_id"])
        if old is None:
            records.insert(connection, opportunity_contact, {"opportunity_id": deal.id, **row}, by=by, at=at)
        else:
            _change(connection, old, row, by=by, at=at)


def _change(connection: Connection, old: RowMapping, row: Row, *, by: str, at: datetime) -> None:
    record, version = f"contact {old['contact_id']}", old["row_version"]
    records.update(
        connection, opportunity_contact, old["id"], version, row, by=by, at=at, record=record, before=dict(old)
    )


def links(connection: Connection, opportunity_id: int) -> Sequence[RowMapping]:
    """The power map: who reports to, influences or opposes whom, with the numbers and names of both."""
    one, other, at = contact.alias("one"), contact.alias("other"), power_map_link.c
    query = select(
        power_map_link,
        one.c.number.label("from_number"),
        one.c.name.label("from_name"),
        other.c.number.label("to_number"),
        other.c.name.label("to_name"),
    )
    query = query.join(one, one.c.id == at.from_contact_id).join(other, other.c.id == at.to_contact_id)
    return connection.execute(query.where(at.opportunity_id == opportunity_id).order_by(at.id)).mappings().all()


def set_links(
    connection: Connection, deal: Opportunity, rows: Sequence[Row], *, dated: date, by: str, at: datetime
) -> None:
    """Draws the power map anew; columns from_contact_id, to_contact_id, type, strength. `dated`: when."""
    parent, key = {"opportunity_id": deal.id}, ("from_contact_id", "to_contact_id", "type")
    looked_at = [{**row, "dated": dated} for row in rows]
    row_lists.keep(connection, power_map_link, parent, looked_at, key, by=by, at=at)


def ids(connection: Connection, numbers: Sequence[str]) -> Mapping[str, int]:
    """The ids of contacts by their numbers; unknown ones are left out."""
    query = select(contact.c.number, contact.c.id).where(contact.c.number.in_(numbers))
    found: dict[str, Any] = {number: row_id for number, row_id in connection.execute(query)}
    return found
