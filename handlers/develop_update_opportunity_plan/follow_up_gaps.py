"""Identify Gaps and Follow up on Actions with Owners: new days, help, and sections to work again."""

from __future__ import annotations

from typing import Any

from crm import plan_actions, plan_answers
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion


@handler("develop_update_opportunity_plan.follow_up_gaps")
@completion
def follow_up_gaps(context: TaskContext[Any]) -> Outcome:
    """Moves late actions to whoever does them by when, tells the owners, and begins an iteration if one is wanted."""
    work = plans.at_work(context)
    notices = [_follow_up(context, work, row) for row in plans.rows(context, "late_actions")]
    sections = context.form.get("sections_due") or []
    begun = plans.iterate(context, work, sections) if sections and _goes_on(context) else {"sections_due": []}
    lists = plan_answers.action_lists(context.session, work.plan, work.today)
    return Done({**begun, **lists}, notices=[notice for notice in notices if notice])


def _goes_on(context: TaskContext[Any]) -> bool:
    """Whether the pursuit goes on as it is: neither decided nor to be looked at anew from the start."""
    variables = context.variables
    return variables.get("customer_decision") == "none" and not variables.get("environment_changed")


def _follow_up(context: TaskContext[Any], work: plans.Work, row: dict[str, Any]) -> Notice | None:
    action = plan_actions.get(context.session, row["action"])
    changes = {"owner": row.get("owner") or action.owner}
    if row.get("new_due"):
        changes |= {"due": row["new_due"], "status": "open"}
    moved = {name: value for name, value in changes.items() if getattr(action, name) != value}
    if moved:
        action = plan_actions.change(context.session, action, moved, by=work.by, at=context.now)
    if not moved and not row.get("help_needed"):
        return None
    text = Sentence(
        "Your action for %(number)s %(name)s is followed up: %(text)s, by %(due)s. %(help)s",
        number=work.deal.number,
        name=work.deal.name,
        text=action.text,
        due=action.due,
        help=row.get("help_needed") or "",
    )
    return Notice(action.owner, None, text)
