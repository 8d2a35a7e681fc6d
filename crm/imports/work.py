"""The steps of an import as a job does them: many small writes while checking, then one that applies everything.

A run that was interrupted is simply worked again: checking begins anew, applying is all or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from crm.imports import applying, checking, mapping, opportunity_children, reading, runs, uploads
from crm.imports.refusals import ImportRefused
from crm.imports.runs import Run
from crm.imports.staged import Batch

MOST_RECHECKS = 3
# One write in a transaction of its own; True when the whole import is over.
Step = Callable[[Connection], bool]
Read = Callable[[], AbstractContextManager[Connection]]
Now = Callable[[], datetime]


def start(connection: Connection, run: Run, *, apply_after: bool, by: str, at: datetime) -> Run:
    """Has a run checked, or, when it has been checked already and is to be applied, applied; raises `IllegalMove`.

    The caller adds the job in the same transaction.
    """
    if apply_after and run.state == "checked":
        runs.settle(connection, run.id, "applying", at=at, apply_after=True)
        return runs.get(connection, run.id)
    return runs.begin(connection, run, apply_after=apply_after, by=by, at=at)


def steps(read: Read, folder: Path, run_id: int, now: Now) -> Iterator[Step]:
    """The writes of one run, each to be committed before the next is asked for."""
    while True:
        run = _seen(read, run_id)
        if run.state == "checking":
            yield from _Checking(read, folder, run, now).steps()
        elif run.state == "applying":
            yield lambda connection: _apply(connection, run_id, now())
        else:
            yield lambda connection: _end(connection, run_id)
            if run.state == "done":
                uploads.remove(folder, run.stored)
            return


def _end(connection: Connection, run_id: int) -> bool:
    """Nothing is left to do; a run that waits for a decision keeps its waiting rows."""
    run = runs.get(connection, run_id)
    if run.state != "checked":
        runs.clear(connection, run)
    return True


def _seen(read: Read, run_id: int) -> Run:
    with read() as connection:
        return runs.get(connection, run_id)


class _Checking:
    """The writes of one check: a fresh start, batch after batch, and what comes of it."""

    def __init__(self, read: Read, folder: Path, run: Run, now: Now) -> None:
        self._read, self._folder, self._run, self._now = read, folder, run, now
        self._batch = Batch()
        self._total = 0
        self._refused = ImportRefused()
        self._cancelled = False

    def steps(self) -> Iterator[Step]:
        try:
            with self._read() as connection:
                check = self._open(connection)
            self._total = check.rows_total
            yield self._restart
            while not self._cancelled and (batch := self._next(check)) is not None:
                self._batch = batch
                yield self._keep
        except ImportRefused as refused:
            self._refused = refused
            yield self._fail
            return
        if not self._cancelled:
            yield self._conclude

    def _open(self, connection: Connection) -> checking.Check:
        run, options = self._run, self._run.chosen
        mapping.check(run.kind, run.header, options.columns)
        sheet = reading.open_sheet(uploads.path(self._folder, run.stored), run.file_name)
        setting = checking.setting_for(connection, run.kind, sheet, options, run.started_by, self._now())
        return checking.Check(connection, run.kind, sheet, setting)

    def _next(self, check: checking.Check) -> Batch | None:
        with self._read() as connection:
            return check.next(connection)

    def _restart(self, connection: Connection) -> bool:
        runs.restart(connection, self._run, self._total, at=self._now())
        return False

    def _keep(self, connection: Connection) -> bool:
        self._cancelled = not runs.keep(connection, self._run.id, self._batch, at=self._now())
        return False

    def _fail(self, connection: Connection) -> bool:
        if runs.get(connection, self._run.id, lock=True).state == "checking":
            runs.fail(connection, self._run.id, self._refused, at=self._now())
        return False

    def _conclude(self, connection: Connection) -> bool:
        """Checked: waits for the person, or goes on to be applied when that was asked for and may be."""
        run = runs.get(connection, self._run.id, lock=True)
        if run.state != "checking":
            return False
        stopped = run.error_count > 0 and not run.chosen.good_rows
        state = "applying" if run.apply_after and not stopped else "checked"
        runs.settle(connection, run.id, state, at=self._now(), **(_stopped(run) if run.apply_after and stopped else {}))
        return False


def _stopped(run: Run) -> dict[str, object]:
    template = (
        "Nothing was imported, because %(count)s rows have errors. "
        "Mend the file and import it again, or import only the good rows."
    )
    return {"message": template, "message_values": {"count": str(run.error_count)}}


def _apply(connection: Connection, run_id: int, at: datetime) -> bool:
    """Writes everything, or has it checked again when records changed since."""
    run = runs.get(connection, run_id, lock=True)
    if run.state != "applying":
        return False
    if applying.is_stale(connection, run):
        _check_again(connection, run, at)
        return False
    writing = applying.apply(connection, run, at)
    if run.kind == "opportunities":
        opportunity_children.follow(writing)
    runs.clear(connection, run)
    runs.settle(connection, run_id, "done", at=at)
    return False


def _check_again(connection: Connection, run: Run, at: datetime) -> None:
    if run.rechecks < MOST_RECHECKS:
        runs.settle(connection, run.id, "checking", at=at, rechecks=run.rechecks + 1)
        return
    refused = ImportRefused(
        "Nothing was imported, because the records changed %(count)s times while the file was checked. "
        "Try again later.",
        count=run.rechecks,
    )
    runs.fail(connection, run.id, refused, at=at)
