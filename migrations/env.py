"""Alembic's environment: runs migrations on the connection that the command line hands over."""

from __future__ import annotations

from alembic import context

import crm.tables
import engine.tables
import webapp.tables

METADATA = [engine.tables.metadata, crm.tables.metadata, webapp.tables.metadata]


def run() -> None:
    """Runs the migrations in one transaction on the given connection."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
