"""Invariants of the database: nothing lost, nothing doubled, nothing stuck, no history altered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from engine import advance, history
from engine.core import Engine
from engine.errors import EngineError
from engine.port import CallWanted, ConditionAwaited, EventAwaited, TaskOpened, TimerArmed
from engine.states import InstanceState, TaskState
from engine.tables import job, process_instance, subscription, user_task

Waiting = TaskOpened | CallWanted | TimerArmed | EventAwaited | ConditionAwaited


def check(engine: Engine, connection: Connection) -> list[str]:
    """One sentence for each broken rule; empty when everything holds."""
    broken: list[str] = []
    query = select(process_instance.c.id, process_instance.c.state).order_by(process_instance.c.id)
    for row in connection.execute(query).all():
        broken += _instance(engine, connection, row.id, row.state)
    return broken + list(_doubled(connection))


def _instance(engine: Engine, connection: Connection, instance_id: str, state: str) -> Iterator[str]:
    event = history.first_broken(connection, instance_id)
    if event is not None:
        yield f"Instance {instance_id}: the history does not hold together at event {event}."
    if state != InstanceState.RUNNING:
        yield from _closed(connection, instance_id)
        return
    try:
        live = advance.peek(engine, connection, instance_id)
    except EngineError as problem:
        yield f"Instance {instance_id}: cannot be read: {problem}"
        return
    waiting = list(live.execution.waiting())
    if not waiting:
        yield f"Instance {instance_id}: is running, but waits for nothing (lost)."
    yield from _matched(connection, instance_id, waiting)


def _closed(connection: Connection, instance_id: str) -> Iterator[str]:
    for name, tokens in _rows(connection, instance_id).items():
        if tokens:
            yield f"Instance {instance_id}: has ended, but still has open {name} ({sorted(tokens)})."


def _matched(connection: Connection, instance_id: str, waiting: list[Waiting]) -> Iterator[str]:
    kinds: dict[str, tuple[type, ...]] = {
        "tasks": (TaskOpened,),
        "jobs": (CallWanted, TimerArmed),
        "subscriptions": (EventAwaited,),
    }
    rows = _rows(connection, instance_id)
    for name, types in kinds.items():
        wanted = Counter(one.place.token for one in waiting if isinstance(one, types))
        found = rows[name]
        for token in (wanted - found).keys():
            yield f"Instance {instance_id}: token {token} waits, but has none of its {name} (stuck)."
        for token in (found - wanted).keys():
            yield f"Instance {instance_id}: there are {name} for token {token}, which does not wait (doubled)."


def _rows(connection: Connection, instance_id: str) -> dict[str, Counter[int]]:
    open_task = user_task.c.state.in_([TaskState.OPEN, TaskState.CLAIMED]) & user_task.c.token.is_not(None)
    queries = {
        "tasks": select(user_task.c.token).where(user_task.c.instance_id == instance_id, open_task),
        "jobs": select(job.c.token).where(job.c.instance_id == instance_id, job.c.token.is_not(None)),
        "subscriptions": select(subscription.c.token).where(subscription.c.instance_id == instance_id),
    }
    return {name: Counter(connection.execute(query).scalars()) for name, query in queries.items()}


def _doubled(connection: Connection) -> Iterator[str]:
    query = (
        select(job.c.lock_key, func.count())
        .where(job.c.state == "leased")
        .group_by(job.c.lock_key)
        .having(func.count() > 1)
    )
    for row in connection.execute(query):
        yield f"Two jobs of {row.lock_key} run at once."
