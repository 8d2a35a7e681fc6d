"""The panels beside the forms of leads and pre-qualification."""

from __future__ import annotations

from crm import access, accounts, leads, opportunities, states
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


def _candidates(asked: Asked) -> Panel:
    numbers = [str(one["value"]).partition(":")[2] for one in asked.variables.get("account_choices") or []]
    found = [accounts.get(asked.connection, number) for number in numbers]
    rows = tuple((one.number, one.name, one.region, one.industry, one.owner) for one in found)
    columns = ("Number", "Name", "Region", "Industry", "Owner")
    return Panel("Customers that may be meant", (), columns, rows, "No customer of that name is known.")


def _duplicate(asked: Asked) -> Panel:
    title, key = "It may repeat this one", asked.variables.get("duplicate_of")
    if not key:
        return Panel(title, empty="No other opportunity is like this one.")
    other = opportunities.get(asked.connection, str(key).partition(":")[2])
    facts: list[tuple[str, object]] = [
        ("Opportunity", f"{other.number} {other.name}"),
        ("Owner", other.owner),
        ("Status", states.OPPORTUNITY.named(other.status)),
        ("Close date", other.expected_close_date),
    ]
    if access.may_read(asked.connection, asked.who, other.business_key):
        facts.append(("Need", other.need))
    return Panel(title, tuple(facts))


PANELS: Panels = {"duplicate_opportunity": _duplicate, "account_candidates": _candidates, "lead": _lead}
