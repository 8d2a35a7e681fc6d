"""Pipeline snapshots: the figures of an opportunity whenever they change, and of all of them every night."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, and_, insert, literal, select

from crm.opportunities import Opportunity
from crm.tables import opportunity, pipeline_snapshot
from crm.tables.types import Moment

KEPT = ("active", "pended")


def take(connection: Connection, deal: Opportunity, *, at: datetime) -> None:
    """Keeps one opportunity's present figures as a change."""
    connection.execute(
        pipeline_snapshot.insert().values(
            taken_on=at.date(),
            taken_at=at,
            kind="change",
            opportunity_id=deal.id,
            stage=deal.stage,
            status=deal.status,
            amount_base=deal.amount_base,
            probability=deal.win_probability,
            owner=deal.owner,
            org_unit_id=deal.org_unit_id,
        )
    )


def take_nightly(connection: Connection, day: date, *, at: datetime) -> int:
    """Keeps the figures of every active and pended opportunity for a day, once; gives how many were added."""
    deal, there = opportunity.c, pipeline_snapshot.c
    same_night = and_(there.kind == "nightly", there.taken_on == day, there.opportunity_id == deal.id)
    query = select(
        literal(day),
        literal(at, Moment()),
        literal("nightly"),
        deal.id,
        deal.stage,
        deal.status,
        deal.amount_base,
        deal.win_probability,
        deal.owner,
        deal.org_unit_id,
    ).where(deal.status.in_(KEPT), ~select(there.id).where(same_night).exists())
    names = ["taken_on", "taken_at", "kind", "opportunity_id", "stage", "status"]
    names += ["amount_base", "probability", "owner", "org_unit_id"]
    kept = insert(pipeline_snapshot).from_select(names, query)
    return connection.execute(kept, execution_options={"preserve_rowcount": True}).rowcount
