"""A task's row, locked for a change, and the notes that such a change leaves in its instance's history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from engine.core import Engine
from engine.errors import Conflict, NotFound, Sentence
from engine.history import Journal
from engine.prepared import Prepared, given
from engine.states import TaskState, said
from engine.tables import Row, process_instance, user_task
from engine.transaction import Transaction

_OPEN = (TaskState.OPEN, TaskState.CLAIMED)
# The instance first, as everything does that changes one: else a task and a timer that fires could wait for each other.
_LOCKED = Prepared(
    select(user_task)
    .join(process_instance, process_instance.c.id == user_task.c.instance_id)
    .where(user_task.c.id == given("task"))
    .with_for_update(of=[process_instance, user_task])
)


def row(engine: Engine, transaction: Transaction, task_id: str) -> Row:
    """A task's row, locked for change; raises `NotFound`."""
    found = _LOCKED.first(transaction.connection, {"task": task_id})
    if found is None:
        raise NotFound("Expected a task %(id)s, but there is none.", id=task_id)
    return found


def open_row(engine: Engine, transaction: Transaction, task_id: str, expect_version: int | None = None) -> Row:
    """A task that can still be worked; raises `Conflict` naming who finished or changed it, and when."""
    task = row(engine, transaction, task_id)
    if task["state"] not in _OPEN:
        raise _finished(engine, transaction, task)
    if expect_version is not None and task["row_version"] != expect_version:
        raise Conflict(
            "Expected the task as you saw it, but it was changed since; look at it again. "
            "Your answers are kept as a draft."
        )
    return task


def _finished(engine: Engine, transaction: Transaction, task: Row) -> Conflict:
    directory = engine.directory(transaction.connection)
    who = directory.names(task["completed_by"]) if task["completed_by"] else Sentence("the process")
    return Conflict(
        "Expected an open task, but %(who)s already made it %(state)s at %(when)s.",
        who=who,
        state=said(task["state"]),
        when=task["completed_at"] or "?",
    )


def note(engine: Engine, transaction: Transaction, task: Row, actor: str, kind: str, **detail: Any) -> None:
    """Adds one event to the history of a task's instance, without running it."""
    own = process_instance.c.id == task["instance_id"]
    query = select(process_instance.c.history_seq, process_instance.c.history_hash).where(own).with_for_update()
    head = transaction.execute(query).one()
    journal = Journal(task["instance_id"], head.history_seq, head.history_hash, engine.clock.now(), actor)
    journal.record(kind, task["process"], task["element"], task=task["id"], **detail)
    journal.write(transaction)
    transaction.execute(
        process_instance.update().where(own).values(history_seq=journal.seq, history_hash=journal.last_hash)
    )
