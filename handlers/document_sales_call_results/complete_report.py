"""Complete report: the objective, the summary, and everything other records can be told."""

from __future__ import annotations

from typing import Any

from crm import call_report, sales_calls
from crm.errors import InvalidValue
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion, sentence

REPORT = ("objective_result", "summary", "sentiment")


@handler("document_sales_call_results.complete_report")
@completion
def complete_report(context: TaskContext[Any]) -> Outcome:
    """Refuses values that cannot be read and people without phone and e-mail; the next step writes the rest."""
    form = context.form
    if errors := {**_unreadable(form), **_unreachable(form)}:
        return Refuse(errors)
    held = form.get("was_held") if context.variables.get("held_unknown") else context.variables["call_held"]
    call = calls.keep(context, REPORT)
    call = _ended(context, call, bool(held))
    return Done({"call_held": held, "call_status": call.status})


def _unreadable(form: Any) -> dict[str, Sentence]:
    errors = {}
    for at, row in enumerate(form.get("opportunity_updates") or []):
        try:
            call_report.new_value(row["field"], row["new_value"])
        except InvalidValue as error:
            errors[f"opportunity_updates.{at}.new_value"] = sentence(error)
    return errors


def _unreachable(form: Any) -> dict[str, Sentence]:
    text = Sentence("Expected a phone number or an e-mail.")
    rows = enumerate(form.get("new_contacts") or [])
    return {f"new_contacts.{at}.phone": text for at, row in rows if not (row.get("phone") or row.get("email"))}


def _ended(context: TaskContext[Any], call: SalesCall, held: bool) -> SalesCall:
    """A call whose processes were not finished reaches its end here."""
    by, at, session = calls.actor(context, call), context.now, context.session
    if call.status == "scheduled" and not held:
        return sales_calls.move(session, call, "not_held", by=by, at=at)
    if call.status == "scheduled":
        call = sales_calls.move(session, call, "in_progress", by=by, at=at, actual_start=call.start_at)
    if call.status == "in_progress":
        call = sales_calls.move(session, call, "held", by=by, at=at, actual_end=call.ends_at or at)
    return call
