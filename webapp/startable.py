"""Which processes may start on a record now, for the reader: one rule for every page that offers it."""

from __future__ import annotations

from collections.abc import Mapping

from crm import access
from crm.any_record import Record
from crm.kinds import KINDS, Kind
from engine import bundles, instances, operations
from webapp.current import person, reader
from webapp.tables import Connection

# A process that also runs inside others: as long as this message is awaited, it runs already.
AWAITED_WHILE_RUNNING: Mapping[str, str] = {
    "manage-pended-opportunity": "customer.reengaged",
    "order-execution-tracking": "order.changed",
    "schedule-sales-call": "call.moved",
    "plan-for-sales-call": "call.moved",
    "open-sales-call": "call.moved",
    "stage-plan-sales-call": "call.moved",
    "stage-execute-sales-call": "call.moved",
}


def kinds_for(process_key: str) -> tuple[Kind, ...]:
    """The kinds of record on which a process starts by hand; none for one that only others start."""
    return tuple(kind for kind in KINDS.values() if any(start.process == process_key for start in kind.starts))


def startable(connection: Connection, record: Record) -> list[str]:
    """The keys of the deployed processes that fit the record, do not run on it yet, and the reader may start."""
    if not person().may("process.start") or not record.kind.starts:
        return []
    who, business_key = reader(connection), record.business_key
    running = {one.key for one in instances.for_record(connection, business_key) if one.state == "running"}
    awaited = operations.awaited(connection, business_key, AWAITED_WHILE_RUNNING.values())
    return [
        start.process
        for start in record.kind.starts
        if start.process not in running
        and AWAITED_WHILE_RUNNING.get(start.process) not in awaited
        and start.fits(record.state, record.values)
        and bundles.latest(connection, start.process) is not None
        and access.may_start(connection, who, start.process, business_key)
    ]
