"""The list of running processes, the page of one, its live part, and ending it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import access
from engine import errors, instances
from webapp.current import engine, person, reader, reading
from webapp.instances import page
from webapp.languages import language, say
from webapp.permissions import requires
from webapp.scopes import seen
from webapp.tables import Connection

blueprint = Blueprint("instances", __name__, url_prefix="/instances", template_folder="templates")
SHOWN = 100
BATCH, MOST_BATCHES = 500, 20


@blueprint.get("/")
@requires("instance.read")
def index() -> ResponseReturnValue:
    """The running processes about records that the reader may see, newest first, in pages."""
    after = request.args.get("after")
    with reading() as connection:
        rows, following = _page(connection, after)
    return render_template("instances/index.html", rows=rows, following=following, after=after)


def _page(connection: Connection, after: str | None) -> tuple[list[instances.InstanceRow], str | None]:
    """The next rows that the reader may see, and after which instance to go on; None at the end.

    A page looks through so many instances at most: who sees few of many turns pages that are not full.
    """
    rows: list[instances.InstanceRow] = []
    who = reader(connection)
    for _batch in range(MOST_BATCHES):
        running = instances.running(connection, limit=BATCH, after=after)
        visible = access.readable(connection, who, {one.business_key for one in running})
        rows += [one for one in running if one.business_key in visible]
        if len(rows) > SHOWN:
            return rows[:SHOWN], rows[SHOWN - 1].id
        if len(running) < BATCH:
            return rows, None
        after = running[-1].id
    return rows, after


@blueprint.get("/<instance_id>")
@requires("instance.read")
def show(instance_id: str) -> ResponseReturnValue:
    """One instance with everything about it; `?all=1` also tells the technical lines."""
    everything = request.args.get("all") == "1"
    found = page.load(instance_id, everything=everything)
    return render_template("instances/show.html", page=found, everything=everything, tag=_tag(found.stamp))


@blueprint.get("/<instance_id>/live")
@requires("instance.read")
def live(instance_id: str) -> ResponseReturnValue:
    """What may change while somebody looks: diagram and waits; 304 as long as nothing has."""
    with reading() as connection:
        tag = _tag(page.check(connection, instance_id))
    if request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers={"ETag": tag})
    found = page.load(instance_id, everything=False)
    return render_template("instances/live.html", page=found), 200, {"ETag": _tag(found.stamp)}


@blueprint.post("/<instance_id>/cancel")
@requires("instance.cancel")
def cancel(instance_id: str) -> ResponseReturnValue:
    """Ends the instance with a reason; its open work is withdrawn."""
    with reading() as connection:
        seen(connection, instances.get(connection, instance_id).business_key)
    try:
        instances.cancel(engine(), instance_id, person().login, request.form.get("reason", ""))
    except errors.NotAllowed as refused:
        flash(say(refused.sentence), "error")
    else:
        flash(_("The process was ended and its open work closed."), "done")
    return redirect(url_for("instances.show", instance_id=instance_id))


def _tag(stamp: str) -> str:
    return f'"{stamp}-{language()}"'
