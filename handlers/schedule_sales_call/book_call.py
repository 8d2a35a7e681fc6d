"""Book call: scheduled at the agreed time, among the activities of the opportunity, and known to all who come."""

from __future__ import annotations

from typing import Any

from crm import call_activities, sales_calls
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("schedule_sales_call.book_call")
@automatic
def book_call(context: TaskContext[Any]) -> Outcome:
    """The calendars of those who take part follow from the call and its people."""
    call = calls.call_of(context)
    by, start = calls.actor(context, call), context.variables["agreed_time"]
    booked = sales_calls.move(context.session, call, "scheduled", by=by, at=context.now, start_at=start)
    customer = calls.customer_of(context, booked)
    if booked.opportunity_id is not None:
        subject = f"{booked.number} {customer.name}"
        call_activities.plan(context.session, booked, subject, by=by, at=context.now)
    text = Sentence("You take part in %(number)s at %(customer)s.", number=booked.number, customer=customer.name)
    notices = [Notice(login, None, text) for login in calls.experts(context, booked)]
    return Done({"call_status": booked.status, "start_at": start}, notices=notices)
