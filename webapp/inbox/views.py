"""The inbox list, and the verbs of one task: claim, give back, save a draft, complete, hand over."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import approvals, errors, inbox, user_tasks
from webapp import languages
from webapp.answers import answers
from webapp.current import engine, now, person, reading
from webapp.inbox import afterwards, newer, pages
from webapp.inbox.forms import PAGE, Filter
from webapp.languages import say
from webapp.permissions import requires
from webapp.picking import is_search
from webapp.uploads import with_uploads

blueprint = Blueprint("inbox", __name__, template_folder="templates")
SEES_ALL, HAS_TEAM = "instance.cancel", "delegation.team"


@blueprint.get("/inbox")
@requires("task.work")
def index() -> ResponseReturnValue:
    """The list of open tasks: mine or my groups', overdue ones first."""
    wanted = Filter.of(request.args, _scopes())
    return render_template("inbox/index.html", **_list(wanted), tag=_tag(wanted))


@blueprint.get("/inbox/rows")
@requires("task.work")
def rows() -> ResponseReturnValue:
    """The rows alone, for polling: 304 as long as nothing has changed."""
    wanted = Filter.of(request.args, _scopes())
    tag = _tag(wanted)
    if request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers={"ETag": tag})
    return render_template("inbox/rows.html", **_list(wanted)), 200, {"ETag": tag}


@blueprint.get("/tasks/<task_id>")
@requires("task.work")
def task(task_id: str) -> ResponseReturnValue:
    """The page of one task; a finished one shows what became of it."""
    return pages.render(pages.load(task_id))


@blueprint.post("/tasks/<task_id>/claim")
@requires("task.work")
def claim(task_id: str) -> ResponseReturnValue:
    """Takes a group's task and opens it."""
    pages.load(task_id)
    user_tasks.claim(engine(), task_id, person().login)
    return redirect(url_for("inbox.task", task_id=task_id))


@blueprint.post("/tasks/<task_id>/release")
@requires("task.work")
def release(task_id: str) -> ResponseReturnValue:
    """Gives a task back to its group."""
    pages.load(task_id)
    user_tasks.release(engine(), task_id, person().login)
    flash(_("The task is back with its group."), "done")
    return redirect(url_for("inbox.index", scope="groups"))


@blueprint.post("/tasks/<task_id>/draft")
@requires("task.work")
def draft(task_id: str) -> ResponseReturnValue:
    """Keeps what was typed so far; nothing is checked."""
    found = pages.load(task_id)
    values = _answered(found, request.form)
    user_tasks.save_draft(engine(), task_id, person().login, values)
    return {"saved": True}


@blueprint.post("/tasks/<task_id>/fields")
@requires("task.work")
def fields(task_id: str) -> ResponseReturnValue:
    """What other answers change in the form: fields shown or hidden, computed values; nothing is stored."""
    found = pages.load(task_id)
    values = _answered(found, request.form)
    return render_template("inbox/changes.html", fields=pages.shown(found, values), sent=request.form)


@blueprint.post("/tasks/<task_id>/complete")
@requires("task.work")
def complete(task_id: str) -> ResponseReturnValue:
    """Finishes a task; wrong answers come back with their sentences, a task that somebody else finished is told."""
    found = pages.load(task_id)
    sent, refused = with_uploads(found.page.form if found.may_work else None, found.page.task.business_key)
    values = _answered(found, sent)
    if refused or is_search():
        return pages.render(found, values, refused), 422 if refused else 200
    version = request.form.get("_version", "")
    expected = int(version) if version.isdecimal() and len(version) < 12 else None
    seen, zone = request.form.get("_record"), now().tzinfo or UTC
    try:
        done = user_tasks.complete(engine(), task_id, person().login, values, expected, seen, zone)
    except errors.InvalidForm as wrong:
        return pages.render(found, values, wrong.errors), 422
    except errors.RecordChanged as changed:
        again = pages.load(task_id)
        return newer.render(again, values, changed, again.page.record), 409
    except errors.Conflict as stale:
        return _stale(task_id, values, stale.sentence)
    except user_tasks.HandlerFailed as failed:
        return pages.render(pages.load(task_id), values, trouble=failed.sentence), 409
    following = afterwards.after(done, found.page.task)
    flash(following.sentence, "done")
    on = following.task_id
    return redirect(url_for("inbox.task", task_id=on) if on else url_for("inbox.index"))


