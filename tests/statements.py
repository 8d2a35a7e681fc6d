"""Has each statement put into SQL once in a test run, although every test has a database, and an engine, of its own.

SQLAlchemy keeps what it has compiled with the engine, so half of a short test went into compiling what the test
before it had compiled as well. What is kept here it keeps for every engine of the same driver.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event


class Statements(dict[Any, Any]):
    """The SQL of statements by what SQLAlchemy finds it by, in which the driver stands for the engine's dialect."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_for_any_engine(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_for_any_engine(key), compiled)


def _for_any_engine(key: Any) -> Any:
    dialect, *rest = key
    return (type(dialect), dialect.dbapi, *rest)


def share() -> None:
    """Has all engines of this test process keep their statements together from now on."""
    kept = Statements()

    @event.listens_for(Engine, "engine_connect")
    def _keep(connection: Connection) -> None:
        connection.execution_options(compiled_cache=kept)
