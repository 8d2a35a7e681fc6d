"""Check open items: quotes, actions and calls that are still open, and the accepted quote that a win needs."""

from __future__ import annotations

from typing import Any

from crm import open_items
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import sales_module, subject
from handlers.shared.outcomes import automatic


@handler("close_opportunity.check_closable")
@automatic
def check_closable(context: TaskContext[Any]) -> Outcome:
    """Sets open_items; an empty list lets the closing go on."""
    deal, quoting = subject.opportunity_of(context), sales_module.is_on(context)
    found = open_items.of(context.session, deal, context.variables["outcome"], quoting=quoting)
    rows = [{"what": item.key, "kind": item.kind, "subject": item.subject} for item in found]
    return Done({"open_items": rows, "sales_module_enabled": quoting})
