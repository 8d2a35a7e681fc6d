"""Reports as they were filed: tables of plain values in both languages, for a period, in versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from crm import records, rows
from crm.tables import report_run

Names = tuple[str, str]
"""English and Chinese."""


@dataclass(frozen=True)
class Sheet:
    """One table of a report: its title, the heads of its columns, and rows of plain values (None: n/a)."""

    title: Names
    heads: tuple[Names, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def plain(self) -> dict[str, Any]:
        """The table as JSON."""
        return {
            "title": {"en": self.title[0], "zh-Hans": self.title[1]},
            "heads": [{"en": en, "zh-Hans": zh} for en, zh in self.heads],
            "rows": [rows.stored(list(row)) for row in self.rows],
        }


@dataclass(frozen=True)
class ReportRun:
    """One filed report; `readers` are the roles and logins that it was sent to."""

    id: int
    number: str
    report: str
    title: str
    title_zh: str
    period: str
    measure_run_id: int | None
    content: list[dict[str, Any]]
    readers: list[str]
    version: int
    distributed_at: datetime | None
    owner: str
    row_version: int


def file(
    connection: Connection,
    report: str,
    title: Names,
    period: str,
    sheets: Sequence[Sheet],
    *,
    owner: str,
    run_id: int | None = None,
    readers: Sequence[str] = (),
    by: str,
    at: datetime,
) -> ReportRun:
    """Files a report (RP-07) of a period; a second one of the same period and owner is its next version."""
    column = report_run.c
    same = (column.report == report, column.period == period, column.owner == owner)
    last = connection.execute(select(func.max(column.version)).where(*same)).scalar() or 0
    number = records.number(connection, "report_run")
    row = {
        "number": number,
        "report": report,
        "title": title[0],
        "title_zh": title[1],
        "period": period,
        "measure_run_id": run_id,
        "content": [sheet.plain for sheet in sheets],
        "readers": list(readers),
        "version": last + 1,
        "owner": owner,
    }
    records.insert(connection, report_run, row, by=by, at=at)
    return get(connection, number)


def get(connection: Connection, number: str) -> ReportRun:
    """One filed report by number (REP-0001); raises `RecordNotFound`."""
    query = select(*records.columns(report_run, ReportRun)).where(report_run.c.number == number)
    return records.one(connection, ReportRun, query, number)


def of_run(connection: Connection, run_id: int) -> tuple[ReportRun, ...]:
    """The reports filed by a run, in order."""
    query = select(*records.columns(report_run, ReportRun)).where(report_run.c.measure_run_id == run_id)
    return records.every(connection, ReportRun, query.order_by(report_run.c.id))


def distribute(connection: Connection, found: ReportRun, readers: Sequence[str], *, by: str, at: datetime) -> None:
    """Notes to whom a report was sent."""
    changes = {"readers": list(readers), "distributed_at": at}
    records.update(connection, report_run, found.id, found.row_version, changes, by=by, at=at, record=found.number)
