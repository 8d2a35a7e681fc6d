"""Check open items: quotes, actions, calls and approvals that are still open, and the quote that a win needs."""

from __future__ import annotations

from typing import Any

from crm import open_items
from crm.open_items import OpenItem
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import sales_module, subject
from handlers.shared.outcomes import automatic


@handler("close_opportunity.check_closable")
@automatic
def check_closable(context: TaskContext[Any]) -> Outcome:
    """Sets open_items; an empty list lets the closing go on."""
    deal, quoting = subject.opportunity_of(context), sales_module.is_on(context)
    found = open_items.of(context.session, deal, context.variables["outcome"], quoting=quoting)
    found = [*found, *_approvals(context, deal.business_key)]
    rows = [{"what": item.key, "kind": item.kind, "subject": item.subject} for item in found]
    return Done({"open_items": rows, "sales_module_enabled": quoting})


def _approvals(context: TaskContext[Any], business_key: str) -> list[OpenItem]:
    """The approvals that wait in other processes about the opportunity."""
    others = context.figures.running(business_key) if context.figures else ()
    return [
        OpenItem(f"{open_items.APPROVAL}:{one.instance_id}", open_items.APPROVAL, " / ".join(names.values()))
        for one in others
        for names in one.approvals
        if one.instance_id != context.instance_id
    ]
