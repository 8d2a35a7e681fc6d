"""Passwords: argon2id, checked a few at a time, and as slowly for strangers as for people we know."""

from __future__ import annotations

import secrets
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 12, 128
DIFFERENT = 5
"""How many different characters a password needs."""
_HASHER = PasswordHasher()
# One check takes 64 MiB; more at once would let a stranger fill the memory.
_AT_ONCE = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    """The text to store for a password; raises ValueError when it is longer than 128 characters."""
    if len(password) > LONGEST:
        raise ValueError(f"Expected a password of at most {LONGEST} characters, but it has {len(password)}.")
    return _HASHER.hash(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored hash; a missing hash costs the same time."""
    known = stored or _nobodys_hash()
    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            _HASHER.verify(known, password)
        except (Argon2Error, InvalidHashError):
            return False
    return stored is not None


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_urlsafe(16))
