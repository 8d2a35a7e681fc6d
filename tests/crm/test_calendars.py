"""Working time is counted exactly, against a count by minutes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.calendars import Calendar
from crm.errors import InvalidValue, NoWorkingTime

SHANGHAI = Calendar(ZoneInfo("Asia/Shanghai"))
BERLIN = Calendar(ZoneInfo("Europe/Berlin"))


def local(calendar: Calendar, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-09-16T10:00", "4", "2026-09-16T14:00"),  # within one day
        ("2026-09-16T16:00", "4", "2026-09-17T11:00"),  # over the night
        ("2026-09-18T16:00", "4", "2026-09-21T11:00"),  # over the weekend
        ("2026-09-16T09:00", "9", "2026-09-16T18:00"),  # a whole day ends at closing time
        ("2026-09-16T18:00", "1", "2026-09-17T10:00"),  # after closing, tomorrow
        ("2026-09-19T12:00", "0", "2026-09-21T09:00"),  # nothing to do, but nobody is there
        ("2026-09-16T07:00", "0.5", "2026-09-16T09:30"),  # before opening
        ("2026-09-16T10:00", "72", "2026-09-28T10:00"),  # eight working days
    ],
)
def test_due_time_counts_only_working_hours(start: str, hours: str, due: str) -> None:
    found = SHANGHAI.due_after(local(SHANGHAI, start), Decimal(hours))

    assert found == local(SHANGHAI, due)
    assert found.tzinfo == UTC


def test_a_holiday_and_a_working_saturday_are_counted() -> None:
    calendar = Calendar(SHANGHAI.zone, {date(2026, 9, 17): False, date(2026, 9, 19): True})

    found = calendar.due_after(local(calendar, "2026-09-16T17:00"), Decimal(11))

    assert found == local(calendar, "2026-09-19T10:00")


def test_the_clock_change_moves_the_due_time_in_utc() -> None:
    before = BERLIN.due_after(local(BERLIN, "2026-10-23T17:00"), Decimal(2))

    assert before == datetime(2026, 10, 26, 9, 0, tzinfo=UTC)


def test_a_calendar_without_working_days_is_refused() -> None:
    never = Calendar(SHANGHAI.zone, {date(2026, 9, 16) + timedelta(days=n): False for n in range(4000)})

    with pytest.raises(NoWorkingTime, match="ten years"):
        never.due_after(local(never, "2026-09-16T10:00"), Decimal(1))


def test_negative_hours_are_refused() -> None:
    with pytest.raises(InvalidValue, match="got -1"):
        SHANGHAI.due_after(datetime(2026, 9, 16, tzinfo=UTC), Decimal(-1))


@settings(max_examples=60, deadline=None)
@given(
    offset=st.integers(0, 21 * 24 * 60),
    minutes=st.integers(1, 60 * 24),
    holidays=st.dictionaries(st.dates(date(2026, 3, 20), date(2026, 4, 20)), st.booleans(), max_size=8),
)
def test_due_time_equals_a_count_minute_by_minute(offset: int, minutes: int, holidays: dict[date, bool]) -> None:
    start = datetime(2026, 3, 20, tzinfo=UTC) + timedelta(minutes=offset)
    calendar = Calendar(BERLIN.zone, holidays)
    moment, left = start, minutes
    while left:
        there = moment.astimezone(calendar.zone)
        left -= calendar.is_working(there.date()) and 9 <= there.hour < 18
        moment += timedelta(minutes=1)

    assert calendar.due_after(start, Decimal(minutes) / 60) == moment


def test_working_days_are_counted_from_the_next_day() -> None:
    assert SHANGHAI.working_days_after(date(2026, 9, 16), 5) == date(2026, 9, 23)
    assert SHANGHAI.working_days_after(date(2026, 9, 19), 1) == date(2026, 9, 21)
