"""Names of what the records hold as codes and are not plain words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

SEGMENTS: Mapping[str, object] = {
    "LOYALIST": _l("Loyalist"),
    "LOYALIST_AT_RISK": _l("Loyalist at risk"),
    "EASY_WIN": _l("Easy win"),
    "CONTESTED": _l("Contested"),
    "STRATEGIC_BET": _l("Strategic bet"),
    "LONG_SHOT": _l("Long shot"),
}
STATUSES: Mapping[str, object] = {
    "draft": _l("Draft"),
    "prequalified": _l("Pre-qualified"),
    "assessed": _l("Assessed"),
    "active": _l("In the pipeline"),
    "pended": _l("Put off"),
    "won": _l("Won"),
    "closed": _l("Closed"),
    "lost": _l("Lost"),
    "no_decision": _l("No decision"),
    "cancelled": _l("Cancelled"),
    "disqualified": _l("Disqualified"),
}
TONES: Mapping[str, str] = {
    "active": "accent",
    "won": "good",
    "closed": "good",
    "pended": "warn",
    "lost": "bad",
    "no_decision": "bad",
    "cancelled": "bad",
    "disqualified": "bad",
}
RATINGS: Mapping[str, object] = {
    "r_revenue": _l("Potential revenue"),
    "r_credit": _l("Credit standing"),
    "r_willingness": _l("Willingness to buy"),
    "r_target_client": _l("Desirable or target client"),
    "r_prior_business": _l("Prior revenue or margin"),
    "r_relationship": _l("Strength of relationships"),
}
APPROVALS: Mapping[str, object] = {
    "priority": _l("Priority"),
    "extension": _l("Extension"),
    "special": _l("Special approval"),
    "closure": _l("Closure"),
    "plan": _l("Plan"),
    "quote": _l("Quote"),
    "forecast": _l("Forecast"),
}
ORDERS: Mapping[str, object] = {
    "changed": _l("last changed"),
    "close": _l("close date"),
    "amount": _l("amount"),
    "score": _l("priority score"),
    "number": _l("opportunity number"),
}
