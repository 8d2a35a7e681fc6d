"""Trouble with the database as sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from engine.errors import Busy

SQLITE_ERROR = 1


@contextmanager
def translated() -> Iterator[None]:
    """Raises `Busy` where the database is locked, full or not answering; other errors go on as they are."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", None) == SQLITE_ERROR:
            raise  # a wrong statement or a missing table: waiting mends nothing
        raise Busy(
            "The database cannot take the change now (%(reason)s). Nothing was changed; try again in a moment.",
            reason=str(error.orig),
        ) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Busy(
                "The connection to the database was lost (%(reason)s). Nothing was changed; try again in a moment.",
                reason=str(error.orig),
            ) from error
        raise
