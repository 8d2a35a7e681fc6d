"""What an administrator does with a user beside the fields: give roles, and set a password to begin with."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import users
from engine import errors
from webapp import passwords, sessions
from webapp.current import now, person, reading, writing
from webapp.permissions import requires
from webapp.record_pages.views import blueprint, show

RANDOM_BYTES = 12


@blueprint.context_processor
def _roles() -> dict[str, Any]:
    return {"all_roles": users.ROLES, "roles_of": _roles_of}


def _roles_of(login: str) -> tuple[str, ...]:
    with reading() as connection:
        return tuple(users.get(connection, login).roles)


@blueprint.post("/user/<number>/roles")
@requires("user.manage")
def give_roles(number: str) -> ResponseReturnValue:
    """Gives a user exactly the roles that were ticked; they count from the next request on."""
    roles = request.form.getlist("role")
    version = request.form.get("_version", "")
    if number == person().login and "adm" not in roles:
        raise errors.Conflict("Nobody takes this role from themselves. Ask another administrator.")
    with writing() as running:
        seen = int(version) if version.isdecimal() and len(version) < 10 else 0
        users.change(running.connection, number, seen, {}, by=person().login, at=now(), roles=roles)
    flash(_("The roles are changed."), "done")
    return redirect(url_for("record_pages.show", key="user", number=number))


@blueprint.post("/user/<number>/password")
@requires("user.manage")
def set_password(number: str) -> ResponseReturnValue:
    """Sets a random password, shows it in this answer alone, and logs the user out everywhere.

    Nothing is redirected: until the next page the password would lie in a cookie.
    """
    with reading() as connection:
        login = users.get(connection, number).login
    password = secrets.token_urlsafe(RANDOM_BYTES)
    hashed = passwords.hash_password(password)
    with writing() as running:
        users.set_password_hash(running.connection, login, hashed, by=person().login, at=now())
    sessions.end(login)
    flash(_("The password is now %(password)s. It is shown only this once.", password=password), "done")
    return show("user", login)
