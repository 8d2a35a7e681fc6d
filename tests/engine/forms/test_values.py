"""Every type of answer: what is accepted, what it becomes, and what is refused with which words."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from engine.errors import InvalidForm
from engine.forms import validate
from tests.engine.forms.builders import NOW, a_field, a_form, answer, reasons

MONEY = {"properties": {"unit": "money"}}
PERCENT = {"properties": {"unit": "percent"}}
LEVELS = {"values": [{"label": "High", "value": "high"}, {"label": "Low", "value": "low"}]}
YES_NO = {"values": [{"label": "Yes", "value": True}, {"label": "No", "value": False}]}
NUMBERS = {"values": [{"label": "One", "value": 1}, {"label": "Two", "value": 2}]}

ACCEPTED = [
    (a_field("f"), "  Acme  ", "Acme"),
    (a_field("f"), "", None),
    (a_field("f"), "   ", None),
    (a_field("f", "textarea"), "one\r\ntwo", "one\ntwo"),
    (a_field("f", "number"), "1,234.56", Decimal("1234.56")),
    (a_field("f", "number"), "１２３", 123),
    (a_field("f", "number"), "-7", -7),
    (a_field("f", "number"), "3.0", 3),
    (a_field("f", "number"), 0.1, Decimal("0.1")),
    (a_field("f", "number"), 12, 12),
    (a_field("f", "number", decimalDigits=2), "12.30", Decimal("12.30")),
    (a_field("f", "number", decimalDigits=2), "9" * 36 + ".990", Decimal("9" * 36 + ".990")),
    (a_field("f", "number", **MONEY), "1,000", Decimal(1000)),
    (a_field("f", "number", **PERCENT), "100", 100),
    (a_field("f", "number", validate={"min": 1, "max": 5}), "5", 5),
    (a_field("f", "checkbox"), "on", True),
    (a_field("f", "checkbox"), None, False),
    (a_field("f", "checkbox"), True, True),
    (a_field("f", "radio", **LEVELS), "high", "high"),
    (a_field("f", "radio", **YES_NO), "true", True),
    (a_field("f", "radio", **YES_NO), False, False),
    (a_field("f", "select", **NUMBERS), "2", 2),
    (a_field("f", "select", properties={"reference": "reason_code:disqualify"}), "Q01", "Q01"),
    (a_field("f", "select", valuesKey="found"), "b", "b"),
    (a_field("f", "select", valuesExpression="=for n in found return upper case(n)"), "B", "B"),
    (a_field("f", "checklist", **LEVELS), ["low", "high", "low"], ["low", "high"]),
    (a_field("f", "checklist", **LEVELS), "low", ["low"]),
    (a_field("f", "taglist", **LEVELS), None, []),
    (a_field("f", "datetime", subtype="date"), "2026-03-31", date(2026, 3, 31)),
    (a_field("f", "datetime", subtype="date"), "2026/3/1", date(2026, 3, 1)),
    (a_field("f", "datetime", subtype="date"), "2026年3月1日", date(2026, 3, 1)),
    (a_field("f", "datetime", subtype="time"), "14:30", time(14, 30)),
    (a_field("f", "datetime"), "2026-03-31T14:30", datetime(2026, 3, 31, 14, 30, tzinfo=UTC)),
    (a_field("f", "datetime"), "2026-03-31T14:30+08:00", datetime(2026, 3, 31, 6, 30, tzinfo=UTC)),
    (a_field("f", validate={"validationType": "email"}), "lin@example.com", "lin@example.com"),
    (a_field("f", validate={"validationType": "phone"}), "+86 21 5555 0100", "+86 21 5555 0100"),
    (a_field("f", validate={"pattern": "^[A-Z]{2}$"}), "AB", "AB"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "raw", "expected"), ACCEPTED)
def test_an_answer_becomes_a_typed_value(field: dict[str, Any], raw: Any, expected: Any) -> None:
    values = answer([field], {"f": raw}, found=["a", "b"])

    assert values == {"f": expected}
    assert type(values["f"]) is type(expected)


REFUSED = [
    (a_field("f", "number"), "abc", "Expected a number such as 1,234.56, but got 'abc'."),
    (a_field("f", "number"), "1.234,56", "Expected a number"),
    (a_field("f", "number"), "12,34", "Expected a number"),
    (a_field("f", "number"), "1e5", "Expected a number"),
    (a_field("f", "number"), "NaN", "Expected a number"),
    (a_field("f", "number"), float("inf"), "Expected a number"),
    (a_field("f", "number"), True, "Expected a number"),
    (a_field("f", "number"), "9" * 41, "Expected a number"),
    (a_field("f", "number"), ["1"], "Expected a number"),
    (a_field("f", "number", decimalDigits=0), "1.5", "Expected a whole number, but got '1.5'."),
    (a_field("f", "number", **MONEY), "1.005", "Expected at most 2 decimal places"),
    (a_field("f", "number", decimalDigits=2, validate={"max": 99}), "9" * 39, "Expected at most 99"),
    (a_field("f", "number", decimalDigits=2), "1" * 30 + ".005", "Expected at most 2 decimal places"),
    (a_field("f", "datetime"), "0001-01-01T00:00+08:00", "Expected a date and time"),
    (a_field("f", "datetime"), "9999-12-31T23:59-08:00", "Expected a date and time"),
    (a_field("f", "number", **PERCENT), "101", "Expected at most 100, but got 101."),
    (a_field("f", "number", **PERCENT), "-1", "Expected at least 0, but got -1."),
    (a_field("f", "number", validate={"min": 1, "max": 5}), "6", "Expected at most 5, but got 6."),
    (a_field("f", "checkbox"), "maybe", "Expected yes or no, but got 'maybe'."),
    (a_field("f", "checkbox", validate={"required": True}), "", "This must be ticked."),
    (a_field("f", "radio", **LEVELS), "medium", "Expected one of the options, but got 'medium'."),
    (a_field("f", "radio", **NUMBERS), True, "Expected one of the options"),
    (a_field("f", "radio", **LEVELS, validate={"required": True}), "", "Choose one of the options."),
    (a_field("f", "radio", **LEVELS), {"a": 1}, "Expected one of the options"),
    (a_field("f", "checklist", **LEVELS), ["low", "x"], "Expected one of the options, but got 'x'."),
    (a_field("f", "select", properties={"reference": "reason_code:disqualify"}), "Q99", "Expected one of"),
    (a_field("f", validate={"required": True}), " ", "This must be answered."),
    (a_field("f", validate={"minLength": 3}), "ab", "Expected at least 3 characters, but got 2."),
    (a_field("f", validate={"maxLength": 3}), "abcd", "Expected at most 3 characters, but got 4."),
    (a_field("f"), "x" * 1001, "Expected at most 1000 characters"),
    (a_field("f"), "a\x00b", "signs that cannot be stored"),
    (a_field("f"), {"a": 1}, "Expected a text"),
    (a_field("f", validate={"pattern": "^[A-Z]{2}$"}), "abc", "of the form ^[A-Z]{2}$"),
    (a_field("f", "textarea", validate={"pattern": "^(a+)+$"}), "a" * 19_000 + "!", "of the form ^(a+)+$"),
    (a_field("f", validate={"validationType": "email"}), "lin@", "Expected an e-mail address"),
    (a_field("f", "datetime", subtype="date"), "2026-02-30", "Expected a date such as 2026-03-31"),
    (a_field("f", "datetime", subtype="date"), "tomorrow", "Expected a date"),
    (a_field("f", "datetime"), "31.3.", "Expected a date and time"),
    (a_field("f", "datetime", subtype="time"), "25:00", "Expected a time such as 14:30"),
    (a_field("f", "datetime", subtype="date", properties={"min": "=today()"}), "2026-03-01", "2026-03-02 or later"),
    (a_field("f", "datetime", subtype="date", properties={"max": "=latest"}), "2027-01-01", "2026-12-31 or earlier"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "raw", "sentence"), REFUSED)
def test_a_wrong_answer_is_refused_in_words(field: dict[str, Any], raw: Any, sentence: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        answer([field], {"f": raw}, latest=date(2026, 12, 31))

    assert list(refused.value.errors) == ["f"]
    assert sentence in str(refused.value.errors["f"])


def test_a_time_without_a_zone_is_meant_in_the_zone_of_the_reader() -> None:
    shanghai = NOW.astimezone(timezone(timedelta(hours=8)))

    values = validate(a_form(a_field("at", "datetime")), {"at": "2026-03-31T14:30"}, {}, reasons, shanghai)

    assert values == {"at": datetime(2026, 3, 31, 6, 30, tzinfo=UTC)}


def test_every_wrong_answer_is_reported_at_once() -> None:
    with pytest.raises(InvalidForm) as refused:
        answer([a_field("a", "number"), a_field("b", validate={"required": True}), a_field("c")], {"a": "x"})

    assert set(refused.value.errors) == {"a", "b"}
