"""The only place that begins and commits transactions. One command, one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

import pysqlite3.dbapi2
import sqlalchemy
from sqlalchemy import Connection, CursorResult, Executable, event
from sqlalchemy.exc import IntegrityError

from engine.checkpoints import Checkpoints
from engine.database_errors import translated
from engine.prepared import HOOKS, Hooks, run_text
from engine.writers import Writers, refuse_ended

__all__ = ["Connection", "Database", "Transaction"]

LOCK_WAIT_SECONDS = 30
CHECKPOINT_PAGES = 16_000
"""How many pages (of 4 KB) SQLite's log may grow until a commit itself moves them into the database: only when it
grows faster than `Checkpoints` moves it."""
KEPT_STATEMENTS = 2000
"""Parsed statements that a SQLite connection keeps. The driver's own 100 fill up at the start with statements that
never come again, and a full store drops whatever is new: then every statement is parsed anew each time."""
for _kind in (type(None), bytes):  # else the driver asks each NULL and each blob at length what it might be stored as
    pysqlite3.dbapi2.register_adapter(_kind, lambda value: value)
Values = Mapping[str, Any]
T = TypeVar("T")


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
            if not self.connection.invalidated and self.is_open():
                if not done:
                    run_text(self.connection, "ROLLBACK TO SAVEPOINT step")
                run_text(self.connection, "RELEASE SAVEPOINT step")

    def is_open(self) -> bool:
        """Whether it goes on: some errors, such as a full disk, have SQLite undo all of it."""
        driver: Any = self.connection.connection.driver_connection
        return bool(getattr(driver, "in_transaction", True))

    def finish(self) -> None:
        """Calls what waited for the commit."""
        for callback in self._after_commit:
            callback()


class Database:
    """A SQLite file or a PostgreSQL database.

    `url` is an SQLAlchemy URL (`sqlite:///var/salesflow.db`, `postgresql+psycopg://…`);
    `synchronous` is SQLite's durability: what FULL has committed survives power loss, NORMAL a killed
    process only. Under FULL, SQLite itself does not wait at a commit: `Writers` do, for several
    commits at once. What `hooks` holds is called after every commit and around statements (for tests
    that kill the process there). SQLite comes from pysqlite3, because releases before 3.51.3, which
    Python ships, can corrupt a database that two connections write and checkpoint (WAL reset).
    """

    def __init__(self, url: str, *, synchronous: str = "FULL", pool_size: int = 8) -> None:
        self.url = sqlalchemy.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._synchronous = synchronous
        self.hooks = Hooks()
        self._kept: list[Connection] = []
        self._writers = Writers() if self.is_sqlite else None
        self._checkpoints = Checkpoints(self._driver, self._writers) if self._writers else None
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
        self._set_durability(cursor)
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-32000")
        cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        cursor.close()

    def _set_durability(self, cursor: sqlite3.Cursor) -> None:
        """Sets who waits for the disk: our writers, or SQLite where the place of the file allows no log."""
        assert self._writers is not None
        writes_ahead = cursor.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
        if self._synchronous == "FULL" and writes_ahead:
            self._writers.log = f"{cursor.execute('PRAGMA database_list').fetchone()[2]}-wal"
            cursor.execute("PRAGMA synchronous=NORMAL")
        else:
            cursor.execute(f"PRAGMA synchronous={self._synchronous}")

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

        Raises `Busy` when the database is locked, full or not answering, `Unconfirmed` when the disk fails after it.
        """
        with self._turn(), self._committed() as transaction:
            yield transaction
        self._confirm()
        transaction.finish()

    def perform(self, command: Callable[[Transaction], T]) -> T:
        """The same for a command that many people may give at once: it may share its commit with theirs.

        Gives what the command gives; it must not depend on the thread that it runs in.
        """
        if self._writers is None:
            with self.write() as transaction:
                return command(transaction)

        def work(shared: Transaction) -> tuple[Transaction, T]:
            own = Transaction(shared.connection)
            return own, command(own)

        transaction, result = self._writers.perform(work, self._committed, LOCK_WAIT_SECONDS)
        transaction.finish()
        return result

    @contextmanager
    def _committed(self) -> Iterator[Transaction]:
        with translated():
            connection = self._take()
            transaction = Transaction(connection)
            done = False
            try:
                before = self._changes(connection)
                with connection.begin():
                    yield transaction
                    refuse_ended(transaction)
                if self._changes(connection) != before:
                    self._count()
                done = True
            finally:
                self._give_back(connection, done)
        if self.hooks.commit is not None:
            self.hooks.commit()

    def _changes(self, connection: Connection) -> int:
        """How many rows a SQLite connection has changed since it was made."""
        driver: Any = connection.connection.driver_connection
        return int(driver.total_changes) if self.is_sqlite else 0

    def _count(self) -> None:
        if self._writers and self._checkpoints:
            self._writers.committed()
            self._checkpoints.count()

    def _confirm(self) -> None:
        if self._writers:
            self._writers.confirm()

    def refuse_after_failure(self) -> None:
        """Raises `Busy` when the disk has failed, and nothing is changed any more."""
        if self._writers:
            self._writers.refuse_after_failure()

    def _turn(self) -> AbstractContextManager[None]:
        return self._writers.turn(LOCK_WAIT_SECONDS) if self._writers else nullcontext()

    @contextmanager
    def _driver(self) -> Iterator[Any]:
        lent = self.engine.raw_connection()
        try:
            yield lent.driver_connection
        finally:
            lent.close()

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
        with translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def reshaping(self) -> Iterator[Connection]:
        """A transaction that changes tables.

        SQLite copies a table that it cannot change and drops the old one, which it refuses while rows point there:
        it looks at all pointers once, before the commit. Raises `IntegrityError` when one leads nowhere.
        """
        with self._turn(), self._writing.connect() as connection:
            with self._pointers_unlooked(connection), connection.begin():
                yield connection
                if self.is_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise IntegrityError("PRAGMA foreign_key_check", None, LookupError(f"row {lost[1]} of {lost[0]}"))
            self._count()
        self._confirm()

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
        if self._checkpoints:
            self._checkpoints.close()
        while self._kept:
            self._kept.pop().close()
        self.engine.dispose()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once, so that two of them never deadlock on an upgrade."""
    writes = connection.get_execution_options().get("writes", False)
    run_text(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")
