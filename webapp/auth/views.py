"""The login page, logging out, the start page's way on, and the language switch."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from webapp import people, sessions, throttle
from webapp.auth.forms import LoginForm
from webapp.current import person, reading
from webapp.languages import LANGUAGES
from webapp.layout import entries
from webapp.passwords import is_right
from webapp.permissions import public
from webapp.preferences import choose
from webapp.security import same_site_path

blueprint = Blueprint("auth", __name__, template_folder="templates")


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """The way to the first page that the person may see."""
    if not current_user.is_authenticated:
        return redirect(url_for("auth.login"))
    first = next(iter(entries()), None)
    return redirect(url_for(first.endpoint if first else "account.index"))


@blueprint.get("/login")
@public
def login() -> ResponseReturnValue:
    """The login form."""
    if current_user.is_authenticated:
        return redirect(url_for("auth.start"))
    return _login_page(LoginForm.of(request.args))


@blueprint.post("/login")
@public
def log_in() -> ResponseReturnValue:
    """Checks name and password; a wrong pair is answered without saying which of the two was wrong."""
    form = LoginForm.of(request.form)
    attempt, wait = throttle.begin(form.login)
    if attempt is None:
        minutes = max(1, round(wait / 60))
        sentence = ngettext(
            "Too many tries. Wait %(num)d minute and try again.",
            "Too many tries. Wait %(num)d minutes and try again.",
            minutes,
        )
        return _login_page(form, sentence), 429, {"Retry-After": str(wait)}
    with reading() as connection:
        stored = people.password_hash(connection, form.login)
    if not is_right(stored, form.password):
        return _login_page(form, _("This name and password do not belong together.")), 401
    throttle.succeed(attempt)
    sessions.log_in(form.login)
    response = make_response(redirect(form.next))
    throttle.remember_device(response, form.login)
    return response


@blueprint.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """Ends this session; the browser forgets what it kept of our pages."""
    if current_user.is_authenticated:
        sessions.log_out()
        flash(_("You are logged out."), "done")
    return redirect(url_for("auth.login")), {"Clear-Site-Data": '"cache"'}


@blueprint.post("/language")
@public
def language() -> ResponseReturnValue:
    """Remembers the reader's language: for the person, or for this browser before the login."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_user.is_authenticated:
            choose(person().login, language=chosen)
    return redirect(same_site_path(request.form.get("next")) or "/")


def _login_page(form: LoginForm, error: str = "") -> str:
    return render_template("auth/login.html", form=form, error=error)
