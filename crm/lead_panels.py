"""The panels beside the forms of leads and pre-qualification."""

from __future__ import annotations

from crm import leads
from crm.panels import Asked, Panel, Panels


def _lead(asked: Asked) -> Panel:
    found = leads.get(asked.connection, asked.number)
    facts = (
        ("Lead", f"{found.number} {found.company}"),
        ("Contact", found.contact_name),
        ("Phone or e-mail", found.phone_or_email),
        ("Source", found.source),
        ("Need", found.need),
        ("Request for proposal", found.rfp),
        ("Proposal due on", found.rfp_due_date),
        ("Score", found.score),
        ("Duplicate of", found.duplicate_of),
        ("Owner", found.owner),
    )
    return Panel("The lead", facts)


PANELS: Panels = {"lead": _lead}
