"""A draft's page: what it changes, what is wrong with it, handing it in, deploying it, sending it back."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import drafts, errors
from webapp.current import engine, person, reading
from webapp.languages import language, say
from webapp.later import Failed
from webapp.modeler import documents
from webapp.modeler.assessment import MOST, Assessment, assessed, look_again
from webapp.modeler.views import ENDPOINTS, blueprint
from webapp.names import Names
from webapp.permissions import requires

__all__ = ["blueprint"]
WAITING, FAILED = '"waiting"', '"failed"'


@blueprint.get("/drafts/<draft_id>")
@requires("definition.draft", "definition.deploy")
def draft(draft_id: str) -> ResponseReturnValue:
    """A draft for analysts and for those who may deploy it; of a large one, first that it is being looked at."""
    with reading() as connection:
        found = drafts.get(connection, draft_id)
        names = Names(connection)
        people = {login: names.person(login) for login in (found.author, found.decided_by) if login}
        assessment = assessed(connection, found)
    return render_template("modeler/draft.html", people=people, waiting=WAITING, **_shown(found, assessment))


@blueprint.get("/drafts/<draft_id>/assessment")
@requires("definition.draft", "definition.deploy")
def assessment(draft_id: str) -> ResponseReturnValue:
    """The part of a large draft's page that comes later; 304 until then, and while it stays the same."""
    with reading() as connection:
        found = drafts.get(connection, draft_id)
        made = assessed(connection, found)
    tag = WAITING if made is None else FAILED if isinstance(made, Failed) else f'"{found.row_version}-{language()}"'
    if request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers={"ETag": tag})
    return render_template("modeler/assessment.html", **_shown(found, made)), 200, {"ETag": tag}


@blueprint.post("/drafts/<draft_id>/assessment")
@requires("definition.draft", "definition.deploy")
def assess_again(draft_id: str) -> ResponseReturnValue:
    """Looks at a large draft once more, after that has failed."""
    with reading() as connection:
        look_again(connection, drafts.get(connection, draft_id))
    return redirect(url_for("modeler.draft", draft_id=draft_id))


def _shown(found: drafts.Draft, assessment: Assessment | Failed | None) -> dict[str, Any]:
    return {
        "draft": found,
        "page": assessment,
        "failure": assessment.number if isinstance(assessment, Failed) else "",
        "most": MOST,
        "own": found.author == person().login,
        "editor": ENDPOINTS[found.kind],
    }


@blueprint.get("/drafts/<draft_id>/file")
@requires("definition.draft", "definition.deploy")
def file(draft_id: str) -> ResponseReturnValue:
    """A draft as a file, for any editor."""
    with reading() as connection:
        found = drafts.get(connection, draft_id)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(PurePath(found.file).name)}"}
    return Response(found.content, mimetype=documents.MIMES[found.kind], headers=headers)


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
