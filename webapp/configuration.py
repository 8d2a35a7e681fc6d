"""What the web side can be told from outside; everything else comes wired from bootstrap."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask

MEGABYTE = 1024 * 1024
SECRET_LENGTH = 16


@dataclass(frozen=True)
class WebSettings:
    """How this server is reached.

    `hosts` are the names it answers to (empty: any, for development), `proxies` how many reverse
    proxies stand before it, `secure_cookies` whether browsers reach it by https only,
    `requests_per_minute` the bound for one person or address (0: none), `upload_bytes` the
    largest request.
    """

    hosts: tuple[str, ...] = ()
    proxies: int = 0
    secure_cookies: bool = False
    requests_per_minute: int = 1200
    upload_bytes: int = 64 * MEGABYTE

    @classmethod
    def from_environment(cls, production: bool, environ: Mapping[str, str] | None = None) -> WebSettings:
        """Reads SALESFLOW_HOSTS, _PROXIES, _SECURE_COOKIES, _REQUESTS_PER_MINUTE; raises SystemExit."""
        values = os.environ if environ is None else environ
        return cls(
            hosts=tuple(name.strip() for name in values.get("SALESFLOW_HOSTS", "").split(",") if name.strip()),
            proxies=_count(values, "SALESFLOW_PROXIES", 0),
            secure_cookies=_switch(values, "SALESFLOW_SECURE_COOKIES", production),
            requests_per_minute=_count(values, "SALESFLOW_REQUESTS_PER_MINUTE", 1200),
        )


def _count(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not text.isdecimal():
        raise SystemExit(f"Expected {name} to be a whole number such as {default}, but it is {text!r}.")
    return int(text)


def _switch(values: Mapping[str, str], name: str, default: bool) -> bool:
    text = values.get(name, "1" if default else "0")
    if text not in ("0", "1"):
        raise SystemExit(f"Expected {name} to be 0 or 1, but it is {text!r}.")
    return text == "1"


def configure(app: Flask, secret_key: str, web: WebSettings) -> None:
    """Sets Flask's own switches: cookies, limits, strict templates."""
    if len(secret_key) < SECRET_LENGTH:
        raise SystemExit(
            f"Expected a secret key of at least {SECRET_LENGTH} characters, but it has {len(secret_key)}. "
            "Set SALESFLOW_SECRET_KEY, or name a file with SALESFLOW_SECRET_KEY_FILE."
        )
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="__Host-salesflow" if web.secure_cookies else "salesflow",
        SESSION_COOKIE_SECURE=web.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=web.upload_bytes,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=list(web.hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
        PREFERRED_URL_SCHEME="https" if web.secure_cookies else "http",
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
