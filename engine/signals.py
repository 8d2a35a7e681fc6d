"""Signals: everybody who waits for one gets it, in every instance, and processes that begin with it begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine import messages, plain, starts
from engine.core import Engine
from engine.identity import new_id
from engine.jobs import Lease
from engine.states import JobState
from engine.tables import job, subscription
from engine.transaction import Transaction

KIND = "signal"


def broadcast(engine: Engine, name: str, business_key: str, payload: Mapping[str, Any] | None = None) -> None:
    """Throws a signal from outside: it reaches all that wait for it now, and starts processes about this record."""
    with engine.database.write() as transaction:
        spread(engine, transaction, name, business_key, payload or {}, None)


def spread(
    engine: Engine,
    transaction: Transaction,
    name: str,
    business_key: str,
    payload: Mapping[str, Any],
    thrower: str | None,
) -> None:
    """A job for each instance that waits, and for each process that begins with it: each catches it once.

    The instance `thrower` has caught what it wanted to itself, when it threw the signal.
    """
    query = select(subscription.c.instance_id, subscription.c.token).where(
        subscription.c.kind == KIND, subscription.c.name == name
    )
    tokens: dict[str, list[int]] = {}
    for row in transaction.execute(query.order_by(subscription.c.instance_id, subscription.c.id)):
        tokens.setdefault(row.instance_id, []).append(row.token)
    tokens.pop(thrower or "", None)
    for instance_id, waiting in tokens.items():
        _queue(engine, transaction, instance_id, name, {"payload": dict(payload), "tokens": waiting})
    for version, one in starts.begun_by(transaction.connection, KIND, name):
        starts.queue(engine, transaction, version.key, one.element, business_key, payload)


def _queue(engine: Engine, transaction: Transaction, instance_id: str, name: str, payload: Mapping[str, Any]) -> None:
    now = engine.clock.now()
    values = {"id": new_id(), "instance_id": instance_id, "lock_key": instance_id, "kind": KIND, "name": name}
    more = {"payload": plain.write(payload), "state": JobState.READY, "due": now, "created_at": now}
    transaction.execute(job.insert(), values | more)
    transaction.after_commit(engine.wake)


def occur(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    """The job of a signal: spreads what an instance has thrown, or gives it to the tokens of one that waits."""
    given = lease.payload
    if "tokens" not in given:
        spread(engine, transaction, lease.name, given["business_key"], given["payload"], lease.instance_id)
    elif lease.instance_id is not None:
        tokens, payload = given["tokens"], given["payload"]
        messages.catch(engine, transaction, lease.instance_id, tokens, lease.name, payload, None, KIND)
