"""The nine-step lifecycle: what its forms begin with, always from the records, and what its rows must keep to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from crm import accounts, competition, opportunity_details, sales_teams, stage_criteria, stage_moves, stages
from crm.opportunities import Opportunity
from crm.people import Directory
from crm.sales_teams import Seat
from engine.contract import Sentence, TaskContext
from handlers.shared import plans, subject

HUNDRED = Decimal(100)
OPEN_ACTIVITY = ("type", "subject", "due", "owner", "result")
RIVAL = ("products", "strengths", "weaknesses", "likely_strategy")
MANAGER_AFTER = timedelta(days=3)
ACCESS = {"write": "change", "read": "read"}
SHOWN_ACCESS = {kept: shown for shown, kept in ACCESS.items()}


def known(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    """The variables that forms and timers read: everything recorded, the stage, and when somebody is reminded."""
    session = context.session
    customer = accounts.by_id(session, deal.account_id)
    return {
        **subject.naming(deal, customer),
        **stage(context, deal),
        "amount": deal.amount,
        "expected_close_date": deal.expected_close_date,
        "win_probability": subject.plain(deal.win_probability),
        "next_step": deal.next_step,
        "next_step_date": deal.next_step_date,
        "complexity": deal.complexity,
        "products": opportunity_details.products(session, deal),
        "team": team(context, deal),
        "activities": [
            {name: row[name] for name in OPEN_ACTIVITY}
            for row in opportunity_details.activities(session, deal, done=False)
        ],
        "competitors": [
            {"competitor": competition.key(row["number"]), **{name: row[name] for name in RIVAL}}
            for row in competition.of_deal(session, deal.id)
        ],
        "contacts": opportunity_details.contacts(session, deal),
    }


def stage(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    """Which criteria people confirm, which stage comes next, and when rep and manager are reminded."""
    if deal.stage is None or deal.stage_entered_at is None:
        return {"criteria_to_confirm": [], "next_stage": None, "follow_up_due": None, "manager_told_at": None}
    present, after = stages.get(context.session, deal.stage), stage_moves.following(context.session, deal)
    criteria = [
        {"value": one, "label": stage_criteria.names(one)[0], "label:zh-Hans": stage_criteria.names(one)[1]}
        for one in stage_criteria.to_confirm(context.session, present)
    ]
    limit = deal.stage_entered_at + timedelta(days=present.max_days)
    quiet = _moment(context, deal, opportunity_details.quiet_until(context.session, deal))
    told = limit + MANAGER_AFTER
    return {
        "criteria_to_confirm": criteria,
        "next_stage": after.key if after else None,
        "follow_up_due": max(min(limit, quiet), context.now),
        "manager_told_at": told if told > context.now else None,
    }


def named(criteria: Sequence[str]) -> list[str]:
    """Criteria as people read them, in both languages."""
    return [" / ".join(stage_criteria.names(one)) for one in criteria]


def team(context: TaskContext[Any], deal: Opportunity) -> list[dict[str, Any]]:
    """The team as rows of a form; the owner has everything until somebody joins."""
    rows = [
        {
            "user": one.login,
            "role": one.role,
            "share_pct": subject.plain(one.share_pct),
            "access": SHOWN_ACCESS[one.access],
        }
        for one in sales_teams.seats(context.session, deal)
    ]
    if len(rows) == 1 and not rows[0]["share_pct"]:
        rows[0]["share_pct"] = int(HUNDRED)
    return rows


def seats(rows: Sequence[Mapping[str, Any]]) -> list[Seat]:
    """The rows of a team as the records keep them."""
    return [Seat(row["user"], row["role"], Decimal(row["share_pct"]), ACCESS[row["access"]]) for row in rows]


def team_objection(rows: Sequence[Mapping[str, Any]]) -> Sentence | None:
    """What is wrong with a team: somebody twice, not exactly one owner, shares that do not add up to 100."""
    if doubled := plans.twice(row["user"] for row in rows):
        return doubled
    owners = sum(row["role"] == "owner" for row in rows)
    if owners != 1:
        return Sentence("Expected exactly one owner in the team, but there are %(count)s.", count=owners)
    total = sum((Decimal(row["share_pct"]) for row in rows), Decimal(0))
    if total != HUNDRED:
        return Sentence("Expected shares that add up to 100, but they add up to %(sum)s.", sum=subject.plain(total))
    return None


def _moment(context: TaskContext[Any], deal: Opportunity, day: Any) -> datetime:
    return Directory(context.session).calendar_of(deal.owner).at(day, time(9))
