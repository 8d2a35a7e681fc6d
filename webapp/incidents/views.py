"""Incidents with their repairs, the list of jobs, and the processes that do them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import access, users
from engine import bundles, errors, incidents, instances, operations, repairs, states, user_tasks
from webapp import people
from webapp.current import engine, now, person, reader, reading
from webapp.incidents.corrections import KINDS, Correctable, correctable, read
from webapp.languages import named, say
from webapp.names import Names
from webapp.permissions import requires
from webapp.sentences import VERDICTS
from webapp.tables import Connection

blueprint = Blueprint("incidents", __name__, template_folder="templates")
SILENT_AFTER = timedelta(seconds=45)
JOBS = 200


@dataclass(frozen=True)
class Shown:
    """An incident for one reader; `visible` tells whether the record and its values may be shown."""

    row: incidents.IncidentRow
    process: str
    step: str
    visible: bool
    job: operations.JobRow | None
    variables: tuple[Correctable, ...]
    resolver: str
    verdict: str
    approvers: tuple[users.User, ...]


@blueprint.get("/incidents")
@requires("incident.repair")
def index() -> ResponseReturnValue:
    """The incidents: open ones, or with `?state=all` those that were resolved as well."""
    everything = request.args.get("state") == "all"
    with reading() as connection:
        rows = incidents.listing(connection, None if everything else states.IncidentState.OPEN)
        names = Names(connection)
        processes = {key: names.process(key) for key in {row.process_key for row in rows} if key}
        counts = operations.job_counts(connection, engine().clock.now())
    return render_template("incidents/index.html", rows=rows, everything=everything, processes=processes, counts=counts)


@blueprint.get("/incidents/<incident_id>")
@requires("incident.repair")
def show(incident_id: str) -> ResponseReturnValue:
    """One incident: its cause, and what can be done about it."""
    return _page(incident_id)


def _page(incident_id: str, wrong: dict[str, Any] | None = None) -> ResponseReturnValue:
    with reading() as connection:
        found = _shown(connection, incident_id)
    page = render_template(
        "incidents/show.html", incident=found.row, found=found, kinds=KINDS, wrong=wrong or {}, sent=request.form
    )
    return (page, 422) if wrong else page


def _shown(connection: Connection, incident_id: str) -> Shown:
    row = incidents.get(connection, incident_id)
    visible = _visible(connection, row)
    mendable = row.job_id or row.task_id
    running = row.instance_id is not None and instances.get(connection, row.instance_id).state == "running"
    return Shown(
        row=row,
        process=Names(connection).process(row.process_key) if row.process_key else "",
        step=_step(connection, row),
        visible=visible,
        job=operations.job_of(connection, row.job_id) if row.job_id else None,
        variables=tuple(_variables(row)) if visible and running and mendable and row.state == "open" else (),
        resolver=Names(connection).person(row.resolved_by),
        verdict=_verdict(Names(connection), row.verdict or ""),
        approvers=_managers(connection) if row.code == "NO_APPROVER" and row.task_id else (),
    )


def _verdict(names: Names, kept: str) -> str:
    """How it was resolved, in the reader's language; what a person wrote, as it was written."""
    if kept in VERDICTS:
        return str(VERDICTS[kept])
    kind, _colon, text = kept.partition(": ")
    if kind not in VERDICTS:
        return kept
    return str(VERDICTS[kind]) % {"text": names.person(text) if kind == "approver picked" else text}


def _visible(connection: Connection, row: incidents.IncidentRow) -> bool:
    """Those who see all opportunities also see an incident whose record is missing."""
    if not person().may("instance.read"):
        return False
    who = reader(connection)
    return access.may_read(connection, who, row.business_key) or "ops" in who.roles


def _step(connection: Connection, row: incidents.IncidentRow) -> str:
    if row.instance_id is None or not row.element:
        return row.element
    instance = instances.get(connection, row.instance_id)
    models = bundles.bundle(engine(), connection, instance.definition_id).models
    found = (model.elements[row.element] for model in models.values() if row.element in model.elements)
    return next((named(element.names) for element in found if element.names), row.element)


def _variables(row: incidents.IncidentRow) -> list[Correctable]:
    assert row.instance_id is not None
    return correctable(instances.view(engine(), row.instance_id).variables)


def _managers(connection: Connection) -> tuple[users.User, ...]:
    found = [user for user in users.listing(connection, only_active=True) if "mgr" in user.roles]
    return tuple(sorted(found, key=lambda user: (-(user.level or 0), user.login)))


