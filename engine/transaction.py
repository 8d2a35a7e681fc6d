"""The only place that begins and commits transactions. One command, one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pysqlite3.dbapi2
import sqlalchemy
from sqlalchemy import Connection, CursorResult, Executable, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from engine.errors import Busy
from engine.prepared import HOOKS, Hooks, run_text

__all__ = ["Connection", "Database", "Transaction"]

LOCK_WAIT_SECONDS = 30
SQLITE_ERROR = 1
CHECKPOINT_PAGES = 4000
"""How many pages (of 4 KB) SQLite's log grows before a commit moves them into the file. A completion writes about
twenty, many of them the same ones again: with SQLite's own 1,000 every fiftieth person would wait for the moving."""
KEPT_STATEMENTS = 2000
"""Parsed statements that a SQLite connection keeps. The driver's own 100 fill up at the start with statements that
never come again, and a full store drops whatever is new: then every statement is parsed anew each time."""
Values = Mapping[str, Any]


class Transaction:
    """A running write transaction: its connection, and what to do once it is committed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._after_commit: list[Callable[[], None]] = []

    def execute(self, statement: Executable, values: Values | Sequence[Values] | None = None) -> CursorResult[Any]:
        """Runs one Core statement."""
        return self.connection.execute(statement, values)

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Has `callback` called after the commit; never when the transaction is rolled back."""
        self._after_commit.append(callback)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can be undone by itself: an exception rolls back to here and goes on upwards.

        Rolling back leaves the savepoint open: it is released as well, so that one around it finds its own.
        """
        run_text(self.connection, "SAVEPOINT step")
        done = False
        try:
            yield
            done = True
        finally:
            if not self.connection.invalidated:
                if not done:
                    run_text(self.connection, "ROLLBACK TO SAVEPOINT step")
                run_text(self.connection, "RELEASE SAVEPOINT step")

    def finish(self) -> None:
        """Calls what waited for the commit."""
        for callback in self._after_commit:
            callback()


class Database:
    """A SQLite file or a PostgreSQL database.

    `url` is an SQLAlchemy URL (`sqlite:///var/salesflow.db`, `postgresql+psycopg://…`);
    `synchronous` is SQLite's durability at commit: FULL survives power loss, NORMAL a killed
    process only. What `hooks` holds is called after every commit and around statements (for tests
    that kill the process there). SQLite comes from pysqlite3, because releases before 3.51.3, which
    Python ships, can corrupt a database that two connections write and checkpoint (WAL reset).
    """

    def __init__(self, url: str, *, synchronous: str = "FULL", pool_size: int = 8) -> None:
        self.url = sqlalchemy.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._synchronous = synchronous
        self.hooks = Hooks()
        self._kept: list[Connection] = []
        self.engine = self._sqlite(pool_size) if self.is_sqlite else self._postgresql(pool_size)
        self._writing = self.engine.execution_options(writes=True, **{HOOKS: self.hooks})

    def _sqlite(self, pool_size: int) -> sqlalchemy.Engine:
        engine = sqlalchemy.create_engine(
            self.url,
            module=pysqlite3.dbapi2,
            connect_args={
                "timeout": LOCK_WAIT_SECONDS,
                "check_same_thread": False,
                "cached_statements": KEPT_STATEMENTS,
            },
            poolclass=sqlalchemy.pool.QueuePool,
            pool_size=pool_size,
            max_overflow=pool_size * 4,
        )
        event.listen(engine, "connect", self._prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _prepare_sqlite(self, connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={self._synchronous}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-32000")
        cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        cursor.close()

    def _postgresql(self, pool_size: int) -> sqlalchemy.Engine:
        wait = f"-c lock_timeout={int(LOCK_WAIT_SECONDS * 1000)}"
        return sqlalchemy.create_engine(
            self.url,
            connect_args={"options": f"{wait} {self.url.query.get('options', '')}".strip()},
            pool_size=pool_size,
            max_overflow=pool_size * 4,
            pool_pre_ping=True,
        )

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction that commits when the block ends and rolls back when it raises.

        Raises `Busy` when the database is locked, full or not answering.
        """
        with _translated():
            connection = self._take()
            transaction = Transaction(connection)
            done = False
            try:
                with connection.begin():
                    yield transaction
                done = True
            finally:
                self._give_back(connection, done)
        if self.hooks.commit is not None:
            self.hooks.commit()
        transaction.finish()

    def _take(self) -> Connection:
        try:
            return self._kept.pop()
        except IndexError:
            return self._writing.connect()

    def _give_back(self, connection: Connection, done: bool) -> None:
        """Keeps a SQLite connection that worked for the next change: making one costs as much as four statements."""
        if done and self.is_sqlite:
            self._kept.append(connection)
        else:
            connection.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading, one consistent view; nothing is written."""
        with _translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def reshaping(self) -> Iterator[Connection]:
        """A transaction that changes tables.

        SQLite copies a table that it cannot change and drops the old one, which it refuses while rows point there:
        it looks at all pointers once, before the commit. Raises `IntegrityError` when one leads nowhere.
        """
        with self._writing.connect() as connection:
            with self._pointers_unlooked(connection), connection.begin():
                yield connection
                if self.is_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise IntegrityError("PRAGMA foreign_key_check", None, LookupError(f"row {lost[1]} of {lost[0]}"))

    @contextmanager
    def _pointers_unlooked(self, connection: Connection) -> Iterator[None]:
        """SQLite changes how it looks at pointers only outside of transactions."""
        if not self.is_sqlite:
            yield
            return
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield
        finally:
            driver.execute("PRAGMA foreign_keys=ON")

    def dispose(self) -> None:
        """Closes all connections."""
        while self._kept:
            self._kept.pop().close()
        self.engine.dispose()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once, so that two of them never deadlock on an upgrade."""
    writes = connection.get_execution_options().get("writes", False)
    run_text(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _translated() -> Iterator[None]:
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
