"""Capture lead: keep what the inquiry says, as a new lead or on the one that is there."""

from __future__ import annotations

from typing import Any

from crm import files, leads
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.leads import naming
from handlers.shared.outcomes import completion

FIELDS = ("company", "contact_name", "phone_or_email", "source", "need", "rfp", "rfp_due_date", "document")


@handler("lead_management.capture_lead")
@completion
def capture_lead(context: TaskContext[Any]) -> Outcome:
    """From here on the process is about this lead; a proposal that is overdue already is refused."""
    by = subject.doer(context)
    fields = {name: context.form.get(name) for name in FIELDS}
    due, today = fields["rfp_due_date"], subject.today(context, by)
    if fields["rfp"] and due is not None and due < today:
        text = "Expected a day from %(first)s on, but got %(value)s."
        return Refuse({"rfp_due_date": Sentence(text, first=today, value=due)})
    fields |= {"rfp": bool(fields["rfp"]), "document": list(fields["document"] or [])}
    lead = _kept(context, fields, by)
    attached = [one["file"] for one in lead.document]
    files.hand_to(context.session, attached, lead.business_key, by=by, at=context.now)
    return Done(naming(lead), business_key=lead.business_key)


def _kept(context: TaskContext[Any], fields: dict[str, Any], by: str) -> leads.Lead:
    kind, number = subject.kind_and_number(context)
    if kind == subject.LEAD:
        there = leads.get(context.session, number)
        return leads.change(context.session, there, fields, by=by, at=context.now)
    return leads.create(context.session, by, by=by, at=context.now, **fields)
