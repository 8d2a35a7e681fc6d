"""Share with account team: a line on what came out of the call, which is documented now."""

from __future__ import annotations

from typing import Any

from crm import call_report, sales_calls
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import automatic


@handler("document_sales_call_results.share_results")
@automatic
def share_results(context: TaskContext[Any]) -> Outcome:
    """Goes to the teams of customer and opportunity, and to who took part."""
    call, at = calls.call_of(context), context.now
    by = calls.actor(context, call)
    done = sales_calls.move(context.session, call, "documented", by=by, at=at, documented_at=at)
    customer = calls.customer_of(context, call)
    text = Sentence(
        "%(number)s at %(customer)s is documented: %(summary)s",
        number=call.number,
        customer=customer.name,
        summary=call.summary or "-",
    )
    people = call_report.audience(context.session, call, subject.today(context, call.owner))
    notices = [Notice(login, None, text) for login in people]
    return Done({"call_status": done.status}, events=["call.documented"], notices=notices)
