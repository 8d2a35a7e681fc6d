"""Load an instance, run it until everything waits, save the differences: the path every command takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection, exists, select

from engine import approvals, calls, handovers, incidents, offers, plain, spiff, subscriptions, timers
from engine.bundles import KEPT_VERSIONS, bundle
from engine.cache import ByContent
from engine.core import Engine
from engine.errors import Conflict, NotFound, Sentence, Stuck, Trouble
from engine.history import Journal
from engine.live import Bundle, Live
from engine.port import (
    CallWanted,
    Effect,
    Ended,
    EventAwaited,
    EventThrown,
    HandedOver,
    Left,
    Place,
    Skipped,
    TaskOpened,
    TimerArmed,
    TimerUnset,
    Withdrawn,
)
from engine.prepared import Prepared, given
from engine.states import ApprovalState, InstanceState, said
from engine.surroundings import Surroundings
from engine.tables import Row, process_instance, setting, user_task
from engine.transaction import Transaction

_READ = select(
    process_instance.c.definition_id,
    process_instance.c.business_key,
    process_instance.c.state,
    process_instance.c.row_version,
    process_instance.c.blob,
    process_instance.c.history_seq,
    process_instance.c.history_hash,
    process_instance.c.started_by,
    exists(select(setting.c.name)).label("configured"),
)
_ONE = _READ.where(process_instance.c.id == given("instance"))
_LOCKED, _SEEN = Prepared(_ONE.with_for_update()), Prepared(_ONE)
_CHANGE = (
    process_instance.update()
    .where(process_instance.c.id == given("instance"), process_instance.c.row_version == given("seen"))
    .values(
        blob=given("packed"),
        row_version=process_instance.c.row_version + 1,
        history_seq=given("seq"),
        history_hash=given("hash"),
    )
)
# Two of them, because setting the state costs entries of two indexes, also when it stays the same.
_SAVE = Prepared(_CHANGE)
_SPECS: ByContent[spiff.Spec] = ByContent(KEPT_VERSIONS)
_SAVE_ENDED = Prepared(_CHANGE.values(state=given("now_is"), ended_at=given("ended"), outcome=given("how")))


def _assemble(engine: Engine, transaction: Transaction, instance_id: str, row: Row, actor: str | None) -> Live:
    now = engine.clock.now()
    surroundings = Surroundings(engine, now)
    pinned = bundle(engine, transaction.connection, row["definition_id"])
    spec = spec_of(pinned)
    execution = (
        spiff.start_execution(spec, surroundings)
        if row["blob"] is None
        else spiff.load_execution(spec, row["blob"], surroundings)
    )
    surroundings.live = live = Live(
        engine=engine,
        transaction=transaction,
        instance_id=instance_id,
        business_key=row["business_key"],
        bundle=pinned,
        execution=execution,
        journal=Journal(instance_id, row["history_seq"], row["history_hash"], now, actor),
        now=now,
        row_version=row["row_version"],
        configured=bool(row["configured"]),
        started_by=row["started_by"],
        actor=actor,
    )
    return live


def spec_of(pinned: Bundle) -> spiff.Spec:
    """The version as it runs; compiled once."""
    return _SPECS.get(
        pinned.content_hash, lambda: spiff.compile_bundle(pinned.drawings[pinned.process], pinned.drawings)
    )


def load(engine: Engine, transaction: Transaction, instance_id: str, actor: str | None) -> Live:
    """Locks and loads a running instance. Raises `NotFound`, or `Conflict` when it has ended."""
    row = _row(transaction, instance_id)
    if row["state"] != InstanceState.RUNNING:
        raise Conflict(
            "Expected a running process about %(key)s, but it is %(state)s.",
            key=row["business_key"],
            state=said(row["state"]),
        )
    return _assemble(engine, transaction, instance_id, row, actor)


def peek(engine: Engine, connection: Connection, instance_id: str) -> Live:
    """A loaded instance for reading only: also one that has ended."""
    reading = Transaction(connection)
    return _assemble(engine, reading, instance_id, _row(reading, instance_id, _SEEN), None)


def _row(transaction: Transaction, instance_id: str, query: Prepared = _LOCKED) -> Row:
    row = query.first(transaction.connection, {"instance": instance_id})
    if row is None:
        raise NotFound("Expected a process instance %(id)s, but there is none.", id=instance_id)
    return row


def begin(
    engine: Engine,
    transaction: Transaction,
    instance_id: str,
    definition_id: str,
    business_key: str,
    actor: str | None,
    source_instance: str | None = None,
) -> Live:
    """Inserts the row of a new instance and gives it, not started yet."""
    transaction.execute(
        process_instance.insert(),
        {
            "id": instance_id,
            "definition_id": definition_id,
            "business_key": business_key,
            "begun_about": business_key,
            "state": InstanceState.RUNNING,
            "row_version": 1,
            "started_at": engine.clock.now(),
            "started_by": actor,
            "source_instance": source_instance,
        },
    )
    return _assemble(engine, transaction, instance_id, _row(transaction, instance_id), actor)


def absorb(live: Live, effects: Iterable[Effect]) -> None:
    """Turns effects into rows, performs the local steps they ask for, and goes on until nothing is left to do.

    A step that was begun and taken back again before anybody could look is not even begun.
    """
    waiting = deque(effects)
    gone = _withdrawn(waiting)
    while waiting:
        effect = waiting.popleft()
        if not isinstance(effect, CallWanted | TaskOpened):
            _apply(live, effect)
        elif effect.place.token not in gone:
            more = _call(live, effect) if isinstance(effect, CallWanted) else _open_task(live, effect)
            waiting.extend(more)
            gone |= _withdrawn(more)


def _withdrawn(effects: Iterable[Effect]) -> set[int]:
    return {effect.place.token for effect in effects if isinstance(effect, Withdrawn)}


def _call(live: Live, effect: CallWanted) -> list[Effect]:
    call = calls.Call(effect.place, live.element(effect.place))
    if calls.runs_later(live, effect):
        calls.queue(live, call, live.now)
        return []
    return calls.perform(live, call)


def _open_task(live: Live, effect: TaskOpened) -> list[Effect]:
    place = effect.place
    if offers.may_skip(live, place):
        reason = live.element(place).properties.get("skip_when", "")
        live.journal.record("task.skipped", place.process, place.element, reason=reason)
        return list(live.execution.complete(place.token, {}))
    offers.offer(live, place)
    return []


def _apply(live: Live, effect: Effect) -> None:
    match effect:
        case Left():
            place = effect.place
            live.journal.add("element.left", place.process, place.element, _left(effect.kind, effect.flows))
        case TimerArmed():
            timers.arm(live, effect)
        case TimerUnset(place, expression):
            live.journal.record("timer.unset", place.process, place.element, expression=expression)
        case EventAwaited():
            subscriptions.subscribe(live, effect)
        case EventThrown():
            subscriptions.throw(live, effect)
        case HandedOver():
            handovers.hand_over(live, effect)
        case Skipped(place, reason):
            live.journal.record("task.skipped", place.process, place.element, reason=reason)
        case Withdrawn():
            _withdraw(live, effect.place)
        case Ended():
            _end(live, effect)


@lru_cache(maxsize=10_000)
def _left(kind: str, flows: tuple[str, ...]) -> str:
    return plain.write({"kind": kind, "flows": flows})


def _withdraw(live: Live, place: Place) -> None:
    kind = live.element(place).kind
    if kind in ("userTask", "manualTask", "task"):
        offers.withdraw(live, place)
    elif kind in ("serviceTask", "sendTask", "businessRuleTask", "scriptTask"):
        timers.disarm(live, place)
    else:
        if live.element(place).event != "timer":
            subscriptions.unsubscribe(live, place)
        if live.element(place).event not in ("message", "signal"):
            timers.disarm(live, place)


def _end(live: Live, effect: Ended) -> None:
    live.end(InstanceState.COMPLETED, effect.error or ", ".join(effect.ends))
    live.journal.record("instance.ended", live.bundle.process, "", ends=list(effect.ends), error=effect.error)
    incidents.resolve(live.transaction, live.now, live.actor, "the process ended", instance_id=live.instance_id)


def save(live: Live) -> None:
    """Writes the state and history; raises `Conflict` when somebody else changed the instance meanwhile."""
    for task_id in live.withdrawn_approvals:
        approvals.close_request(live, task_id, ApprovalState.WITHDRAWN)
    blob = live.execution.save()
    if len(blob) > live.engine.limits.variables_bytes:
        raise _too_large(live, len(blob))
    values = {
        "instance": live.instance_id,
        "seen": live.row_version,
        "packed": blob,
        "seq": live.journal.seq,
        "hash": live.journal.last_hash,
    }
    statement = _SAVE
    if live.state != InstanceState.RUNNING:
        statement = _SAVE_ENDED
        values |= {"now_is": live.state, "ended": live.now, "how": live.outcome}
    if statement.run(live.transaction.connection, values) != 1:
        raise Conflict(
            "Somebody else changed the process about %(key)s at the same moment. Nothing of this was saved; "
            "look again and repeat it if it is still needed.",
            key=live.business_key,
        )
    live.journal.write(live.transaction)


def _too_large(live: Live, size: int) -> Stuck:
    sizes = {name: len(plain.write(value)) for name, value in live.execution.variables().items()}
    largest = max(sizes, key=lambda name: sizes[name], default="")
    message = Sentence(
        "Expected the variables of the process to take at most %(limit)s bytes, but they take %(size)s; the largest is "
        "%(name)s. Keep large values in a record, and only their key in the process.",
        limit=live.engine.limits.variables_bytes,
        size=size,
        name=largest,
    )
    return Stuck(Trouble("TOO_LARGE", "", message))


def cancel(live: Live, reason: str) -> None:
    """Ends a running instance: everything that waits is withdrawn, the reason kept."""
    absorb(live, [effect for effect in live.execution.cancel() if isinstance(effect, Withdrawn)])
    open_tasks = user_task.c.state.in_(["open", "claimed"])
    live.transaction.execute(
        user_task.update()
        .where(user_task.c.instance_id == live.instance_id, open_tasks)
        .values(state="cancelled", completed_at=live.now)
    )
    live.end(InstanceState.CANCELLED, reason)
    live.journal.record("instance.cancelled", live.bundle.process, "", reason=reason)
