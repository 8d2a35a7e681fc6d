"""What each kind of history event says: one sentence per kind, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

# Places: who, step, process, and what `timeline` reads from the event's detail.
SENTENCES: Mapping[str, object] = {
    "instance.started": _l("%(who)s started %(process)s, version %(version)s."),
    "instance.ended": _l("The process ended: %(ends)s."),
    "instance.cancelled": _l("%(who)s ended the process. Reason: %(reason)s"),
    "instance.withdrawn": _l("The record was withdrawn; the open work was closed."),
    "element.left": _l("“%(step)s” was passed."),
    "task.opened": _l("“%(step)s” opened for %(for)s."),
    "task.claimed": _l("%(who)s took “%(step)s”."),
    "task.released": _l("%(who)s gave “%(step)s” back to its group."),
    "task.reassigned": _l("%(who)s handed “%(step)s” to %(assignee)s."),
    "task.completed": _l("%(who)s finished “%(step)s”."),
    "task.skipped": _l("“%(step)s” was not needed and was skipped."),
    "task.cancelled": _l("“%(step)s” was closed without being done."),
    "warning.acknowledged": _l("%(who)s read the warning at “%(step)s”."),
    "approval.requested": _l("“%(step)s” asks for a decision at level %(level)s by %(candidates)s."),
    "approval.reminded": _l("A reminder went out for “%(step)s”."),
    "approval.overdue": _l("“%(step)s” is overdue at the highest level; operations were told."),
    "approval.approved": _l("%(who)s approved at “%(step)s”."),
    "approval.rejected": _l("%(who)s rejected at “%(step)s”. Reason: %(comment)s"),
    "approval.escalated": _l("Nobody decided “%(step)s” in time; it goes one level above level %(level)s."),
    "approval.withdrawn": _l("The request at “%(step)s” was withdrawn."),
    "approval.approver_picked": _l("%(who)s named %(user)s to decide “%(step)s”."),
    "step.done": _l("Salesflow did “%(step)s”."),
    "step.snoozed": _l("“%(step)s” waits and is tried again. Reason: %(reason)s"),
    "step.failed": _l("“%(step)s” failed at try %(attempt)s: %(reason)s"),
    "error.thrown": _l("“%(step)s” reported %(code)s: %(message)s"),
    "decision.evaluated": _l("The decision “%(decision)s” gave %(result)s."),
    "timer.armed": _l("A timer waits at “%(step)s” until %(due)s."),
    "timer.unset": _l("No timer waits at “%(step)s”: %(expression)s gave no time."),
    "timer.fired": _l("The time at “%(step)s” has come."),
    "signal.received": _l("The signal “%(name)s” arrived at “%(step)s”."),
    "message.received": _l("The message “%(name)s” arrived at “%(step)s”."),
    "message.thrown": _l("“%(step)s” sent the message “%(name)s”."),
    "record.changed": _l("From “%(step)s” on this is about %(business_key)s."),
    "signal.thrown": _l("“%(step)s” sent the signal %(name)s."),
    "escalation.thrown": _l("“%(step)s” escalated %(name)s, and nobody took it up."),
    "handover.waiting": _l("“%(step)s” hands over to %(target)s."),
    "handover.joined": _l("%(process)s hands over to this process, which runs already."),
    "variables.edited": _l("%(who)s corrected values."),
    "pipeline.changed": _l("The pipeline changed."),
    "profile.published": _l("The account profile was published."),
    "plan.approved": _l("The account plan was approved."),
    "opportunity.confirmed": _l("The opportunity was confirmed."),
    "opportunity.won": _l("The opportunity was won."),
    "opportunity.lost": _l("The opportunity was lost."),
    "opportunity.pended": _l("The opportunity was put off."),
    "opportunity.resumed": _l("The opportunity was taken up again."),
    "opportunity.dropped": _l("The opportunity was given up."),
    "opportunity.closed": _l("The opportunity was closed."),
    "forecast.published": _l("The forecast was published."),
    "report.filed": _l("The report was filed."),
    "call.documented": _l("The sales call was documented."),
}
# What the processes tell one another (catalogue 10); a message of any other name is told by that.
MESSAGES = {
    "record_withdrawn": _l("record withdrawn"),
    "customer.responded": _l("the customer answered"),
    "customer.reengaged": _l("the customer is interested again"),
    "drop.requested": _l("to be given up"),
    "call.moved": _l("the call is moved"),
    "plan_review_due": _l("the plan is due for review"),
    "account.trigger_event": _l("something happened at the customer"),
    "order.changed": _l("the order changed"),
    "competitor.changed": _l("a competitor changed"),
}
OTHER = _l("Event %(kind)s at “%(step)s”.")
ENDED: object = _l("The process ended.")
CHOSEN = _l("At “%(step)s” the way “%(flow)s” was taken.")

# What passing an event says beyond that it was passed, by the kind of its definition: where it is thrown, where caught.
THROWN: Mapping[str, object] = {
    "compensate": _l("“%(step)s” has undone what was done before."),
    "cancel": _l("“%(step)s” gave up the transaction; what was done in it is undone."),
    "escalation": _l("“%(step)s” escalated %(event)s."),
    "error": _l("“%(step)s” reported the error %(event)s."),
    "terminate": _l("“%(step)s” ended everything that was still open."),
}
CAUGHT: Mapping[str, object] = {
    "compensate": _l("“%(host)s” is being undone."),
    "cancel": _l("“%(host)s” was given up; it goes on at “%(step)s”."),
    "escalation": _l("“%(step)s” took the escalation up."),
    "error": _l("“%(step)s” took the error up."),
    "conditional": _l("The condition of “%(step)s” came true."),
}

# Shown only when the reader asks for every technical line.
MINOR = frozenset(
    {"element.left", "timer.armed", "timer.unset", "task.opened", "step.done", "message.thrown", "signal.thrown"}
)

# How an incident was resolved, by the words that the engine keeps; what stands after a colon is somebody's own.
VERDICTS: Mapping[str, object] = {
    "tried again: it worked": _l("Tried again, and it worked."),
    "started: it worked": _l("It was started, and it worked."),
    "the process ended": _l("The process ended."),
    "the task was completed": _l("The task was completed."),
    "cancelled": _l("The process was ended. Reason: %(text)s"),
    "approver picked": _l("%(text)s was named to decide."),
}
