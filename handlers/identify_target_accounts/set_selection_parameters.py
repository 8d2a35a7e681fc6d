"""Set parameters: opens the round for a period, with weights that add up to 100."""

from __future__ import annotations

from typing import Any

from crm import periods, targeting
from crm.rows import stored
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion

WHOLE = 100
CHOSEN = {"region": "regions", "industry": "industries"}


@handler("identify_target_accounts.set_selection_parameters")
@completion
def set_selection_parameters(context: TaskContext[Any]) -> Outcome:
    """The round belongs to whoever sets its parameters; the process is about it from here on."""
    form = context.form
    periods.days(form["period"])
    total = sum(row["weight"] for row in form["weights"])
    if total != WHOLE:
        text = Sentence("Expected weights that add up to 100, but they add up to %(sum)s.", sum=total)
        return Refuse({"weights": text})
    owner = context.actor or subject.starter(context) or ""
    opened = targeting.open_round(
        context.session,
        owner,
        by=owner,
        at=context.now,
        period=form["period"],
        scope={name: list(form.get(CHOSEN[name]) or []) for name in form["scope"]},
        weights=stored(form["weights"]),
        min_score=form["min_score"],
        max_key_accounts_per_rep=form["max_key_accounts_per_rep"],
    )
    variables = {"owner": owner, "round_number": opened.number, "subject": f"{opened.number} {opened.period}"}
    return Done(variables, business_key=opened.business_key)
