"""`salesflow seed`, and what the first `salesflow run` does with it: the sample company and its demo accounts."""

from __future__ import annotations

import sys

import click

import bootstrap
from cli import sample

ROLES = {
    "rep": "Sales representative",
    "mgr": "Sales manager, level {level}",
    "team": "Sales team and experts",
    "ops": "Sales operations",
    "mkt": "Marketing",
    "anl": "Process analyst",
    "adm": "Administrator",
}


@click.command()
def seed() -> None:
    """Fill an empty development database with the sample company."""
    settings = bootstrap.Settings.from_environment()
    if settings.environment != "development":
        _refuse("Expected SALESFLOW_ENV=development for the sample company: its passwords are known to everybody.")
    if not make(settings):
        _refuse("Expected a database without users, but there are some. Nothing was changed.")
    show_accounts()


def make(settings: bootstrap.Settings) -> bool:
    """Makes the sample company if nobody is in a development database yet; whether it did.

    Ends the command with a sentence when an earlier making was interrupted.
    """
    database = bootstrap.build(settings).database
    try:
        bootstrap.migrate(database)
        wanted = sample.is_wanted(settings, database)
        database.dispose()
        if wanted:
            click.echo("Making the sample company: a year of work in about half a minute ...")
            sample.build(settings)
    except sample.Unfinished as error:
        _refuse(str(error))
    return wanted


def welcome(settings: bootstrap.Settings, address: str) -> None:
    """Says where the app is, and in development with the sample company, who can log in."""
    database = bootstrap.build(settings).database
    if settings.environment == "development" and sample.has_demo_accounts(database):
        show_accounts()
    database.dispose()
    click.echo(f"Salesflow: {address}")


def show_accounts() -> None:
    """Prints the demo accounts as a table."""
    click.echo(f"\nDemo accounts, all with the password {sample.PASSWORD}\n")
    for one in sample.accounts():
        role = ROLES[one.role].format(level=one.level)
        click.echo(f"  {one.login:<14}{one.name + ' ' + one.name_zh:<26}{role}")
    click.echo("\nTry lin.wei to work tasks, chen.jing to approve, sun.li for operations.\n")


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)
