"""Bringing a file that was drawn with another tool: it becomes a draft, named as it will be deployed."""

from __future__ import annotations

import re
from pathlib import PurePath

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import bpmn, drafts, errors
from webapp.current import engine, person, reading
from webapp.languages import say
from webapp.modeler import documents
from webapp.modeler.views import blueprint
from webapp.permissions import requires

ENDINGS = {".dmn": "dmn", ".form": "form", ".json": "form"}
_NOT_IN_NAMES = re.compile(r"[^\w.]+")


@blueprint.post("/bring")
@requires("definition.draft")
def bring() -> ResponseReturnValue:
    """Keeps the file sent as the reader's draft and leads to what was found in it; refuses what is no drawing."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        flash(_("Choose a file."), "error")
        return redirect(url_for("modeler.index"))
    content = upload.stream.read()
    kind = ENDINGS.get(PurePath(upload.filename).suffix.lower(), "bpmn")
    try:
        name = _name(kind, upload.filename, content)
        shown = documents.with_diagram(content, upload.filename) if kind == "bpmn" else content
        kept = _keep(kind, name, shown)
    except errors.Rejected as refused:
        flash(" ".join(say(text) for one in refused.findings for text in (one.message, one.remedy)), "error")
        return redirect(url_for("modeler.index"))
    except errors.Conflict as refused:
        flash(say(refused.sentence), "error")
        return redirect(url_for("modeler.index"))
    flash(_("Kept as your draft %(name)s. Nothing is deployed yet.", name=name), "done")
    if shown != content:
        flash(_("It had no complete diagram, so it was laid out."))
    return redirect(url_for("modeler.draft", draft_id=kept.id))


def _name(kind: str, file: str, content: bytes) -> str:
    """A drawing is named after its process, everything else as the file was."""
    process = bpmn.only_process(content, file) if kind == "bpmn" else ""
    name = process.replace("_", "-") or _NOT_IN_NAMES.sub("-", PurePath(file).stem.lower()).strip("-.")
    if not documents.NAME.match(name):
        raise errors.Conflict(
            "Expected a name of letters, digits, - and . with at most 120 of them, but got %(name)s.", name=name[:200]
        )
    return name


def _keep(kind: str, name: str, content: bytes) -> drafts.Draft:
    with reading() as connection:
        mine = documents.own_draft(connection, kind, name)
    if mine is not None and request.form.get("replace") != "yes":
        raise errors.Conflict(
            "Expected a file that is new to you, but you have a draft of %(name)s already. Choose to replace it, or "
            "give the process of the file another id.",
            name=name,
        )
    return drafts.save(engine(), person().login, kind, name, content, mine.id if mine is not None else None)
