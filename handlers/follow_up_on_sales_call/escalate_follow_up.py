"""Escalate late follow-up: more time, somebody else, or dropped."""

from __future__ import annotations

from typing import Any

from crm import call_follow_ups, users
from crm.call_follow_ups import FollowUp
from crm.sales_calls import SalesCall
from engine.contract import Done, HandOn, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import completion

TASK = "do_follow_ups"


@handler("follow_up_on_sales_call.escalate_follow_up")
@completion
def escalate_follow_up(context: TaskContext[Any]) -> Outcome:
    """The follow-up itself goes on: with a new day, with the task in other hands, or not at all."""
    call, form = calls.call_of(context), context.form
    item = call_follow_ups.get(context.session, int(context.variables["follow_up"]["id"]))
    if item.is_closed:
        return Done({})
    if form["help"] == "extend":
        return _extended(context, call, item)
    return _handed_on(context, call, item) if form["help"] == "reassign" else _dropped(context, call, item)


def _extended(context: TaskContext[Any], call: SalesCall, item: FollowUp) -> Outcome:
    due = context.form["new_due"]
    if due <= subject.today(context, call.owner):
        return Refuse({"new_due": Sentence("Expected a day that is still to come.")})
    by = context.actor or call.owner
    call_follow_ups.change(context.session, call, item, {"due": due}, by=by, at=context.now)
    text = Sentence("You have until %(due)s: %(action)s (%(number)s).", due=due, action=item.action, number=call.number)
    return Done({}, notices=[Notice(item.owner, None, text)])


def _handed_on(context: TaskContext[Any], call: SalesCall, item: FollowUp) -> Outcome:
    to = users.get(context.session, context.form["new_owner"])
    by = context.actor or call.owner
    call_follow_ups.change(context.session, call, item, {"owner": to.login}, by=by, at=context.now)
    text = Sentence("%(action)s (%(number)s) is yours now.", action=item.action, number=call.number)
    hand_on = HandOn(TASK, to.login, {"follow_up": dict(context.variables["follow_up"])})
    return Done({}, notices=[Notice(to.login, None, text)], handed_on=[hand_on])


def _dropped(context: TaskContext[Any], call: SalesCall, item: FollowUp) -> Outcome:
    by = context.actor or call.owner
    call_follow_ups.move(context.session, call, item, "dropped", by=by, at=context.now)
    text = Sentence(
        "%(action)s (%(number)s) is dropped: finish its task without doing it.", action=item.action, number=call.number
    )
    return Done({}, notices=[Notice(item.owner, None, text)])
