"""The read side for those who keep the engine running: jobs, nodes, what is awaited, and whether anything changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, or_, select

from engine.states import IncidentState, JobState
from engine.tables import handover, incident, job, node, process_definition, process_instance, subscription


@dataclass(frozen=True)
class JobRow:
    """A job in a list; `business_key` and `process_names` are those of its instance, empty when it has none."""

    id: str
    instance_id: str | None
    kind: str
    name: str
    element: str
    state: JobState
    due: datetime
    retries_left: int
    attempt: int
    crashes: int
    error: str | None
    owner: str | None
    lease_until: datetime | None
    business_key: str
    process_names: str


@dataclass(frozen=True)
class NodeRow:
    """A process that does jobs; `beat` is when it last showed that it lives, in the database's time."""

    id: str
    kind: str
    beat: datetime
    started_at: datetime


def jobs(
    connection: Connection, now: datetime, *, state: JobState | None = None, due_only: bool = False, limit: int = 100
) -> list[JobRow]:
    """Jobs, the next due first; those of one state, or only those that are due, when asked for."""
    query = _jobs().where(*_wanted(now, state, due_only)).order_by(job.c.due, job.c.id).limit(limit)
    return [_row(row) for row in connection.execute(query).mappings()]


def _wanted(now: datetime, state: JobState | None, due_only: bool) -> list[ColumnElement[bool]]:
    found = [job.c.state == state] if state is not None else []
    return [*found, job.c.due <= now] if due_only else found


def _jobs() -> Select[Any]:
    own = [job.c[name] for name in JobRow.__dataclass_fields__ if name in job.c]
    return (
        select(
            *own,
            func.coalesce(process_instance.c.business_key, "").label("business_key"),
            func.coalesce(process_definition.c.names, "{}").label("process_names"),
        )
        .outerjoin(process_instance, process_instance.c.id == job.c.instance_id)
        .outerjoin(process_definition, process_definition.c.id == process_instance.c.definition_id)
    )


def _row(row: RowMapping) -> JobRow:
    return JobRow(**{**row, "state": JobState(row["state"])})


def job_of(connection: Connection, job_id: str) -> JobRow | None:
    """One job, or None when it is done and gone."""
    row = connection.execute(_jobs().where(job.c.id == job_id)).mappings().one_or_none()
    return None if row is None else _row(row)


def job_counts(connection: Connection, now: datetime) -> Mapping[str, int]:
    """How many jobs are `ready`, `leased`, `incident`, and how many of the ready ones are `due` by now."""
    query = select(job.c.state, func.count()).group_by(job.c.state)
    counted = {str(state): int(count) for state, count in connection.execute(query)}
    late = select(func.count()).where(job.c.state == JobState.READY, job.c.due <= now)
    return {**dict.fromkeys(JobState, 0), **counted, "due": int(connection.execute(late).scalar_one())}


def nodes(connection: Connection) -> list[NodeRow]:
    """The processes that do jobs, the one heard of last first."""
    query = select(*(node.c[name] for name in NodeRow.__dataclass_fields__)).order_by(node.c.beat.desc())
    return [NodeRow(**row) for row in connection.execute(query).mappings()]


def awaited(connection: Connection, business_key: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names of messages that running instances about a record wait for."""
    at = subscription.c
    wanted = (at.kind == "message", at.name.in_(sorted(set(names))), at.business_key == business_key)
    return frozenset(connection.execute(select(at.name).where(*wanted)).scalars())


def waiting_handovers(connection: Connection) -> Mapping[str, int]:
    """How many hand-overs wait for a process to be deployed, by the key they wait for."""
    query = select(handover.c.target_key, func.count()).where(handover.c.state == "waiting")
    return {key: int(count) for key, count in connection.execute(query.group_by(handover.c.target_key))}


def stamp(connection: Connection, instance_id: str) -> str:
    """A short text that changes whenever what a page shows of an instance does; empty for an unknown one."""
    own = select(process_instance.c.row_version, process_instance.c.history_seq, process_instance.c.state)
    row = connection.execute(own.where(process_instance.c.id == instance_id)).one_or_none()
    if row is None:
        return ""
    troubles = select(func.count(), func.max(incident.c.id)).where(
        incident.c.instance_id == instance_id, incident.c.state == IncidentState.OPEN
    )
    either = or_(handover.c.source_instance == instance_id, handover.c.target_instance == instance_id)
    handed = select(func.count(), func.count(handover.c.target_instance)).where(either)
    parts = [*row, *connection.execute(troubles).one(), *connection.execute(handed).one()]
    return "-".join(str(part) for part in parts)
