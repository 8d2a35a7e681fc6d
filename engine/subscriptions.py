"""Waiting for messages and signals: rows that say which instance awaits what about which record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine import correlation, plain
from engine.bpmn.correlation import MARK
from engine.identity import new_id
from engine.live import Live
from engine.port import EventAwaited, EventThrown, Place
from engine.prepared import Prepared, given
from engine.states import JobState
from engine.tables import job, message, subscription

_SUBSCRIBE = Prepared(subscription.insert(), *subscription.c.keys())
_UNSUBSCRIBE = Prepared(
    subscription.delete().where(
        subscription.c.instance_id == given("instance"), subscription.c.token == given("waited")
    )
)


def subscribe(live: Live, effect: EventAwaited) -> None:
    """Adds the row for a token that awaits a message or signal; a message kept for it is delivered next."""
    _SUBSCRIBE.run(
        live.transaction.connection,
        {
            "id": new_id(),
            "instance_id": live.instance_id,
            "token": effect.place.token,
            "kind": effect.kind,
            "name": effect.name,
            "business_key": effect.business_key or live.business_key,
            "correlation": effect.correlation,
            "element": effect.place.element,
            "created_at": live.now,
        },
    )
    if effect.kind == "message":
        _deliver_kept(live, effect)


def _deliver_kept(live: Live, effect: EventAwaited) -> None:
    about = effect.correlation or effect.business_key or live.business_key
    query = select(message.c.id, message.c.payload).where(
        message.c.name == effect.name, message.c.state == "kept", message.c.keep_until > live.now
    )
    if about.startswith(MARK):
        rows = live.transaction.execute(query.order_by(message.c.received_at)).all()
        found = next((row for row in rows if about in _carried(live, effect.name, row.payload)), None)
    else:
        mine = query.where(message.c.business_key == about)
        found = live.transaction.execute(mine.order_by(message.c.received_at).limit(1)).first()
    if found is not None:
        queue(live, "message", effect.name, {"message_id": found.id, "token": effect.place.token})


def _carried(live: Live, name: str, payload: str) -> list[str]:
    return correlation.carried(live.transaction.connection, name, plain.read(payload), live.now)


def unsubscribe(live: Live, place: Place) -> None:
    """Deletes the row of a token that no longer awaits anything."""
    _UNSUBSCRIBE.run(live.transaction.connection, {"instance": live.instance_id, "waited": place.token})


def throw(live: Live, effect: EventThrown) -> None:
    """Queues the delivery of a message or signal that the instance threw; an escalation is only told."""
    place = effect.place
    live.journal.record(f"{effect.kind}.thrown", place.process, place.element, name=effect.name)
    if effect.kind == "escalation":
        return
    sent = {"payload": dict(effect.payload), "correlation": effect.correlation}
    queue(live, effect.kind, effect.name, sent, effect.business_key)


def queue(live: Live, kind: str, name: str, payload: Mapping[str, Any], business_key: str | None = None) -> None:
    """Adds a job that is due at once and belongs to this instance; about its record, unless another is named."""
    live.transaction.execute(
        job.insert(),
        {
            "id": new_id(),
            "instance_id": live.instance_id,
            "kind": kind,
            "name": name,
            "payload": plain.write({**payload, "business_key": business_key or live.business_key}),
            "state": JobState.READY,
            "due": live.now,
            "lock_key": live.instance_id,
            "created_at": live.now,
        },
    )
    live.transaction.after_commit(live.engine.wake)
