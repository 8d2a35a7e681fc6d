"""Work for the engine itself, kept in the database: claimed by lease and fence, settled in one transaction.

A job is claimed by one worker at a time, and only one job of an instance runs at a time (a
partial unique index sees to it). A result that comes with a stale fence is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, exists, func, select
from sqlalchemy.exc import IntegrityError

from engine import plain
from engine.core import Engine
from engine.errors import Trouble
from engine.identity import new_id
from engine.incidents import open_incident
from engine.states import JobState
from engine.tables import Row, job, process_definition, process_instance
from engine.transaction import Transaction


@dataclass(frozen=True)
class Lease:
    """A claimed job: what to do, and the fence that its result must come with."""

    id: str
    fence: int
    kind: str
    name: str
    instance_id: str | None
    token: int | None
    element: str
    payload: Mapping[str, Any]
    attempt: int
    retries_left: int


class Stale(Exception):
    """The job was taken by somebody else meanwhile; this result is dropped."""


def add(
    transaction: Transaction,
    kind: str,
    payload: Mapping[str, Any],
    due: datetime,
    *,
    name: str = "",
    lock_key: str | None = None,
    retries: int = 3,
) -> str:
    """Adds work that belongs to no instance (an import, nightly work, a mail); returns its id."""
    identity = new_id()
    transaction.execute(
        job.insert(),
        {
            "id": identity,
            "kind": kind,
            "name": name,
            "payload": plain.write(dict(payload)),
            "state": JobState.READY,
            "due": due,
            "retries_left": retries,
            "lock_key": lock_key or identity,
            "created_at": due,
        },
    )
    return identity


def database_now(connection: Connection) -> datetime:
    """The database's own clock, which leases are compared with."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(select(func.now())).scalar_one()
        assert isinstance(found, datetime)
        return found
    return datetime.now(UTC)


def claim(engine: Engine, owner: str, job_id: str | None = None) -> Lease | None:
    """Takes the most urgent due job (or the given one), or None when there is nothing to take."""
    try:
        with engine.database.write() as transaction:
            return _claim(engine, transaction, owner, job_id)
    except IntegrityError:
        return None


def _claim(engine: Engine, transaction: Transaction, owner: str, job_id: str | None) -> Lease | None:
    running = job.alias()
    free = ~exists().where(running.c.lock_key == job.c.lock_key, running.c.state == JobState.LEASED)
    query = (
        select(job)
        .where(job.c.state == JobState.READY, job.c.due <= engine.clock.now(), free)
        .order_by(job.c.due, job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=job)
    )
    if job_id is not None:
        query = query.where(job.c.id == job_id)
    row = transaction.execute(query).mappings().one_or_none()
    if row is None:
        return None
    until = database_now(transaction.connection) + engine.limits.lease
    values = {"state": JobState.LEASED, "fence": row["fence"] + 1, "owner": owner, "lease_until": until}
    transaction.execute(job.update().where(job.c.id == row["id"]).values(**values))
    return _lease({**row, "fence": row["fence"] + 1})


def _lease(row: Row) -> Lease:
    names = ("id", "fence", "kind", "name", "instance_id", "token", "element", "attempt", "retries_left")
    return Lease(payload=plain.read(row["payload"]), **{name: row[name] for name in names})


def take(transaction: Transaction, lease: Lease) -> None:
    """Deletes the leased job inside the transaction that settles it; raises `Stale` when the fence is old."""
    done = job.delete().where(job.c.id == lease.id, job.c.fence == lease.fence, job.c.state == JobState.LEASED)
    if transaction.execute(done).rowcount != 1:
        raise Stale


def extend(engine: Engine, lease: Lease) -> bool:
    """Prolongs a lease while its work goes on; False when it was lost."""
    with engine.database.write() as transaction:
        until = database_now(transaction.connection) + engine.limits.lease
        mine = (job.c.id == lease.id) & (job.c.fence == lease.fence) & (job.c.state == JobState.LEASED)
        return transaction.execute(job.update().where(mine).values(lease_until=until)).rowcount == 1


def fail(engine: Engine, lease: Lease, trouble: Trouble, *, retry: bool = True) -> None:
    """Gives a failed job back for another try after a pause, or turns it into an incident when no try is left."""
    with engine.database.write() as transaction:
        mine = (job.c.id == lease.id) & (job.c.fence == lease.fence) & (job.c.state == JobState.LEASED)
        delays = engine.limits.retry_delays
        again = retry and lease.retries_left > 0
        position = min(max(len(delays) - lease.retries_left, 0), len(delays) - 1)
        values = {
            "state": JobState.READY if again else JobState.INCIDENT,
            "due": engine.clock.now() + delays[position],
            "retries_left": max(lease.retries_left - 1, 0),
            "attempt": lease.attempt + 1,
            "error": str(trouble.message),
            "owner": None,
            "lease_until": None,
        }
        if transaction.execute(job.update().where(mine).values(**values)).rowcount == 1 and not again:
            _incident(engine, transaction, lease, trouble)


def _incident(engine: Engine, transaction: Transaction, lease: Lease, trouble: Trouble) -> None:
    query = (
        select(process_instance.c.business_key, process_definition.c.key)
        .join(process_definition, process_definition.c.id == process_instance.c.definition_id)
        .where(process_instance.c.id == lease.instance_id)
    )
    about = transaction.execute(query).one_or_none()
    record = lease.payload.get("business_key", "")  # the start of a process, which has no instance yet, names it
    open_incident(
        engine,
        transaction,
        trouble,
        instance_id=lease.instance_id,
        job_id=lease.id,
        process_key=about.key if about else lease.name if record else "",
        business_key=about.business_key if about else record,
    )


def give_back(engine: Engine, lease: Lease) -> None:
    """Frees a leased job without counting a failure: the database was not there for its result."""
    with engine.database.write() as transaction:
        mine = (job.c.id == lease.id) & (job.c.fence == lease.fence) & (job.c.state == JobState.LEASED)
        transaction.execute(job.update().where(mine).values(state=JobState.READY, owner=None, lease_until=None))


def next_due(connection: Connection) -> datetime | None:
    """When the next waiting job is due; None when there is none."""
    query = select(job.c.due).where(job.c.state == JobState.READY).order_by(job.c.due).limit(1)
    return connection.execute(query).scalar_one_or_none()
