"""Review pack: what management decides becomes actions with an owner and a day."""

from __future__ import annotations

from typing import Any

from crm import improvements
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion


@handler("area_reporting_analysis.review_pack")
@completion
def review_pack(context: TaskContext[Any]) -> Outcome:
    """Owners hear of their actions, the reporter of the questions."""
    form, owner = context.form, context.variables["owner"]
    by, notices = context.actor or owner, []
    for row in form.get("decisions") or []:
        text, who = row["decision"], row["owner"]
        improvements.plan(context.session, None, text, who, row["due"], by=by, at=context.now)
        notices.append(Notice(who, None, Sentence("Management decided: %(text)s.", text=text.rstrip("."))))
    for row in form.get("questions") or []:
        asked = Sentence("Management asks about %(period)s: %(question)s", period=context.variables["period"], **row)
        notices.append(Notice(owner, None, asked))
    return Done({}, notices=notices)
