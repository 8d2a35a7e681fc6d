"""The account page and its forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import delegations, users
from engine import bundles, contract, errors, notices
from webapp import passwords, people, sessions, throttle
from webapp.account.forms import PasswordForm, SubstituteForm
from webapp.current import engine, now, person, reading, writing
from webapp.layout import THEMES
from webapp.permissions import requires
from webapp.preferences import choose
from webapp.tables import Connection

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


@blueprint.post("/password")
@requires("profile.change")
def password() -> ResponseReturnValue:
    """Changes the person's password and ends all other sessions; tries count as tries to log in."""
    form, login = PasswordForm.of(request.form), person().login
    if not form.check(login):
        return _page(SubstituteForm(), form), 422
    attempt, wait = throttle.begin(login)
    if attempt is None:
        form.errors["present"] = errors.Sentence("Too many tries. Wait a few minutes and try again.")
        return _page(SubstituteForm(), form), 429, {"Retry-After": str(wait)}
    with reading() as connection:
        stored = people.password_hash(connection, login)
    if not passwords.is_right(stored, form.present):
        form.errors["present"] = errors.Sentence("This is not your present password.")
        return _page(SubstituteForm(), form), 422
    throttle.succeed(attempt)
    with writing() as tx:
        users.set_password_hash(tx.connection, login, passwords.hash_password(form.new), by=login, at=now())
    _end_others()
    flash(_("Your password is changed. Everywhere else you are logged out."), "done")
    return redirect(url_for("account.index"))


@blueprint.post("/substitutes")
@requires("delegation.own")
def add_substitute() -> ResponseReturnValue:
    """Lets a colleague act for the person, or for somebody of a manager's team, during an absence."""
    form, asking = SubstituteForm.of(request.form), person().login
    form.from_user = form.from_user or asking
    with reading() as connection:
        colleagues = {user.login for user in people.able(connection, people.WORKS)}
        processes = {row.key for row in bundles.listing(connection)}
        absent = [asking, *_team(connection)]
    days = form.check(absent, colleagues, processes, now().date())
    if days is None:
        return _page(form), 422
    with writing() as tx:
        who = (form.from_user, form.to_user)
        delegations.add(tx.connection, *who, *days, process=form.process or None, by=asking, at=now())
        notices.send(tx, engine().directory(tx.connection), now(), _told(form, days), url_for("account.index"))
    flash(_("The substitute is noted."), "done")
    return redirect(url_for("account.index"))


@blueprint.post("/substitutes/<int:delegation_id>/end")
@requires("delegation.own")
def end_substitute(delegation_id: int) -> ResponseReturnValue:
    """Ends a substitution of the person's own, or of a manager's team, today."""
    asking = person().login
    with writing() as tx:
        own = {each.id for each, may_end in _substitutions(tx.connection) if may_end}
        if delegation_id not in own:
            abort(404)
        delegations.end(tx.connection, delegation_id, now().date(), by=asking, at=now())
    flash(_("The substitution has ended."), "done")
    return redirect(url_for("account.index"))


def _team(connection: Connection) -> tuple[str, ...]:
    """The people below, for those who may name substitutes for them."""
    return engine().directory(connection).reports_of(person().login) if person().may("delegation.team") else ()


def _substitutions(connection: Connection) -> list[tuple[delegations.Delegation, bool]]:
    """The substitutions that concern the person or a manager's team, and which of them the person may end."""
    asking, team = person().login, set(_team(connection))
    return [
        (each, each.from_user == asking or each.from_user in team)
        for each in delegations.listing(connection)
        if asking in (each.from_user, each.to_user) or each.from_user in team
    ]


def _told(form: SubstituteForm, days: tuple[date, date]) -> list[contract.Notice]:
    """What those concerned read who did not ask themselves."""
    asking = person()
    words = {"who": asking.names["en"], "start": str(days[0]), "end": str(days[1])}
    texts = {
        form.from_user: "%(who)s named a substitute for you, from %(start)s until %(end)s.",
        form.to_user: "%(who)s asked you to stand in for somebody, from %(start)s until %(end)s.",
    }
    return [
        contract.Notice(login, None, errors.Sentence(text, **words))
        for login, text in texts.items()
        if login != asking.login
    ]


def _end_others() -> int:
    asking = person()
    with reading() as connection:
        others = [row.id for row in sessions.listing(connection, asking.login, asking.session) if not row.current]
    return sum(sessions.end(asking.login, each) for each in others)


def _page(form: SubstituteForm, password: PasswordForm | None = None) -> str:
    asking = person()
    with reading() as connection:
        page: dict[str, Any] = {
            "sessions": sessions.listing(connection, asking.login, asking.session),
            "colleagues": people.able(connection, people.WORKS),
            "team": _team(connection),
            "substitutes": _substitutions(connection),
            "processes": bundles.listing(connection),
            "mail": users.get(connection, asking.login),
            "people": {each.login: each for each in users.listing(connection)},
        }
    typed = password or PasswordForm()
    return render_template("account/index.html", form=form, password=typed, today=now().date(), **page)
