"""Resume now?: take it up, put it off once more, or drop it."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm import pended
from crm.errors import InvalidValue
from crm.opportunities import Opportunity
from crm.pended import PendedItem
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import ask, output
from handlers.shared.outcomes import completion, sentence

FIELD = "new_resume_date"


@handler("manage_pended_opportunity.ask_resume", decisions=("defer_default",))
@completion
def ask_resume(context: TaskContext[Any]) -> Outcome:
    """Checks the new date against table D26, counted from today; dropping ends the deferral."""
    deal = subject.opportunity_of(context)
    item = pended.get_waiting(context.session, deal)
    action = context.form["resume_action"]
    if action == "extend" and (refused := _refused(context, deal, item)):
        return Refuse({FIELD: refused})
    if action == "drop":
        by, reason = subject.actor(context, deal), context.form.get("reason")
        pended.settle(context.session, deal, item, "dropped", reason=reason, by=by, at=context.now)
    return Done({"extension_count": item.extension_count, FIELD: context.form.get(FIELD)})


def _refused(context: TaskContext[Any], deal: Opportunity, item: PendedItem) -> Sentence | None:
    chosen = context.form.get(FIELD)
    if not isinstance(chosen, date):
        return Sentence("Expected a new date to come back, but the field is empty.")
    answer = ask(context, "defer_default", {"defer_reason": item.reason})
    today, longest = subject.today(context, deal.owner), int(output(answer, "max_days"))
    try:
        pended.check_resume_date(deal.number, chosen, today=today, max_days=longest)
    except InvalidValue as error:
        return sentence(error)
    return None
