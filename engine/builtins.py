"""Steps the engine performs itself: reminders, escalation, closing of open work (catalogue 0.1: RM, AP, CX)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from engine import approvals
from engine.contract import Done, Notice, Outcome
from engine.errors import Sentence
from engine.live import Live
from engine.notices import send
from engine.port import Place
from engine.states import TaskState
from engine.tables import Row, task_candidate, user_task

_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


def _guarded_task(live: Live, place: Place) -> Row | None:
    """The open task that the boundary event before this step guards, else the newest open one of the instance."""
    guarded = _guarded_element(live, place)
    query = select(user_task).where(user_task.c.instance_id == live.instance_id, user_task.c.process == place.process)
    if guarded:
        query = query.where(user_task.c.element == guarded)
    return live.transaction.execute(query.order_by(user_task.c.id.desc()).limit(1)).mappings().one_or_none()


def _guarded_element(live: Live, place: Place) -> str | None:
    model = live.bundle.models[place.process]
    for flow in model.elements[place.element].incoming:
        source = model.elements[model.flows[flow].source]
        if source.attached_to:
            return source.attached_to
    return None


def _people(live: Live, task: Row) -> list[str]:
    if task["assignee"]:
        return [task["assignee"]]
    query = select(task_candidate.c.kind, task_candidate.c.name).where(task_candidate.c.task_id == task["id"])
    found: list[str] = []
    for row in live.transaction.execute(query):
        found += [row.name] if row.kind == "user" else live.directory.members_of(row.name)
    return list(dict.fromkeys(found))


def _remind(live: Live, task: Row, text: Sentence) -> None:
    notices = [Notice(user, None, text) for user in _people(live, task)]
    send(live.transaction, live.directory, live.now, notices, f"/tasks/{task['id']}")


def notify_due(live: Live, place: Place, variables: Mapping[str, Any]) -> Outcome:
    """Reminds whoever has the task that it is due."""
    task = _guarded_task(live, place)
    if task is not None and task["state"] in _OPEN:
        _remind(live, task, Sentence("A task is due: %(subject)s.", subject=task["subject"]))
    return Done()


def remind_approver(live: Live, place: Place, variables: Mapping[str, Any]) -> Outcome:
    """Reminds the approvers at half of the time they have."""
    task = _guarded_task(live, place)
    if task is not None and task["state"] in _OPEN:
        _remind(live, task, Sentence("An approval still waits for you: %(subject)s.", subject=task["subject"]))
        live.journal.record("approval.reminded", task["process"], task["element"], task=task["id"])
    return Done()


def escalate_approval(live: Live, place: Place, variables: Mapping[str, Any]) -> Outcome:
    """Closes the request as escalated, so that the task opens again one level higher; never approves by silence."""
    task = _guarded_task(live, place)
    if task is not None:
        request = approvals.current(live.transaction.connection, task["id"])
        approvals.escalate(live, request)
        text = Sentence(
            "An approval was escalated because nobody decided in time: %(subject)s.", subject=task["subject"]
        )
        _remind(live, task, text)
    return Done()


def cancel_open_work(live: Live, place: Place, variables: Mapping[str, Any]) -> Outcome:
    """Closes warnings that stand beside the flow; tasks, approvals and timers went with their tokens."""
    live.transaction.execute(
        user_task.update()
        .where(user_task.c.instance_id == live.instance_id, user_task.c.state.in_(_OPEN))
        .values(state=TaskState.CANCELLED, completed_at=live.now)
    )
    live.journal.record("instance.withdrawn", place.process, place.element)
    return Done()


BUILT_IN: Mapping[str, Callable[[Live, Place, Mapping[str, Any]], Outcome]] = {
    "notify_due": notify_due,
    "remind_approver": remind_approver,
    "escalate_approval": escalate_approval,
    "cancel_open_work": cancel_open_work,
}
