"""The playbook: tactics that worked in one deal, kept for others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from crm import plan_actions, records
from crm.opportunities import Opportunity
from crm.opportunity_plans import OpportunityPlan
from crm.tables import playbook_tactic


def save(connection: Connection, deal: Opportunity, plan: OpportunityPlan, *, by: str, at: datetime) -> int:
    """Keeps the finished actions of a plan as tactics, each once; gives how many were added."""
    column = playbook_tactic.c.plan_action_id
    done = plan_actions.of_plan(connection, plan_actions.OPPORTUNITY_PLAN, plan.id, ("done",))
    kept = set(connection.execute(select(column).where(column.in_([action.id for action in done]))).scalars())
    new = [action for action in done if action.id not in kept]
    for action in new:
        values = {
            "text": action.text,
            "objective": action.objective,
            "section": action.section,
            "segment": deal.segment,
            "result": action.result,
            "opportunity_id": deal.id,
            "plan_action_id": action.id,
            "owner": deal.owner,
        }
        records.insert(connection, playbook_tactic, values, by=by, at=at)
    return len(new)
