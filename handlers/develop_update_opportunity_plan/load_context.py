"""Load opportunity, plan, account plan: the draft to work on, and everything that its forms begin with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import account_plans, accounts, opportunity_plans, plan_answers, pursue
from crm.opportunities import Opportunity
from crm.opportunity_plans import OpportunityPlan
from engine.contract import BpmnError, Done, Outcome, Sentence, TaskContext, handler
from handlers.shared import deals, subject
from handlers.shared.outcomes import loading

PURSUE_DECISION_MISSING, PLAN_AT_WORK = "PURSUE_DECISION_MISSING", "PLAN_AT_WORK"
PLANNING = frozenset({"develop-update-opportunity-plan", "stage-qualify-opportunity", "area-opportunity-management"})


@handler("develop_update_opportunity_plan.load_context", decisions=("amount_band",))
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Opens version 1, the draft at work or the next version; without a decision to pursue it goes back to 3.3.3.4.3.

    A plan that another run works already is not begun twice: that run is woken instead.
    An account plan may be missing: not every customer is a key account.
    """
    deal = subject.opportunity_of(context)
    if not _pursued(context, deal):
        text = Sentence("Expected a decision to pursue %(number)s %(name)s before its plan.", **_named(deal))
        return BpmnError(PURSUE_DECISION_MISSING, text)
    if _at_work(context, deal):
        text = Sentence("The plan of %(number)s %(name)s is being worked already.", **_named(deal))
        return BpmnError(PLAN_AT_WORK, text)
    by = subject.actor(context, deal)
    plan = opportunity_plans.open_for_work(context.session, deal, by=by, at=context.now)
    customer = accounts.by_id(context.session, deal.account_id)
    account_plan = account_plans.in_use(context.session, customer.id)
    return Done(
        {
            **subject.naming(deal, customer),
            **deals.sizes(context, deal),
            **plan_answers.of(context.session, deal, plan),
            **_facts(context, deal, plan),
            "account_plan_number": account_plan.number if account_plan else None,
        }
    )


def _pursued(context: TaskContext[Any], deal: Opportunity) -> bool:
    found = pursue.listing(context.session, deal.id)
    return found[0].decision == "pursue" if found else deal.pursue_decision == "pursue"


def _at_work(context: TaskContext[Any], deal: Opportunity) -> bool:
    """Whether another instance plans this opportunity: its own, or one that calls the planning."""
    if context.figures is None or opportunity_plans.find(context.session, deal.id) is None:
        return False
    found = context.figures.running(deal.business_key)
    return any(one.instance_id != context.instance_id and one.process_key in PLANNING for one in found)


def _named(deal: Opportunity) -> dict[str, str]:
    return {"number": deal.number, "name": deal.name}


def _facts(context: TaskContext[Any], deal: Opportunity, plan: OpportunityPlan) -> dict[str, Any]:
    return {
        "mode": context.variables.get("mode") or ("develop" if plan.version == 1 else "update"),
        "plan_number": plan.number,
        "plan_version": plan.version,
        "complexity": deal.complexity or ("simple" if deal.sales_mode == "simple" else "complex"),
        "lead_rep": plan.lead_rep or deal.owner,
        "need_summary": deal.need,
        "expected_close_date": deal.expected_close_date,
        "amount": deal.amount if deal.amount is not None else Decimal(0),
        "next_step": deal.next_step,
        "required_sections": plan.required_sections,
        "sections_due": [],
        "unmet_needs": [],
        "environment_changed": False,
        "customer_decision": None,
    }
