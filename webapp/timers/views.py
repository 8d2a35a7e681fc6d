"""The timers of each process: what is drawn, what is set in its place, and who set it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import bpmn, bundles, errors, timers
from webapp.current import engine, person, reading
from webapp.languages import named
from webapp.names import Names
from webapp.permissions import requires
from webapp.tables import Connection

blueprint = Blueprint("timers", __name__, url_prefix="/timers", template_folder="templates")
LONGEST = 200


@dataclass(frozen=True)
class Timer:
    """One timer of a drawing: its step (and the step it guards), the drawn time, and the one set instead."""

    element: str
    name: str
    guarded: str
    drawn: str
    set_to: str


@blueprint.get("/")
@requires("settings.change")
def index() -> ResponseReturnValue:
    """The processes with their numbers of timers, and of those that are set."""
    with reading() as connection:
        names = Names(connection)
        rows = [
            (key, names.process(key), len(timers.timed(model)), len(timers.settings(connection, model.process_id)))
            for key, model in _models(connection).items()
        ]
    return render_template("timers/index.html", rows=sorted(rows, key=lambda row: row[1]))


@blueprint.get("/<key>")
@requires("settings.change")
def process(key: str) -> ResponseReturnValue:
    """The timers of one process and the changes of their settings."""
    return _page(key, "", {}, "")


@blueprint.post("/<key>/<element>")
@requires("settings.change")
def configure(key: str, element: str) -> ResponseReturnValue:
    """Sets the time of one timer for those who come to it from now on; an empty text gives it back to the drawing."""
    with reading() as connection:
        model = _model(connection, key)
    if element not in {one.id for one in timers.timed(model)}:
        abort(404)
    text = request.form.get("expression", "").strip()[:LONGEST]
    once = model.elements[element].event is None
    try:
        timers.configure(engine(), person().login, model.process_id, element, text or None, once)
    except errors.InvalidForm as refused:
        return _page(key, element, refused.errors, text), 422
    flash(_("Kept. It counts for those who come to this step from now on."), "done")
    return redirect(url_for("timers.process", key=key, _anchor=element))


def _models(connection: Connection) -> dict[str, bpmn.Model]:
    found = {}
    for row in bundles.listing(connection):
        model = bundles.described(engine(), connection, row.id)
        if timers.timed(model):
            found[row.key] = model
    return found


def _model(connection: Connection, key: str) -> bpmn.Model:
    row = bundles.latest(connection, key)
    if row is None:
        abort(404)
    return bundles.described(engine(), connection, row.id)


def _page(key: str, element: str, wrong: dict[str, errors.Sentence], typed: str) -> str:
    with reading() as connection:
        model, names = _model(connection, key), Names(connection)
        in_force = timers.settings(connection, model.process_id)
        changes = timers.changes(connection, model.process_id)
        people = {one.changed_by: names.person(one.changed_by) for one in changes}
        title = names.process(key)
    rows = [_timer(model, one, in_force.get(one.id, "")) for one in timers.timed(model)]
    return render_template(
        "timers/process.html",
        key=key,
        title=title,
        rows=rows,
        changes=changes,
        people=people,
        steps={one.element: one.name for one in rows},
        wrong_element=element,
        wrong=wrong,
        typed=typed,
        longest=LONGEST,
    )


def _timer(model: bpmn.Model, found: bpmn.Element, set_to: str) -> Timer:
    guarded = model.elements.get(found.attached_to or "")
    return Timer(
        element=found.id,
        name=named(found.names) or found.id,
        guarded=named(guarded.names) if guarded is not None else "",
        drawn=found.timer or found.attributes.get("dueDate", ""),
        set_to=set_to,
    )
