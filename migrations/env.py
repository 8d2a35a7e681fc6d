"""Alembic's environment: runs migrations on the connection that the command line hands over."""

from __future__ import annotations

from typing import Literal

from alembic import context

import crm.tables
import crm.tables.types
import engine.tables
import webapp.tables

METADATA = [engine.tables.metadata, crm.tables.metadata, webapp.tables.metadata]


def render_type(kind: str, found: object, _context: object) -> str | Literal[False]:
    """How a new revision spells our own column types."""
    if kind != "type":
        return False
    if isinstance(found, crm.tables.types.Fixed):
        return f"crm.tables.types.Fixed({found.precision}, {found.scale})"
    if isinstance(found, crm.tables.types.Moment):
        return "crm.tables.types.Moment()"
    return "engine.tables.Moment()" if isinstance(found, engine.tables.Moment) else False


def run() -> None:
    """Runs the migrations in one transaction on the given connection."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_type,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
