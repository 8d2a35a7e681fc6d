"""`salesflow`: run the app, deploy and check drawings, work jobs, verify the database."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import click

import bootstrap
from cli.imports import import_command
from cli.layout import layout_command
from cli.lint import lint_command
from cli.ready import ready
from cli.seed import make, seed, welcome
from cli.server import Server, is_free
from cli.tck import tck_command
from engine import definitions, errors, testing, verify, watchdog, worker


@click.group()
def main() -> None:
    """Documented sales processes that run."""


main.add_command(seed)
main.add_command(import_command)
main.add_command(layout_command)
main.add_command(lint_command)
main.add_command(tck_command)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one, which is then told"
)
@click.option("--sample/--no-sample", default=True, help="whether the first start makes the sample company")
def run(host: str, port: int, sample: bool) -> None:
    """Set everything up (first start: with a sample company) and serve the app."""
    if not is_free(host, port):
        raise click.ClickException(
            f"Expected port {port} of {host} to be free, but it cannot be listened on: does another program use it? "
            f"Choose another one: make run PORT={port + 1}, or salesflow run --port {port + 1}."
        )
    settings = bootstrap.Settings.from_environment()
    if sample:
        make(settings)
    application = bootstrap.build(settings)
    kept = bootstrap.install(application).kept
    application.database.dispose()
    if kept:
        click.echo(f"Left as they were changed here: {', '.join(kept)}.")
    Server(settings, f"{host}:{port}", lambda address: welcome(settings, address)).run()


@main.command()
def work() -> None:
    """Run due jobs beside the web server, until stopped (PostgreSQL)."""
    application = ready()
    runner = worker.Runner(application.engine)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    runner.start()
    watchdog.watch()
    click.echo("Working. Stop with Ctrl-C.")
    stopped.wait()
    runner.stop()


@main.command()
def migrate() -> None:
    """Bring the database's tables to this version."""
    bootstrap.migrate(bootstrap.build(bootstrap.Settings.from_environment()).database)
    click.echo("The tables are up to date.")


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--actor", default=None, help="who deploys, for the record")
def deploy(folder: Path, actor: str | None) -> None:
    """Deploy all drawings, tables and forms below FOLDER, together or not at all."""
    try:
        made = definitions.deploy(ready().engine, testing.files_of(folder), actor)
    except errors.Rejected as refused:
        for finding in refused.findings:
            click.echo(str(finding), err=True)
        sys.exit(1)
    for row in made.versions:
        click.echo(f"{row.key} version {row.version}")
    for finding in made.warnings:
        click.echo(f"{finding.severity}: {finding}", err=True)
    click.echo(f"{len(made.versions)} new versions.")


@main.command("verify")
def verify_command() -> None:
    """Check that nothing is lost, doubled or stuck in the database; names what breaks which rule."""
    application = ready()
    with application.database.read() as connection:
        broken = verify.check(application.engine, connection)
    for line in broken:
        click.echo(line, err=True)
    click.echo("Everything holds." if not broken else f"{len(broken)} rules are broken.")
    sys.exit(1 if broken else 0)


def report(error: errors.EngineError) -> None:
    """Prints a refusal as a sentence and ends with status 1."""
    click.echo(str(error), err=True)
    sys.exit(1)
