"""What operations do about incidents: try again with a verdict, or end the process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import advance, incidents, instances, work
from engine.core import Engine
from engine.errors import Conflict, EngineError, NotAllowed
from engine.states import IncidentState


class StillFailing(EngineError):
    """The step was tried again and failed again; the incident stays, with its newest cause."""


def retry(engine: Engine, incident_id: str, actor: str, variables: Mapping[str, Any] | None = None) -> None:
    """Tries the failed job again at once, with corrected variables if given, and closes the incident when it worked.

    Raises `StillFailing` with the newest cause otherwise, `Conflict` when the incident is closed already.
    """
    with engine.database.read() as connection:
        found = incidents.get(connection, incident_id)
    if found.state != IncidentState.OPEN:
        raise Conflict("Expected an open incident, but it was resolved already.")
    if found.job_id is None:
        raise Conflict("Expected an incident with a failed job, but this one is repaired by what its text says.")
    if variables and found.instance_id is not None:
        _edit(engine, found.instance_id, actor, variables)
    if not work.retry(engine, found.job_id, f"repair:{actor}"):
        with engine.database.read() as connection:
            now = incidents.get(connection, incident_id)
        raise StillFailing("Tried again, and it failed again: %(reason)s", reason=now.sentence)
    with engine.database.write() as transaction:
        incidents.close(transaction, incident_id, engine.clock.now(), actor, "tried again: it worked")


def correct(engine: Engine, incident_id: str, actor: str, variables: Mapping[str, Any]) -> None:
    """Corrects variables where somebody's task cannot be completed; the incident closes when it is completed.

    Raises `Conflict` when the incident is closed, or is not about a task.
    """
    with engine.database.read() as connection:
        found = incidents.get(connection, incident_id)
    if found.state != IncidentState.OPEN or found.task_id is None or found.instance_id is None:
        raise Conflict("Expected an open incident of a task, but it was resolved already or is another one.")
    _edit(engine, found.instance_id, actor, variables)


def _edit(engine: Engine, instance_id: str, actor: str, variables: Mapping[str, Any]) -> None:
    with engine.database.write() as transaction:
        live = advance.load(engine, transaction, instance_id, actor)
        before = {name: live.execution.variables().get(name) for name in variables}
        live.journal.record("variables.edited", live.bundle.process, "", values=dict(variables), before=before)
        advance.absorb(live, live.execution.set_variables(variables))
        advance.save(live)


def dismiss(engine: Engine, incident_id: str, actor: str, reason: str) -> None:
    """Closes what says that a process could not start, with the reason; else it closes once the process starts.

    Raises `Conflict` for any other incident: that closes with its repair.
    """
    if not reason.strip():
        raise NotAllowed("Expected a reason for closing the incident, but none was given.")
    with engine.database.write() as transaction:
        found = incidents.get(transaction.connection, incident_id)
        if not found.is_of_start or found.state != IncidentState.OPEN:
            raise Conflict("Expected an open incident of a process that could not start, but this is another one.")
        incidents.close(transaction, incident_id, engine.clock.now(), actor, reason.strip())


def end_process(engine: Engine, incident_id: str, actor: str, reason: str) -> None:
    """Ends the process behind an incident, with the reason."""
    with engine.database.read() as connection:
        found = incidents.get(connection, incident_id)
    if found.instance_id is None:
        raise Conflict("Expected an incident of a process, but this one belongs to none.")
    instances.cancel(engine, found.instance_id, actor, reason)
