"""Times and durations written outside of expressions, and the wrappers of modelers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.feel import YearsMonths, add_duration, literals, wrap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT1H", timedelta(hours=1)),
        (" P2DT3H4M5.5S ", timedelta(days=2, hours=3, minutes=4, seconds=5.5)),
        ("-PT30M", timedelta(minutes=-30)),
        ("P2W", timedelta(weeks=2)),
        ("P1Y6M", YearsMonths(18)),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("1H", None),
        ("P999999999999D", None),
        ("${PT1H}", None),
    ],
)
def test_durations_are_read(text, expected):
    assert literals.parse_duration(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01T09:00:00Z", datetime(2024, 5, 1, 9, tzinfo=UTC)),
        ("2024-05-01T09:00:00+02:00", datetime(2024, 5, 1, 7, tzinfo=UTC)),
        ("2024-05-01T24:00:01", None),
        ("2024-05-01", None),
        ("2024-05-01T09:00:00@../etc/passwd", None),
        ("2024-05-01T09:00:00@Nowhere/Land", None),
    ],
)
def test_moments_are_read(text, expected):
    assert literals.parse_date_and_time(text) == expected


def test_dates_are_read():
    assert literals.parse_date("2024-02-29") == date(2024, 2, 29)
    assert literals.parse_date("2023-02-29") is None


def test_a_month_later_ends_at_the_last_day_of_a_short_month():
    start = datetime(2024, 1, 31, 9, tzinfo=UTC)

    assert add_duration(start, YearsMonths(1)) == datetime(2024, 2, 29, 9, tzinfo=UTC)
    assert add_duration(start, timedelta(hours=1)) == datetime(2024, 1, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${a > 1}", "a > 1"),
        ("= a > 1", "a > 1"),
        ("#{a}", "a"),
        (" a > 1 ", "a > 1"),
        ("${x", "${x"),
    ],
)
def test_wrappers_of_modelers_are_taken_off(text, expected):
    assert wrap(text) == expected
