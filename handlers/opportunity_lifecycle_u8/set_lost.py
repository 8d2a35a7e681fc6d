"""7 Set lost: the customer decided otherwise."""

from __future__ import annotations

from typing import Any

from crm import closing, competition, reason_codes
from crm.kinds.words import REASON_KINDS
from crm.titles import named
from engine.contract import Done, Fail, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic

NOBODY = "none"


@handler("opportunity_lifecycle_u8.set_lost")
@automatic
def set_lost(context: TaskContext[Any]) -> Outcome:
    """It leaves the forecast; the analysis offers the competitors, and nobody."""
    if not reason_codes.listing(context.session, "loss"):
        text = "Expected reason codes to choose from (%(kind)s), but there are none. Enter some in the settings."
        return Fail(Sentence(text, kind=named(REASON_KINDS, "loss")), retry=False)
    deal = subject.opportunity_of(context)
    settled = closing.settle(
        context.session,
        deal,
        "lost",
        on=subject.today(context, deal.owner),
        actual_amount=None,
        reason=context.variables["summary"],
        by=subject.actor(context, deal),
        at=context.now,
    )
    choices = [{"value": NOBODY, "label": "Nobody, or no decision", "label:zh-Hans": "无 / 客户未决策"}]
    choices += [{"value": key, "label": name} for key, name in competition.names(context.session)]
    variables = {"status": settled.status, "competitor_choices": choices}
    return Done(variables, events=["opportunity.lost", "pipeline.changed"])
