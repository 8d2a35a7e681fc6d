"""Whether an account plan can be reviewed: how far it covers its target, how complete it is, what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from crm import account_history, opportunity_ideas, plan_actions, plan_objectives
from crm.account_plans import AccountPlan
from crm.plan_objectives import Objective

IDEAS_COUNT = Decimal("0.2")
MOST_COVERAGE = Decimal(5)
HUNDRED = 100
CENT = Decimal("0.01")
# What a plan of full or standard depth has beyond the parts of every plan.
DEEPER = ("relationship_goals", "competitor_positions", "contributions")
PARTS = ("vision", "drivers", "initiatives", "customer_csf", "swot", "strategies", "budget")


@dataclass(frozen=True)
class Readiness:
    """The inputs of table D05; `lacking` names the parts that are empty, `mandatory` those that must not be."""

    coverage_ratio: Decimal
    completeness_pct: int
    lacking: tuple[str, ...]
    mandatory: tuple[str, ...]


def of_plan(connection: Connection, plan: AccountPlan) -> Readiness:
    """How ready a plan is, from its records as they are."""
    objectives = plan_objectives.of_plan(connection, plan.id)
    has = {name: bool(getattr(plan, name)) for name in PARTS}
    if plan.depth != "short":
        has |= {name: bool(getattr(plan, name)) for name in DEEPER}
    has |= {
        "ideas": bool(opportunity_ideas.of_plan(connection, plan.id)),
        "objectives": bool(objectives),
        "actions": bool(plan_actions.of_plan(connection, plan_actions.ACCOUNT_PLAN, plan.id, plan_actions.UNFINISHED)),
    }
    lacking = tuple(name for name, there in has.items() if not there)
    complete = (len(has) - len(lacking)) * HUNDRED // len(has)
    return Readiness(coverage(connection, plan, objectives), complete, lacking, _mandatory(plan, objectives, has))


def coverage(connection: Connection, plan: AccountPlan, objectives: tuple[Objective, ...]) -> Decimal:
    """Weighted pipeline and a fifth of the ideas, over what is still to be won for the revenue target; 0 to 5.

    Without a revenue target nothing is covered; with nothing left to win, everything.
    """
    target = sum((one.target for one in objectives if one.type == "revenue"), Decimal(0))
    if not target or plan.period_start is None or plan.period_end is None:
        return Decimal(0)
    remaining = target - account_history.revenue(connection, plan.account_id, plan.period_start, plan.period_end)
    if remaining <= 0:
        return MOST_COVERAGE
    ideas = sum((one.est_value or Decimal(0) for one in opportunity_ideas.of_plan(connection, plan.id)), Decimal(0))
    expected = account_history.weighted_pipeline(connection, plan.account_id) + ideas * IDEAS_COUNT
    return min(expected / remaining, MOST_COVERAGE).quantize(CENT, ROUND_HALF_UP)


def _mandatory(plan: AccountPlan, objectives: tuple[Objective, ...], has: dict[str, bool]) -> tuple[str, ...]:
    missing = [] if any(one.type == "revenue" for one in objectives) else ["revenue_objective"]
    if not has["actions"]:
        missing.append("actions")
    if plan.depth == "full" and not plan.sponsor_confirmed:
        missing.append("sponsor")
    return tuple(missing)
