"""The tree of processes, one process and its versions, and starting one by hand."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import access, any_record
from engine import bundles, errors
from webapp.catalogue import page
from webapp.catalogue.tree import tree
from webapp.current import application, person, reader, reading
from webapp.languages import say
from webapp.names import Names
from webapp.permissions import requires
from webapp.startable import kinds_for, startable
from webapp.starting import begin, choices
from webapp.tables import Connection

blueprint = Blueprint("catalogue", __name__, url_prefix="/processes", template_folder="templates")


@blueprint.get("/")
@requires("definition.read")
def index() -> ResponseReturnValue:
    """The documented hierarchy: areas, stages, flows, and what is deployed of it."""
    with reading() as connection:
        areas, others = tree(connection)
    return render_template("catalogue/index.html", areas=areas, others=others)


@blueprint.get("/<key>")
@requires("definition.read")
def show(key: str) -> ResponseReturnValue:
    """One process as it runs today."""
    return _page(key, None)


@blueprint.get("/<key>/versions/<int:number>")
@requires("definition.read")
def version(key: str, number: int) -> ResponseReturnValue:
    """One version of a process; running instances stay on theirs."""
    return _page(key, number)


def _page(key: str, number: int | None) -> ResponseReturnValue:
    with reading() as connection:
        found = page.load(connection, key, number)
        may_begin = _may_begin(connection, key)
        starts = choices(connection, key) if found.newest else ()
    may_start = bool(starts) and person().may("process.start")
    return render_template(
        "catalogue/show.html",
        page=found,
        can_start=may_start and bool(kinds_for(key)),
        can_begin=may_start and may_begin,
        kinds=kinds_for(key),
        choices=starts,
        begins_by_itself=found.row is not None and found.newest and not starts,
    )


@blueprint.get("/<key>/versions/<int:number>/source")
@requires("definition.read")
def source(key: str, number: int) -> ResponseReturnValue:
    """The drawing of a version as it was deployed, for any BPMN editor."""
    with reading() as connection:
        row = next((one for one in bundles.versions(connection, key) if one.version == number), None)
        if row is None:
            raise errors.NotFound("Expected version %(number)s of %(key)s, but there is none.", number=number, key=key)
        content = bundles.source(connection, row.id)
    headers = {"Content-Disposition": f'attachment; filename="{row.key}.v{number}.bpmn"'}
    return Response(content, mimetype="application/xml", headers=headers)


@blueprint.post("/<key>/start")
@requires("process.start")
def start(key: str) -> ResponseReturnValue:
    """Starts the process on the record whose number was typed."""
    number = request.form.get("number", "").strip().upper()
    try:
        business_key = _startable_record(key, number)
    except (errors.NotFound, errors.Conflict) as refused:
        return _refused(key, say(refused.sentence))
    try:
        return begin(key, business_key)
    except errors.Conflict as refused:
        return _refused(key, say(refused.sentence))


@blueprint.post("/<key>/begin")
@requires("process.start")
def begin_new(key: str) -> ResponseReturnValue:
    """Starts the process without a record; one that it makes or finds becomes its own."""
    with reading() as connection:
        allowed = _may_begin(connection, key)
    if not allowed:
        return _refused(key, _("You may not start this process without a record. Start it on one."))
    try:
        return begin(key, f"{access.PERSON}:{person().login}")
    except errors.RunsAlready:
        return _refused(key, _("You began this already and have not come to a record yet. Finish that one first."))
    except errors.Conflict as refused:
        return _refused(key, say(refused.sentence))


def _refused(key: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "error")
    return redirect(url_for("catalogue.show", key=key))


def _may_begin(connection: Connection, key: str) -> bool:
    """Whether the reader may begin a process that has no record yet: as the matrix says.

    One that is not in the catalogue is begun by operations, and by whom its drawing names.
    """
    who, row = reader(connection), bundles.latest(connection, key)
    if key in application().catalogue.by_key or row is None:
        return access.may_begin(who, key)
    bundle = Names(connection).bundle(row.id)
    return not bundle.models[bundle.process].starters.isdisjoint({who.login, *who.roles}) or "ops" in who.roles


def _startable_record(key: str, number: str) -> str:
    with reading() as connection:
        who = reader(connection)
        named_so = [kind.business_key(number) for kind in kinds_for(key)]
        for business_key in named_so:
            if access.may_read(connection, who, business_key):
                if key in startable(connection, any_record.of_key(connection, who, business_key)):
                    return business_key
    raise errors.Conflict(
        "Expected a record on which this process may start now, but %(number)s is not one.", number=number
    )
