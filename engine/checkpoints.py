"""Moving SQLite's log into the database beside the commits, so that nobody's change waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pysqlite3.dbapi2
from sqlalchemy.exc import SQLAlchemyError

from engine.errors import EngineError
from engine.writers import Writers

log = logging.getLogger(__name__)

COMMITS = 200
"""How many commits the log takes before it is moved: about 4,000 pages of 4 KB, many of them the same ones again."""
PATIENCE_SECONDS = 30
_PRIMARY = 0xFF
"""What of SQLite's extended error codes tells the kind."""
_MOVE = "PRAGMA wal_checkpoint(PASSIVE)"


class Checkpoints:
    """A thread that moves the log when `COMMITS` more were counted; it runs from the first time on until `close`.

    `connected` opens a driver's connection for a while.
    """

    def __init__(self, connected: Callable[[], AbstractContextManager[Any]], writers: Writers) -> None:
        self._connected, self._writers = connected, writers
        self._commits = 0
        self._due = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None

    def count(self) -> None:
        """Tells of a commit, in the writer's turn."""
        self._commits += 1
        if self._commits >= COMMITS:
            self._commits = 0
            self._due.set()
            if self._thread is None or not self._thread.is_alive():  # a forked process has none
                self._begin()

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:  # no more threads: the change is made all the same
            log.warning("No thread to move the log into the database: %s", error)

    def close(self) -> None:
        """Ends the thread once it has done what it is doing."""
        if self._thread is not None and self._thread.is_alive():
            self._closing = True
            self._due.set()
            self._thread.join()
        self._thread, self._closing = None, False
        self._due.clear()

    def _run(self) -> None:
        while True:
            self._due.wait()
            self._due.clear()
            if self._closing:
                return
            try:
                self._move()
            except pysqlite3.dbapi2.Error as error:
                if getattr(error, "sqlite_errorcode", 0) & _PRIMARY == pysqlite3.dbapi2.SQLITE_IOERR:
                    self._writers.fail(error)  # a later write-through would not be told of it again
                else:
                    _warn(error)
            except (EngineError, SQLAlchemyError) as error:
                _warn(error)

    def _move(self) -> None:
        """Most of it while others write; then the rest in a turn, so that the next writer begins the log anew."""
        self._writers.refuse_after_failure()
        with self._connected() as connection:
            connection.execute(_MOVE).fetchall()
            with self._writers.turn(PATIENCE_SECONDS):
                connection.execute(_MOVE).fetchall()


def _warn(error: Exception) -> None:
    log.warning("The log was not moved into the database, and will be tried again later: %s", error)
