"""Imports in tests: a text becomes a file, and its steps are worked one after another on one connection."""

from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from crm.imports import mapping, reading, runs, uploads, work
from crm.imports.options import Options
from crm.imports.runs import Run
from crm.tables import opportunity
from tests.crm.factories import NOW

OPERATIONS, REP = "ops.one", "lin.wei"


def begin(connection: Connection, folder: Path, kind: str, text: str, by: str = OPERATIONS, **options: Any) -> Run:
    """A new import of a text with the suggested columns, about to be checked (and applied, unless `dry_run`)."""
    dry_run = options.pop("dry_run", False)
    stored = uploads.store(folder, BytesIO(text.encode()), "export.csv")
    sheet = reading.open_sheet(uploads.path(folder, stored), "export.csv")
    columns = options.pop("columns", None) or mapping.suggest(kind, sheet.header)
    chosen = Options(columns, **options)
    run = runs.create(connection, kind, "export.csv", stored, sheet, chosen, by=by, at=NOW)
    return work.start(connection, run, apply_after=not dry_run, by=by, at=NOW)


def go_on(connection: Connection, folder: Path, run: Run, stop_after: int | None = None) -> Run:
    """Works the steps of a run to its end, or some of them as if the process was killed then."""
    steps = work.steps(lambda: nullcontext(connection), folder, run.id, lambda: NOW)
    for count, step in enumerate(steps, start=1):
        step(connection)
        if count == stop_after:
            break
    return runs.get(connection, run.id)


def run_import(connection: Connection, folder: Path, kind: str, text: str, by: str = OPERATIONS, **options: Any) -> Run:
    """A whole import."""
    return go_on(connection, folder, begin(connection, folder, kind, text, by, **options))


def said(connection: Connection, run: Run) -> list[str]:
    """What was found, as `line column: sentence`."""
    return [f"{one.line} {one.column}: {one}" for one in runs.findings(connection, run.id)]


def deals(connection: Connection) -> list[Any]:
    """All opportunities, in the order of their numbers."""
    return list(connection.execute(select(opportunity).order_by(opportunity.c.number)).mappings())
