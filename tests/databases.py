"""Databases for tests: a SQLite file, and a PostgreSQL that is found running or started for the run.

SALESFLOW_TEST_POSTGRES names a server to use (`postgresql+psycopg://user@host/postgres`, with the
right to create databases). Else the newest PostgreSQL installed on this machine is started in a
temporary folder, without a port. Where neither is possible, its tests skip and say so.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy

from engine import Database

MISSING = "PostgreSQL is neither running (SALESFLOW_TEST_POSTGRES) nor installed here: its half is left out."


def programs() -> Path | None:
    """The folder of the newest installed PostgreSQL, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """A PostgreSQL server that can be asked for fresh databases."""

    def __init__(self, url: str) -> None:
        self._url = sqlalchemy.make_url(url)
        self._templates: dict[str, str] = {}

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a fresh copy of `template` (an empty database unless told), dropped afterwards."""
        name = self._create(template)
        try:
            yield self._address(name)
        finally:
            self._drop(name)

    @contextmanager
    def copy(self, name: str, fill: Callable[[str], None]) -> Iterator[str]:
        """The URL of a copy of the database that `fill` filled at its URL, which it does once for each name."""
        if name not in self._templates:
            made = self._create("template1")
            fill(self._address(made))
            self._templates[name] = made
        with self.database(self._templates[name]) as url:
            yield url

    def close(self) -> None:
        """Drops the templates."""
        for name in self._templates.values():
            self._drop(name)

    def _create(self, template: str) -> str:
        name = f"test_{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = sqlalchemy.create_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def in_folder(folder: Path) -> str:
    """The address of the SQLite database of a test's folder."""
    return f"sqlite:///{folder / 'test.db'}"


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at an address; nobody waits until the disk has kept what is written."""
    made = Database(url, synchronous="OFF")
    yield made
    made.dispose()


def needed(running: Server | None) -> Server:
    """The server; the test is skipped where there is none."""
    if running is None:
        pytest.skip(MISSING)
    return running


@contextmanager
def server() -> Iterator[Server | None]:
    """A running server, or None where there cannot be one."""
    given = os.environ.get("SALESFLOW_TEST_POSTGRES")
    folder = programs()
    if given:
        yield from _serving(given)
    elif folder is None or (os.geteuid() == 0 and not _has_postgres_user()):
        yield None
    else:
        with _started(folder) as url:
            yield from _serving(url)


def _serving(url: str) -> Iterator[Server]:
    made = Server(url)
    yield made
    made.close()


def _has_postgres_user() -> bool:
    return any(entry.pw_name == "postgres" for entry in pwd.getpwall())


@contextmanager
def _started(folder: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="salesflow-pg-") as root:
        data = Path(root) / "data"
        if os.geteuid() == 0:
            shutil.chown(root, "postgres")
        _as_owner(str(folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        options = f"-k {root} -c listen_addresses='' -c fsync=off -c max_connections=200"
        _as_owner(str(folder / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", f"{root}/log", "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={root}"
        finally:
            _as_owner(str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


def _as_owner(*command: str) -> None:
    """Runs a command as somebody whom PostgreSQL accepts: never as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *command], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
