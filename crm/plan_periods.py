"""The periods of account plans: which comes next, and what it is called."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = 12
# The months of the review cycles of table D04.
CYCLES = {"P3M": 3, "P6M": 6}
ONE_DAY = timedelta(days=1)


def following(last_day: date | None, today: date) -> date:
    """The first day of the next period: the day after the last one, else the first of the coming month."""
    if last_day is not None and last_day >= today:
        return last_day + ONE_DAY
    return months_after(today.replace(day=1), 1)


def last_day(first: date, months: int) -> date:
    """The last day of a period of so many months."""
    return months_after(first, months) - ONE_DAY


def months_after(day: date, months: int) -> date:
    """The same day of a later month; the last of that month where it is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // MONTHS, month % MONTHS + 1
    following_month = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return date(year, month, min(day.day, (following_month - ONE_DAY).day))


def next_review(today: date, cycle: str | None, last: date | None) -> date:
    """When a plan is to be reviewed next: after its cycle (half a year without one), at the latest on its last day."""
    due = months_after(today, CYCLES.get(cycle or "", CYCLES["P6M"]))
    return min(due, last) if last else due


def named(first: date, last: date) -> str:
    """What a period is called: 2026 for a whole year, else its first and last month (2026-04/2027-03)."""
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, MONTHS, 31, last.year):
        return str(first.year)
    return f"{first:%Y-%m}/{last:%Y-%m}"
