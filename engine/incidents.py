"""What cannot go on without a person: its cause, its repair, and whether the repair worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from engine.contract import Notice
from engine.core import Engine
from engine.errors import NotFound, Sentence, Trouble
from engine.identity import new_id
from engine.kept_sentences import restored, values_text
from engine.notices import send
from engine.prepared import Prepared, given
from engine.states import IncidentState
from engine.tables import Row, incident
from engine.transaction import Transaction

OPERATIONS = "ops"

_RESOLVE = {
    name: Prepared(
        incident.update()
        .where(incident.c[name] == given("identity"), incident.c.state == IncidentState.OPEN)
        .values(
            state=IncidentState.RESOLVED, resolved_at=given("now"), resolved_by=given("actor"), verdict=given("why")
        )
    )
    for name in ("job_id", "task_id", "instance_id")
}

_START = (incident.c.instance_id.is_(None), incident.c.job_id.is_(None), incident.c.task_id.is_(None))
_STARTED = Prepared(
    incident.update()
    .where(
        *_START,
        incident.c.process_key == given("process"),
        incident.c.business_key == given("record"),
        incident.c.state == IncidentState.OPEN,
    )
    .values(state=IncidentState.RESOLVED, resolved_at=given("now"), resolved_by=given("actor"), verdict=given("why"))
)


@dataclass(frozen=True)
class IncidentRow:
    """An incident as operations see it."""

    id: str
    instance_id: str | None
    job_id: str | None
    task_id: str | None
    code: str
    process_key: str
    element: str
    business_key: str
    sentence: Sentence
    state: IncidentState
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    verdict: str | None

    @property
    def is_of_start(self) -> bool:
        """Whether a process could not start; nothing of it runs, so that only a word of operations closes it early."""
        return self.instance_id is None and self.job_id is None and self.task_id is None


def open_incident(
    engine: Engine,
    transaction: Transaction,
    trouble: Trouble,
    *,
    instance_id: str | None = None,
    job_id: str | None = None,
    task_id: str | None = None,
    process_key: str = "",
    business_key: str = "",
) -> str:
    """Adds an incident and tells operations; one open for the same job, task or start is brought up to date.

    Without job, task and instance it is about a process that could not start on a record.
    """
    now = engine.clock.now()
    values = {
        "code": trouble.code,
        "element": trouble.element,
        "template": trouble.message.template,
        "template_values": values_text(trouble.message),
    }
    of_start = instance_id is None and (process_key, business_key) or None
    existing = _open_for(transaction, job_id, task_id, of_start)
    if existing is not None:
        transaction.execute(incident.update().where(incident.c.id == existing), values)
        return existing
    identity = new_id()
    row = {
        "id": identity,
        "instance_id": instance_id,
        "job_id": job_id,
        "task_id": task_id,
        "process_key": process_key,
        "business_key": business_key,
        "state": IncidentState.OPEN,
        "created_at": now,
    }
    transaction.execute(incident.insert(), {**row, **values})
    directory = engine.directory(transaction.connection)
    send(transaction, directory, now, [Notice(None, OPERATIONS, trouble.message)], f"/incidents/{identity}")
    return identity


def _open_for(
    transaction: Transaction, job_id: str | None, task_id: str | None, of_start: tuple[str, str] | None
) -> str | None:
    at = incident.c
    if job_id is not None:
        same = at.job_id == job_id
    elif task_id is not None:
        same = at.task_id == task_id
    elif of_start is not None:
        same = and_(*_START, at.process_key == of_start[0], at.business_key == of_start[1])
    else:
        return None
    query = select(at.id).where(same, at.state == IncidentState.OPEN)
    return transaction.execute(query).scalar_one_or_none()


def resolve(
    transaction: Transaction,
    now: datetime,
    actor: str | None,
    verdict: str,
    *,
    job_id: str | None = None,
    task_id: str | None = None,
    instance_id: str | None = None,
) -> None:
    """Closes the open incidents of a job, task or instance, with the verdict for the record."""
    about = {"job_id": job_id, "task_id": task_id, "instance_id": instance_id}
    for name, identity in about.items():
        if identity is not None:
            values = {"identity": identity, "now": now, "actor": actor, "why": verdict}
            _RESOLVE[name].run(transaction.connection, values)


def resolve_start(transaction: Transaction, now: datetime, actor: str | None, process_key: str, record: str) -> None:
    """Closes what says that a process could not start on a record, because now it did."""
    values = {"process": process_key, "record": record, "now": now, "actor": actor, "why": "started: it worked"}
    _STARTED.run(transaction.connection, values)


def close(transaction: Transaction, identity: str, now: datetime, actor: str, verdict: str) -> None:
    """Closes one incident with a person's verdict, in place of any that it closed with by itself."""
    values = {"state": IncidentState.RESOLVED, "resolved_at": now, "resolved_by": actor, "verdict": verdict}
    transaction.execute(incident.update().where(incident.c.id == identity).values(**values))


def listing(
    connection: Connection, state: IncidentState | None = IncidentState.OPEN, limit: int = 200
) -> list[IncidentRow]:
    """Incidents, newest first; all of them with `state=None`."""
    query = select(incident).order_by(incident.c.created_at.desc()).limit(limit)
    if state is not None:
        query = query.where(incident.c.state == state)
    return [_row(row) for row in connection.execute(query).mappings()]


def get(connection: Connection, identity: str) -> IncidentRow:
    """One incident; raises `NotFound`."""
    row = connection.execute(select(incident).where(incident.c.id == identity)).mappings().one_or_none()
    if row is None:
        raise NotFound("Expected an incident %(id)s, but there is none.", id=identity)
    return _row(row)


def of_instance(connection: Connection, instance_id: str) -> list[IncidentRow]:
    """The open incidents of one instance."""
    query = select(incident).where(incident.c.instance_id == instance_id, incident.c.state == IncidentState.OPEN)
    return [_row(row) for row in connection.execute(query).mappings()]


def _row(row: Row) -> IncidentRow:
    values = dict(row)
    sentence = restored(values.pop("template"), values.pop("template_values"))
    return IncidentRow(**{**values, "state": IncidentState(values["state"]), "sentence": sentence})
