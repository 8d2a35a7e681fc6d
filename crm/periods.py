"""Periods that targets and forecasts speak of: 2026, 2026-Q3, 2026-09."""

from __future__ import annotations

import re
from datetime import date, timedelta

from crm.errors import InvalidValue
from crm.titles import both

SHAPE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


def quarter(day: date) -> str:
    """The quarter of a day, such as 2026-Q3."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def days(period: str) -> tuple[date, date]:
    """The first and the last day of a period; raises `InvalidValue` for anything else."""
    found = SHAPE.fullmatch(period)
    if found is None:
        expected = both("a period such as 2026, 2026-Q3 or 2026-09", "期间，如 2026、2026-Q3 或 2026-09")
        raise InvalidValue(expected=expected, field="period", record=both("the plan", "计划"), value=period)
    year, in_quarters, in_months = int(found[1]), found[2], found[3]
    first = (int(in_quarters) - 1) * 3 + 1 if in_quarters else int(in_months or 1)
    count = 3 if in_quarters else 1 if in_months else 12
    after = date(year + (first + count > 12), (first + count - 1) % 12 + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)
