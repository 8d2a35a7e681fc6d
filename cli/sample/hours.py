"""Working hours of the sample company: when its people do things."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from crm.calendars import CLOSES, OPENS, Calendar

HEAD_OFFICE = ZoneInfo("Asia/Shanghai")
# Public holidays that fall on the same days every year: month, day, name, name_zh.
HOLIDAYS = (
    (1, 1, "New Year", "元旦"),
    (5, 1, "Labour Day", "劳动节"),
    (10, 1, "National Day", "国庆节"),
    (10, 2, "National Day", "国庆节"),
    (10, 3, "National Day", "国庆节"),
)


def holidays(first: date, last: date) -> list[tuple[date, str, str]]:
    """The holidays from the year of `first` to the year of `last`, with both names."""
    years = range(first.year, last.year + 1)
    return [(date(year, month, day), name, name_zh) for year in years for month, day, name, name_zh in HOLIDAYS]


def calendar(first: date, last: date) -> Calendar:
    """Head office's calendar over these years."""
    return Calendar(HEAD_OFFICE, {day: False for day, _name, _name_zh in holidays(first, last)})


def after(when: Calendar, start: datetime, hours: float) -> datetime:
    """The moment when this many working hours have passed since `start`."""
    return when.due_after(start, Decimal(str(round(hours, 3))))


def before(when: Calendar, end: datetime, hours: float) -> datetime:
    """The latest moment from which this many working hours pass until `end`."""
    left = timedelta(hours=hours)
    day = when.today(end)
    while True:
        opens, closes = when.at(day, OPENS), min(when.at(day, CLOSES), end.astimezone(UTC))
        if when.is_working(day) and closes > opens:
            if closes - opens >= left:
                return closes - left
            left -= closes - opens
        day -= timedelta(days=1)


def midnight(day: date) -> datetime:
    """The end of a day at head office, as a moment in UTC."""
    return datetime.combine(day, time(23, 59), HEAD_OFFICE).astimezone(UTC)
