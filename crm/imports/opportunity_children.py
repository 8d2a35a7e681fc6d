"""What belongs to imported opportunities: owner's team row, history, evaluation, forecast line, snapshot."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Date, func, literal, select

from crm.imports.applying import Writing
from crm.tables import (
    account,
    forecast_line,
    opportunity,
    opportunity_evaluation,
    opportunity_stage_history,
    opportunity_team_member,
    pipeline_snapshot,
)
from crm.tables.types import money, percent

# What an export does not say; shown with the evaluation, and each may be corrected.
NEUTRAL_RISK = 3
NEUTRAL = {"imported": True, "neutral": ["ratings", "discount", "terms", "delivery_risk"]}
FORECAST = ("pipeline", "best_case", "commit")


def follow(writing: Writing) -> None:
    """Writes the children of all new and changed opportunities of a run."""
    if writing.run.created_count:
        _owners(writing)
        _history(writing)
        _evaluations(writing)
        _forecast(writing)
        _customers(writing)
    if writing.run.updated_count:
        _new_owners(writing)
        _refresh_forecast(writing)
    _snapshots(writing)


def _new(writing: Writing, *columns: Any) -> Any:
    """A query over the opportunities just added."""
    at = writing.waiting.c
    joined = opportunity.join(writing.waiting, opportunity.c.number == writing.number)
    return (
        select(opportunity.c.id.label("opportunity_id"), *columns)
        .select_from(joined)
        .where(writing.rows("create"))
        .order_by(at.position)
    )


def _authorship(writing: Writing) -> tuple[Any, ...]:
    return (
        writing.by.label("created_by"),
        writing.by.label("updated_by"),
        writing.moment.label("created_at"),
        writing.moment.label("updated_at"),
    )


def _membership(writing: Writing) -> tuple[Any, ...]:
    first = literal(writing.at.date(), Date())
    role, access = literal("owner").label("role"), literal("change").label("access")
    return (writing.waiting.c.owner.label("login"), role, access, first.label("valid_from"), *_authorship(writing))


def _owners(writing: Writing) -> None:
    writing.insert(opportunity_team_member, _new(writing, *_membership(writing)))


def _history(writing: Writing) -> None:
    at = writing.waiting.c
    query = _new(
        writing,
        at.stage.label("to_stage"),
        at.status.label("to_status"),
        writing.moment.label("moved_at"),
        writing.by.label("moved_by"),
        at.amount_base,
        at.win_probability.label("probability"),
        literal("import").label("reason"),
    )
    writing.insert(opportunity_stage_history, query)


def _evaluations(writing: Writing) -> None:
    """An assessment marked as imported, so that the opportunity can be prioritized at once."""
    query = _new(
        writing,
        literal("assessment").label("kind"),
        literal(NEUTRAL, JSON()).label("answers"),
        literal(True).label("imported"),
        literal(False).label("knockout"),
        literal(False).label("non_standard_terms"),
        literal(Decimal(0), percent()).label("max_discount_pct"),
        literal(NEUTRAL_RISK).label("delivery_risk"),
        writing.moment.label("evaluated_at"),
        writing.by.label("evaluated_by"),
    )
    writing.insert(opportunity_evaluation, query)


def _forecast(writing: Writing) -> None:
    at = writing.waiting.c
    query = _new(
        writing,
        at.owner,
        at.period,
        at.stage_probability.label("probability"),
        at.expected_close_date.label("close_date"),
        func.coalesce(at.amount_base, literal(Decimal(0), money())).label("revenue_potential"),
        at.forecast_category.label("category"),
        *_authorship(writing),
    )
    writing.insert(forecast_line, query.where(at.forecast_category.in_(FORECAST)))


def _customers(writing: Writing) -> None:
    """An account with a won opportunity has bought before."""
    at = writing.waiting.c
    won = select(at.account_id).where(writing.rows("create"), at.status == "won")
    change = account.update().where(account.c.id.in_(won), account.c.prior_customer.is_(False))
    values = {"prior_customer": True, "status": "active", "row_version": account.c.row_version + 1}
    values |= {"updated_by": writing.by, "updated_at": writing.moment, "last_change": "prior_customer"}
    writing.connection.execute(change.values(values))


def _new_owners(writing: Writing) -> None:
    """A change of owner ends the old one's team row and begins the new one's."""
    at, member = writing.waiting.c, opportunity_team_member.c
    moved = writing.rows("update") & at.old_owner.is_not(None)
    theirs = member.opportunity_id.in_(select(at.target_id).where(moved))
    ended = opportunity_team_member.update().where(member.role == "owner", member.valid_to.is_(None), theirs)
    last = writing.at.date() - timedelta(days=1)
    writing.connection.execute(ended.values(valid_to=last, updated_by=writing.by, updated_at=writing.moment))
    query = select(at.target_id.label("opportunity_id"), *_membership(writing)).where(moved)
    writing.insert(opportunity_team_member, query)


def _refresh_forecast(writing: Writing) -> None:
    at, line = writing.waiting.c, forecast_line.c
    mine = (line.opportunity_id == at.target_id) & line.left_at.is_(None) & writing.rows("update")
    values: dict[str, Any] = {
        "owner": at.owner,
        "period": at.period,
        "close_date": at.expected_close_date,
        "probability": func.coalesce(at.win_probability, line.probability),
        "revenue_potential": func.coalesce(at.amount_base, line.revenue_potential),
        "row_version": line.row_version + 1,
        "updated_by": writing.by,
        "updated_at": writing.moment,
    }
    writing.connection.execute(forecast_line.update().where(mine).values(values))


def _snapshots(writing: Writing) -> None:
    """The figures of every opportunity in the pipeline that the import touched."""
    at, deal = writing.waiting.c, opportunity.c
    for action, found in (("create", deal.number == writing.number), ("update", deal.id == at.target_id)):
        query = (
            select(
                literal(writing.at.date(), Date()).label("taken_on"),
                writing.moment.label("taken_at"),
                literal("change").label("kind"),
                deal.id.label("opportunity_id"),
                deal.stage,
                deal.status,
                deal.amount_base,
                deal.win_probability.label("probability"),
                deal.owner,
                deal.org_unit_id,
            )
            .select_from(opportunity.join(writing.waiting, found))
            .where(writing.rows(action), deal.status.in_(("active", "pended")))
        )
        writing.insert(pipeline_snapshot, query)
