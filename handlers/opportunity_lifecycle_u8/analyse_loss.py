"""7 Analyse loss, chosen competitor: why we lost, to whom, and what we learn."""

from __future__ import annotations

from typing import Any

from crm import competition, reason_codes, win_loss
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion

EQUAL = 1
NOBODY = "none"


@handler("opportunity_lifecycle_u8.analyse_loss")
@completion
def analyse_loss(context: TaskContext[Any]) -> Outcome:
    """Marks the competitor whom the customer chose; some reasons need an explanation."""
    form, deal = context.form, subject.opportunity_of(context)
    codes = list(form["loss_reasons"])
    explained = [code for code in codes if reason_codes.get(context.session, "loss", code).note_required]
    if explained and not (form.get("lessons") or "").strip():
        text = "Expected an explanation for the reason %(code)s."
        return Refuse({"lessons": Sentence(text, code=reason_codes.names(context.session, explained[0]))})
    chosen = form["chosen_competitor"]
    values = {
        "lessons": form.get("lessons"),
        "chosen_competitor_id": None if chosen == NOBODY else competition.by_key(context.session, chosen),
    }
    reasons = [{"code": code, "weight": EQUAL} for code in codes]
    win_loss.analyse(context.session, deal, reasons, values, by=subject.actor(context, deal), at=context.now)
    return Done({})