@blueprint.post("/incidents/<incident_id>/retry")
@requires("incident.repair")
def retry(incident_id: str) -> ResponseReturnValue:
    """Tries the failed step again at once, with corrected values if any were changed."""
    with reading() as connection:
        found = _shown(connection, incident_id)
    try:
        changed = read(request.form, _known(found), person().zone) if found.variables else {}
        repairs.retry(engine(), incident_id, person().login, changed)
    except errors.InvalidForm as refused:
        return _page(incident_id, refused.errors)
    except repairs.StillFailing as failed:
        flash(say(failed.sentence), "error")
    else:
        flash(_("It worked this time. The process goes on."), "done")
    return redirect(url_for("incidents.show", incident_id=incident_id))


@blueprint.post("/incidents/<incident_id>/correct")
@requires("incident.repair")
def correct(incident_id: str) -> ResponseReturnValue:
    """Corrects values where somebody's task cannot be finished."""
    with reading() as connection:
        found = _shown(connection, incident_id)
    try:
        changed = read(request.form, _known(found), person().zone) if found.variables else {}
    except errors.InvalidForm as refused:
        return _page(incident_id, refused.errors)
    if changed:
        repairs.correct(engine(), incident_id, person().login, changed)
        flash(_("The values are corrected. Whoever has the task can finish it now."), "done")
    else:
        flash(_("No value was changed."), "error")
    return redirect(url_for("incidents.show", incident_id=incident_id))


def _known(found: Shown) -> dict[str, Any]:
    assert found.row.instance_id is not None
    return dict(instances.view(engine(), found.row.instance_id).variables)


@blueprint.post("/incidents/<incident_id>/end")
@requires("incident.repair")
def end(incident_id: str) -> ResponseReturnValue:
    """Ends the process behind an incident, with a reason."""
    try:
        repairs.end_process(engine(), incident_id, person().login, request.form.get("reason", ""))
    except errors.NotAllowed as refused:
        flash(say(refused.sentence), "error")
    else:
        flash(_("The process was ended and its open work closed."), "done")
    return redirect(url_for("incidents.show", incident_id=incident_id))


@blueprint.post("/incidents/<incident_id>/dismiss")
@requires("incident.repair")
def dismiss(incident_id: str) -> ResponseReturnValue:
    """Closes what says that a process could not start, with a reason."""
    try:
        repairs.dismiss(engine(), incident_id, person().login, request.form.get("reason", ""))
    except errors.NotAllowed as refused:
        flash(say(refused.sentence), "error")
    else:
        flash(_("The incident is closed."), "done")
    return redirect(url_for("incidents.show", incident_id=incident_id))


@blueprint.post("/incidents/<incident_id>/approver")
@requires("approval.pick")
def approver(incident_id: str) -> ResponseReturnValue:
    """Names who decides an approval for which nobody was found."""
    with reading() as connection:
        row = incidents.get(connection, incident_id)
    if row.task_id is None:
        raise errors.Conflict("Expected an incident of an approval, but this one has none.")
    user = request.form.get("user", "")
    try:
        with reading() as connection:
            people.refuse_unable(connection, user, people.DECIDES)
        user_tasks.pick_approver(engine(), row.task_id, person().login, user)
    except (errors.NotAllowed, errors.NotFound) as refused:
        flash(say(refused.sentence), "error")
    else:
        flash(_("The approval is with the person you named."), "done")
    return redirect(url_for("incidents.show", incident_id=incident_id))


@blueprint.get("/jobs")
@requires("incident.repair")
def jobs() -> ResponseReturnValue:
    """The work of the engine itself: what is due, what waits, what failed, and who does it."""
    state = request.args.get("state", "")
    wanted = states.JobState(state) if state in tuple(states.JobState) else None
    moment = engine().clock.now()
    with reading() as connection:
        rows = operations.jobs(connection, moment, state=wanted, due_only=state == "due", limit=JOBS)
        nodes = operations.nodes(connection)
        counts = operations.job_counts(connection, moment)
        visible = _visible_keys(connection, rows)
        causes = {row.job_id: row.sentence for row in incidents.listing(connection) if row.job_id is not None}
    newest = max((node.beat for node in nodes), default=None)
    return render_template(
        "incidents/jobs.html",
        rows=rows,
        nodes=nodes,
        counts=counts,
        state=state,
        visible=visible,
        causes=causes,
        most=JOBS,
        silent=[node.id for node in nodes if newest is not None and newest - node.beat > SILENT_AFTER],
        at=now(),
    )


def _visible_keys(connection: Connection, rows: list[operations.JobRow]) -> frozenset[str]:
    if not person().may("instance.read"):
        return frozenset()
    return access.readable(connection, reader(connection), {row.business_key for row in rows if row.business_key})
