"""Telling the processes about a record what happened: offered while one awaits it, to who may change the record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm import accounts, call_people, contacts, sales_calls
from engine import worker
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
