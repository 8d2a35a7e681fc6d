"""Defer Opportunity: put it off until a date within the limits of table D26; it leaves the forecast."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm import pended
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import ask, output
from handlers.shared.outcomes import completion


@handler("prioritize_opportunity.defer_opportunity", decisions=("defer_default",))
@completion
def defer_opportunity(context: TaskContext[Any]) -> Outcome:
    """Without a date, the usual number of days for the reason is taken."""
    form = context.form
    deal = subject.opportunity_of(context)
    answer = ask(context, "defer_default", {"defer_reason": form["defer_reason"]})
    today = subject.today(context, deal.owner)
    chosen = form.get("resume_date") or today + timedelta(days=int(output(answer, "default_days")))
    pended.check_resume_date(deal.number, chosen, today=today, max_days=int(output(answer, "max_days")))
    keep = bool(form.get("keep_in_account_plan"))
    pended.defer(
        context.session,
        deal,
        form["defer_reason"],
        chosen,
        note=form.get("resume_note"),
        keep_in_account_plan=keep,
        by=subject.actor(context, deal),
        at=context.now,
    )
    variables = {"resume_date": chosen, "keep_in_account_plan": keep}
    return Done(variables, events=["opportunity.pended", "pipeline.changed"])
