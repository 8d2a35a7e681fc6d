"""An opportunity plan as its forms ask for it: the variables from which they are filled in before anybody answers.

References are business keys (`contact:CON-0007`), as the choices of forms are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping

from crm import buying_centre, competition, plan_actions, plan_contents, row_lists
from crm.opportunities import Opportunity
from crm.opportunity_plans import OpportunityPlan
from crm.plan_actions import PlanAction
from crm.tables import (
    buying_milestone,
    decision_factor,
    plan_gap,
    plan_section,
    resource_request,
    solution_option,
)

Answers = dict[str, Any]


def whole(value: Any) -> Any:
    """A number as forms show it: 60 instead of 60.00."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def of(connection: Connection, deal: Opportunity, plan: OpportunityPlan) -> Answers:
    """Everything that the forms of 3.3.3.4.4 begin with."""
    return {
        **_written(plan),
        **_rows(connection, plan),
        **_people(connection, deal),
        **_sections(connection, plan),
        "competitors": competition.rows(connection, deal),
        "tactics": tactics(connection, plan),
    }


def _written(plan: OpportunityPlan) -> Answers:
    view = plan.customer_view
    return {
        "potential_needs": view.get("potential_needs"),
        "challenges": view.get("challenges"),
        "industry_trends": view.get("industry_trends"),
        "sources": view.get("sources"),
        "issues": plan.issues or None,
        "partners": plan.partners or None,
        "csf": plan.csf or None,
        "competitive_strategy": plan.competitive_strategy,
        "counter_moves": plan.counter_moves,
        "lead_rep": plan.lead_rep,
        "status_rag": plan.status_rag,
        "decision_process": plan.decision_process,
    }


def _rows(connection: Connection, plan: OpportunityPlan) -> Answers:
    parent = plan_contents.parent(plan)
    names: Mapping[str, tuple[Any, Mapping[str, str]]] = {
        "gaps": (plan_gap, {name: name for name in ("question", "section", "owner", "due", "status")}),
        "decision_factors": (
            decision_factor,
            {"factor": "factor", "weight_pct": "weight", "our_position": "our_position"},
        ),
        "milestones": (
            buying_milestone,
            {name: name for name in ("kind", "customer_owner", "date", "our_activity", "status")},
        ),
        "options": (
            solution_option,
            {name: name for name in ("name", "description", "rationale", "price", "fit", "recommended")},
        ),
        "resource_needs": (
            resource_request,
            {"role": "role", "from": "start_on", "to": "end_on", "days": "days", "purpose": "purpose"},
        ),
    }
    found: Answers = {
        name: [_row(row, columns) for row in row_lists.of(connection, table, **parent)] or None
        for name, (table, columns) in names.items()
    }
    case = plan_contents.latest_case(connection, plan)
    found["business_case"] = case["benefits"] if case else None
    for name in ("cost", "payback_months", "customer_agreed"):
        found[name] = whole(case[name]) if case else None
    return found


def _row(row: RowMapping, columns: Mapping[str, str]) -> Answers:
    return {name: whole(row[column]) for name, column in columns.items()}


def _people(connection: Connection, deal: Opportunity) -> Answers:
    found = buying_centre.stakeholders(connection, deal.id)
    lead = next((row for row in found if row["is_lead_decision_maker"]), None)
    met = [row for row in found if row["relationship_goal"]]
    return {
        "stakeholders": [
            {"contact": key(row["contact_number"]), **{name: row[name] for name in STAKEHOLDER}} for row in found
        ]
        or None,
        "lead_decision_maker": key(lead["contact_number"]) if lead else None,
        "relationship_strategy": [
            {
                "contact": key(row["contact_number"]),
                "goal": row["relationship_goal"],
                "our_owner": row["our_owner"],
                "next_touch": row["next_touch"],
            }
            for row in met
        ]
        or None,
        "links": [
            {
                "from_contact": key(row["from_number"]),
                "to_contact": key(row["to_number"]),
                "type": row["type"],
                "strength": row["strength"],
            }
            for row in buying_centre.links(connection, deal.id)
        ]
        or None,
    }


STAKEHOLDER = ("buying_role", "influence", "stance", "mode")


def key(number: str) -> str:
    """The business key of a contact."""
    return f"contact:{number}"


def _sections(connection: Connection, plan: OpportunityPlan) -> Answers:
    rows = row_lists.of(connection, plan_section, **plan_contents.parent(plan))
    asked = ("section", "assignee", "expertise", "due")
    given = ("input", "attachments", "confidence", "open_questions")
    return {
        "sections": [{name: row[name] for name in asked} for row in rows],
        "inputs": {row["section"]: {name: row[name] for name in given} for row in rows if row["input"]},
    }


def actions(connection: Connection, plan: OpportunityPlan) -> Sequence[PlanAction]:
    """All actions of a plan, by due day."""
    return plan_actions.of_plan(connection, plan_actions.OPPORTUNITY_PLAN, plan.id)


def tactics(connection: Connection, plan: OpportunityPlan) -> list[Answers]:
    """The action plan as its form shows it: all actions but those that were dropped."""
    return [_tactic(action) for action in actions(connection, plan) if action.status != "dropped"]


def _tactic(action: PlanAction) -> Answers:
    return {
        "action": action.id,
        "tactic": action.text,
        "objective": action.objective,
        "owner": action.owner,
        "due": action.due,
        "linked_section": action.section,
        "status": action.status,
    }


def action_lists(connection: Connection, plan: OpportunityPlan, today: date) -> Answers:
    """The unfinished actions for tracking (`open_actions`), and those of them that are late (`actions_overdue`)."""
    unfinished = [action for action in actions(connection, plan) if action.status in plan_actions.UNFINISHED]
    late = [action for action in unfinished if action.due < today or action.status == "late"]
    return {
        "open_actions": [
            {
                "action": action.id,
                "action_text": action.text,
                "due": action.due,
                "status": "late" if action.due < today else action.status,
                "comment": action.result,
            }
            for action in unfinished
        ],
        "actions_overdue": [
            {"action": action.id, "action_text": action.text, "owner": action.owner, "new_due": None} for action in late
        ],
    }


def resource_answers(connection: Connection, plan: OpportunityPlan) -> Answers:
    """The needs that operations still have to answer: new ones, and those refused or met only in part."""
    rows = row_lists.of(connection, resource_request, **plan_contents.parent(plan))
    open_rows = [row for row in rows if row["status"] in ("open", "partial", "refused")]
    names = {"request": "id", "role": "role", "from": "start_on", "to": "end_on", "days": "days"}
    answered = {name: name for name in ("purpose", "assigned", "alternative", "fit_confirmed")}
    return {"unmet_needs": [_row(row, {**names, **answered}) | {"status": None} for row in open_rows]}
