"""Headers, content security policy, and the refusal of requests that another site sent."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from flask_login import current_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import assets
from webapp.configuration import WebSettings

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_RELAXED = "salesflow_policy"
BASE_POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce-{nonce}'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "report-uri": "/csp",
}


def policy(page: str) -> Callable[[View], View]:
    """Gives one view the relaxations that the bundle of `page` (an editor) was built with, and no other."""

    def mark(view: View) -> View:
        setattr(view, _RELAXED, page)
        return view

    return mark


def install(app: Flask, web: WebSettings) -> None:
    """Puts the protections around every request."""
    CSRFProtect(app)
    app.before_request(_refuse_foreign_requests)
    app.after_request(_set_headers)
    app.jinja_env.globals["nonce"] = nonce
    if web.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=web.proxies, x_proto=web.proxies, x_host=web.proxies
        )


def nonce() -> str:
    """The number that this response's scripts must carry."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def same_site_path(target: str | None) -> str | None:
    """`target` when it is a path within this site, else None: a login never forwards to a stranger."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(character < " " for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def _refuse_foreign_requests() -> None:
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def _set_headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _policy_text()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.endpoint != "static":
        headers["Vary"] = "Cookie, Accept-Language, HX-Request"
        headers.setdefault("Cache-Control", "no-store" if current_user.is_authenticated else "no-cache")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def _policy_text() -> str:
    view = current_app.view_functions.get(request.endpoint or "")
    page = getattr(view, _RELAXED, None)
    directives = {name: value.format(nonce=nonce()) for name, value in BASE_POLICY.items()}
    directives |= assets.policy(page, nonce()) if page else {}
    return "; ".join(f"{name} {value}" for name, value in directives.items())
