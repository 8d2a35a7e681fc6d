"""The page of schedules: what begins when, by which expression, and the next time."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import errors, schedules
from webapp.current import engine, person, reading
from webapp.languages import named
from webapp.permissions import requires

blueprint = Blueprint("schedules", __name__, url_prefix="/schedules", template_folder="templates")
LONGEST = 100


@blueprint.get("/")
@requires("settings.change")
def index() -> ResponseReturnValue:
    """All schedules with their times and the next one."""
    return _page("", {}, "")


@blueprint.post("/<name>")
@requires("settings.change")
def configure(name: str) -> ResponseReturnValue:
    """Sets other times for one schedule; an empty text gives back those it came with."""
    _must_exist(name)
    text = request.form.get("cron", "").strip()[:LONGEST]
    try:
        schedules.configure(engine(), person().login, name, text or None)
    except errors.InvalidForm as refused:
        return _page(name, refused.errors, text), 422
    flash(_("Kept. It waits for its new time from now on."), "done")
    return redirect(url_for("schedules.index", _anchor=name))


@blueprint.post("/<name>/now")
@requires("settings.change")
def begin(name: str) -> ResponseReturnValue:
    """Has one schedule begin at once, beside its usual times."""
    _must_exist(name)
    schedules.run_now(engine(), name)
    flash(_("It begins now."), "done")
    return redirect(url_for("schedules.index", _anchor=name))


def _must_exist(name: str) -> None:
    if name not in engine().schedules:
        abort(404)


def _page(wrong_name: str, wrong: dict[str, errors.Sentence], typed: str) -> str:
    with reading() as connection:
        rows = schedules.listing(engine(), connection)
    titles = {row.name: named(row.names) for row in rows}
    return render_template(
        "schedules/index.html",
        rows=rows,
        titles=titles,
        wrong_name=wrong_name,
        wrong=wrong,
        typed=typed,
        longest=LONGEST,
    )
