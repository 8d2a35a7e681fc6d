"""Work that begins by the clock: one job waits for the next time of each schedule; doing it arms the one after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from engine import bundles, instances, jobs, messages, plain
from engine.contract import Occasion, Schedule, Start
from engine.core import Engine
from engine.errors import InvalidForm, NotFound, Sentence
from engine.jobs import Lease
from engine.notices import send
from engine.states import JobState
from engine.tables import job, setting
from engine.transaction import Transaction

KIND, START, SETTING = "schedule", "start", "schedule."
FIELDS = 5
WAITING = (JobState.READY, JobState.LEASED)


@dataclass(frozen=True)
class ScheduleRow:
    """A schedule as pages show it: what people call it, its times, whether they were changed, and the next one."""

    name: str
    names: Mapping[str, str]
    cron: str
    changed: bool
    next_at: datetime | None


def arm_all(engine: Engine) -> int:
    """Has every schedule wait for its next time; returns how many did not wait yet."""
    with engine.database.read() as connection:
        missing = sorted(set(engine.schedules) - set(_waiting(connection)))
    if missing:
        with engine.database.write() as transaction:
            for name in missing:
                _arm(engine, transaction, engine.schedules[name], engine.clock.now())
    return len(missing)


def occur(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    """The job of a schedule whose time has come: arms the next time and does what the schedule asks for.

    A schedule that is no longer there is forgotten.
    """
    schedule = engine.schedules.get(lease.name)
    if schedule is None:
        return
    now = engine.clock.now()
    _arm(engine, transaction, schedule, now)
    if schedule.job:
        jobs.add(transaction, schedule.job, {}, now, name=schedule.name, lock_key=f"{schedule.job}:{schedule.name}")
    wanted = schedule.function(Occasion(now, transaction.connection))
    for start in wanted.starts:
        _queue_start(transaction, start, schedule.alone, now)
    for message in wanted.messages:
        messages.correlate_in(engine, transaction, message.name, message.business_key, message.payload, None, None)
    send(transaction, engine.directory(transaction.connection), now, wanted.notices, "/")


def run_now(engine: Engine, name: str) -> None:
    """Makes the next time of a schedule the present moment; raises `NotFound` for an unknown one."""
    _known(engine, name)
    arm_all(engine)
    with engine.database.write() as transaction:
        waits = (job.c.kind == KIND, job.c.name == name, job.c.state == JobState.READY)
        transaction.execute(job.update().where(*waits).values(due=engine.clock.now()))
        transaction.after_commit(engine.wake)


def configure(engine: Engine, actor: str, name: str, cron: str | None) -> None:
    """Sets other times for a schedule, or (with None) those it came with; it waits for the new next time at once.

    Raises `NotFound` for an unknown schedule and `InvalidForm` for what is no cron expression.
    """
    schedule = _known(engine, name)
    text = cron.strip() if cron is not None else schedule.cron
    now = engine.clock.now()
    if not _comes(text, now):
        message = Sentence(
            "Expected five fields (minute, hour, day, month, weekday) such as 0 8 * * 1, but got %(text)s.", text=text
        )
        raise InvalidForm({"cron": message})
    with engine.database.write() as transaction:
        transaction.execute(setting.delete().where(setting.c.name == SETTING + name))
        if cron is not None:
            row = {"name": SETTING + name, "value": text, "updated_at": now, "updated_by": actor}
            transaction.execute(setting.insert(), row)
        waits = (job.c.kind == KIND, job.c.name == name, job.c.state == JobState.READY)
        transaction.execute(job.delete().where(*waits))
        _arm(engine, transaction, schedule, now)


def _comes(cron: str, now: datetime) -> bool:
    """Whether a text has five fields that name times which come one day."""
    try:
        return len(cron.split()) == FIELDS and next(CronSim(cron, now), None) is not None
    except CronSimError:
        return False


def listing(engine: Engine, connection: Connection) -> list[ScheduleRow]:
    """All schedules with their next times, by name."""
    waiting, changed = _waiting(connection), _changed(connection)
    return [
        ScheduleRow(name, one.names, changed.get(name, one.cron), name in changed, waiting.get(name))
        for name, one in sorted(engine.schedules.items())
    ]


def _known(engine: Engine, name: str) -> Schedule:
    if name not in engine.schedules:
        raise NotFound("Expected a schedule named %(name)s, but there is none.", name=name)
    return engine.schedules[name]


def _waiting(connection: Connection) -> dict[str, datetime]:
    query = select(job.c.name, job.c.due).where(job.c.kind == KIND, job.c.state.in_(WAITING))
    return {name: due for name, due in connection.execute(query)}


def _changed(connection: Connection) -> dict[str, str]:
    query = select(setting.c.name, setting.c.value).where(setting.c.name.startswith(SETTING, autoescape=True))
    return {name.removeprefix(SETTING): value for name, value in connection.execute(query)}


def _arm(engine: Engine, transaction: Transaction, schedule: Schedule, now: datetime) -> None:
    """Adds the job of the next time; another runner may have done so at the same moment."""
    cron = _changed(transaction.connection).get(schedule.name, schedule.cron)
    zone = ZoneInfo(engine.zone(transaction.connection))
    due = next(CronSim(cron, now.astimezone(zone))).astimezone(now.tzinfo)
    row = {
        "id": blake2s(f"{schedule.name} {due.isoformat()}".encode(), digest_size=16).hexdigest(),
        "kind": KIND,
        "name": schedule.name,
        "payload": plain.write({}),
        "state": JobState.READY,
        "due": due,
        "lock_key": f"{KIND}:{schedule.name}",
        "created_at": now,
    }
    try:
        with transaction.savepoint():
            transaction.execute(job.insert(), row)
    except IntegrityError:
        return


def _queue_start(transaction: Transaction, start: Start, alone: bool, now: datetime) -> None:
    """A job for each start, so that one that cannot begin holds up no other."""
    given = {"business_key": start.business_key, "variables": dict(start.variables), "alone": alone}
    key = f"{START}:{start.process}:{start.business_key}"[:200]
    jobs.add(transaction, START, given, now, name=start.process, lock_key=key)


def begin(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    """The job that starts one process; nothing happens when it is not deployed, or runs and should be alone."""
    key, given = lease.payload["business_key"], lease.payload
    connection = transaction.connection
    runs_already = given["alone"] and instances.runs_for(connection, lease.name, key)
    if runs_already or bundles.latest(connection, lease.name) is None:
        return
    variables = {**given["variables"], "source_key": KIND}
    instances.start_in(engine, transaction, lease.name, key, variables, None)
