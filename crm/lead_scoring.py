"""The score of a lead, from 0 to 100: what it comes from, how well it is known, and how clearly it asks."""

from __future__ import annotations

from crm.leads import Lead

BEST = 100
BY_SOURCE = {
    "referral": 30,
    "partner": 25,
    "rep": 25,
    "rfp": 25,
    "event": 20,
    "web": 15,
    "campaign": 10,
    "other": 5,
}
FOR_PRIOR_CUSTOMER = 25
FOR_KNOWN_ACCOUNT = 15
FOR_KNOWN_CONTACT = 10
FOR_NEED = 20
FOR_RFP = 20
FOR_DOCUMENT = 10


def score(lead: Lead, *, known_account: bool, prior_customer: bool, known_contact: bool) -> int:
    """The points of a lead; one that repeats an earlier lead adds nothing and gets none."""
    if lead.duplicate_of:
        return 0
    points = BY_SOURCE[lead.source]
    points += FOR_PRIOR_CUSTOMER if prior_customer else FOR_KNOWN_ACCOUNT if known_account else 0
    points += FOR_KNOWN_CONTACT if known_contact else 0
    points += FOR_NEED if lead.need else 0
    points += FOR_RFP if lead.rfp else 0
    points += FOR_DOCUMENT if lead.document else 0
    return min(points, BEST)
