"""Doing one claimed job: what each kind of job means, and what happens when it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from engine import (
    advance,
    approvals,
    calls,
    clock_starts,
    instances,
    jobs,
    messages,
    remote,
    schedules,
    signals,
    starts,
    timers,
)
from engine.contract import Done, Outcome
from engine.core import Engine
from engine.errors import Busy, EngineError, Sentence, Stuck, Trouble
from engine.jobs import Lease, Stale
from engine.live import Live
from engine.port import Place, TimerArmed
from engine.states import InstanceState, JobState
from engine.tables import job, process_instance
from engine.transaction import Transaction

Settle = Callable[[Engine, Transaction, Lease], None]


class _Watched:
    """Turns whatever a job raises into its failure; trouble with the database only gives it back."""

    def __init__(self, engine: Engine, lease: Lease) -> None:
        self._engine, self._lease = engine, lease
        self.succeeded = False

    def __enter__(self) -> _Watched:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None or isinstance(error, Stale):
            self.succeeded = error is None
            return True
        if isinstance(error, Busy):
            jobs.give_back(self._engine, self._lease)
            return True
        if not isinstance(error, Exception):
            return False
        trouble, retry = _trouble(self._lease, error)
        jobs.fail(self._engine, self._lease, trouble, retry=retry)
        return True


def _trouble(lease: Lease, error: Exception) -> tuple[Trouble, bool]:
    if isinstance(error, Stuck):
        return error.trouble, False
    text = str(error.orig) if isinstance(error, SQLAlchemyError) and hasattr(error, "orig") else str(error)
    message = (
        error.sentence
        if isinstance(error, EngineError)
        else Sentence("%(kind)s: %(text)s", kind=type(error).__name__, text=text[:500])
    )
    return Trouble("JOB_FAILED", lease.element, message), True


def do(engine: Engine, lease: Lease) -> bool:
    """Does one claimed job to its end; returns whether it succeeded. Never raises for what the job does."""
    watched = _Watched(engine, lease)
    with watched:
        registered = engine.job_kinds.get(lease.kind)
        if registered is not None:
            registered(engine, lease)
        elif lease.kind == "call":
            _do_call(engine, lease)
        else:
            with engine.database.write() as transaction:
                _take(transaction, lease)
                KINDS[lease.kind](engine, transaction, lease)
    return watched.succeeded


def _take(transaction: Transaction, lease: Lease) -> None:
    """Takes the job, after its instance is locked: whoever cancels a timer holds the instance and wants the job."""
    if lease.instance_id is not None:
        transaction.execute(_INSTANCE_LOCK.where(process_instance.c.id == lease.instance_id))
    jobs.take(transaction, lease)


_INSTANCE_LOCK = select(process_instance.c.id).with_for_update()


def _live(engine: Engine, transaction: Transaction, lease: Lease) -> Live | None:
    """The instance of a job, loaded; None when it has ended meanwhile."""
    query = select(process_instance.c.state).where(process_instance.c.id == lease.instance_id)
    if transaction.execute(query).scalar_one_or_none() != InstanceState.RUNNING:
        return None
    assert lease.instance_id is not None
    return advance.load(engine, transaction, lease.instance_id, None)


def _place(live: Live, lease: Lease) -> Place | None:
    return None if lease.token is None else live.execution.place(lease.token)


def _timer(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    live = _live(engine, transaction, lease)
    place = _place(live, lease) if live is not None else None
    if live is None or place is None:
        return
    live.journal.record("timer.fired", place.process, place.element)
    advance.absorb(live, live.execution.due(place.token))
    _arm_again(live, place)
    advance.save(live)


def _arm_again(live: Live, place: Place) -> None:
    """A repeating timer goes on waiting with its token after it fired; it needs a job again."""
    if live.execution.place(place.token) is None:
        return
    query = select(job.c.id).where(job.c.instance_id == live.instance_id, job.c.token == place.token)
    for still in live.execution.waiting():
        if isinstance(still, TimerArmed) and still.place.token == place.token:
            if live.transaction.execute(query).first() is None:
                timers.arm(live, still)


def _do_call(engine: Engine, lease: Lease) -> None:
    outcome: Outcome | None = None
    with engine.database.write() as looking:  # what is done outside must not rest on what a loss of power undoes
        assert lease.instance_id is not None
        seen = advance.peek(engine, looking.connection, lease.instance_id)
        place = _place(seen, lease)
        if place is not None and calls.is_remote(seen, seen.element(place)):
            found = calls.remote_handler(seen, seen.element(place))
            call = calls.Call(place, seen.element(place), lease.attempt)
            context = calls.context(seen, call, seen.execution.variables(place.token))
            context = replace(context, key=lease.id)
        else:
            found = None
    if found is not None:
        outcome = remote.run(found, context)
    with engine.database.write() as transaction:
        _take(transaction, lease)
        _settle_call(engine, transaction, lease, outcome)


def _settle_call(engine: Engine, transaction: Transaction, lease: Lease, outcome: Outcome | None) -> None:
    live = _live(engine, transaction, lease)
    place = _place(live, lease) if live is not None else None
    if live is None or place is None:
        return
    element = live.element(place)
    call = calls.Call(place, element, lease.attempt, lease.retries_left, lease.id, lease.fence)
    if outcome is None:
        effects = calls.perform(live, call)
    else:
        effects = calls.settle(live, call, _applied(live, call, outcome))
    advance.absorb(live, effects)
    advance.save(live)


def _applied(live: Live, call: calls.Call, outcome: Outcome) -> Outcome:
    """The outcome after the handler's local half, if it has one, wrote its records in this transaction."""
    found = calls.remote_handler(live, call.element)
    if found.apply is None or not isinstance(outcome, Done):
        return outcome
    variables = live.execution.variables(call.place.token)
    return found.apply(calls.context(live, call, variables, result=outcome.variables))


