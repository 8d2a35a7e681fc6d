"""Rows within a record are shown as what they mean: days as days, people by name."""

from crm import records
from crm.tables import forecast
from tests.webapp.world import START, World


def test_the_actions_of_a_forecast_stand_on_its_page_with_owner_and_day(world: World) -> None:
    action = {"action": "Two more calls", "owner": "lin.wei", "due": "2026-09-30"}
    row = {"number": "FOR-0001", "period": "2026-Q3", "version": 1, "owner": "lin.wei", "gap_actions": [action]}
    with world.application.database.write() as transaction:
        records.insert(transaction.connection, forecast, row, by="test", at=START)

    page = world.client("lin.wei").get("/records/forecast/FOR-0001")

    assert page.status_code == 200
    assert "Two more calls" in page.text and "Sep 30, 2026" in page.text and "Lin Wei" in page.text


def test_the_history_of_a_list_names_its_columns_in_the_readers_language(world: World) -> None:
    action = {"action": "Two more calls", "owner": "lin.wei", "due": "2026-09-30"}
    row = {"number": "FOR-0001", "period": "2026-Q3", "version": 1, "owner": "lin.wei", "gap_actions": [action]}
    with world.application.database.write() as transaction:
        records.insert(transaction.connection, forecast, row, by="test", at=START)
    client = world.client("lin.wei")
    client.post("/language", language="zh-Hans")

    page = client.get("/records/forecast/FOR-0001").text

    assert "措施：Two more calls；负责人：林薇；截止日期：" in page
