"""The list of what can be edited, the editors, what they ask of the server, and new files."""

from __future__ import annotations

import re

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import bundles, drafts, errors
from webapp.current import engine, person, reading
from webapp.diagrams import LARGEST
from webapp.languages import language
from webapp.modeler import blank, documents
from webapp.modeler.documents import Document, document
from webapp.names import Names
from webapp.permissions import requires
from webapp.security import policy

blueprint = Blueprint("modeler", __name__, url_prefix="/editor", template_folder="templates")
NEW_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}\Z")
KINDS_IN_PATH = "<any(bpmn, dmn, form):kind>"


@blueprint.get("/")
@requires("definition.draft", "definition.deploy")
def index() -> ResponseReturnValue:
    """Everything that can be edited, and the drafts of changes to it."""
    with reading() as connection:
        found = drafts.listing(connection)
        files = {kind: documents.names(connection, kind) for kind in documents.KINDS}
        names = Names(connection)
        authors = {one.author: names.person(one.author) for one in found}
        titles = {key: names.process(key) for key in files["bpmn"]}
    return render_template(
        "modeler/index.html",
        drafts=found,
        files=files,
        authors=authors,
        titles=titles,
        may_draft=person().may("definition.draft"),
    )


@blueprint.post("/new")
@requires("definition.draft")
def new() -> ResponseReturnValue:
    """Begins a new drawing, table or form as a draft and opens its editor."""
    kind, name = request.form.get("kind", ""), request.form.get("name", "").strip().lower()
    if kind not in documents.KINDS or not NEW_NAME.match(name):
        flash(_("Expected a name of small letters, digits, - and ., such as handle-complaint."), "error")
        return redirect(url_for("modeler.index"))
    with reading() as connection:
        known = bundles.content(connection, kind, name) is not None
        known = known or documents.own_draft(connection, kind, name) is not None
    if not known:
        drafts.save(engine(), person().login, kind, name, blank.content(kind, name))
    return redirect(url_for(f"modeler.{ENDPOINTS[kind]}", name=name))


ENDPOINTS = {"bpmn": "drawing", "dmn": "table", "form": "form"}


@blueprint.get("/bpmn/<name>")
@requires("definition.draft")
@policy("modeler")
def drawing(name: str) -> ResponseReturnValue:
    """The editor of a drawing."""
    return _editor("bpmn", name)


@blueprint.get("/dmn/<name>")
@requires("definition.draft")
@policy("decisions")
def table(name: str) -> ResponseReturnValue:
    """The editor of a file of decision tables."""
    return _editor("dmn", name)


@blueprint.get("/form/<name>")
@requires("definition.draft")
@policy("form_editor")
def form(name: str) -> ResponseReturnValue:
    """The editor of a form."""
    return _editor("form", name)


def _editor(kind: str, name: str) -> ResponseReturnValue:
    with reading() as connection:
        found = document(connection, kind, name)
    if kind == "bpmn" and len(found.content) > LARGEST:
        text = _(
            "This drawing is too large for the editor in the browser. Save its file, change it with another tool, and "
            "bring it."
        )
        flash(text, "error")
        return redirect(url_for("modeler.index"))
    return render_template("modeler/editor.html", document=found, page=documents.PAGES[kind], code=language())


@blueprint.get(f"/{KINDS_IN_PATH}/<name>/content")
@requires("definition.draft")
def content(kind: str, name: str) -> ResponseReturnValue:
    """The file as text: the reader's draft, else what is deployed; a drawing with every step and flow placed."""
    with reading() as connection:
        found = document(connection, kind, name)
    shown = documents.with_diagram(found.content, found.name) if kind == "bpmn" else found.content
    return Response(shown, mimetype=documents.MIMES[kind])


@blueprint.post(f"/{KINDS_IN_PATH}/<name>/lint")
@requires("definition.draft")
def lint(kind: str, name: str) -> ResponseReturnValue:
    """What is wrong with the content sent; nothing is stored."""
    found = documents.findings(documents.file_of(kind, name), request.get_data())
    return {"findings": documents.plain(found)}


@blueprint.post(f"/{KINDS_IN_PATH}/<name>/save")
@requires("definition.draft")
def save(kind: str, name: str) -> ResponseReturnValue:
    """Keeps the content sent as the reader's draft, however wrong it still is."""
    saved = _save(kind, name)
    with reading() as connection:
        newer = drafts.is_outdated(connection, saved)
    if not newer:
        return {"version": saved.row_version, "message": _("Saved as a draft.")}
    message = _("Saved as a draft. Somebody deployed a newer %(name)s meanwhile: see the page of the draft.", name=name)
    return {"version": saved.row_version, "message": message}


@blueprint.post(f"/{KINDS_IN_PATH}/<name>/submit")
@requires("definition.draft")
def submit(kind: str, name: str) -> ResponseReturnValue:
    """Keeps the content and, when it can run, leads to the draft's page, where it is handed in with a note."""
    saved = _save(kind, name)
    found = documents.findings(saved.file, saved.content)
    if any(one.severity == "error" for one in found):
        message = _("Saved, but it cannot be handed in yet: see the findings.")
        return {"version": saved.row_version, "message": message, "findings": documents.plain(found)}, 422
    address = url_for("modeler.draft", draft_id=saved.id)
    return {"version": saved.row_version, "message": _("Saved. Now say what changed."), "redirect": address}


def _save(kind: str, name: str) -> drafts.Draft:
    with reading() as connection:
        found = document(connection, kind, name)
    _refuse_older(found)
    draft_id = found.draft.id if found.draft is not None else None
    begun_from = request.headers.get("X-Draft-Base", "") or None
    return drafts.save(engine(), person().login, kind, name, request.get_data(), draft_id, begun_from)


def _refuse_older(found: Document) -> None:
    """An editor that was opened before the draft was saved elsewhere must not overwrite it."""
    sent = request.headers.get("X-Draft-Version", "")
    if sent and sent != str(found.version):
        raise errors.Conflict(
            "This draft was saved from another window meanwhile. Copy what you need, reload the page and go on "
            "from there."
        )
