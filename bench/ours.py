"""The project's engine on the same tables: nothing but its public commands."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from bench.orders import ACTOR, ANSWERS, CORE_HANDLERS, GROUP, HANDLERS, KEY, OURS, deal, drawing
from bench.orders import metadata as record_tables
from engine import Database, definitions, instances, user_tasks
from engine.core import Engine
from engine.identity import new_id
from engine.registry import Registry
from engine.tables import metadata, user_task
from engine.testing import People


class Ours:
    """Instances of the engine in a new SQLite file."""

    handlers = HANDLERS

    def __init__(self, file: Path, synchronous: str) -> None:
        self.database = Database(f"sqlite:///{file}", synchronous=synchronous)
        metadata.create_all(self.database.engine)
        record_tables.create_all(self.database.engine)
        people = People(groups={ACTOR: (GROUP,)})
        self.engine = Engine(self.database, lambda _connection: people, Registry(self.handlers))
        definitions.deploy(self.engine, {"bpmn/order.bpmn": drawing(OURS)}, ACTOR)

    def start(self) -> str:
        """Starts an instance; gives the id of its first task."""
        record = new_id()
        with self.database.write() as transaction:
            transaction.execute(deal.insert(), {"id": record, "stage": "", "total": 0})
        known = {"record": record, "owner": ACTOR}
        instance = instances.start(self.engine, KEY, f"deal:{record}", known, ACTOR)
        with self.database.read() as connection:
            query = select(user_task.c.id).where(user_task.c.instance_id == instance)
            return str(connection.execute(query).scalar_one())

    def complete(self, task_id: str, element: str) -> str | None:
        """Completes a task; gives the id of the next one, or None at the end."""
        following = user_tasks.complete(self.engine, task_id, ACTOR, ANSWERS[element]).next_tasks
        return following[0] if following else None

    def dispose(self) -> None:
        """Closes the database."""
        self.database.dispose()


class OursInCore(Ours):
    """The same with handlers that write their record through SQLAlchemy Core."""

    handlers = CORE_HANDLERS
