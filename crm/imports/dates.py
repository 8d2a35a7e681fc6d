"""Dates as people and systems write them: 2026-12-31, 31.12.2026, 31/12/2026, 12/31/2026, 2026年12月31日."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from crm.imports.refusals import Unfit

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TWO_FIRST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_NAME = re.compile(rf"(\d{{1,2}})[-/. ]([a-z]{{3,9}})\.?,?[-/. ](\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_NAME_DAY = re.compile(rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}}),?\s+(\d{{4}}){_TIME}", re.IGNORECASE)
CENTURY = 2000
FIRST_YEAR, LAST_YEAR = 1950, 2150
ORDERS = ("dmy", "mdy")


@dataclass(frozen=True)
class TwoFirst:
    """A date whose first two numbers are day and month, in an order that one must know."""

    first: int
    second: int
    year: int
    dotted: bool

    @property
    def order(self) -> str | None:
        """`dmy` or `mdy` when only one is possible, `any` when both mean the same day, None when both are possible."""
        if self.dotted:
            return "dmy"
        if self.first == self.second:
            return "any"
        if self.first > 12:
            return "dmy"
        return "mdy" if self.second > 12 else None


def taken_apart(text: str) -> date | TwoFirst:
    """A date that can be read by itself, or one whose order must be known; raises `Unfit`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _TWO_FIRST.fullmatch(plain):
        return TwoFirst(int(found[1]), int(found[3]), _year(found[4]), found[2] == ".")
    if found := _DAY_NAME.fullmatch(plain):
        return _date(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _NAME_DAY.fullmatch(plain):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    raise Unfit("Expected a date such as 2026-12-31, but this is not one.")


def parse(text: str, order: str | None = None) -> date:
    """Reads a date; `order` is that of its column where known: dmy or mdy. Raises `Unfit`, also when it is unclear."""
    found = taken_apart(text)
    if isinstance(found, date):
        return found
    own = found.order
    if own in ORDERS and order in ORDERS and own != order and not found.dotted:
        raise Unfit("Expected day and month in the order of the rest of the column, but here they are the other way.")
    chosen = own or order
    if chosen is None:
        raise Unfit(
            "Expected to know which number is the day, but this may be %(one)s or %(other)s. "
            "Say for the whole file whether the day or the month comes first.",
            one=_date(found.year, found.second, found.first).isoformat(),
            other=_date(found.year, found.first, found.second).isoformat(),
        )
    if chosen == "mdy":
        return _date(found.year, found.first, found.second)
    return _date(found.year, found.second, found.first)


def _date(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unfit("Expected a day that exists, but there is no such day.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unfit("Expected a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
    return found


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else CENTURY + int(text)


def _month(name: str) -> int:
    short = name[:3].casefold()
    if short not in MONTHS:
        raise Unfit("Expected a date such as 2026-12-31, but this is not one.")
    return MONTHS.index(short) + 1
