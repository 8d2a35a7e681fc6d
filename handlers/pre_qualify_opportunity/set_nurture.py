"""Set nurture date: the opportunity is put off until a day within the limits of table D26."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm import pended, prequalification
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import ask, output
from handlers.shared.outcomes import completion


@handler("pre_qualify_opportunity.set_nurture", decisions=("defer_default",))
@completion
def set_nurture(context: TaskContext[Any]) -> Outcome:
    """Without a date, the usual number of days for the reason is taken.

    The reason follows from the answers: no budget, bad timing, or a customer who is not ready.
    """
    deal, form = subject.opportunity_of(context), context.form
    reason = prequalification.reason_to_nurture(context.variables)
    answer, today = ask(context, "defer_default", {"defer_reason": reason}), subject.today(context, deal.owner)
    chosen = form.get("resume_date") or today + timedelta(days=int(output(answer, "default_days")))
    pended.check_resume_date(deal.number, chosen, today=today, max_days=int(output(answer, "max_days")))
    pended.defer(
        context.session,
        deal,
        reason,
        chosen,
        note=form.get("resume_note"),
        keep_in_account_plan=False,
        by=subject.actor(context, deal),
        at=context.now,
    )
    variables = {"defer_reason": reason, "resume_date": chosen, "keep_in_account_plan": False}
    return Done(variables, events=["opportunity.pended"])
