"""The runs of imports: begun with a file, checked, applied, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from crm import records, states
from crm.imports.options import Options
from crm.imports.reading import Sheet
from crm.imports.refusals import Finding, ImportRefused
from crm.imports.staged import Batch
from crm.tables import import_account, import_contact, import_finding, import_opportunity, import_run
from crm.titles import Names, both

WAITING: Mapping[str, Table] = {
    "accounts": import_account,
    "contacts": import_contact,
    "opportunities": import_opportunity,
}
MOST_FINDINGS = 10_000
COUNTS = {"create": "created_count", "update": "updated_count", "unchanged": "unchanged_count", "error": "error_count"}
AT_WORK = ("checking", "applying")


@dataclass(frozen=True)
class Run:
    """One import: what it is, how far it is, and what it found; counts are rows."""

    id: int
    kind: str
    state: str
    file_name: str
    stored: str
    encoding: str | None
    delimiter: str | None
    header: list[str]
    options: dict[str, Any]
    started_by: str
    apply_after: bool
    rows_total: int
    rows_read: int
    created_count: int
    updated_count: int
    unchanged_count: int
    error_count: int
    rechecks: int
    message: str | None
    message_values: dict[str, Any]
    created_at: datetime
    finished_at: datetime | None
    row_version: int

    @property
    def chosen(self) -> Options:
        """How the file is to be read and written."""
        return Options(**self.options)

    @property
    def is_at_work(self) -> bool:
        """Whether a job is checking or applying it."""
        return self.state in AT_WORK

    @property
    def good_count(self) -> int:
        """How many rows would change or add something."""
        return self.created_count + self.updated_count


def create(
    connection: Connection,
    kind: str,
    file_name: str,
    stored: str,
    sheet: Sheet,
    options: Options,
    *,
    by: str,
    at: datetime,
) -> Run:
    """Keeps a new import of a file that could be opened."""
    values = {
        "kind": kind,
        "state": "uploaded",
        "file_name": file_name[:200],
        "stored": stored,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header": list(sheet.header),
        "options": options.as_json(),
        "started_by": by,
    }
    return get(connection, records.insert(connection, import_run, values, by=by, at=at))


def get(connection: Connection, run_id: int, *, lock: bool = False) -> Run:
    """One import, on demand locked until the transaction ends; raises `RecordNotFound`."""
    query = select(*records.columns(import_run, Run)).where(import_run.c.id == run_id)
    query = query.with_for_update() if lock else query
    return records.one(connection, Run, query, _name(run_id))


def listing(connection: Connection, by: str | None = None, limit: int = 50) -> tuple[Run, ...]:
    """The newest imports, of one person or of everybody."""
    query = select(*records.columns(import_run, Run)).order_by(import_run.c.id.desc()).limit(limit)
    return records.every(connection, Run, query.where(import_run.c.started_by == by) if by else query)


def findings(connection: Connection, run_id: int, limit: int = 200, offset: int = 0) -> tuple[Finding, ...]:
    """What was found, by line; at most `MOST_FINDINGS` are kept of a run."""
    at = import_finding.c
    query = select(at.line, at.column, at.value, at.template, at.template_values, at.severity)
    query = query.where(at.run_id == run_id).order_by(at.line, at.id).limit(limit).offset(offset)
    return tuple(Finding(*row) for row in connection.execute(query))


def preview(connection: Connection, run: Run, limit: int = 10) -> list[dict[str, Any]]:
    """The first waiting rows that would change something, as they would be written."""
    table = WAITING[run.kind]
    query = select(table).where(table.c.run_id == run.id, table.c.action != "unchanged").order_by(table.c.line)
    return [dict(row) for row in connection.execute(query.limit(limit)).mappings()]


def choose(connection: Connection, run: Run, options: Options, *, by: str, at: datetime) -> Run:
    """Changes how the file is read; raises `IllegalMove` when the import is at work or over."""
    _check_move(run, "checking")
    return _update(connection, run, {"options": options.as_json()}, by=by, at=at)


def begin(connection: Connection, run: Run, *, apply_after: bool, by: str, at: datetime) -> Run:
    """Has the file checked from its first row, and applied afterwards if wanted; raises `IllegalMove`."""
    _check_move(run, "checking")
    return _update(connection, run, {"state": "checking", "apply_after": apply_after, "rows_read": 0}, by=by, at=at)


def cancel(connection: Connection, run: Run, *, by: str, at: datetime) -> Run:
    """Ends an import before anything was written; raises `IllegalMove` once it is being applied."""
    _check_move(run, "cancelled")
    clear(connection, run)
    return _update(connection, run, {"state": "cancelled", "finished_at": at}, by=by, at=at)


def restart(connection: Connection, run: Run, rows_total: int, *, at: datetime) -> None:
    """Empties what an earlier check left; the counts begin at 0."""
    clear(connection, run)
    connection.execute(import_finding.delete().where(import_finding.c.run_id == run.id))
    fresh = {**dict.fromkeys(COUNTS.values(), 0), "rows_read": 0, "rows_total": rows_total, "message": None}
    _write(connection, run.id, {**fresh, "state": "checking", "message_values": {}}, at)


def keep(connection: Connection, run_id: int, batch: Batch, *, at: datetime) -> bool:
    """Writes a batch of checked rows; False when the import was cancelled meanwhile."""
    run = get(connection, run_id, lock=True)
    if run.state != "checking":
        return False
    if batch.waiting:
        connection.execute(WAITING[run.kind].insert(), [{"run_id": run_id, **row} for row in batch.waiting])
    _keep_findings(connection, run, batch.findings)
    counts = {column: getattr(run, column) + batch.counts.get(action, 0) for action, column in COUNTS.items()}
    _write(connection, run_id, {**counts, "rows_read": run.rows_read + batch.rows_read}, at)
    return True


def _keep_findings(connection: Connection, run: Run, found: Sequence[Finding]) -> None:
    count = select(func.count()).where(import_finding.c.run_id == run.id)
    room = MOST_FINDINGS - (connection.execute(count).scalar_one() if found else 0)
    rows = [
        {
            "run_id": run.id,
            "line": one.line,
            "severity": one.severity,
            "column": one.column[:200],
            "value": one.value[:200],
            "template": one.template,
            "template_values": {name: str(value) for name, value in one.values.items()},
        }
        for one in found[: max(room, 0)]
    ]
    if rows:
        connection.execute(import_finding.insert(), rows)


def settle(connection: Connection, run_id: int, state: str, *, at: datetime, **values: Any) -> None:
    """Gives a run the state that its job reached; raises `IllegalMove`."""
    _check_move(get(connection, run_id), state)
    ended = {"finished_at": at} if state in ("done", "failed") else {}
    _write(connection, run_id, {"state": state, **ended, **values}, at)


def fail(connection: Connection, run_id: int, refused: ImportRefused, *, at: datetime) -> None:
    """Ends a run with the sentence why; nothing was written."""
    clear(connection, get(connection, run_id))
    words = {"message": refused.template, "message_values": {name: str(one) for name, one in refused.values.items()}}
    settle(connection, run_id, "failed", at=at, **words)


def clear(connection: Connection, run: Run) -> None:
    """Removes the waiting rows of a run."""
    table = WAITING[run.kind]
    connection.execute(table.delete().where(table.c.run_id == run.id))


def _check_move(run: Run, state: str) -> None:
    states.move(states.IMPORT_RUN, _name(run.id), run.state, state)


def _name(run_id: int) -> Names:
    return both(f"import {run_id}", f"导入 {run_id}")


def _update(connection: Connection, run: Run, changes: Mapping[str, Any], *, by: str, at: datetime) -> Run:
    records.update(connection, import_run, run.id, run.row_version, changes, by=by, at=at, record=_name(run.id))
    return get(connection, run.id)


def _write(connection: Connection, run_id: int, values: Mapping[str, Any], at: datetime) -> None:
    version = import_run.c.row_version + 1
    change = import_run.update().where(import_run.c.id == run_id)
    connection.execute(change.values(**values, row_version=version, updated_at=at))
