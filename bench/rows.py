"""The statements of one completion on the project's own tables, at driver level: for stock and for the floor."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import sqlalchemy

from bench.orders import ACTOR, BOOK, GROUP, KEY
from bench.orders import metadata as record_tables
from engine.identity import new_id
from engine.tables import metadata, moment_text

NOW = "2026-03-02T09:00:00.000000Z"
TASK = (
    "INSERT INTO user_task (id, instance_id, token, process_key, process, element, round, names, kind, business_key, "
    "subject, state, assignee, priority, created_at, detail) "
    f"VALUES (?, ?, 1, '{KEY}', '{KEY}', ?, 0, ?, 'task', ?, ?, 'open', ?, 50, '{NOW}', ?)"
)
CLOSE = (
    f"UPDATE user_task SET state = 'completed', completed_at = '{NOW}', completed_by = ?, "
    "row_version = row_version + 1 WHERE id = ? AND row_version = ?"
)
EVENT = (
    "INSERT INTO history_event (instance_id, seq, at, actor, kind, process, element, detail, hash) "
    f"VALUES (?, ?, '{NOW}', '{ACTOR}', ?, '{KEY}', ?, ?, '')"
)
JOB = (
    "INSERT INTO job (id, instance_id, token, kind, name, element, payload, state, due, lock_key, created_at) "
    f"VALUES (?, ?, 1, 'timer', ?, ?, '{{}}', 'ready', ?, ?, '{NOW}')"
)
STATE = (
    "UPDATE process_instance SET blob = ?, row_version = row_version + 1, history_seq = ? "
    "WHERE id = ? AND row_version = ?"
)
CHECKPOINT_PAGES = 4000
"""How many pages SQLite's log grows before a commit moves it: about as often as the project's own thread does."""
Event = tuple[str, str, Mapping[str, Any]]


class Rows:
    """A database file with the project's tables, used through plain driver statements."""

    def __init__(self, file: Path, synchronous: str) -> None:
        _create(file)
        self.connection: Any = pysqlite3.dbapi2.connect(str(file), isolation_level=None, check_same_thread=False)
        self._turn = threading.Lock()
        pragmas = ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "cache_size=-32000")
        for pragma in (*pragmas, f"wal_autocheckpoint={CHECKPOINT_PAGES}"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute(
            "INSERT INTO process_definition "
            "(id, key, process_id, version, content_hash, names, file, source, created_at) "
            f"VALUES ('d', '{KEY}', '{KEY}', 1, '', '{{}}', '', '', '{NOW}')"
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction that takes the write lock at once; several threads take turns."""
        with self._turn:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")

    def add_instance(self) -> str:
        """A new instance with its business record; both have the returned id."""
        identity = new_id()
        self.connection.execute("INSERT INTO deal (id, stage, total) VALUES (?, '', 0)", (identity,))
        self.connection.execute(
            "INSERT INTO process_instance (id, definition_id, business_key, state, row_version, started_at) "
            f"VALUES (?, 'd', ?, 'running', 1, '{NOW}')",
            (identity, f"deal:{identity}"),
        )
        return identity

    def task(self, task_id: str) -> tuple[Any, ...]:
        """Instance, assignee, version and detail of an open task; checks that the actor may work it."""
        found = self.connection.execute(
            "SELECT instance_id, assignee, row_version, detail, state FROM user_task WHERE id = ?", (task_id,)
        ).fetchone()
        assert found[4] in ("open", "claimed")
        if found[1] is None:
            offered = self.connection.execute("SELECT kind, name FROM task_candidate WHERE task_id = ?", (task_id,))
            assert ("group", GROUP) in offered.fetchall()
        else:
            assert found[1] == ACTOR
        return tuple(found)

    def instance(self, instance_id: str) -> tuple[Any, ...]:
        """Blob, version and last event number of an instance."""
        found = self.connection.execute(
            "SELECT blob, row_version, history_seq, state FROM process_instance WHERE id = ?", (instance_id,)
        ).fetchone()
        assert found[3] == "running"
        return tuple(found)

    def close_task(self, task_id: str, version: int) -> None:
        """Marks a task as completed by the actor, if it still has this version."""
        assert self.connection.execute(CLOSE, (ACTOR, task_id, version)).rowcount == 1

    def open_task(self, instance_id: str, element: str, assignee: str | None, detail: str) -> str:
        """Adds an open task, offered to the group when it has no assignee."""
        identity, subject = new_id(), f"deal:{instance_id}"
        names = f'{{"en": "{element}"}}'
        self.connection.execute(TASK, (identity, instance_id, element, names, subject, subject, assignee, detail))
        if assignee is None:
            self.connection.execute(
                f"INSERT INTO task_candidate (task_id, kind, name) VALUES (?, 'group', '{GROUP}')", (identity,)
            )
        return identity

    def arm(self, instance_id: str, element: str, guards: str, due: Any) -> None:
        """Adds a timer's job."""
        self.connection.execute(JOB, (new_id(), instance_id, guards, element, moment_text(due), instance_id))

    def disarm(self, instance_id: str) -> None:
        """Deletes the jobs of an instance's timers."""
        self.connection.execute("DELETE FROM job WHERE instance_id = ?", (instance_id,))

    def book(self, record: str, stage: str, total: int) -> None:
        """Changes the business record."""
        self.connection.execute(BOOK, (stage, total, record))

    def save(self, instance_id: str, blob: str | bytes, version: int, seq: int, events: Sequence[Event]) -> None:
        """Writes the state, if it still has this version, and the events after number `seq`."""
        changed = self.connection.execute(STATE, (blob, seq + len(events), instance_id, version))
        assert changed.rowcount == 1
        rows = [
            (instance_id, number, kind, element, json.dumps(detail))
            for number, (kind, element, detail) in enumerate(events, seq + 1)
        ]
        self.connection.executemany(EVENT, rows)

    def end(self, instance_id: str, outcome: str) -> None:
        """Marks an instance as completed."""
        self.connection.execute(
            f"UPDATE process_instance SET state = 'completed', ended_at = '{NOW}', outcome = ? WHERE id = ?",
            (outcome, instance_id),
        )

    def dispose(self) -> None:
        """Closes the connection."""
        self.connection.close()


def _create(file: Path) -> None:
    engine = sqlalchemy.create_engine(f"sqlite:///{file}", module=pysqlite3.dbapi2)
    metadata.create_all(engine)
    record_tables.create_all(engine)
    engine.dispose()
