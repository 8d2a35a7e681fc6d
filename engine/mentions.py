"""What forms were answered with, and are being answered with: for whoever must know what is still referred to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine import plain
from engine.states import TaskState
from engine.tables import history_event, user_task

OPEN = (TaskState.OPEN, TaskState.CLAIMED)


def of(connection: Connection, text: str, *, since: datetime | None = None) -> Iterator[Any]:
    """The values of the history, and of half-filled forms of open tasks, whose JSON holds `text`.

    With `since`, of the history only what belongs to instances in which somebody finished a task from then on: what
    came to it after it was read as a whole.
    """
    drafts = select(user_task.c.draft).where(
        user_task.c.state.in_(OPEN), user_task.c.draft.contains(text, autoescape=True)
    )
    told = select(history_event.c.detail).where(history_event.c.detail.contains(text, autoescape=True))
    if since is not None:
        lately = select(user_task.c.instance_id).where(
            user_task.c.state == TaskState.COMPLETED, user_task.c.completed_at >= since
        )
        told = told.where(history_event.c.instance_id.in_(lately))
    for query in (drafts, told):
        for held in connection.execute(query.execution_options(yield_per=1000)).scalars():
            yield plain.read(held)
