"""Corrected values: read back in the kind they had."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.errors import InvalidForm
from webapp.incidents.corrections import correctable, read

VARIABLES: dict[str, Any] = {
    "amount": Decimal("1200.50"),
    "round": 2,
    "fast": True,
    "name": "Mill",
    "day": date(2026, 3, 2),
    "at": datetime(2026, 3, 2, 9, tzinfo=UTC),
    "nothing": None,
    "rows": [1, 2],
    "business_key": "opportunity:OPP-1",
}


def test_simple_values_can_be_corrected_lists_and_the_records_key_cannot() -> None:
    names = [one.name for one in correctable(VARIABLES)]

    assert names == ["amount", "at", "day", "fast", "name", "nothing", "round"]


@pytest.mark.parametrize(
    ("name", "sent", "expected"),
    [
        ("amount", "99.5", Decimal("99.5")),
        ("amount", "99", 99),
        ("round", "3", 3),
        ("fast", "no", False),
        ("name", "", None),
        ("name", "Mill 2", "Mill 2"),
        ("day", "2026-04-01", date(2026, 4, 1)),
        ("at", "2026-04-01T09:30", datetime(2026, 4, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))),
        ("at", "2026-04-01T09:30+00:00", datetime(2026, 4, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_value_keeps_its_kind(name: str, sent: str, expected: Any) -> None:
    assert read({f"value.{name}": sent}, VARIABLES, "Asia/Shanghai") == {name: expected}


def test_what_was_not_touched_is_not_sent() -> None:
    sent = {f"value.{one.name}": one.text for one in correctable(VARIABLES)}

    assert read(sent, VARIABLES, "UTC") == {}


@pytest.mark.parametrize(("kind", "expected"), [("text", "7"), ("number", 7)])
def test_an_empty_value_gets_the_kind_that_was_chosen(kind: str, expected: Any) -> None:
    assert read({"value.nothing": "7", "kind.nothing": kind}, VARIABLES, "UTC") == {"nothing": expected}


@pytest.mark.parametrize(
    ("name", "sent"), [("amount", "much"), ("amount", "NaN"), ("day", "tomorrow"), ("fast", "perhaps"), ("at", "now")]
)
def test_a_value_that_does_not_fit_is_named(name: str, sent: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        read({f"value.{name}": sent}, VARIABLES, "UTC")

    assert list(refused.value.errors) == [name]
    assert sent in str(refused.value.errors[name])


def test_the_key_of_the_record_cannot_be_changed_by_hand() -> None:
    assert read({"value.business_key": "opportunity:OPP-2"}, VARIABLES, "UTC") == {}
