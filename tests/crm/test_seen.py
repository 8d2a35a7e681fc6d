"""Whether a record is still as somebody saw it."""

from decimal import Decimal

import pytest
from sqlalchemy import Connection

from crm import opportunities
from crm.seen import Seen
from tests.crm.factories import NOW, an_opportunity

SEEN = Seen()


@pytest.fixture(autouse=True)
def company(configured: dict[str, int]) -> None:
    """The people whom records name."""


def test_a_change_is_told_with_who_when_and_the_newer_values(connection: Connection) -> None:
    deal = an_opportunity(connection, amount=Decimal(100))
    mark = SEEN.mark(connection, deal.business_key)
    assert mark is not None and SEEN.changed(connection, deal.business_key, mark) is None

    opportunities.change(connection, deal, {"next_step": "Call", "notes": None}, by="chen.jing", at=NOW)

    found = SEEN.changed(connection, deal.business_key, mark)
    assert found is not None
    assert (found.record, found.who, found.when) == (deal.number, "chen.jing", NOW)
    assert dict(found.values) == {"next_step": "Call"}


def test_several_changes_are_told_together(connection: Connection) -> None:
    deal = an_opportunity(connection)
    mark = SEEN.mark(connection, deal.business_key) or ""

    first = opportunities.change(connection, deal, {"next_step": "Call"}, by="chen.jing", at=NOW)
    opportunities.change(connection, first, {"rfp": True}, by="lin.wei", at=NOW)

    found = SEEN.changed(connection, deal.business_key, mark)
    assert found is not None and dict(found.values) == {"next_step": "Call", "rfp": True}


def test_writing_the_same_values_again_is_no_change(connection: Connection) -> None:
    deal = an_opportunity(connection)
    mark = SEEN.mark(connection, deal.business_key) or ""

    opportunities.change(connection, deal, {"name": deal.name}, by="chen.jing", at=NOW)

    assert SEEN.changed(connection, deal.business_key, mark) is None


@pytest.mark.parametrize("key", ["opportunity:OPP-9", "unheard:OPP-1", "nothing", "", "opportunity:", "user:lin.wei"])
def test_a_key_of_no_record_has_no_mark_and_no_conflict(connection: Connection, key: str) -> None:
    assert SEEN.mark(connection, key) is None
    assert SEEN.changed(connection, key, "1.a") is None


@pytest.mark.parametrize("mark", ["", "x", "1", "1.2.3"])
def test_a_mark_that_nobody_gave_is_taken_for_an_old_one_or_none(connection: Connection, mark: str) -> None:
    deal = an_opportunity(connection)

    found = SEEN.changed(connection, deal.business_key, mark)

    assert found is None or found.record == deal.number