def _handover(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    instances.take_over(engine, transaction, lease.payload["handover_id"])


def _message(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    payload = lease.payload
    if "message_id" in payload:
        messages.deliver_kept(engine, transaction, payload["message_id"])
    elif payload.get("instance"):
        messages.deliver_to(engine, transaction, payload["instance"], lease.name, payload["payload"])
    else:
        about, key = payload["business_key"], payload.get("correlation")
        messages.correlate_in(engine, transaction, lease.name, about, payload["payload"], lease.id, None, key)


def _overdue(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    live = _live(engine, transaction, lease)
    if live is None:
        return
    again = approvals.tell_overdue(live, lease.payload["task_id"])
    if again is not None:
        approvals.watch_overdue(live, lease.payload["task_id"], again)
        advance.save(live)


KINDS: Mapping[str, Settle] = {
    "timer": _timer,
    "handover": _handover,
    "message": _message,
    signals.KIND: signals.occur,
    starts.KIND: starts.begin,
    clock_starts.KIND: starts.by_clock,
    "overdue": _overdue,
    schedules.KIND: schedules.occur,
    schedules.START: schedules.begin,
}


def retry(engine: Engine, job_id: str, owner: str) -> bool:
    """Makes a job that ended as an incident ready and does it at once; True when it is done, now or before."""
    with engine.database.write() as transaction:
        again = {"state": JobState.READY, "due": engine.clock.now(), "retries_left": 0, "crashes": 0}
        where = (job.c.id == job_id) & (job.c.state == JobState.INCIDENT)
        transaction.execute(job.update().where(where).values(**again))
    lease = jobs.claim(engine, owner, job_id)
    if lease is not None:
        do(engine, lease)
    return not _still_there(engine, job_id)


def _still_there(engine: Engine, job_id: str) -> bool:
    with engine.database.read() as connection:
        return connection.execute(select(job.c.id).where(job.c.id == job_id)).first() is not None