@blueprint.post("/tasks/<task_id>/reassign")
@requires("task.reassign")
def reassign(task_id: str) -> ResponseReturnValue:
    """Hands a task to somebody else."""
    to = request.form.get("to", "")
    pages.refuse_unable(pages.load(task_id), to)
    user_tasks.reassign(engine(), task_id, person().login, to)
    flash(_("The task is handed over."), "done")
    return redirect(url_for("inbox.index"))


@blueprint.post("/tasks/<task_id>/approver")
@requires("approval.pick")
def approver(task_id: str) -> ResponseReturnValue:
    """Names who decides an approval for which no manager was found."""
    to = request.form.get("to", "")
    pages.refuse_unable(pages.load(task_id), to)
    user_tasks.pick_approver(engine(), task_id, person().login, to)
    flash(_("The approver is named and told."), "done")
    return redirect(url_for("inbox.task", task_id=task_id))


def _answered(found: pages.Found, sent: MultiDict[str, str]) -> dict[str, Any]:
    """The answers of the task's form, times in the zone of the person asking."""
    return answers(found.page.form, sent, now().tzinfo, found.page.task.business_key)


def _scopes() -> dict[str, str]:
    """Whose tasks the reader may list, with the title of each list."""
    found = {"mine": _("Mine"), "groups": _("My groups")}
    if person().may(HAS_TEAM):
        found["team"] = _("My team")
    if person().may(SEES_ALL):
        found["all"] = _("All")
    return found


def _list(wanted: Filter) -> dict[str, object]:
    login = person().login
    with reading() as connection:
        directory = engine().directory(connection)
        found = inbox.tasks(
            connection, directory, login, now(), scope=wanted.scope, text=wanted.text,
            overdue_only=wanted.late, limit=PAGE + 1, offset=PAGE * (wanted.page - 1),
        )  # fmt: skip
        asked = approvals.requesters(connection, [row.id for row in found if row.kind == "approval"])
        names = pages.names_of(connection, {row.assignee for row in found} | set(asked.values()))
        counts = inbox.counts(connection, directory, login, now())
    return {
        "rows": found[:PAGE],
        "more": len(found) > PAGE,
        "counts": counts,
        "wanted": wanted,
        "names": names,
        "asked": asked,
        "scopes": _scopes(),
    }


def _tag(wanted: Filter) -> str:
    """Changes when the reader's list would look different: its tasks, what is late, filter, language, day."""
    login = person().login
    with reading() as connection:
        directory = engine().directory(connection)
        if wanted.scope in ("team", "all"):
            whole = inbox.tasks(connection, directory, login, now(), scope=wanted.scope, text=wanted.text, limit=PAGE)
            version = " ".join(f"{row.id}{row.version}{row.overdue}" for row in whole)
        else:
            late = inbox.counts(connection, directory, login, now())["overdue"]
            version = f"{inbox.version_of(connection, directory, login, now())} {late}"
    parts = (version, languages.language(), str(now().date()), str(wanted))
    return f'"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:24]}"'


def _stale(task_id: str, values: dict[str, Any], sentence: errors.Sentence) -> ResponseReturnValue:
    found = pages.load(task_id)
    if found.page.right is not None and found.is_open:
        return pages.render(found, values, trouble=sentence), 409
    kept = pages.readable(found.page.form, values)
    return render_template("inbox/stale.html", task=found.page.task, sentence=say(sentence), kept=kept), 409
