"""Who competes for an opportunity, and what market intelligence says about them beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from crm import records, row_lists
from crm.errors import RecordNotFound
from crm.opportunities import Opportunity
from crm.row_lists import Row
from crm.tables import competitor, opportunity, opportunity_competitor

OWN = ("products", "services", "partners", "price", "alignment", "strengths", "weaknesses", "likely_strategy")
PROPOSED = 3


def key(number: str) -> str:
    """The business key of a competitor."""
    return f"competitor:{number}"


def by_key(connection: Connection, business_key: str) -> int:
    """The id of the competitor that a business key names; raises `RecordNotFound`."""
    number = business_key.partition(":")[2]
    found = connection.execute(select(competitor.c.id).where(competitor.c.number == number)).scalar_one_or_none()
    if found is None:
        raise RecordNotFound(record=business_key)
    return int(found)


def names(connection: Connection) -> list[tuple[str, str]]:
    """The business keys and names of the competitors in use, by name."""
    query = select(competitor.c.number, competitor.c.name).where(competitor.c.active).order_by(competitor.c.name)
    return [(key(number), name) for number, name in connection.execute(query)]


def of_deal(connection: Connection, opportunity_id: int) -> Sequence[RowMapping]:
    """The competitors of an opportunity, with number and name of each."""
    at = opportunity_competitor.c
    query = select(opportunity_competitor, competitor.c.number, competitor.c.name)
    query = query.join(competitor, competitor.c.id == at.competitor_id).where(at.opportunity_id == opportunity_id)
    return connection.execute(query.order_by(at.id)).mappings().all()


def known(connection: Connection, deal: Opportunity) -> Sequence[RowMapping]:
    """The competitors met most often at this customer, with what the competitor file says about them."""
    met, other = opportunity_competitor.c, opportunity.c
    times = func.count().label("times")
    query = select(competitor, times).join(opportunity_competitor, met.competitor_id == competitor.c.id)
    query = query.join(opportunity, other.id == met.opportunity_id)
    query = query.where(other.account_id == deal.account_id, other.id != deal.id, competitor.c.active)
    query = query.group_by(*competitor.c).order_by(times.desc(), competitor.c.id).limit(PROPOSED)
    return connection.execute(query).mappings().all()


def intelligence(connection: Connection, deal: Opportunity) -> Sequence[RowMapping]:
    """What the competitor file says about those who compete here, or were met at this customer before."""
    here = [row["competitor_id"] for row in of_deal(connection, deal.id)]
    if not here:
        return known(connection, deal)
    return (
        connection.execute(select(competitor).where(competitor.c.id.in_(here)).order_by(competitor.c.id))
        .mappings()
        .all()
    )


def rows(connection: Connection, deal: Opportunity) -> list[dict[str, Any]]:
    """What the form on competitors begins with: those of the deal, else those met at this customer before.

    Where the deal says nothing, the competitor file fills in products, strengths, weaknesses and usual strategy.
    """
    there = of_deal(connection, deal.id)
    if there:
        return [{"competitor": key(row["number"]), **{name: row[name] for name in OWN}} for row in there]
    return [_from_file(row) for row in known(connection, deal)]


def _from_file(row: RowMapping) -> dict[str, Any]:
    return {
        "competitor": key(row["number"]),
        "products": row["products"],
        "strengths": row["strengths"],
        "weaknesses": row["weaknesses"],
        "likely_strategy": row["typical_strategy"],
    }


def keep(connection: Connection, deal: Opportunity, found: Sequence[Row], *, by: str, at: datetime) -> None:
    """Makes these the competitors of an opportunity; columns competitor_id and those of `OWN`."""
    parent = {"opportunity_id": deal.id}
    row_lists.keep(connection, opportunity_competitor, parent, found, ("competitor_id",), by=by, at=at)


def mark_winner(connection: Connection, deal: Opportunity, competitor_id: int, *, by: str, at: datetime) -> None:
    """Notes whom the customer chose instead of us; a competitor nobody had noted joins the opportunity."""
    there: Mapping[int, RowMapping] = {
        row["competitor_id"]: row for row in row_lists.of(connection, opportunity_competitor, opportunity_id=deal.id)
    }
    row = there.get(competitor_id)
    if row is None:
        values = {"opportunity_id": deal.id, "competitor_id": competitor_id, "won": True}
        records.insert(connection, opportunity_competitor, values, by=by, at=at)
    elif not row["won"]:
        record, version = f"competitor of {deal.number}", row["row_version"]
        records.update(
            connection, opportunity_competitor, row["id"], version, {"won": True}, by=by, at=at, record=record
        )
