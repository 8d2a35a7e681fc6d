"""6 Analyse win: why we won, and whether an order is entered."""

from __future__ import annotations

from typing import Any

from crm import win_loss
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import order_entry, sales_module, subject
from handlers.shared.outcomes import completion

EQUAL = 1


@handler("opportunity_lifecycle_u8.analyse_win")
@completion
def analyse_win(context: TaskContext[Any]) -> Outcome:
    """The reasons count alike; an order needs the sales module."""
    deal = subject.opportunity_of(context)
    reasons = [{"code": code, "weight": EQUAL} for code in context.form["win_reasons"]]
    values = {"decisive_factor": context.form.get("note")}
    by = subject.actor(context, deal)
    win_loss.analyse(context.session, deal, reasons, values, by=by, at=context.now)
    lines = order_entry.quoted(context, deal)
    return Done({"sales_module_enabled": sales_module.is_on(context), "quoted_lines": lines})
