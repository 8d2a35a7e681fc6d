"""What is worth knowing before a sales call, gathered as plain values and kept with the call (3.3.4.1.2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from crm import account_plans, accounts, call_follow_ups, call_people, sales_calls, stages
from crm.opportunities import Opportunity
from crm.sales_calls import SalesCall

LAST_CALLS = 3


def gather(connection: Connection, call: SalesCall, deal: Opportunity | None) -> dict[str, Any]:
    """Account news, the last calls, open promises, the people, and the opportunity (None for none).

    Every value is plain JSON: texts, numbers, and ISO dates.
    """
    profile = accounts.profile(connection, call.account_id)
    plan = account_plans.in_use(connection, call.account_id)
    return {
        "news": [text for text in (profile.initiatives, profile.trends) if text] if profile else [],
        "plan": plan.number if plan else None,
        "last_calls": [_last(one) for one in _last_calls(connection, call)],
        "open_promises": [
            {"action": item.action, "side": item.side, "who": item.owner or item.contact_name, "due": f"{item.due}"}
            for item in call_follow_ups.waiting_at(connection, call.account_id)
        ],
        "people": [
            {"name": one.name, "title": one.title, "buying_role": one.buying_role, "stance": one.stance}
            for one in call_people.contacts(connection, call.id)
            if one.invited
        ],
        "opportunity": _opportunity(connection, deal),
    }


def _last_calls(connection: Connection, call: SalesCall) -> tuple[SalesCall, ...]:
    return sales_calls.latest(connection, call.account_id, before=call.id, limit=LAST_CALLS)


def _last(call: SalesCall) -> dict[str, Any]:
    held = call.actual_start.date().isoformat() if call.actual_start else None
    return {"number": call.number, "on": held, "outcome": call.outcome, "summary": call.summary}


def _opportunity(connection: Connection, deal: Opportunity | None) -> dict[str, Any] | None:
    if deal is None:
        return None
    stage = stages.get(connection, deal.stage) if deal.stage else None
    return {
        "number": deal.number,
        "name": deal.name,
        "stage": {"en": stage.name, "zh-Hans": stage.name_zh} if stage else None,
        "amount": None if deal.amount_base is None else str(deal.amount_base),
        "need": deal.need,
        "next_step": deal.next_step,
    }
