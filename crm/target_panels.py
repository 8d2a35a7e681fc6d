"""The panels beside the forms of a targeting round: candidates, proposal, who would have too many."""

from __future__ import annotations

from crm import targeting
from crm.panels import Asked, Cells, Panel, Panels
from crm.targeting import Candidate

COLUMNS = ("Customer", "Owner", "Attractiveness", "Position", "Score", "Tier", "Wishes", "Market view")


def _found(asked: Asked) -> tuple[Candidate, ...]:
    number = str(asked.variables.get("round_number"))
    return targeting.candidates(asked.connection, targeting.get(asked.connection, number).id)


def _cells(one: Candidate) -> Cells:
    wishes = ", ".join(f"{wish['by']}: {wish['choice']}" for wish in one.nominations) or None
    opinions = "; ".join(opinion["comment"] for opinion in one.opinions) or None
    named = f"{one.account_number} {one.account_name}"
    return (named, one.account_owner, one.attractiveness, one.position, one.score, one.tier, wishes, opinions)


def _candidates(asked: Asked) -> Panel:
    rows = tuple(_cells(one) for one in _found(asked))
    return Panel("Candidates", (), COLUMNS, rows, "No account reaches the score.")


def _proposal(asked: Asked) -> Panel:
    chosen = [one for one in _found(asked) if one.chosen]
    rows = tuple((f"{one.account_number} {one.account_name}", one.tier, one.owner, one.score) for one in chosen)
    facts = (("Accounts", len(chosen)),)
    return Panel("Proposed target accounts", facts, ("Customer", "Tier", "Owner", "Score"), rows, "None is proposed.")


def _capacity(asked: Asked) -> Panel:
    over = asked.variables.get("over_capacity") or []
    rows = tuple((row["owner"], row["count"], row["limit"]) for row in over)
    return Panel("Over capacity", (), ("Owner", "Key accounts", "At most"), rows, "Everybody can cover the own list.")


PANELS: Panels = {
    "target_candidates": _candidates,
    "target_capacity": _capacity,
    "target_proposal": _proposal,
}
