"""How many requests one person, or one address without a person, may send."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from webapp.configuration import WebSettings


def install(app: Flask, web: WebSettings) -> None:
    """Bounds the requests per minute, counted in each process; logins have their own brake (throttle)."""
    if not web.requests_per_minute:
        return
    limiter = Limiter(
        _who,
        default_limits=[f"{web.requests_per_minute} per minute"],
        storage_uri="memory://",
        strategy="moving-window",
    )
    limiter.request_filter(lambda: request.endpoint == "static")
    limiter.init_app(app)


def _who() -> str:
    return f"person:{current_user.login}" if current_user.is_authenticated else get_remote_address()
