"""Process instances: starting, cancelling, and seeing where they stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from engine import advance, bundles, handovers, history, incidents, plain
from engine.core import Engine
from engine.errors import NotAllowed, NotFound, RunsAlready, Sentence, Stuck, Trouble
from engine.identity import new_id
from engine.live import Live
from engine.port import CallWanted, ConditionAwaited, EventAwaited, TaskOpened, TimerArmed
from engine.states import HandoverState, InstanceState, TaskState
from engine.tables import Row, handover, process_definition, process_instance, user_task
from engine.transaction import Transaction


@dataclass(frozen=True)
class InstanceRow:
    """An instance in lists."""

    id: str
    key: str
    version: int
    names: Mapping[str, str]
    business_key: str
    state: InstanceState
    started_at: datetime
    started_by: str | None
    ended_at: datetime | None
    outcome: str | None
    source_instance: str | None
    definition_id: str


@dataclass(frozen=True)
class InstanceView:
    """Everything a page shows of one instance.

    `waiting` are the places where it waits, `visits` how often each element of its own process
    was finished, `taken` the sequence flows that were followed.
    """

    row: InstanceRow
    definition_id: str
    process: str
    variables: Mapping[str, Any]
    waiting: tuple[TaskOpened | CallWanted | TimerArmed | EventAwaited | ConditionAwaited, ...]
    visits: Mapping[str, int]
    taken: frozenset[str]
    events: tuple[history.Event, ...]
    handovers: tuple[handovers.HandoverRow, ...]
    incidents: tuple[incidents.IncidentRow, ...]


def start(
    engine: Engine,
    key: str,
    business_key: str,
    variables: Mapping[str, Any] | None = None,
    actor: str | None = None,
    *,
    alone: bool = False,
    at: str | None = None,
) -> str:
    """Starts the newest version of a process about a record and returns the instance's id.

    It begins plainly, or at the start event `at`: where several plain ones are drawn, one has to be named.
    With `alone`, only when it does not run about this record already, also if two ask at the same
    moment. Raises `NotFound` when the process is not deployed, `RunsAlready` when it runs and
    should be alone, `Stuck` when it cannot run: then nothing is started, and operations find an incident.
    """
    try:
        with engine.database.write() as transaction:
            if alone:
                _refuse_second(transaction.connection, key, business_key)
            live = start_in(engine, transaction, key, business_key, variables or {}, actor, at=at)
            incidents.resolve_start(transaction, live.now, actor, key, business_key)
            return live.instance_id
    except Stuck as stuck:
        with engine.database.write() as transaction:
            incidents.open_incident(engine, transaction, stuck.trouble, process_key=key, business_key=business_key)
        raise


def lock_versions(connection: Connection, key: str) -> None:
    """Others who start the process wait for the lock on its versions (SQLite has one writer anyway)."""
    versions = select(process_definition.c.id).where(process_definition.c.key == key)
    connection.execute(versions.with_for_update(key_share=True)).all()


def _refuse_second(connection: Connection, key: str, business_key: str) -> None:
    lock_versions(connection, key)
    if any(one.key == key and one.state == InstanceState.RUNNING for one in for_record(connection, business_key)):
        raise RunsAlready(
            "Expected to start this process on a record where it does not run yet, but it runs on %(record)s already.",
            record=business_key.partition(":")[2] or business_key,
        )


def _refuse_endless(engine: Engine, connection: Connection, key: str, business_key: str) -> None:
    """Raises `Stuck` when no person, but processes, have begun this one about one record too often within an hour.

    A process that begins itself anew by a message or a hand-over would do so for ever, one job at a time.
    """
    limit, since = engine.limits.starts_per_hour, engine.clock.now() - timedelta(hours=1)
    begun = select(func.count()).select_from(process_instance.join(process_definition)).where(
        process_instance.c.business_key == business_key,
        process_instance.c.started_at > since,
        process_instance.c.started_by.is_(None),
        process_definition.c.key == key,
    )  # fmt: skip
    if connection.execute(begun).scalar_one() >= limit:
        message = Sentence(
            "Expected a process to be begun at most %(limit)s times within an hour about one record, but %(key)s is "
            "begun again and again. Does it begin itself, by a message or through the processes it hands over to?",
            limit=limit,
            key=key,
        )
        raise Stuck(Trouble("ENDLESS_STARTS", "", message))


def start_in(
    engine: Engine,
    transaction: Transaction,
    key: str,
    business_key: str,
    variables: Mapping[str, Any],
    actor: str | None,
    source_instance: str | None = None,
    message: str | None = None,
    at: str | None = None,
    by_clock: bool = False,
) -> Live:
    """`start` as a part of a running transaction; with `message`, where one is given.

    Without an `actor` it is the engine that begins, and too many of its starts within an hour are `Stuck`; not those
    `by_clock`, which come no more often than they are drawn, also when those of a whole day are made up for.
    """
    found = bundles.latest(transaction.connection, key)
    if found is None:
        raise NotFound("Expected a deployed process %(key)s, but there is none.", key=key)
    if actor is None and not by_clock:
        _refuse_endless(engine, transaction.connection, key, business_key)
    identity = new_id()
    live = advance.begin(engine, transaction, identity, found.id, business_key, actor, source_instance)
    live.journal.record(
        "instance.started", found.process_id, "", key=key, version=found.version, source=source_instance
    )
    given = {**variables, "business_key": business_key, "started_by": actor}
    advance.absorb(live, live.execution.start(given, message, at))
    advance.save(live)
    return live


def take_over(engine: Engine, transaction: Transaction, handover_id: str) -> None:
    """Starts the target of a waiting hand-over, if it is deployed.

    A drawing with the property `alone` runs only once about a record: the hand-over joins the instance that
    runs, and both histories say so.
    """
    waiting = transaction.execute(select(handover).where(handover.c.id == handover_id).with_for_update())
    row = waiting.mappings().one()
    found = bundles.latest(transaction.connection, row["target_key"])
    if row["state"] != HandoverState.WAITING or found is None:
        return
    alone = bundles.bundle(engine, transaction.connection, found.id).models[found.process_id].properties.get("alone")
    running = _to_join(transaction.connection, found.key, row["business_key"]) if alone == "true" else None
    if running is None:
        live = start_in(
            engine, transaction, found.key, row["business_key"], plain.read(row["payload"]), None,
            row["source_instance"],
        )  # fmt: skip
    else:
        live = advance.load(engine, transaction, running, None)
        source = get(transaction.connection, row["source_instance"])
        live.journal.record("handover.joined", found.process_id, "", source=source.id, key=source.key)
        advance.save(live)
    started = {"state": HandoverState.STARTED, "started_at": live.now, "target_instance": live.instance_id}
    transaction.execute(handover.update().where(handover.c.id == handover_id).values(started))


def _to_join(connection: Connection, key: str, business_key: str) -> str | None:
    """The instance in which a process runs about a record, by itself or (with a task) inside another."""
    lock_versions(connection, key)
    for one in for_record(connection, business_key):
        if one.key == key and one.state == InstanceState.RUNNING:
            return one.id
    return connection.execute(_inside(key, business_key)).scalars().first()


def _inside(key: str, business_key: str) -> Select[Any]:
    """The instances in which a called process has an open task about a record.

    A warning, which no token waits at, is none: it stays until somebody has read it, also when its process is over.
    """
    at, open_states = user_task.c, (TaskState.OPEN, TaskState.CLAIMED)
    about = (at.process_key == key, at.business_key == business_key, at.state.in_(open_states))
    return select(at.instance_id).where(*about, at.token.is_not(None)).limit(1)


def cancel(engine: Engine, instance_id: str, actor: str, reason: str) -> None:
    """Ends a running instance; its open work is withdrawn. The reason is kept. Raises `NotAllowed` without one."""
    if not reason.strip():
        raise NotAllowed("Expected a reason for cancelling the process, but none was given.")
    with engine.database.write() as transaction:
        live = advance.load(engine, transaction, instance_id, actor)
        advance.cancel(live, reason.strip())
        incidents.resolve(transaction, live.now, actor, f"cancelled: {reason.strip()}", instance_id=instance_id)
        advance.save(live)


def view(engine: Engine, instance_id: str) -> InstanceView:
    """An instance with everything about it; raises `NotFound`."""
    with engine.database.read() as connection:
        live = advance.peek(engine, connection, instance_id)
        row = get(connection, instance_id)
        events = tuple(history.of_instance(connection, instance_id))
        handed = tuple(handovers.of_instance(connection, instance_id))
        troubles = tuple(incidents.of_instance(connection, instance_id))
    visits: dict[str, int] = {}
    taken: set[str] = set()
    for event in events:
        if event.kind == "element.left" and event.process == live.bundle.process:
            visits[event.element] = visits.get(event.element, 0) + 1
            taken |= set(event.detail["flows"])
    return InstanceView(
        row=row,
        definition_id=live.bundle.id,
        process=live.bundle.process,
        variables=live.execution.variables(),
        waiting=tuple(live.execution.waiting()) if row.state == InstanceState.RUNNING else (),
        visits=visits,
        taken=frozenset(taken),
        events=events,
        handovers=handed,
        incidents=troubles,
    )


def _query() -> Select[Any]:
    columns = [process_instance.c[name] for name in InstanceRow.__dataclass_fields__ if name in process_instance.c]
    more = (process_definition.c.key, process_definition.c.version, process_definition.c.names)
    return select(*columns, *more).join(process_definition, process_definition.c.id == process_instance.c.definition_id)


def get(connection: Connection, instance_id: str) -> InstanceRow:
    """One instance's row; raises `NotFound`."""
    row = connection.execute(_query().where(process_instance.c.id == instance_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("Expected a process instance %(id)s, but there is none.", id=instance_id)
    return _row(row)


def for_record(connection: Connection, business_key: str) -> list[InstanceRow]:
    """The instances about one record, newest first."""
    query = _query().where(process_instance.c.business_key == business_key)
    rows = connection.execute(query.order_by(process_instance.c.started_at.desc())).mappings()
    return [_row(row) for row in rows]


def runs_for(connection: Connection, process: str, business_key: str) -> bool:
    """Whether a process runs that began with this record or is about it by now, also inside another (with a task)."""
    at = process_instance.c
    about = or_(at.business_key == business_key, at.begun_about == business_key)
    rows = connection.execute(_query().where(about, at.state == InstanceState.RUNNING)).mappings()
    if any(row["key"] == process for row in rows):
        return True
    return connection.execute(_inside(process, business_key)).first() is not None


def running(
    connection: Connection, business_keys: list[str] | None = None, limit: int = 200, after: str | None = None
) -> list[InstanceRow]:
    """Running instances, newest first; of the given records only, and those after an instance, when they are given."""
    at = process_instance.c
    query = _query().where(at.state == InstanceState.RUNNING)
    if business_keys is not None:
        query = query.where(at.business_key.in_(business_keys))
    if after is not None:
        last = get(connection, after)
        query = query.where(or_(at.started_at < last.started_at, and_(at.started_at == last.started_at, at.id < after)))
    rows = connection.execute(query.order_by(at.started_at.desc(), at.id.desc()).limit(limit)).mappings()
    return [_row(row) for row in rows]


def _row(row: Row) -> InstanceRow:
    values = {name: row[name] for name in InstanceRow.__dataclass_fields__}
    values |= {"names": json.loads(row["names"]), "state": InstanceState(row["state"])}
    return InstanceRow(**values)
