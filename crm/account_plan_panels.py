"""The panels of an account plan beside the forms: summary, contents, actions, ideas, scores of its review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import (
    account_plans,
    form_views,
    opportunity_ideas,
    plan_actions,
    plan_objectives,
    plan_readiness,
    plan_reviews,
    states,
)
from crm.account_panels import customer
from crm.account_plans import AccountPlan
from crm.kinds.words import ACTION_STATES
from crm.panels import Asked, Cells, Panel, Panels, share
from crm.titles import named

NO_PLAN = "This account has no plan yet."


def _plan(asked: Asked) -> AccountPlan | None:
    if asked.business_key.startswith("account_plan:"):
        return account_plans.get(asked.connection, asked.number)
    if number := asked.variables.get("plan_number"):
        return account_plans.get(asked.connection, str(number))
    return account_plans.current(asked.connection, customer(asked).id)


def _summary(asked: Asked) -> Panel:
    title, plan = "Account plan", _plan(asked)
    if plan is None:
        return Panel(title, empty=NO_PLAN)
    facts = (
        ("Plan", plan.number),
        ("Customer", customer(asked).name),
        ("Period", plan.period),
        ("Version", plan.version),
        ("Status", states.ACCOUNT_PLAN.named(plan.status)),
        ("Vision", plan.vision),
        ("Budget", plan.budget),
        ("Coverage of the target", plan.coverage_ratio),
        ("Completeness", share(plan.completeness_pct)),
        ("Health", plan.plan_health),
    )
    return Panel(title, facts)


def _contents(asked: Asked) -> Panel:
    title, plan = "Contents of the plan", _plan(asked)
    if plan is None:
        return Panel(title, empty=NO_PLAN)
    facts = (
        ("Drivers", _lines(plan.drivers, "driver")),
        ("Initiatives of the customer", _lines(plan.initiatives, "initiative")),
        ("Success factors of the customer", _lines(plan.customer_csf, "factor")),
        ("Strengths, weaknesses, opportunities, threats", plan.swot),
        ("Strategies", plan.strategy_texts or None),
        ("Expert input", _lines(plan.contributions, "section", "input")),
        ("Resources", _lines(plan.resources, "role", "days")),
    )
    found = plan_objectives.of_plan(asked.connection, plan.id)
    rows = tuple((one.type, one.measure, one.baseline, one.target, one.actual, one.due, one.owner) for one in found)
    columns = ("Objective", "Measure", "Today", "Target", "Actual", "Due", "Owner")
    return Panel(title, facts, columns, rows, "No objective is set yet.")


def _actions(asked: Asked) -> Panel:
    title, plan = "Actions of the plan", _plan(asked)
    if plan is None:
        return Panel(title, empty=NO_PLAN)
    found = plan_actions.of_plan(asked.connection, plan_actions.ACCOUNT_PLAN, plan.id)
    rows: tuple[Cells, ...] = tuple(
        (one.text, one.type, one.owner, one.due, named(ACTION_STATES, one.status), one.result) for one in found
    )
    return Panel(title, (), ("Action", "Kind", "Owner", "Due", "Status", "Result"), rows, "No action is planned yet.")


def _ideas(asked: Asked) -> Panel:
    title, plan = "Ideas for growth", _plan(asked)
    found = opportunity_ideas.of_plan(asked.connection, plan.id) if plan else ()
    rows = tuple((one.unit, one.product, one.est_value, one.timing) for one in found)
    return Panel(title, (), ("Unit", "Product", "Estimated value", "Timing"), rows, "No idea was noted yet.")


def _scores(asked: Asked) -> Panel:
    title, plan = "Scores of the reviewers", _plan(asked)
    reviews = plan_reviews.of_plan(asked.connection, plan.id) if plan else ()
    found = plan_reviews.scores(asked.connection, reviews[0].id) if reviews else ()
    facts = (("Quality score", plan_reviews.quality_of(found)),) if found else ()
    rows = tuple((one.reviewer, one.total, one.comments) for one in found)
    return Panel(title, facts, ("Reviewer", "Total (of 100)", "Comments"), rows, "Nobody has given scores.")


def _before(asked: Asked) -> Panel:
    title, plan = "The plan before", account_plans.in_use(asked.connection, customer(asked).id)
    if plan is None:
        return Panel(title, empty="This account has no account plan in use.")
    found = plan_objectives.of_plan(asked.connection, plan.id)
    facts = (
        ("Plan", plan.number),
        ("Period", plan.period),
        ("Health", plan.plan_health),
        ("Attainment of its objectives", share(plan_objectives.attainment_pct(found))),
        ("Customer feedback", plan.customer_feedback),
    )
    rows = tuple((one.measure, one.target, one.actual) for one in found)
    return Panel(title, facts, ("Measure", "Target", "Actual"), rows, "No objective is set yet.")


def _readiness(asked: Asked) -> Panel:
    title, plan = "Coverage and gaps", _plan(asked)
    if plan is None or plan.completeness_pct is None:
        return Panel(title, empty="Coverage is calculated when the plan has been written.")
    lacking = plan_readiness.of_plan(asked.connection, plan)
    rows = tuple((name, name in lacking.mandatory) for name in (*lacking.mandatory, *lacking.lacking))
    facts = (("Coverage of the target", plan.coverage_ratio), ("Completeness", share(plan.completeness_pct)))
    return Panel(title, facts, ("Missing part", "Mandatory"), rows, "Nothing is missing.")


def _target(asked: Asked) -> Panel:
    found = form_views.target_gap(asked.connection, customer(asked).owner, asked.now.date())
    facts = (("Quarter", found.period), ("Target", found.target), ("Won", found.won), ("Still missing", found.gap))
    return Panel("Target of the quarter", facts)


def _blockers(asked: Asked) -> Panel:
    title, plan = "What is in the way", _plan(asked)
    rows = tuple((row.get("blocker"), row.get("owner")) for row in (plan.blockers or [] if plan else []))
    return Panel(title, (), ("Blocker", "Who can remove it"), rows, "Nothing is in the way.")


def _causes(asked: Asked) -> Panel:
    title, plan = "Causes of the variance", _plan(asked)
    reviews = plan_reviews.of_plan(asked.connection, plan.id) if plan else ()
    found = next((one.causes for one in reviews if one.causes), None) or []
    rows = tuple((row.get("objective"), row.get("cause"), row.get("controllable")) for row in found)
    return Panel(title, (), ("Objective", "Cause", "In our hands"), rows, "No cause was named yet.")


def _lines(rows: Sequence[dict[str, Any]] | None, *names: str) -> str | None:
    lines = [" - ".join(str(row[name]) for name in names if row.get(name)) for row in rows or []]
    return "; ".join(lines) or None


PANELS: Panels = {
    "account_target": _target,
    "account_plan_actions": _actions,
    "account_plan_before": _before,
    "account_plan_blockers": _blockers,
    "account_plan_causes": _causes,
    "account_plan_contents": _contents,
    "account_plan_ideas": _ideas,
    "account_plan_readiness": _readiness,
    "account_plan_scores": _scores,
    "account_plan_summary": _summary,
}
