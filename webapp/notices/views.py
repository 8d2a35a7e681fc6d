"""The list of notices, marking them read, and following one to what it is about."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import notices
from webapp.current import engine, person, reading
from webapp.failures import wants_json
from webapp.permissions import requires
from webapp.security import same_site_path

blueprint = Blueprint("notices", __name__, url_prefix="/notices", template_folder="templates")


@blueprint.get("/")
@requires("notice.read")
def index() -> ResponseReturnValue:
    """The notices of the person, newest first; with `?unread=1` only what was not read."""
    unread_only = request.args.get("unread") == "1"
    with reading() as connection:
        found = notices.for_user(connection, person().login, unread_only=unread_only, limit=100)
    return render_template("notices/index.html", notices=found, unread_only=unread_only)


@blueprint.post("/read")
@requires("notice.read")
def read_all() -> ResponseReturnValue:
    """Marks all of the person's notices read."""
    notices.mark_read(engine(), person().login)
    return _answer()


@blueprint.post("/<notice_id>/read")
@requires("notice.read")
def read(notice_id: str) -> ResponseReturnValue:
    """Marks one notice read; without JavaScript, goes on to what it is about."""
    notices.mark_read(engine(), person().login, [notice_id])
    return _answer()


def _answer() -> ResponseReturnValue:
    if wants_json():
        with reading() as connection:
            return {"unread": notices.unread(connection, person().login)}
    return redirect(same_site_path(request.form.get("next")) or url_for("notices.index"))
