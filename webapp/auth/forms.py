"""What the login form holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.security import same_site_path


@dataclass(frozen=True)
class LoginForm:
    """A try to log in: the name typed, the password, and where to go afterwards."""

    login: str
    password: str
    next: str

    @classmethod
    def of(cls, form: Mapping[str, str]) -> LoginForm:
        """Reads the request's form; a foreign `next` becomes the start page."""
        return cls(
            login=form.get("login", "").strip().lower()[:80],
            password=form.get("password", ""),
            next=same_site_path(form.get("next")) or "/",
        )
