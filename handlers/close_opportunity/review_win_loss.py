"""Win/loss review with team: what the team found, and what it is going to do about it."""

from __future__ import annotations

from typing import Any

from crm import win_loss
from crm.rows import stored
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import plans, subject
from handlers.shared.outcomes import completion


@handler("close_opportunity.review_win_loss")
@completion
def review_win_loss(context: TaskContext[Any]) -> Outcome:
    """Adds findings and actions to the analysis; whoever is to act hears of it."""
    deal, actions = subject.opportunity_of(context), plans.rows(context, "actions")
    by, findings = subject.actor(context, deal), context.form["findings"]
    win_loss.review(context.session, deal, findings, stored(actions), by=by, at=context.now)
    notices = [
        Notice(
            row["owner"],
            None,
            Sentence(
                "From the review of %(number)s %(name)s you have to do by %(due)s: %(action)s",
                number=deal.number,
                name=deal.name,
                due=row["due"],
                action=row["action"],
            ),
        )
        for row in actions
    ]
    return Done({}, notices=notices)
