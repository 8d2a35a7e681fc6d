"""What stands beside the forms of pre-qualification: no more of somebody else's deal than it takes to compare."""

from typing import Any

import pytest
from sqlalchemy import Connection

from crm import views
from crm.opportunities import Opportunity
from tests.crm.factories import NOW, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")


def shown(connection: Connection, user: str, deal: Opportunity) -> dict[str, Any]:
    known = {"duplicate_of": deal.business_key}
    return dict(views.panel("duplicate_opportunity", connection, user, "opportunity:OPP-1", known, NOW).facts)


def test_a_likely_duplicate_is_named_to_everybody_but_its_need_only_to_its_readers(connection: Connection) -> None:
    deal = an_opportunity(connection, owner="rao.mei", need="A secret")

    mine, foreign = shown(connection, "rao.mei", deal), shown(connection, "zhao.lei", deal)

    assert (mine["Need"], mine["Owner"]) == ("A secret", "rao.mei")
    assert "Need" not in foreign and foreign["Opportunity"] == f"{deal.number} {deal.name}"


def test_without_a_duplicate_the_panel_says_so(connection: Connection) -> None:
    panel = views.panel("duplicate_opportunity", connection, "lin.wei", "opportunity:OPP-1", {}, NOW)

    assert (panel.facts, panel.empty) == ((), "No other opportunity is like this one.")
