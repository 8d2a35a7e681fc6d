"""Who may call a route. Every route says so itself; an app with a silent route does not start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crm.permissions import ALL

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = ("public",)
_MARK = "salesflow_permission"


def requires(*permissions: str) -> Callable[[View], View]:
    """Marks a view as open to people who hold one of the permissions (names: crm.permissions)."""
    unknown = sorted(set(permissions) - ALL)
    if unknown or not permissions:
        raise ValueError(f"Expected permissions that crm.permissions knows, but got {', '.join(unknown) or 'none'}.")

    def mark(view: View) -> View:
        setattr(view, _MARK, permissions)
        return view

    return mark


def public(view: View) -> View:
    """Marks a view as open to everybody, logged in or not."""
    setattr(view, _MARK, PUBLIC)
    return view


def demanded(app: Flask, endpoint: str) -> tuple[str, ...] | None:
    """What a route demands: one of these permissions, `PUBLIC`, or None when it says nothing."""
    return getattr(app.view_functions[endpoint], _MARK, None)


def install(app: Flask) -> None:
    """Asks `authorize` before every request."""
    if app.has_static_folder:
        public(app.view_functions["static"])
    app.before_request(_check_request)


def refuse_silent_routes(app: Flask) -> None:
    """Raises RuntimeError naming every route that declares neither a permission nor that it is public."""
    silent = [rule.rule for rule in app.url_map.iter_rules() if demanded(app, rule.endpoint) is None]
    if silent:
        raise RuntimeError(
            f"Expected every route to declare @requires(...) or @public, but these do not: {', '.join(silent)}."
        )


def authorize(permissions: tuple[str, ...]) -> ResponseReturnValue | None:
    """None when the person asking may go on; else the way to the login page, or 403."""
    if permissions == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _to_login()
    if not any(map(current_user.may, permissions)):
        abort(403)
    return None


def _check_request() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    permissions = demanded(current_app, request.endpoint)
    if permissions is None:
        abort(403)
    return authorize(permissions)


def _to_login() -> ResponseReturnValue:
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": url_for("auth.login")}
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.login", next=back))
