"""The application of commands that need a database with its tables."""

from __future__ import annotations

import click

import bootstrap

MISSING = "Expected a database with the tables of this version; `salesflow migrate` makes them."


def ready() -> bootstrap.Application:
    """The application as the environment says; ends with a sentence and 2 when the tables are missing or older."""
    application = bootstrap.build(bootstrap.Settings.from_environment())
    with application.database.read() as connection:
        current = bootstrap.is_current(connection)
    if not current:
        raise click.UsageError(MISSING)
    return application
