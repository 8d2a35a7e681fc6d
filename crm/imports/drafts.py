"""Reading a row: every mapped cell becomes a typed value, or a finding that names the column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, Table

from crm.imports.evidence import Evidence
from crm.imports.fields import Field
from crm.imports.lists import of
from crm.imports.reading import Row, Sheet
from crm.imports.refusals import Finding, Unfit
from crm.imports.staged import Draft
from crm.imports.values import Cell, read

SHOWN = 200
# Fields whose cells name something else and are looked up later.
LOOKED_UP = frozenset(("account", "account_id", "user", "stage", "id"))
LONGEST_NAME = 200


class Columns:
    """The mapped columns of a file: position, name, field, and how long the record's text may be."""

    def __init__(self, kind: str, sheet: Sheet, mapped: Mapping[str, str], evidence: Evidence, target: Table) -> None:
        self._width = len(sheet.header)
        self._evidence = evidence
        self._mapped = [
            (position, column, found, _longest(found, target))
            for position, column in enumerate(sheet.header)
            if (found := of(kind, mapped.get(column, ""))) is not None
        ]

    def draft(self, row: Row) -> Draft:
        """The typed values of a row; empty cells give none."""
        if ragged := self._ragged(row):
            return Draft(row.line, {}, {}, tuple(ragged))
        findings: list[Finding] = []
        values: dict[str, Any] = {}
        columns: dict[str, str] = {}
        for position, column, field, longest in self._mapped:
            columns[field.key] = column
            text = row.cells[position] if position < len(row.cells) else ""
            if not text:
                continue
            try:
                values[field.key] = read(Cell(text, column, field, self._evidence, longest))
            except Unfit as error:
                findings.append(Finding(row.line, column, text[:SHOWN], error.template, error.values))
        return Draft(row.line, values, columns, tuple(findings))

    def _ragged(self, row: Row) -> list[Finding]:
        if len(row.cells) == self._width or not any(row.cells[self._width :]) and len(row.cells) > self._width:
            return []
        template = "Expected %(width)s cells as in the header, but this row has %(count)s."
        return [Finding(row.line, "", "", template, {"width": self._width, "count": len(row.cells)})]


def _longest(field: Field, target: Table) -> int | None:
    if field.kind in LOOKED_UP:
        return LONGEST_NAME
    column = target.c.get(field.key)
    if column is None:
        return LONGEST_NAME
    return column.type.length if isinstance(column.type, String) else None
