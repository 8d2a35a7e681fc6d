"""Migrations make exactly the tables that the code describes, on every kind of database."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import bootstrap
import crm.tables
import engine.tables
import webapp.tables
from engine import Database

METADATA = [engine.tables.metadata, crm.tables.metadata, webapp.tables.metadata]


def test_the_migrated_tables_are_those_of_the_code(database: Database) -> None:
    bootstrap.migrate(database)

    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, METADATA) == []
        assert bootstrap.is_current(connection)


def test_migrating_twice_changes_nothing(sqlite: Database) -> None:
    bootstrap.migrate(sqlite)
    bootstrap.migrate(sqlite)

    with sqlite.read() as connection:
        assert bootstrap.is_current(connection)
