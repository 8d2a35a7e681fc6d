"""Propose outcome: how, when and why the pursuit ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import closing, reason_codes, states
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("close_opportunity.propose_outcome")
@completion
def propose_outcome(context: TaskContext[Any]) -> Outcome:
    """Checks that the opportunity can end this way from where it stands, and that the reasons fit the outcome."""
    deal, form = subject.opportunity_of(context), context.form
    outcome, codes = form["outcome"], list(form.get("reason_codes") or ())
    if objection := _objection(context, deal, outcome, codes):
        return Refuse(objection)
    return Done({"closing_note": form.get("comment"), "reason_codes": codes, "opp_status": deal.status})


def _words(status: str, outcome: str) -> dict[str, object]:
    return {"status": states.OPPORTUNITY.named(status), "outcome": states.OPPORTUNITY.named(outcome)}


def _objection(context: TaskContext[Any], deal: Opportunity, outcome: str, codes: Sequence[str]) -> dict[str, Sentence]:
    if not states.may_move(states.OPPORTUNITY, deal.status, outcome):
        text = "Expected an outcome that %(number)s can have, but from %(status)s it cannot become %(outcome)s."
        return {"outcome": Sentence(text, number=deal.number, **_words(deal.status, outcome))}
    fitting = {reason.code: reason for reason in reason_codes.listing(context.session, closing.REASONS[outcome])}
    strange = [code for code in codes if code not in fitting]
    if strange:
        shown = reason_codes.names(context.session, *strange)
        text = "Expected reasons that fit the outcome %(outcome)s, but these do not: %(codes)s."
        return {"reason_codes": Sentence(text, outcome=states.OPPORTUNITY.named(outcome), codes=shown)}
    needing = [code for code in codes if fitting[code].note_required]
    if needing and not str(context.form.get("comment") or "").strip():
        text = "Expected a comment for the reason %(codes)s, but the field is empty."
        return {"comment": Sentence(text, codes=reason_codes.names(context.session, *needing))}
    return {}
