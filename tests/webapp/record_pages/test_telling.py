"""Telling the processes about a record what happened: offered while one awaits it, to who may change the record."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm import accounts, call_people, contacts, flags, opportunities, orders, products, records, sales_calls
from crm.orders import NewLine
from crm.tables import product
from engine import instances, worker
from tests.webapp.world import START, World

PLAN = "plan-for-sales-call"


@pytest.fixture
def call(world: World) -> str:
    """A scheduled call of lin.wei, prepared as far as the wait for its time."""
    at = START + timedelta(days=2)
    with world.application.database.write() as transaction:
        connection = transaction.connection
        customer = accounts.get(connection, "ACC-0001")
        person = contacts.create(connection, customer.id, "Wu Fang", by="lin.wei", at=START, phone="1")
        made = sales_calls.create(
            connection, customer.id, "lin.wei", purpose="review", channel="phone", by="lin.wei", at=START,
            status="scheduled", start_at=at,
        )  # fmt: skip
        call_people.invite(connection, made, [person.number], [], by="lin.wei", at=START)
    world.start(PLAN, made.business_key)
    worker.run_due(world.engine)
    goals = {"primary_objective": "Yes", "minimum_outcome": "Maybe", "learn_goals": [{"goal": "Why"}]}
    world.complete("set_objectives", "lin.wei", **goals)
    questions = {"questions": [{"type": "need", "text": "What?"}], "value_messages": [{"message": "This"}]}
    world.complete("prepare_conversation", "lin.wei", **questions)
    agenda = [{"topic": "All", "minutes": 10, "lead": "lin.wei"}]
    world.complete("define_agenda", "lin.wei", agenda=agenda, agenda_approved=True)
    worker.run_due(world.engine)
    return f"/records/sales_call/{made.number}"


def test_the_owner_says_that_the_customer_moved_the_call_and_it_is_agreed_anew(world: World, call: str) -> None:
    client = world.client("lin.wei")
    page = client.get(call).text
    assert "The customer moves or cancels the call" in page
    assert "Open Sales Call" not in page.split("Facts")[0]  # it opens by itself when its time has come

    told = client.post(f"{call}/tell", message="call.moved")
    worker.run_due(world.engine)

    assert told.status_code == 302
    assert world.task("choose_purpose")
    again = client.post(f"{call}/tell", message="call.moved")
    assert again.status_code == 409
    assert "The customer moves or cancels the call" not in client.get(call).text


def test_who_only_reads_the_record_tells_nothing(world: World, call: str) -> None:
    manager = world.client("chen.jie")

    assert "The customer moves or cancels the call" not in manager.get(call).text
    assert manager.post(f"{call}/tell", message="call.moved").status_code == 409
    assert world.client("lin.wei").post(f"{call}/tell", message="customer.responded").status_code == 409


WHOLE = {"shipped": "1", "invoiced": "1", "received_amount": "60000", "next_date": "2026-04-01"}


def a_won_deal_with_an_order(world: World) -> str:
    with world.application.database.write() as transaction:
        connection = transaction.connection
        flags.switch(connection, "sales_module_enabled", True, by="test", at=START)
        row = {"number": "PRD-0900", "name": "Line", "name_zh": "生产线", "unit": "piece"}
        records.insert(connection, product, row, by="test", at=START)
        deal = opportunities.get(connection, "OPP-1001")
        for state in ("active", "won"):
            deal = opportunities.move(connection, deal, state, by="lin.wei", at=START)
        item = products.id_of(connection, "product:PRD-0900")
        line = NewLine(item, Decimal(1), Decimal(60000), Decimal(0), date(2026, 4, 1))
        return orders.enter(connection, deal, [line], ordered_on=START.date(), by="lin.wei", at=START).business_key


@pytest.mark.parametrize("about", ["order:ORD-0001", "opportunity:OPP-1001"])
def test_what_operations_enter_about_a_delivery_reaches_the_tracking_at_once(world: World, about: str) -> None:
    assert a_won_deal_with_an_order(world) == "order:ORD-0001"
    run = world.start("order-execution-tracking", about)
    worker.run_due(world.engine)

    changed = world.client("olga.ops").post("/records/order_execution/1/edit", **WHOLE, _version="2")
    worker.run_due(world.engine)

    assert changed.status_code == 302
    view = instances.view(world.engine, run)
    assert (view.row.state, view.variables["execution_state"]) == ("completed", "complete")


def test_what_was_entered_while_a_delay_is_explained_counts_right_afterwards(world: World) -> None:
    a_won_deal_with_an_order(world)
    world.clock.set(START + timedelta(days=60))
    run = world.start("order-execution-tracking", "order:ORD-0001")
    worker.run_due(world.engine)
    world.client("olga.ops").post("/records/order_execution/1/edit", **WHOLE, _version="2")

    world.complete("handle_delay", "lin.wei", cause="Strike", customer_informed="true")
    worker.run_due(world.engine)

    assert instances.view(world.engine, run).row.state == "completed"


def test_an_order_that_is_tracked_inside_another_process_is_not_offered_to_be_tracked_again(world: World) -> None:
    a_won_deal_with_an_order(world)
    client, offer = world.client("olga.ops"), ">Order Execution Tracking</button>"
    assert offer in client.get("/records/order/ORD-0001").text
    world.start("order-execution-tracking", "order:ORD-0001")
    worker.run_due(world.engine)

    assert offer not in client.get("/records/order/ORD-0001").text


def test_an_order_cancelled_by_hand_ends_its_tracking(world: World) -> None:
    a_won_deal_with_an_order(world)
    run = world.start("order-execution-tracking", "order:ORD-0001")
    worker.run_due(world.engine)

    world.client("olga.ops").post("/records/order/ORD-0001/move", state="cancelled", reason="Withdrawn")
    worker.run_due(world.engine)

    assert instances.view(world.engine, run).variables["execution_state"] == "cancelled"
