"""The read-only panels beside a form's questions, by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from crm import (
    access,
    account_panels,
    account_plan_panels,
    accounts,
    assessment_panels,
    call_panels,
    closing_panels,
    form_views,
    lead_panels,
    lifecycle_panels,
    measure_panels,
    plan_panels,
    sales_panels,
    states,
    target_panels,
)
from crm.opportunity_search import OpportunityRow
from crm.panels import Asked, Cells, Panel, Panels

DEAL_COLUMNS = ("Number", "Opportunity", "Customer", "Stage", "Amount", "Probability", "Close date", "Priority")


def panel(
    name: str, connection: Connection, user: str, business_key: str, variables: Mapping[str, Any], now: datetime
) -> Panel:
    """The panel of this name about the record of a process, within the reader's scope; raises `RecordNotFound`."""
    return PANELS[name](Asked(connection, user, business_key, variables, now))


def _deal_row(row: OpportunityRow) -> Cells:
    chance = None if row.win_probability is None else row.win_probability / 100
    stage = {"en": row.stage_name or "", "zh-Hans": row.stage_name_zh or ""}
    money = row.amount_base
    return (row.number, row.name, row.account_name, stage, money, chance, row.expected_close_date, row.priority)


def _pipeline(asked: Asked) -> Panel:
    found = form_views.pipeline(asked.connection, asked.deal.owner, access.visible_opportunities(asked.who), asked.now)
    facts = (
        ("Active deals", found.load),
        ("Capacity", found.capacity),
        ("Amount", found.amount),
        ("Weighted amount", found.weighted),
    )
    rows = tuple(_deal_row(row) for row in found.rows)
    return Panel("Own pipeline", facts, DEAL_COLUMNS, rows, "No active opportunity yet.")


def _target_gap(asked: Asked) -> Panel:
    return sales_panels.target_gap(asked, asked.deal.owner)


def _account_plan(asked: Asked) -> Panel:
    found = form_views.account_plan(asked.connection, asked.deal.account_id)
    title = "Account plan"
    if found is None:
        return Panel(title, empty="This customer has no account plan in use.")
    facts = (
        ("Plan", found.plan.number),
        ("Period", found.plan.period),
        ("Status", found.plan.status),
        ("Vision", found.plan.vision),
        ("Strategies", found.plan.strategy_texts or None),
        ("Health", found.plan.plan_health),
    )
    rows = tuple((line.text, line.resume_date) for line in found.pended)
    return Panel(title, facts, ("Deferred opportunity", "Resume date"), rows)


def _peer_deals(asked: Asked) -> Panel:
    rows = form_views.peer_deals(asked.connection, asked.deal, access.visible_opportunities(asked.who))
    return Panel("Comparable deals", (), DEAL_COLUMNS, tuple(map(_deal_row, rows)), "No comparable deal is active.")


def _profile(asked: Asked) -> Panel:
    deal = asked.deal
    customer = accounts.by_id(asked.connection, deal.account_id)
    hidden = access.hidden_fields(asked.who, deal.owner)
    facts: list[tuple[str, object]] = [
        ("Opportunity", f"{deal.number} {deal.name}"),
        ("Customer", f"{customer.number} {customer.name}"),
        ("Owner", deal.owner),
        ("Status", states.OPPORTUNITY.named(deal.status)),
        ("Amount", deal.amount_base),
        ("Probability", None if deal.win_probability is None else deal.win_probability / 100),
        ("Close date", deal.expected_close_date),
        ("Segment", deal.segment),
        ("Need", deal.need),
        ("Next step", deal.next_step),
        ("Next step date", deal.next_step_date),
    ]
    if "credit_standing" not in hidden:
        facts.append(("Credit standing", customer.credit_standing))
    return Panel("The opportunity", tuple(facts))


RATINGS = (
    ("Potential revenue", "r_revenue"),
    ("Credit standing", "r_credit"),
    ("Willingness to buy", "r_willingness"),
    ("Desirable or target client", "r_target_client"),
    ("Prior revenue or margin", "r_prior_business"),
    ("Strength of relationships", "r_relationship"),
)


def _ratings(asked: Asked) -> Panel:
    names = ("suggested_priority", "priority", "priority_score", "override_reason", "amount_band", "segment")
    labels = ("Suggested priority", "Priority", "Priority score", "Reason for another priority", "Size", "Segment")
    facts = tuple((label, asked.variables.get(name)) for label, name in zip(labels, names, strict=True))
    rows = tuple((label, asked.variables.get(name)) for label, name in RATINGS)
    return Panel("Ratings and priority", facts, ("Criterion", "Rating (1-5)"), rows)


OWN: Panels = {
    "account_plan": _account_plan,
    "opportunity_profile": _profile,
    "peer_deals": _peer_deals,
    "pipeline": _pipeline,
    "ratings": _ratings,
    "target_gap": _target_gap,
}
GROUPS: tuple[Panels, ...] = (
    account_panels.PANELS,
    account_plan_panels.PANELS,
    assessment_panels.PANELS,
    call_panels.PANELS,
    closing_panels.PANELS,
    lead_panels.PANELS,
    lifecycle_panels.PANELS,
    measure_panels.PANELS,
    plan_panels.PANELS,
    sales_panels.PANELS,
    target_panels.PANELS,
    OWN,
)
PANELS: Panels = {name: show for group in GROUPS for name, show in group.items()}
