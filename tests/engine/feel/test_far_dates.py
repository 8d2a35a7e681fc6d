"""Dates before the year 1 and after 9999, and long durations: the standard has them, Python has not."""

from datetime import date, timedelta

import pytest

from engine.feel import YearsMonths, compile_expression, parse_date, parse_date_and_time, parse_duration

CASES = [
    ('string(date("-0044-03-15"))', "-0044-03-15"),
    ('date("10000-01-01") - date("9999-12-31")', timedelta(days=1)),
    ('string(date("9999-12-31") + @"P1D")', "10000-01-01"),
    ('date("10000-01-01") - @"P1D"', date(9999, 12, 31)),
    ('string(date("9999-12-31") + @"P2M")', "10000-02-29"),
    ('date("-0001-01-01") < date("0001-01-01")', True),
    ('date("10000-01-01") = date(10000, 1, 1)', True),
    ('date("10000-01-01") = date("9999-12-31")', False),
    ('date("10000-02-30")', None),
    ('date("1000000000-01-01")', None),
    ('date("999999999-12-31") + @"P1D"', None),
    ('string(date("999999999-12-31") - date("-999999999-12-31"))', "P730484999269D"),
    ('string(@"-P2129706043DT1H")', "-P2129706043DT1H"),
    ('string(@"P999999998D" + @"P2D")', "P1000000000D"),
    ('@"P2129706043D" - @"P2129706042D"', timedelta(days=1)),
    ('@"P2129706043D" / @"P1D"', 2_129_706_043),
    ('string(-abs(@"-P2129706043D") * 2)', "-P4259412086D"),
    ('sort([@"P2129706043D", @"P1D"])[1]', timedelta(days=1)),
    ('@"P2129706043DT5H".hours', 5),
    ('@"P2129706043D" instance of days and time duration', True),
    ('string(time("10:00:00") + @"P2129706043DT2H")', "12:00:00"),
    ('time(10, 0, 0, @"P2129706043D")', None),
    ('duration("P9999999999999D")', None),
    ('@"P999999999999D" * 1000', None),
    ('date("10000-01-01").weekday', 6),
    ('date("10000-01-01").hour', 0),
    ('day of week(date("12024-02-29"))', "Thursday"),
    ('last day of month(date("10000-02-01"))', 29),
    (
        'string(date and time("-2012-12-24T23:59:00.5@Europe/Paris"))',
        "-2012-12-24T23:59:00.5@Europe/Paris",
    ),
    ('date and time("12012-12-24T23:59:00+01:00").time offset', timedelta(hours=1)),
    ('string(date and time("9999-12-31T23:59:00Z") + @"PT1M")', "10000-01-01T00:00:00Z"),
    ('date and time("10000-01-01T00:00:00Z") = date and time("10000-01-01T01:00:00+01:00")', True),
    ('date and time("10000-01-01T00:00:00Z") = date and time("10000-01-01T00:00:00")', False),
    ('years and months duration(date("-2016-01-30"), date("-2015-01-30"))', YearsMonths(12)),
    ('count(for d in date("9999-12-31")..date("10000-01-02") return d)', 3),
    ('date("15000-01-01") in [date("10000-01-01")..date("20000-01-01")]', True),
    ('date("10000-01-01") instance of date', True),
    ('date and time(date("10000-01-01"), time("10:30:00")).minute', 30),
    ('string(date(date and time("10000-01-01T10:00:00")))', "10000-01-01"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_far_date_counts_like_any_other(text, expected):
    assert compile_expression(text)({}) == expected


def test_every_day_has_one_ordinal_across_all_borders():
    text = 'for d in date("{0}")..date("{1}") return string(d)'

    before = compile_expression(text.format("-0001-12-30", "0001-01-02"))({})
    assert before[:3] == ["-0001-12-30", "-0001-12-31", "0000-01-01"]
    assert before[-3:] == ["0000-12-31", "0001-01-01", "0001-01-02"]
    assert len(before) == 370


def test_settings_have_dates_that_python_knows():
    assert parse_date("10000-01-01") is None
    assert parse_date_and_time("10000-01-01T00:00:00") is None
    assert parse_duration("P2129706043D") is None
