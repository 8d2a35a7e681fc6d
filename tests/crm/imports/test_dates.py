"""Dates in exports: every way of writing them, and whether the day or the month comes first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.imports import dates
from crm.imports.refusals import Unfit

DAYS = st.dates(min_value=date(1960, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31",
        "2026/12/31",
        "2026.12.31",
        "2026年12月31日",
        "２０２６年１２月３１日",
        "31.12.2026",
        "31/12/2026",
        "12/31/2026",
        "31-12-26",
        "31-Dec-2026",
        "Dec 31, 2026",
        "20261231",
        "2026-12-31 00:00:00",
        "2026-12-31T10:00:00Z",
        "12/31/2026 4:30 PM",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert dates.parse(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "soon", "46387", "31.02.2026", "2026-13-01", "13/13/2026", "0001-01-01", "5 May"])
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unfit, match="Expected"):
        dates.parse(text)


def test_an_unclear_order_is_asked_for_with_both_readings() -> None:
    with pytest.raises(Unfit) as refused:
        dates.parse("04/05/2026")

    assert "2026-05-04" in str(refused.value) and "2026-04-05" in str(refused.value)


def test_the_rest_of_the_column_settles_the_order() -> None:
    assert dates.parse("04/05/2026", "dmy") == date(2026, 5, 4)
    assert dates.parse("04/05/2026", "mdy") == date(2026, 4, 5)


def test_a_date_against_its_column_is_refused() -> None:
    with pytest.raises(Unfit, match="rest of the column"):
        dates.parse("31/12/2026", "mdy")


def test_the_same_number_twice_needs_no_order() -> None:
    assert dates.parse("05/05/2026") == date(2026, 5, 5)


@given(DAYS)
def test_every_day_is_read_back_from_every_clear_notation(day: date) -> None:
    chinese = f"{day.year}年{day.month}月{day.day}日"
    texts = [day.isoformat(), f"{day:%Y/%m/%d}", f"{day:%d.%m.%Y}", chinese, f"{day:%d-%b-%Y}"]

    assert {dates.parse(text) for text in texts} == {day}


@given(DAYS, st.sampled_from(["dmy", "mdy"]))
def test_every_day_is_read_back_in_a_known_order(day: date, order: str) -> None:
    text = f"{day:%d/%m/%Y}" if order == "dmy" else f"{day:%m/%d/%Y}"

    assert dates.parse(text, order) == day


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_refused_with_a_sentence(text: str) -> None:
    try:
        assert dates.FIRST_YEAR <= dates.parse(text).year <= dates.LAST_YEAR
    except Unfit as refused:
        assert str(refused).startswith("Expected")
