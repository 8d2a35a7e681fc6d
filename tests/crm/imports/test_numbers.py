"""Numbers in exports: every way of writing them, and what is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.imports import numbers
from crm.imports.refusals import Unfit

MONEY = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1234", "1234"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("0.125", "0.125"),
        ("12,5", "12.5"),
        (".5", "0.5"),
        ("¥12.5万", "125000"),
        ("３亿", "300000000"),
        ("$1.2m", "1200000"),
        ("(1,200)", "-1200"),
        ("-7", "-7"),
        ("12,34,567", "1234567"),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, value: str) -> None:
    assert numbers.parse(text).value == Decimal(value)


@pytest.mark.parametrize(("text", "currency"), [("€ 5.000", "EUR"), ("5.000 €", "EUR"), ("￥8", "CNY"), ("$1", "USD")])
def test_a_sign_says_the_currency(text: str, currency: str) -> None:
    assert numbers.parse(text).currency == currency


@pytest.mark.parametrize("text", ["", "abc", "1,23,45", "1.2.3,4", "1,2345.6,7", "(5", "--3", "1e5", "=1+1", "NaN"])
def test_what_is_no_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unfit, match="Expected a number"):
        numbers.parse(text)


def test_the_rest_of_the_column_tells_thousands_from_decimals() -> None:
    assert numbers.parse("123.456", ".").value == Decimal("123.456")
    assert numbers.parse("123.456", ",").value == Decimal(123456)


def test_a_number_against_its_column_is_refused() -> None:
    with pytest.raises(Unfit, match="rest of the column"):
        numbers.parse("1,5", ".")


@given(MONEY)
def test_every_amount_is_read_back_from_both_notations(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    french = english.replace(",", "\u202f").replace(".", ",")

    assert {numbers.parse(text).value for text in (english, german, french)} == {amount}


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_refused_with_a_sentence(text: str) -> None:
    try:
        assert numbers.parse(text).value.is_finite()
    except Unfit as refused:
        assert str(refused).startswith("Expected")
