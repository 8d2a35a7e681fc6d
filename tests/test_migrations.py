"""Migrations make exactly the tables that the code describes, on every kind of database, and keep what is there."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Connection, MetaData, String, inspect, select
from sqlalchemy.exc import IntegrityError

import bootstrap
import crm.tables
import engine.tables
import webapp.tables
from crm import account_plans, account_profiles, accounts
from engine import Database, instances
from engine.tables import handover

METADATA = [engine.tables.metadata, crm.tables.metadata, webapp.tables.metadata]
THEN = datetime(2026, 3, 2, 8, tzinfo=UTC)
MOMENT = "2026-03-02T08:00:00.000000Z"
WRITTEN = {"created_at": THEN, "created_by": "lin.wei", "updated_at": THEN, "updated_by": "lin.wei"}
PERSON = {
    "login": "lin.wei",
    "name": "Lin Wei",
    "name_zh": "林伟",
    "active": True,
    "mail_notices": False,
    "language": "en",
}
ACCOUNT = {"number": "ACC-1", "name": "Hengli", "name_key": "hengli", "status": "active", "is_target": False}
STANDING = {"credit_standing": "good", "prior_customer": True, "owner": "lin.wei"}
VERSION = {"id": "d1", "key": "look", "process_id": "look", "version": 1, "content_hash": "", "names": '{"en": "Look"}'}
FILE = {"file": "bpmn/look.bpmn", "source": b"", "created_at": MOMENT}
INSTANCE = {"id": "i1", "definition_id": "d1", "business_key": "account:ACC-1", "state": "running", "row_version": 1}
HANDOVER = {"id": "h1", "source_instance": "i1", "source_element": "off", "target_key": "next", "payload": "{}"}
PROFILE = {"account_id": 1, "version": 1, "initiatives": "A second plant", "published_at": THEN}
PLAN = {"number": "APL-1", "account_id": 1, "period": "2026", "version": 1, "status": "active", "owner": "lin.wei"}
FIRST_ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("users", PERSON | WRITTEN),
    ("account", ACCOUNT | STANDING | WRITTEN),
    ("account_profile", PROFILE | WRITTEN),
    ("account_plan", PLAN | {"strategies": "Service first", "swot": 'Strong "here"'} | WRITTEN),
    ("process_definition", VERSION | FILE),
    ("process_instance", INSTANCE | {"started_at": MOMENT}),
    ("handover", HANDOVER | {"business_key": "account:ACC-1", "state": "waiting", "created_at": MOMENT}),
)


def other(_context: Any, _there: Any, _meant: Any, there: Any, meant: Any) -> bool:
    """Whether a text may be longer or shorter than the code says, or is a list, or the other way round.

    Other types have names of their own everywhere.
    """
    if isinstance(meant, JSON) or isinstance(there, JSON):
        return isinstance(meant, JSON) != isinstance(there, JSON)
    return isinstance(meant, String) and isinstance(there, String) and there.length != meant.length


def test_the_migrated_tables_are_those_of_the_code(database: Database) -> None:
    bootstrap.migrate(database)

    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": other})
        assert compare_metadata(context, METADATA) == []
        assert bootstrap.is_current(connection)


def test_migrating_twice_changes_nothing(sqlite: Database) -> None:
    bootstrap.migrate(sqlite)
    bootstrap.migrate(sqlite)

    with sqlite.read() as connection:
        assert bootstrap.is_current(connection)


def rules(database: Database) -> dict[tuple[str, str | None], str]:
    """The check constraints of all tables, without quotes, brackets and spaces."""
    with database.read() as connection:
        found = inspect(connection)
        return {
            (table, rule["name"]): re.sub(r'["()\s]', "", rule["sqltext"])
            for table in found.get_table_names()
            for rule in found.get_check_constraints(table)
        }


def test_the_migrated_tables_have_the_rules_of_the_code(sqlite: Database, tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'made.db'}")
    for metadata in METADATA:
        metadata.create_all(made.engine)
    bootstrap.migrate(sqlite)

    assert rules(sqlite) == rules(made)
    made.dispose()


def insert(connection: Connection, name: str, row: dict[str, Any]) -> None:
    """A row as it is written, without what today's code knows of the table."""
    tables = MetaData()
    tables.reflect(connection, only=[name])
    connection.execute(tables.tables[name].insert().values(**row))


def test_data_of_the_first_version_open_in_this_one(database: Database) -> None:
    bootstrap.migrate(database, "0001")
    with database.write() as transaction:
        for name, row in FIRST_ROWS:
            insert(transaction.connection, name, row)

    bootstrap.migrate(database)

    with database.read() as connection:
        customer = accounts.get(connection, "ACC-1")
        assert customer.name == "Hengli"
        profile, plan = account_profiles.published(connection, customer.id), account_plans.get(connection, "APL-1")
        assert profile is not None and profile.initiatives == [{"initiative": "A second plant"}]
        assert (plan.strategies, plan.drivers, plan.swot) == ([{"strategy": "Service first"}], None, 'Strong "here"')
        assert instances.runs_for(connection, "look", "account:ACC-1")
        assert connection.execute(select(handover.c.item)).scalar_one() == ""
    with pytest.raises(IntegrityError), database.write() as transaction:
        insert(transaction.connection, "account", ACCOUNT | STANDING | WRITTEN | {"number": "ACC-2", "status": "gone"})


def test_a_pointer_that_leads_nowhere_stops_the_change_of_tables(sqlite: Database) -> None:
    bootstrap.migrate(sqlite)
    with pytest.raises(IntegrityError, match="account"), sqlite.reshaping() as connection:
        insert(connection, "account", ACCOUNT | STANDING | WRITTEN | {"owner": "nobody"})

    with sqlite.write() as transaction, pytest.raises(IntegrityError):  # looked at again
        insert(transaction.connection, "account", ACCOUNT | STANDING | WRITTEN | {"owner": "nobody"})
    with sqlite.read() as connection:
        assert connection.execute(select(crm.tables.account.c.id)).all() == []
