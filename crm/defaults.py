"""Puts the default configuration in: what is there already stays as people edited it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, select, tuple_

from crm import defaults_data as data
from crm import measures_data
from crm.tables import (
    approval_threshold,
    feature_flag,
    number_sequence,
    opportunity_source,
    performance_measure,
    reason_code,
    sales_mode,
    sales_stage,
)

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
SURE, LIKELY = 80, 60


def install(connection: Connection, *, at: datetime, by: str = "system") -> None:
    """Adds the modes, stages, reason codes, sources, flags, thresholds and number sequences that are missing."""
    authorship = {"created_by": by, "created_at": at, "updated_by": by, "updated_at": at}
    _add(connection, sales_mode, ("key",), [_mode(*row) for row in data.MODES], authorship)
    _add(connection, sales_stage, ("key",), _stages(), authorship)
    _add(connection, reason_code, ("kind", "code"), [_reason(*row) for row in data.REASONS], authorship)
    sources = [{"key": key, "name": name, "name_zh": name_zh} for key, name, name_zh in data.SOURCES]
    _add(connection, opportunity_source, ("key",), sources, authorship)
    flags = [{"name": name, "enabled": enabled} for name, enabled in data.FLAGS.items()]
    _add(connection, feature_flag, ("name",), flags, authorship)
    _add(connection, approval_threshold, ("version",), [_threshold(by)], authorship)
    _add(connection, number_sequence, ("name",), [_sequence(*row) for row in data.SEQUENCES], {})
    _add(connection, performance_measure, ("key",), [_measure(*row) for row in measures_data.MEASURES], authorship)


def _add(
    connection: Connection,
    table: Table,
    key: tuple[str, ...],
    rows: list[dict[str, Any]],
    authorship: Mapping[str, Any],
) -> None:
    columns = [table.c[name] for name in key]
    wanted = [tuple(row[name] for name in key) for row in rows]
    query = select(*columns).where(tuple_(*columns).in_(wanted))
    there = {tuple(row) for row in connection.execute(query)}
    missing = [{**row, **authorship} for row, one in zip(rows, wanted, strict=True) if one not in there]
    if missing:
        connection.execute(table.insert(), missing)


def _mode(key: str, name: str, name_zh: str, process_key: str) -> dict[str, Any]:
    return {"key": key, "name": name, "name_zh": name_zh, "process_key": process_key}


def _stages() -> list[dict[str, Any]]:
    return [
        _stage(mode, position, *row) for mode, rows in data.STAGES.items() for position, row in enumerate(rows, start=1)
    ]


def _stage(
    mode: str,
    position: int,
    key: str,
    name: str,
    name_zh: str,
    probability: int,
    max_days: int,
    exit_criteria: tuple[str, ...],
    quote_required: bool,
) -> dict[str, Any]:
    return {
        "key": f"{mode}.{key}",
        "mode": mode,
        "position": position,
        "name": name,
        "name_zh": name_zh,
        "probability": probability,
        "max_days": max_days,
        "exit_criteria": list(exit_criteria),
        "required_fields": [],
        "quote_required": quote_required,
        "forecast_default": _category(probability),
        "pipeline_entry": data.PIPELINE_ENTRY[mode] == key,
    }


def _category(probability: int) -> str:
    if probability >= SURE:
        return "commit"
    return "best_case" if probability >= LIKELY else "pipeline"


def _reason(kind: str, code: str, name: str, name_zh: str) -> dict[str, Any]:
    note = code in data.NOTE_REQUIRED
    return {"kind": kind, "code": code, "name": name, "name_zh": name_zh, "note_required": note}


def _threshold(by: str) -> dict[str, Any]:
    rules = {"weights": data.WEIGHTS, "params": data.PARAMS}
    return {"version": 1, "valid_from": BEGINNING, "published_by": by, **data.LIMITS, **rules}


def _sequence(name: str, prefix: str, width: int, last: int) -> dict[str, Any]:
    return {"name": name, "prefix": prefix, "width": width, "last": last}


def _measure(
    key: str,
    group: str,
    name: str,
    name_zh: str,
    formula: str,
    unit: str,
    direction: str,
    target: str | None,
    cycle: str,
) -> dict[str, Any]:
    return {
        "key": key,
        "group": group,
        "name": name,
        "name_zh": name_zh,
        "formula": formula,
        "unit": unit,
        "direction": direction,
        "target": None if target is None else Decimal(target),
        "cycle": cycle,
    }
