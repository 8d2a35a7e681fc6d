"""Whether an opportunity plan is complete: for each section it needs, what is there and what that section must have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, RowMapping

from crm import buying_centre, plan_actions, plan_contents, row_lists
from crm.opportunity_plans import OpportunityPlan
from crm.tables import (
    buying_milestone,
    decision_factor,
    opportunity_competitor,
    plan_section,
    resource_request,
    solution_option,
)

FORMAL_STEPS = frozenset({"evaluation", "approval", "purchasing"})
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Item:
    """One section: how many rows it has, whether that is enough, and who was to write it."""

    section: str
    count: int
    complete: bool
    assignee: str | None
    given: bool


@dataclass(frozen=True)
class _Plan:
    connection: Connection
    plan: OpportunityPlan
    inputs: Mapping[str, RowMapping]

    def given(self, section: str) -> bool:
        return section in self.inputs and self.inputs[section]["status"] == "given"


Found = tuple[int, bool]


def items(connection: Connection, plan: OpportunityPlan) -> Sequence[Item]:
    """The sections that the plan needs, in their order."""
    rows = row_lists.of(connection, plan_section, **plan_contents.parent(plan))
    about = _Plan(connection, plan, {row["section"]: row for row in rows})
    return [_item(about, section) for section in plan.required_sections]


def completeness(found: Sequence[Item]) -> Decimal:
    """The share of complete sections in percent, with two decimal places; 0 when no section is needed."""
    if not found:
        return Decimal(0)
    done = sum(item.complete for item in found)
    return (HUNDRED * done / len(found)).quantize(Decimal("0.01"))


def _item(about: _Plan, section: str) -> Item:
    count, complete = CHECKS[section](about)
    written = about.inputs.get(section)
    return Item(section, count, complete, written["assignee"] if written else None, about.given(section))


def _stakeholders(about: _Plan) -> Found:
    rows = buying_centre.stakeholders(about.connection, about.plan.opportunity_id)
    return len(rows), any(row["is_lead_decision_maker"] for row in rows)


def _power_map(about: _Plan) -> Found:
    rows = buying_centre.stakeholders(about.connection, about.plan.opportunity_id)
    met = [row for row in rows if row["relationship_goal"] and row["our_owner"]]
    return len(met), bool(met)


def _issues(about: _Plan) -> Found:
    factors = row_lists.of(about.connection, decision_factor, **plan_contents.parent(about.plan))
    whole = sum((row["weight"] for row in factors), Decimal(0)) == HUNDRED
    return len(about.plan.issues), bool(about.plan.issues) and whole


def _timeline(about: _Plan) -> Found:
    rows = row_lists.of(about.connection, buying_milestone, **plan_contents.parent(about.plan))
    return len(rows), {row["kind"] for row in rows} >= FORMAL_STEPS


def _competition(about: _Plan) -> Found:
    rows = row_lists.of(about.connection, opportunity_competitor, opportunity_id=about.plan.opportunity_id)
    return len(rows), bool(rows) and about.plan.competitive_strategy is not None


def _partners(about: _Plan) -> Found:
    # To need no partner is an answer too, once somebody has given it.
    return len(about.plan.partners), bool(about.plan.partners) or about.given("partners")


def _value(about: _Plan) -> Found:
    case = plan_contents.latest_case(about.connection, about.plan)
    return (len(case["benefits"]), True) if case else (0, False)


def _solution(about: _Plan) -> Found:
    rows = row_lists.of(about.connection, solution_option, **plan_contents.parent(about.plan))
    return len(rows), any(row["recommended"] for row in rows)


def _csf(about: _Plan) -> Found:
    return len(about.plan.csf), bool(about.plan.csf)


def _resources(about: _Plan) -> Found:
    # A refused need stays open and is told to the manager; only what nobody answered yet is missing.
    rows = row_lists.of(about.connection, resource_request, **plan_contents.parent(about.plan))
    unanswered = [row for row in rows if row["status"] == "open"]
    return len(rows), not unanswered and (bool(rows) or about.given("resources"))


def _actions(about: _Plan) -> Found:
    rows = plan_actions.of_plan(about.connection, plan_actions.OPPORTUNITY_PLAN, about.plan.id)
    kept = [action for action in rows if action.status != "dropped"]
    return len(kept), bool(kept)


CHECKS: Mapping[str, Callable[[_Plan], Found]] = {
    "stakeholders": _stakeholders,
    "power_map": _power_map,
    "issues": _issues,
    "timeline": _timeline,
    "competition": _competition,
    "partners": _partners,
    "value": _value,
    "solution": _solution,
    "csf": _csf,
    "resources": _resources,
    "actions": _actions,
}
