"""Off-page references: one process hands over to another, visibly, deployed or not (pattern LK)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine import plain
from engine.identity import new_id
from engine.live import Live
from engine.port import HandedOver
from engine.states import HandoverState, JobState
from engine.tables import Row, handover, job, process_definition
from engine.transaction import Transaction


@dataclass(frozen=True)
class HandoverRow:
    """A hand-over as pages show it; waiting ones have no `target_instance` yet."""

    id: str
    source_instance: str
    source_element: str
    target_key: str
    business_key: str
    state: HandoverState
    created_at: datetime
    started_at: datetime | None
    target_instance: str | None


def hand_over(live: Live, effect: HandedOver) -> None:
    """Writes the hand-over; it starts at once when the target is deployed, else it waits.

    Each token that reaches the end hands over: those after the first by their round.
    """
    item = f"{effect.place.round}/{effect.item}" if effect.place.round else effect.item
    query = select(handover.c.id).where(
        handover.c.source_instance == live.instance_id,
        handover.c.source_element == effect.place.element,
        handover.c.target_key == effect.target,
        handover.c.item == item,
    )
    if live.transaction.execute(query).scalar_one_or_none() is not None:
        return
    payload = {**effect.variables, "source_key": live.bundle.key, "source_instance": live.instance_id}
    row = {
        "id": new_id(),
        "source_instance": live.instance_id,
        "source_element": effect.place.element,
        "target_key": effect.target,
        "item": item,
        "business_key": effect.business_key or live.business_key,
        "payload": plain.write(payload),
        "state": HandoverState.WAITING,
        "created_at": live.now,
    }
    live.transaction.execute(handover.insert(), row)
    deployed = is_deployed(live.transaction.connection, effect.target)
    live.journal.record(
        "handover.waiting", effect.place.process, effect.place.element, target=effect.target, deployed=deployed
    )
    if deployed:
        queue_start(live.transaction, row, live.now)
        live.transaction.after_commit(live.engine.wake)


def is_deployed(connection: Connection, key: str) -> bool:
    """Whether any version of a process is deployed."""
    query = select(process_definition.c.id).where(process_definition.c.key == key).limit(1)
    return connection.execute(query).one_or_none() is not None


def queue_start(transaction: Transaction, row: Row, now: datetime) -> None:
    """Adds the job that starts the target of a waiting hand-over."""
    values = {
        "id": new_id(),
        "instance_id": row["source_instance"],
        "kind": "handover",
        "name": row["target_key"],
        "payload": plain.write({"handover_id": row["id"]}),
        "state": JobState.READY,
        "due": now,
        "lock_key": row["source_instance"],
        "created_at": now,
    }
    transaction.execute(job.insert(), values)


def release_waiting(transaction: Transaction, key: str, now: datetime) -> int:
    """Queues the start of every hand-over that waited for `key` to be deployed; returns how many."""
    query = select(handover).where(handover.c.target_key == key, handover.c.state == HandoverState.WAITING)
    rows = transaction.execute(query).mappings().all()
    for row in rows:
        queue_start(transaction, row, now)
    return len(rows)


def of_instance(connection: Connection, instance_id: str) -> list[HandoverRow]:
    """The hand-overs that an instance made or was started by."""
    query = select(handover).where(
        (handover.c.source_instance == instance_id) | (handover.c.target_instance == instance_id)
    )
    return [_row(row) for row in connection.execute(query.order_by(handover.c.created_at)).mappings()]


def of_record(connection: Connection, business_key: str) -> list[HandoverRow]:
    """All hand-overs about one record, oldest first."""
    query = select(handover).where(handover.c.business_key == business_key)
    return [_row(row) for row in connection.execute(query.order_by(handover.c.created_at)).mappings()]


def _row(row: Row) -> HandoverRow:
    values = {name: row[name] for name in HandoverRow.__dataclass_fields__}
    return HandoverRow(**{**values, "state": HandoverState(values["state"])})
