"""The account page and its forms."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import delegations, users
from engine import bundles
from webapp import people, sessions
from webapp.account.forms import SubstituteForm
from webapp.current import now, person, reading, writing
from webapp.layout import THEMES
from webapp.permissions import requires
from webapp.preferences import choose

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")
YEAR = 365 * 24 * 3600


@blueprint.get("/")
@requires("profile.change")
def index() -> ResponseReturnValue:
    """Sessions, how pages look, and substitutes."""
    return _page(SubstituteForm())


@blueprint.post("/look")
@requires("profile.change")
def look() -> ResponseReturnValue:
    """Keeps theme (for this browser), single-key shortcuts and mail (for the person)."""
    choose(person().login, shortcuts=request.form.get("shortcuts") == "on")
    with writing() as tx:
        user = users.get(tx.connection, person().login)
        wanted = {"mail_notices": request.form.get("mail_notices") == "on"}
        users.change(tx.connection, user.login, user.row_version, wanted, by=user.login, at=now())
    flash(_("Saved."), "done")
    response = make_response(redirect(url_for("account.index")))
    theme = request.form.get("theme")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=request.is_secure)
    return response


@blueprint.post("/sessions/end")
@requires("profile.change")
def end_session() -> ResponseReturnValue:
    """Ends one session of the person, or (without an id) all the others."""
    chosen = request.form.get("session")
    if chosen == person().session:
        sessions.log_out()
        return redirect(url_for("auth.login"))
    ended = sessions.end(person().login, chosen) if chosen else _end_others()
    if not ended and chosen:
        abort(404)
    flash(_("The session has ended."), "done")
    return redirect(url_for("account.index"))


@blueprint.post("/substitutes")
@requires("delegation.own")
def add_substitute() -> ResponseReturnValue:
    """Lets a colleague act for the person during an absence."""
    form = SubstituteForm.of(request.form)
    asking = person().login
    with reading() as connection:
        colleagues = {user.login for user in people.able(connection, people.WORKS)}
        processes = {row.key for row in bundles.listing(connection)}
    days = form.check(asking, colleagues, processes, now().date())
    if days is None:
        return _page(form), 422
    with writing() as tx:
        delegations.add(tx.connection, asking, form.to_user, *days, process=form.process or None, by=asking, at=now())
    flash(_("Your substitute is noted."), "done")
    return redirect(url_for("account.index"))


@blueprint.post("/substitutes/<int:delegation_id>/end")
@requires("delegation.own")
def end_substitute(delegation_id: int) -> ResponseReturnValue:
    """Ends a substitution of the person's own today."""
    asking = person().login
    with writing() as tx:
        own = {each.id for each in delegations.listing(tx.connection, asking) if each.from_user == asking}
        if delegation_id not in own:
            abort(404)
        delegations.end(tx.connection, delegation_id, now().date(), by=asking, at=now())
    flash(_("The substitution has ended."), "done")
    return redirect(url_for("account.index"))


def _end_others() -> int:
    asking = person()
    with reading() as connection:
        others = [row.id for row in sessions.listing(connection, asking.login, asking.session) if not row.current]
    return sum(sessions.end(asking.login, each) for each in others)


def _page(form: SubstituteForm) -> str:
    asking = person()
    with reading() as connection:
        page: dict[str, Any] = {
            "sessions": sessions.listing(connection, asking.login, asking.session),
            "colleagues": [each for each in people.able(connection, people.WORKS) if each.login != asking.login],
            "substitutes": delegations.listing(connection, asking.login),
            "processes": bundles.listing(connection),
            "mail": users.get(connection, asking.login),
            "people": {each.login: each for each in users.listing(connection)},
        }
    return render_template("account/index.html", form=form, today=now().date(), **page)
