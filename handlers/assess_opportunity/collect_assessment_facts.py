"""Collect facts: ten ratings with their evidence, and who else bids."""

from __future__ import annotations

from typing import Any

from crm import competition
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion

ROWS = "competitors"


@handler("assess_opportunity.collect_assessment_facts")
@completion
def collect_assessment_facts(context: TaskContext[Any]) -> Outcome:
    """The competitors become those of the opportunity; each is named once."""
    rows = list(context.form.get(ROWS) or [])
    named = [row["competitor"] for row in rows]
    errors = {
        f"{ROWS}.{at}.competitor": Sentence("Expected every competitor once, but this one is named twice.")
        for at, name in enumerate(named)
        if name in named[:at]
    }
    if errors:
        return Refuse(errors)
    deal = subject.opportunity_of(context)
    found = [
        {
            "competitor_id": competition.by_key(context.session, row["competitor"]),
            "strengths": row.get("strengths"),
            "weaknesses": row.get("weaknesses"),
        }
        for row in rows
    ]
    competition.keep(context.session, deal, found, by=subject.actor(context, deal), at=context.now)
    return Done({})
