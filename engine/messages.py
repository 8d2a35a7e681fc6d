"""Messages and signals from outside or from other instances: correlated by business key, once per message id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.exc import IntegrityError

from engine import advance, instances, plain, starts, subscriptions
from engine import correlation as correlations
from engine.bpmn.correlation import MARK
from engine.core import Engine
from engine.definitions import DefinitionRow
from engine.errors import Conflict, NotFound
from engine.identity import new_id
from engine.tables import message, subscription
from engine.transaction import Transaction

START = "start."


@dataclass(frozen=True)
class Correlated:
    """What became of a message: the instances that took it or were started, or that it is kept, or known already."""

    instances: tuple[str, ...]
    kept: bool = False
    duplicate: bool = False


def correlate(
    engine: Engine,
    name: str,
    business_key: str,
    payload: Mapping[str, Any] | None = None,
    *,
    message_id: str | None = None,
    actor: str | None = None,
    correlation: str | None = None,
) -> Correlated:
    """Delivers a message to whoever awaits it about this record, or under the key that its drawing declares.

    That key is `correlation` where it is given, else the business key; or it stands in the payload, where the
    drawing says how it is taken out of it. `start.<key>` starts that process; a message that nobody awaits
    starts the processes that begin with it, else it is kept for a while. One whose id was seen before does nothing.
    """
    with engine.database.write() as transaction:
        return correlate_in(engine, transaction, name, business_key, payload or {}, message_id, actor, correlation)


def correlate_in(
    engine: Engine,
    transaction: Transaction,
    name: str,
    business_key: str,
    payload: Mapping[str, Any],
    message_id: str | None,
    actor: str | None,
    correlation: str | None = None,
) -> Correlated:
    """`correlate` as a part of a running transaction."""
    identity = message_id or new_id()
    key = correlation or business_key
    if not _first_time(engine, transaction, identity, name, key, payload):
        return Correlated((), duplicate=True)
    if name.startswith(START):
        process = name.removeprefix(START)
        live = instances.start_in(engine, transaction, process, business_key, payload, actor)
        return Correlated((live.instance_id,))
    reached = deliver(engine, transaction, name, business_key, payload, actor, key)
    if not reached:
        begun = [row for row, _ in starts.begun_by(transaction.connection, "message", name)]
        if starts.in_turn(transaction.connection, begun):
            reached = deliver(engine, transaction, name, business_key, payload, actor, key)
        reached = reached or _begin(engine, transaction, begun, name, business_key, payload, actor)
    if not reached:
        transaction.execute(message.update().where(message.c.id == identity).values(state="kept"))
    return Correlated(reached, kept=not reached)


def _begin(
    engine: Engine,
    transaction: Transaction,
    versions: Iterable[DefinitionRow],
    name: str,
    business_key: str,
    payload: Mapping[str, Any],
    actor: str | None,
) -> tuple[str, ...]:
    """Starts these processes, which begin with this message; gives the instances."""
    return tuple(
        instances.start_in(engine, transaction, row.key, business_key, payload, actor, message=name).instance_id
        for row in versions
    )


def _first_time(
    engine: Engine, transaction: Transaction, identity: str, name: str, business_key: str, payload: Mapping[str, Any]
) -> bool:
    """Writes the message down; False when its id was seen before, also by a command that runs at this moment."""
    query = select(message.c.id).where(message.c.id == identity)
    if transaction.execute(query).scalar_one_or_none() is not None:
        return False
    now = engine.clock.now()
    values = {
        "id": identity,
        "name": name,
        "business_key": business_key,
        "payload": plain.write(dict(payload)),
        "received_at": now,
        "keep_until": now + engine.limits.message_kept,
        "state": "taken",
    }
    try:
        with transaction.savepoint():
            transaction.execute(message.insert(), values)
    except IntegrityError:
        return False
    return True


def deliver(
    engine: Engine,
    transaction: Transaction,
    name: str,
    business_key: str,
    payload: Mapping[str, Any],
    actor: str | None,
    key: str | None = None,
) -> tuple[str, ...]:
    """Gives a message to the instances that await it about `business_key`, or declared `key` or one it carries.

    Returns those reached. It goes to the oldest waiting token of each.
    """
    keys = [key or business_key, *correlations.carried(transaction.connection, name, payload, engine.clock.now())]
    query = select(subscription.c.instance_id, subscription.c.token).where(
        subscription.c.kind == "message", subscription.c.name == name, _about(business_key, keys)
    )
    tokens: dict[str, list[int]] = {}
    for row in transaction.execute(query.order_by(subscription.c.instance_id, subscription.c.id)):
        tokens.setdefault(row.instance_id, []).append(row.token)
    caught = (
        catch(engine, transaction, instance_id, found[:1], name, payload, actor)
        for instance_id, found in tokens.items()
    )
    return tuple(instance_id for instance_id, one in zip(tokens, list(caught), strict=True) if one)


def deliver_to(
    engine: Engine, transaction: Transaction, instance_id: str, name: str, payload: Mapping[str, Any]
) -> bool:
    """Gives a message to one instance; False when it does not await it, or has ended."""
    query = select(subscription.c.token).where(
        subscription.c.kind == "message", subscription.c.name == name, subscription.c.instance_id == instance_id
    )
    tokens = list(transaction.execute(query.order_by(subscription.c.id).limit(1)).scalars())
    return bool(tokens) and catch(engine, transaction, instance_id, tokens, name, payload, None)


def _about(business_key: str, keys: Sequence[str]) -> ColumnElement[bool]:
    """Whether a subscription is about this record: by the key its drawing declares, else by its business key."""
    declared = subscription.c.correlation
    return or_(declared.in_(keys), and_(declared.is_(None), subscription.c.business_key == business_key))


def catch(
    engine: Engine,
    transaction: Transaction,
    instance_id: str,
    tokens: list[int],
    name: str,
    payload: Mapping[str, Any],
    actor: str | None,
    kind: str = "message",
) -> bool:
    """Gives a message or signal to these tokens; False when the instance ended or went on before it was locked."""
    try:
        live = advance.load(engine, transaction, instance_id, actor)
    except Conflict:
        return False
    reached = False
    for token in tokens:
        place = live.execution.place(token)
        if place is None:
            continue
        reached = True
        received = "signal.received" if kind == "signal" else "message.received"
        live.journal.record(received, place.process, place.element, name=name, payload=dict(payload))
        subscriptions.unsubscribe(live, place)
        advance.absorb(live, live.execution.catch(token, payload))
    if reached:
        advance.save(live)
    return reached


def deliver_kept(engine: Engine, transaction: Transaction, message_id: str) -> bool:
    """Delivers a message that was kept; False when nobody awaits it or it was taken already."""
    query = select(message).where(message.c.id == message_id).with_for_update()
    row = transaction.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("Expected a kept message %(id)s, but there is none.", id=message_id)
    if row["state"] != "kept":
        return False
    payload = plain.read(row["payload"])
    this = message.update().where(message.c.id == message_id)
    transaction.execute(this.values(state="taken"))  # first, so that the next step to wait does not ask for it as well
    reached = deliver(engine, transaction, row["name"], row["business_key"], payload, None)
    if not reached:
        transaction.execute(this.values(state="kept"))
    return bool(reached)


def forget_expired(engine: Engine) -> int:
    """Deletes the kept messages whose time is over; returns how many. Nobody can take them any more."""
    over = and_(message.c.state == "kept", message.c.keep_until <= engine.clock.now())
    with engine.database.read() as connection:
        if connection.execute(select(message.c.id).where(over).limit(1)).first() is None:
            return 0
    with engine.database.write() as transaction:
        return transaction.execute(message.delete().where(over)).rowcount


def deliver_overlooked(engine: Engine) -> int:
    """Delivers kept messages that somebody awaits after all; returns how many.

    A message and the step that awaits it may come in the same instant, each written before it could see the other.
    """
    with engine.database.write() as transaction:
        found = [*_overlooked(engine, transaction), *_overlooked_by_payload(engine, transaction)]
        return sum(deliver_kept(engine, transaction, one) for one in found)


def _overlooked(engine: Engine, transaction: Transaction) -> list[str]:
    declared, key = subscription.c.correlation, message.c.business_key
    query = (
        select(message.c.id)
        .join(subscription, and_(subscription.c.kind == "message", subscription.c.name == message.c.name))
        .where(_kept(engine), or_(declared == key, and_(declared.is_(None), subscription.c.business_key == key)))
        .distinct()
    )
    return list(transaction.execute(query.limit(100)).scalars())


def _overlooked_by_payload(engine: Engine, transaction: Transaction) -> list[str]:
    """Those of the last messages that carry a key which somebody awaits."""
    keyed = select(subscription.c.name).where(subscription.c.correlation.startswith(MARK))
    query = select(message.c.id, message.c.name, message.c.payload).where(_kept(engine), message.c.name.in_(keyed))
    connection, now = transaction.connection, engine.clock.now()
    found = []
    for row in connection.execute(query.order_by(message.c.received_at.desc()).limit(100)).all():
        keys = correlations.carried(connection, row.name, plain.read(row.payload), now)
        awaited = select(subscription.c.id).where(subscription.c.name == row.name, subscription.c.correlation.in_(keys))
        if keys and connection.execute(awaited.limit(1)).first() is not None:
            found.append(row.id)
    return found


def _kept(engine: Engine) -> ColumnElement[bool]:
    return and_(message.c.state == "kept", message.c.keep_until > engine.clock.now())
