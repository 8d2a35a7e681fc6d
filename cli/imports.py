"""`salesflow import`: take the CSV export of another system, as the import page does."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import click

import bootstrap
from cli.ready import ready
from crm import permissions, users
from crm.errors import CrmError
from crm.imports import mapping, reading, runs, uploads
from crm.imports import work as steps
from crm.imports.lists import BY_KIND
from crm.imports.options import MODES, Options
from crm.imports.reading import Sheet
from crm.imports.runs import Run
from engine import errors, incidents, jobs, work

POLL_SECONDS = 0.2
SHOWN = 50
MOST_TRIES = 5


@click.command("import")
@click.argument("kind", type=click.Choice(list(BY_KIND)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "login", default=None, help="who imports (default: the first of sales operations)")
@click.option("--dry-run", is_flag=True, help="show what would happen, change nothing")
@click.option("--good-rows", is_flag=True, help="import the good rows even if others have errors")
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD", help="a column's field; COLUMN= leaves it out")
@click.option("--stage", "staged", multiple=True, metavar="NAME=STAGE", help="what a stage of the file is here")
@click.option("--owner", default="", help="who owns rows that name nobody")
@click.option("--source", default="import", show_default=True, help="name of the other system, whose ids are unique")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="order of day and month, where it is open")
@click.option("--decimal-mark", type=click.Choice([".", ","]), help="decimal mark, where it is open")
@click.option("--mode", type=click.Choice(MODES), default="complex", show_default=True, help="sales mode of new ones")
def import_command(
    kind: str,
    file: Path,
    login: str | None,
    dry_run: bool,
    good_rows: bool,
    mapped: tuple[str, ...],
    staged: tuple[str, ...],
    owner: str,
    source: str,
    dates: str | None,
    decimal_mark: str | None,
    mode: str,
) -> None:
    """Import accounts, contacts or opportunities from a CSV FILE: all of it or, with --good-rows, what is good."""
    application = ready()
    try:
        by = _importer(application, login)
        sheet = reading.open_sheet(file, file.name)
        columns = _columns(kind, sheet, mapped)
        options = Options(columns, source, owner, dates or "", decimal_mark or "", mode, good_rows, _stages(staged))
        mapping.check(kind, sheet.header, columns)
        run, job_id = _begin(application, kind, file, sheet, options, by, dry_run)
        _do(application, run, job_id)
    except (CrmError, errors.EngineError) as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    sys.exit(_report(application, run.id))


def _importer(application: bootstrap.Application, login: str | None) -> str:
    """Who imports; raises `NotAllowed` for somebody who may not."""
    with application.database.read() as connection:
        found = [user for user in users.listing(connection, only_active=True) if login in (None, user.login)]
    wanted = "import.any" if login is None else "import.own"
    able = [user.login for user in found if wanted in permissions.of_roles(user.roles)]
    if not able:
        raise errors.NotAllowed(
            "Expected somebody who may import, but %(who)s may not. Name a user of sales operations with --as.",
            who=login or "nobody here",
        )
    return able[0]


def _columns(kind: str, sheet: Sheet, mapped: tuple[str, ...]) -> dict[str, str]:
    columns = mapping.suggest(kind, sheet.header)
    for text in mapped:
        column, equals, field = text.rpartition("=")
        if not equals:
            raise errors.NotAllowed("Expected --map COLUMN=FIELD, but got %(text)s.", text=text)
        columns = {name: key for name, key in columns.items() if key != field and name != column}
        if field:
            columns[column] = field
    for column in sheet.header:
        click.echo(f"  {column or '(no name)'} -> {columns.get(column, '(left out)')}")
    return columns


def _stages(staged: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in staged:
        name, equals, code = text.rpartition("=")
        if not equals or not name or not code:
            raise errors.NotAllowed("Expected --stage NAME=STAGE, but got %(text)s.", text=text)
        found[name] = code
    return found


def _begin(
    application: bootstrap.Application,
    kind: str,
    file: Path,
    sheet: Sheet,
    options: Options,
    by: str,
    dry_run: bool,
) -> tuple[Run, str]:
    folder, now = application.settings.uploads, application.engine.clock.now()
    with file.open("rb") as content:
        stored = uploads.store(folder, content, file.name)
    with application.database.write() as transaction:
        connection = transaction.connection
        run = runs.create(connection, kind, file.name, stored, sheet, options, by=by, at=now)
        run = steps.start(connection, run, apply_after=not dry_run, by=by, at=now)
        job_id = jobs.add(transaction, "import", {"run": run.id}, now, name=kind, lock_key=f"import:{run.id}")
    return run, job_id


def _do(application: bootstrap.Application, run: Run, job_id: str) -> None:
    """Does the job here, unless a running server was faster; shows how far it is until it is over."""
    worker = threading.Thread(target=_work, args=(application, job_id), daemon=True)
    worker.start()
    with click.progressbar(length=max(run.rows_total, 1), label="Checking", file=sys.stderr) as bar:
        while True:
            worker.join(POLL_SECONDS)
            with application.database.read() as connection:
                now = runs.get(connection, run.id)
            bar.length = max(now.rows_total, 1)
            bar.update(now.rows_read - bar.pos)
            if not now.is_at_work:
                break
            if not worker.is_alive() and _has_stopped(application, job_id):
                raise errors.Conflict("The import stopped. The reason is in the list of incidents.")
    worker.join()


def _has_stopped(application: bootstrap.Application, job_id: str) -> bool:
    """Whether the job ended as an incident, here or elsewhere."""
    with application.database.read() as connection:
        return any(one.job_id == job_id for one in incidents.listing(connection))


def _work(application: bootstrap.Application, job_id: str) -> None:
    for _attempt in range(MOST_TRIES):
        lease = jobs.claim(application.engine, "import command", job_id)
        if lease is None or work.do(application.engine, lease):
            return


def _report(application: bootstrap.Application, run_id: int) -> int:
    """Prints what came of it; the exit status: 0 when every row was good or the good rows were wanted."""
    with application.database.read() as connection:
        run = runs.get(connection, run_id)
        found = runs.findings(connection, run_id, SHOWN)
    for one in found:
        place = f"line {one.line}, {one.column}" if one.column else f"line {one.line}"
        shown = f" ({one.value})" if one.value else ""
        click.echo(f"{place}{shown}: {one}", err=True)
    if len(found) == SHOWN:
        click.echo("...", err=True)
    if run.message:
        click.echo(run.message % run.message_values if run.message_values else run.message, err=True)
    verb = "Imported" if run.state == "done" else "Would import" if run.state == "checked" else "Not imported"
    click.echo(
        f"{verb}: {run.created_count} new, {run.updated_count} changed, {run.unchanged_count} unchanged; "
        f"{run.error_count} rows with errors."
    )
    good = run.state in ("done", "checked") and not (run.error_count and not run.chosen.good_rows)
    return 0 if good else 1
