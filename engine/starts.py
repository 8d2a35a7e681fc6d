"""Starting processes by what happens: messages, signals and the clock (BPMN 2.0, 13.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from engine import advance, bundles, clock_starts, instances, jobs, timers
from engine.bpmn import Beginning, beginnings
from engine.cache import ByContent
from engine.core import Engine
from engine.definitions import DefinitionRow
from engine.jobs import Lease
from engine.transaction import Transaction

KIND = "begin"
_BEGINNINGS: ByContent[tuple[Beginning, ...]] = ByContent(bundles.KEPT_VERSIONS)


def begun_by(connection: Connection, kind: str, name: str) -> list[tuple[DefinitionRow, Beginning]]:
    """The newest version of every process that begins with this message or signal, and where."""
    return [
        (row, one)
        for row in bundles.listing(connection)
        for one in _beginnings(connection, row)
        if (one.kind, one.name) == (kind, name)
    ]


def in_turn(connection: Connection, versions: Iterable[DefinitionRow]) -> bool:
    """Lets a message wait for others that begin these processes at this moment; whether one of them may have come.

    Where several messages begin a process, the first may have begun what awaits the second by now (BPMN 2.0, 10.4.2
    and 10.5.6). The others wait for the lock on the process's versions.
    """
    several = [one.key for one in versions if len(_messages(connection, one)) > 1]
    for key in several:
        instances.lock_versions(connection, key)
    return bool(several)


def _messages(connection: Connection, version: DefinitionRow) -> set[str]:
    return {one.name for one in _beginnings(connection, version) if one.kind == "message"}


def _beginnings(connection: Connection, version: DefinitionRow) -> tuple[Beginning, ...]:
    """What a version begins with; read once, because a version never changes."""
    return _BEGINNINGS.get(version.content_hash, lambda: beginnings(bundles.expanded(connection, version.id)))


def queue(
    engine: Engine,
    transaction: Transaction,
    key: str,
    at: str,
    business_key: str,
    variables: Mapping[str, Any],
    by_clock: bool = False,
) -> None:
    """A job that starts a process at one of its beginnings, so that one that cannot begin holds up no other."""
    given = {"at": at, "business_key": business_key, "variables": dict(variables), "by_clock": by_clock}
    lock = f"{KIND}:{key}:{business_key}"[:200]
    jobs.add(transaction, KIND, given, engine.clock.now(), name=key, lock_key=lock)
    transaction.after_commit(engine.wake)


def begin(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    """The job of `queue`; nothing happens when the process has no such beginning any more."""
    given, connection = lease.payload, transaction.connection
    row = bundles.latest(connection, lease.name)
    if row is not None and any(one.element == given["at"] for one in _beginnings(connection, row)):
        about, variables = given["business_key"], given["variables"]
        clock = given.get("by_clock", False)  # jobs that were queued by an earlier release do not say
        instances.start_in(engine, transaction, lease.name, about, variables, None, at=given["at"], by_clock=clock)


def by_clock(engine: Engine, transaction: Transaction, lease: Lease) -> None:
    """The job of a timer start event: begins the process when its time has come, and waits for the next time.

    The first job of a version only finds out when that is. A time that had passed when the version was
    deployed begins nothing; a newer version has timers of its own.
    """
    given, connection = lease.payload, transaction.connection
    row = bundles.latest(connection, lease.name)
    if row is None or row.id != given["definition"]:
        return
    if "due" in given:
        queue(engine, transaction, lease.name, given["element"], given["business_key"], {}, by_clock=True)
    setting = timers.configured(connection, row.process_id, given["element"])
    spec = advance.spec_of(bundles.bundle(engine, connection, row.id))
    after = (given["due"], given["left"]) if "due" in given else None
    zone = partial(engine.zone, connection)
    due = spec.start_due(given["element"], given["part"], given["since"], setting, after, zone)
    if due is not None:
        clock_starts.wait(transaction, lease.name, {**given, "due": due.at, "left": due.again}, due.at)
