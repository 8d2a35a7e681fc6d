"""A first look over the whole file: how many rows, and how each column writes its numbers and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from crm.imports import dates, numbers
from crm.imports.lists import of
from crm.imports.options import Options
from crm.imports.reading import Sheet, rows
from crm.imports.refusals import Unfit


@dataclass(frozen=True)
class Evidence:
    """Rows in all; by column: the decimal mark, the order of dates, and whether percentages are written 0 to 1."""

    rows_total: int
    marks: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    fractions: frozenset[str] = frozenset()


@dataclass
class _Seen:
    """What one column has shown so far."""

    kind: str
    marks: Counter[str] = field(default_factory=Counter)
    orders: Counter[str] = field(default_factory=Counter)
    most: Decimal = Decimal(0)
    broken: bool = False

    def look(self, cell: str) -> None:
        """Takes one cell into account; what is no number or date says nothing."""
        with suppress(Unfit):
            if self.kind == "date":
                self._date(cell)
            else:
                self._number(cell)

    def _date(self, cell: str) -> None:
        found = dates.taken_apart(cell)
        if not isinstance(found, date) and not found.dotted and found.order in dates.ORDERS:
            self.orders[found.order] += 1

    def _number(self, cell: str) -> None:
        written = numbers.taken_apart(cell)
        mark = numbers.mark_of(written.digits)
        if mark in (".", ","):
            self.marks[mark] += 1
            self.broken = True
        if self.kind == "percent":
            value = numbers.parse(cell)
            self.most = max(self.most, Decimal(101) if value.percent else value.value)


def gather(kind: str, sheet: Sheet, options: Options) -> Evidence:
    """Reads the file once; raises `ImportRefused` where its quoting breaks off."""
    seen = {}
    for position, column in enumerate(sheet.header):
        found = of(kind, options.columns.get(column, ""))
        if found is not None and found.kind in ("money", "percent", "date"):
            seen[position] = _Seen(found.kind)
    total = 0
    for row in rows(sheet):
        total += 1
        for position, one in seen.items():
            if position < len(row.cells) and row.cells[position]:
                one.look(row.cells[position])
    named = {sheet.header[position]: one for position, one in seen.items()}
    return Evidence(
        total,
        {column: mark for column, one in named.items() if (mark := options.decimal_mark or _only(one.marks))},
        {column: order for column, one in named.items() if (order := options.date_order or _only(one.orders))},
        frozenset(column for column, one in named.items() if one.kind == "percent" and _is_fraction(one)),
    )


def _only(found: Counter[str]) -> str:
    """What all the telling cells agree on; nothing when they do not."""
    return next(iter(found)) if len(found) == 1 else ""


def _is_fraction(one: _Seen) -> bool:
    return one.broken and Decimal(0) < one.most <= 1
