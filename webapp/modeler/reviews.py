"""A draft's page: what it changes, what is wrong with it, handing it in, deploying it, sending it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from engine import bpmn, bundles, drafts, errors
from webapp import diagrams
from webapp.current import engine, person, reading
from webapp.languages import say
from webapp.modeler import documents
from webapp.modeler.differences import Comparison, compare
from webapp.modeler.views import ENDPOINTS, blueprint
from webapp.names import Names
from webapp.permissions import requires
from webapp.tables import Connection

__all__ = ["blueprint"]

MOST_CHANGES = 300


@dataclass(frozen=True)
class Newer:
    """What was deployed since a draft was begun: what that changed, and its digest."""

    comparison: Comparison
    base: str


@blueprint.get("/drafts/<draft_id>")
@requires("definition.draft", "definition.deploy")
def draft(draft_id: str) -> ResponseReturnValue:
    """A draft for analysts and for those who may deploy it."""
    with reading() as connection:
        found = drafts.get(connection, draft_id)
        base, label = _base(connection, found)
        comparison = compare(found.kind, base, found.content)
        newer = _newer(connection, found)
        names = Names(connection)
        people = {login: names.person(login) for login in (found.author, found.decided_by) if login}
    findings = documents.findings(found.file, found.content) if found.state in documents.OPEN else []
    return render_template(
        "modeler/draft.html",
        draft=found,
        base=label,
        comparison=comparison,
        most=MOST_CHANGES,
        newer=newer,
        findings=documents.plain(findings),
        svg=_picture(found, comparison),
        people=people,
        own=found.author == person().login,
        editor=ENDPOINTS[found.kind],
    )


@blueprint.get("/drafts/<draft_id>/file")
@requires("definition.draft", "definition.deploy")
def file(draft_id: str) -> ResponseReturnValue:
    """A draft as a file, for any editor."""
    with reading() as connection:
        found = drafts.get(connection, draft_id)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(PurePath(found.file).name)}"}
    return Response(found.content, mimetype=documents.MIMES[found.kind], headers=headers)


def _base(connection: Connection, draft: drafts.Draft) -> tuple[bytes | None, str]:
    """What the draft is compared with, and what that is called."""
    if draft.state != "deployed":
        return bundles.content(connection, draft.kind, draft.name), _("what is deployed now")
    if draft.kind != "bpmn":
        return draft.content, ""
    for row in bundles.versions_of_file(connection, draft.name):
        content = bundles.source(connection, row.id)
        if content != draft.content and draft.decided_at is not None and row.created_at <= draft.decided_at:
            return content, _("version %(number)s", number=row.version)
    return None, ""


def _newer(connection: Connection, draft: drafts.Draft) -> Newer | None:
    """What somebody deployed after the draft was begun; None when the draft is up to date."""
    if not drafts.is_outdated(connection, draft):
        return None
    now = bundles.content(connection, draft.kind, draft.name)
    if now is None:
        return None
    before = bundles.former_content(connection, draft.kind, draft.name, draft.base)
    return Newer(compare(draft.kind, before, now), bundles.digest(now))


def _picture(draft: drafts.Draft, comparison: Comparison) -> Markup:
    if draft.kind != "bpmn" or not comparison.readable:
        return Markup()
    marks = {name: bpmn.Mark(classes) for name, classes in comparison.marks.items()}
    return diagrams.picture(bpmn.read(draft.content, draft.file), marks, draft.name)


@blueprint.post("/drafts/<draft_id>/submit")
@requires("definition.draft")
def hand_in(draft_id: str) -> ResponseReturnValue:
    """Hands a draft in for deployment, with a note that says why."""
    note = request.form.get("note", "").strip()
    try:
        drafts.submit(engine(), person().login, draft_id, note)
    except (errors.Rejected, errors.Conflict) as refused:
        flash(say(refused.sentence), "error")
    else:
        flash(_("Handed in. Somebody who may deploy was told."), "done")
    return redirect(url_for("modeler.draft", draft_id=draft_id))


@blueprint.post("/drafts/<draft_id>/rebase")
@requires("definition.draft")
def rebase(draft_id: str) -> ResponseReturnValue:
    """The author says that a draft holds what was deployed since it was begun."""
    try:
        drafts.rebase(engine(), person().login, draft_id, request.form.get("base", ""))
    except (errors.NotAllowed, errors.Conflict) as refused:
        flash(say(refused.sentence), "error")
    else:
        flash(_("The change now stands on what is deployed."), "done")
    return redirect(url_for("modeler.draft", draft_id=draft_id))


@blueprint.post("/drafts/<draft_id>/deploy")
@requires("definition.deploy")
def deploy(draft_id: str) -> ResponseReturnValue:
    """Deploys a draft that somebody else made; running processes stay on their version."""
    try:
        deployed = drafts.deploy(engine(), person().login, draft_id)
    except errors.Rejected as refused:
        flash(say(refused.sentence), "error")
    except (errors.NotAllowed, errors.Conflict) as refused:
        flash(say(refused.sentence), "error")
    else:
        versions = ", ".join(f"{row.key} {row.version}" for row in deployed.versions)
        flash(_("Deployed: %(versions)s. What runs already stays on its version.", versions=versions or "–"), "done")
    return redirect(url_for("modeler.draft", draft_id=draft_id))


@blueprint.post("/drafts/<draft_id>/reject")
@requires("definition.deploy")
def send_back(draft_id: str) -> ResponseReturnValue:
    """Sends a draft back to its author with a reason."""
    try:
        drafts.reject(engine(), person().login, draft_id, request.form.get("reason", ""))
    except (errors.NotAllowed, errors.Conflict) as refused:
        flash(say(refused.sentence), "error")
    else:
        flash(_("Sent back to its author."), "done")
    return redirect(url_for("modeler.draft", draft_id=draft_id))
