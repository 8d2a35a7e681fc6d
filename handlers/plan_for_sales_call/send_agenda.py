"""Send agenda to customer: it goes out with the question what they want to add."""

from __future__ import annotations

from typing import Any

from crm import call_people, sales_calls
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("plan_for_sales_call.send_agenda")
@automatic
def send_agenda(context: TaskContext[Any]) -> Outcome:
    """Keeps when it went out, and tells the rep to whom: a letter to a customer goes out in the rep's own name."""
    call, at = calls.call_of(context), context.now
    sales_calls.change(context.session, call, {"agenda_sent_at": at}, by=calls.actor(context, call), at=at)
    people = [one for one in call_people.contacts(context.session, call.id) if one.invited]
    text = Sentence(
        "The agenda of %(number)s is ready for %(people)s. Ask what they want to add.",
        number=call.number,
        people=", ".join(f"{one.name} ({one.email or one.phone})" for one in people),
    )
    return Done({"agenda_sent_at": at}, notices=[Notice(call.owner, None, text)])
