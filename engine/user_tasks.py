"""What people do with tasks: claim, release, reassign, save a draft, complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import bundles, completion, forms, incidents, rights
from engine.completion import Completed, HandlerFailed, complete
from engine.contract import Notice
from engine.core import Engine
from engine.errors import Conflict, NotAllowed, NotFound, Sentence
from engine.notices import send
from engine.states import TaskState, move
from engine.tables import Row, task_candidate, user_task
from engine.task_rows import note, open_row
from engine.transaction import Transaction

__all__ = [
    "Completed",
    "HandlerFailed",
    "claim",
    "complete",
    "form_of",
    "pick_approver",
    "reassign",
    "release",
    "save_draft",
]


def claim(engine: Engine, task_id: str, actor: str) -> None:
    """Takes a group's task. Raises `Conflict` when somebody else has it, else `NotAllowed` if not offered."""
    with engine.database.write() as transaction:
        task = open_row(engine, transaction, task_id)
        directory = engine.directory(transaction.connection)
        if task["assignee"] == actor:
            return
        if task["assignee"] is not None:
            raise Conflict(
                "Expected a task that nobody has taken, but %(who)s has it.",
                who=directory.names(task["assignee"]),
            )
        rights.right_to_work(transaction.connection, directory, task, actor, engine.clock.now())
        state = move("task", TaskState(task["state"]), TaskState.CLAIMED)
        _change(engine, transaction, task, actor, "task.claimed", assignee=actor, state=state)


def release(engine: Engine, task_id: str, actor: str) -> None:
    """Gives a claimed task back to its group. Raises `NotAllowed` when it is not the actor's or has no group."""
    with engine.database.write() as transaction:
        task = open_row(engine, transaction, task_id)
        users, groups = rights.candidates(transaction.connection, task_id)
        if task["assignee"] != actor:
            raise NotAllowed("Expected to give back a task of your own, but you do not have it.")
        if not users and not groups:
            raise NotAllowed("Expected a task taken from a group, but it is assigned to you by the process.")
        state = move("task", TaskState(task["state"]), TaskState.OPEN)
        _change(engine, transaction, task, actor, "task.released", assignee=None, state=state)


def reassign(engine: Engine, task_id: str, actor: str, to: str) -> None:
    """Gives a task to somebody else; the caller has checked that the actor may. Four eyes still hold."""
    with engine.database.write() as transaction:
        task = open_row(engine, transaction, task_id)
        directory = engine.directory(transaction.connection)
        if not directory.exists(to):
            raise NotFound("Expected an active user %(user)s, but there is none.", user=to)
        rights.four_eyes(transaction.connection, directory, task, to)
        _change(engine, transaction, task, actor, "task.reassigned", assignee=to, state=TaskState.CLAIMED)


def pick_approver(engine: Engine, task_id: str, actor: str, user: str) -> None:
    """Operations name who decides an approval for which no manager was found; four eyes still hold."""
    with engine.database.write() as transaction:
        task = open_row(engine, transaction, task_id)
        directory = engine.directory(transaction.connection)
        if task["kind"] != "approval":
            raise NotAllowed("Expected an approval, but this is another kind of task.")
        if not directory.exists(user):
            raise NotFound("Expected an active user %(user)s, but there is none.", user=user)
        rights.four_eyes(transaction.connection, directory, task, user)
        candidate = {"task_id": task_id, "kind": "user", "name": user}
        transaction.execute(task_candidate.delete().filter_by(**candidate))
        transaction.execute(task_candidate.insert(), candidate)
        if task["assignee"] is not None:
            _change(engine, transaction, task, actor, "task.released", assignee=None, state=TaskState.OPEN)
        now = engine.clock.now()
        incidents.resolve(transaction, now, actor, f"approver picked: {user}", task_id=task_id)
        note(engine, transaction, task, actor, "approval.approver_picked", user=user)
        text = Sentence("Please decide: %(subject)s.", subject=task["subject"])
        send(transaction, directory, now, [Notice(user, None, text)], f"/tasks/{task_id}")


def _change(engine: Engine, transaction: Transaction, task: Row, actor: str, kind: str, **values: Any) -> None:
    transaction.execute(
        user_task.update().where(user_task.c.id == task["id"]).values(row_version=task["row_version"] + 1, **values)
    )
    note(engine, transaction, task, actor, kind, assignee=values.get("assignee"))


def save_draft(engine: Engine, task_id: str, actor: str, values: Mapping[str, Any]) -> None:
    """Keeps half-filled answers with the task; they survive everything until it is completed."""
    with engine.database.write() as transaction:
        task = open_row(engine, transaction, task_id)
        directory = engine.directory(transaction.connection)
        rights.right_to_work(transaction.connection, directory, task, actor, engine.clock.now())
        completion.keep_draft(engine, transaction, task_id, values)


def form_of(engine: Engine, task: Mapping[str, Any], definition_id: str) -> forms.Form | None:
    """The form of a task as pinned with its process version; None when the step has no form."""
    if task["form"] is None:
        return None
    with engine.database.read() as connection:
        content = bundles.bundle(engine, connection, definition_id).forms.get(task["form"])
    if content is None:
        raise NotFound("Expected form %(form)s to be deployed with the process, but it is missing.", form=task["form"])
    return forms.parse_form(content, task["form"])
