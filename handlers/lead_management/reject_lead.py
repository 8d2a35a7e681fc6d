"""Reject with reason: the lead ends here; marketing writes to the sender when a reply was promised."""

from __future__ import annotations

from typing import Any

from crm import leads, reason_codes
from crm.titles import Names
from engine.contract import Done, Outcome, Sentence, TaskContext, Warn, handler
from handlers.shared.leads import lead_of
from handlers.shared.outcomes import completion


@handler("lead_management.reject_lead")
@completion
def reject_lead(context: TaskContext[Any]) -> Outcome:
    """Keeps the reason; a promised reply is a task of its own for marketing."""
    lead = lead_of(context)
    reason = reason_codes.get(context.session, "lead", context.form["reject_reason"])
    reply = bool(context.form.get("reply_to_sender"))
    by = context.actor or lead.owner
    changes = {"reject_reason": reason.code, "reply_to_sender": reply}
    leads.move(context.session, lead, "rejected", by=by, at=context.now, **changes)
    return Done({}, warnings=[_reply(lead, reason.names)] if reply else [])


def _reply(lead: leads.Lead, reason: Names) -> Warn:
    values = {"contact": lead.contact_name, "company": lead.company, "way": lead.phone_or_email, "reason": reason}
    return Warn(
        "mkt",
        Sentence("Reply to %(contact)s, %(company)s", contact=lead.contact_name, company=lead.company),
        Sentence(
            "Tell %(contact)s of %(company)s (%(way)s) that the inquiry is not followed up. Reason: %(reason)s.",
            **values,
        ),
    )
