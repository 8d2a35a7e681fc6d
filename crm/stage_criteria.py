"""What must be true before an opportunity leaves its stage (8.3), and what of it the records show themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, select

from crm import evaluations, flags, opportunity_plans, quotes
from crm.opportunities import Opportunity
from crm.stages import Stage
from crm.tables import opportunity_contact

QUOTE_SENT, SALES_MODULE = "quote_sent", "sales_module_enabled"

# key, English, Chinese
NAMES: Mapping[str, tuple[str, str]] = {
    "need": ("The need is described", "需求明确"),
    "contact": ("There is a contact", "有联系人"),
    QUOTE_SENT: ("A quote was sent", "已发出报价"),
    "terms_agreed": ("Terms are agreed", "条款已达成一致"),
    "prequal_result": ("Pre-qualified", "有预审结果"),
    "evaluation": ("Assessed", "有评估"),
    "priority": ("Priority set", "已定优先级"),
    "approval_if_required": ("Approved where required", "须审批的已审批"),
    "agreed_plan": ("The opportunity plan is agreed", "商机计划已达成一致"),
    "lead_dm": ("The lead decision-maker is known", "已知主要决策人"),
    "decision_process_confirmed": ("The decision process is confirmed", "决策流程已确认"),
    "pursue_decision": ("Decided to pursue", "已决定跟进"),
    "plan": ("There is an opportunity plan", "有商机计划"),
    "price_approved": ("The price is approved", "价格已批准"),
}


def names(criterion: str) -> tuple[str, str]:
    """A criterion in English and Chinese; its key where people added one of their own."""
    return NAMES.get(criterion, (criterion, criterion))


def required(connection: Connection, stage: Stage) -> list[str]:
    """The criteria of a stage; a sent quote counts only while the sales module is on."""
    wanted = list(stage.exit_criteria)
    if stage.quote_required and QUOTE_SENT not in wanted:
        wanted.append(QUOTE_SENT)
    if flags.enabled(connection, SALES_MODULE):
        return wanted
    return [one for one in wanted if one != QUOTE_SENT]


def to_confirm(connection: Connection, stage: Stage) -> list[str]:
    """The criteria that only people can say are met."""
    return [one for one in required(connection, stage) if one not in SHOWN]


def unmet(connection: Connection, deal: Opportunity, stage: Stage, confirmed: Sequence[str]) -> list[str]:
    """The criteria that are not met: the records do not show them, or nobody confirmed them."""
    return [
        one
        for one in required(connection, stage)
        if not (SHOWN[one](connection, deal) if one in SHOWN else one in confirmed)
    ]


def _contact(connection: Connection, deal: Opportunity) -> bool:
    at = opportunity_contact.c
    query = select(at.id).where(at.opportunity_id == deal.id)
    return deal.primary_contact_id is not None or connection.execute(query).first() is not None


def _lead_decision_maker(connection: Connection, deal: Opportunity) -> bool:
    at = opportunity_contact.c
    query = select(at.id).where(at.opportunity_id == deal.id, at.is_lead_decision_maker)
    return connection.execute(query).first() is not None


def _has_evaluation(kind: str) -> Callable[[Connection, Opportunity], bool]:
    return lambda connection, deal: evaluations.latest(connection, deal.id, kind) is not None


def _plan_agreed(connection: Connection, deal: Opportunity) -> bool:
    plan = opportunity_plans.find(connection, deal.id)
    return plan is not None and plan.status == "agreed"


def _price_approved(connection: Connection, deal: Opportunity) -> bool:
    found = quotes.of_opportunity(connection, deal.id)
    return any(one.status in ("approved", "sent", "accepted") for one in found)


SHOWN: Mapping[str, Callable[[Connection, Opportunity], bool]] = {
    "need": lambda connection, deal: bool((deal.need or "").strip()),
    "contact": _contact,
    QUOTE_SENT: lambda connection, deal: quotes.was_sent(connection, deal.id),
    "prequal_result": _has_evaluation("prequal"),
    "evaluation": _has_evaluation("assessment"),
    "priority": lambda connection, deal: deal.priority is not None,
    "approval_if_required": lambda connection, deal: deal.pipeline_entry_at is not None,
    "pursue_decision": lambda connection, deal: deal.pursue_decision == "pursue",
    "lead_dm": _lead_decision_maker,
    "agreed_plan": _plan_agreed,
    "plan": lambda connection, deal: opportunity_plans.find(connection, deal.id) is not None,
    "price_approved": _price_approved,
}
