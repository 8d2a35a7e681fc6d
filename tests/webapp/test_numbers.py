"""Numbers on pages: the reader's separators, and cents as people write them."""

from decimal import Decimal

import pytest

from tests.webapp.world import World
from webapp.layout import number


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        (7, "7"),
        (Decimal("128000.50"), "128,000.50"),
        (Decimal("128000.00"), "128,000"),
        (Decimal("33.6"), "33.6"),
    ],
)
def test_a_number_has_separators_and_whole_cents(world: World, value: Decimal | int | None, told: str) -> None:
    with world.app.test_request_context():
        assert number(value) == told
