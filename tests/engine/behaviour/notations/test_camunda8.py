"""Drawings of Camunda 8: what its extension elements say is done here, or refused by name.

The elements are those of BPMN 2.0 chapter 10; what the extension elements mean is said in docs/notations.md.
"""

from datetime import UTC, datetime, timedelta

import pytest

from engine import Database
from engine.bpmn import normalise, read
from engine.errors import InvalidForm
from engine.port import CallWanted, EventAwaited, TaskOpened, TimerArmed
from engine.spiff import compile_bundle
from tests.engine.behaviour.notations.playing import DISCOUNT, HERE, deployed, recorder, refused, told
from tests.engine.behaviour.play import drawing, known, play
from tests.engine.spiff.player import Player

ORDER = {"lines": [{"price": 4}, {"price": 8}]}


def ordered(sqlite, calls, reserved):
    kit = deployed(sqlite, "c8-order", handlers=[recorder("reserve_stock", calls, reserved=reserved)])
    return kit, kit.start("c8-order", order=ORDER, packer="rep")


def test_a_job_type_is_the_handler_of_its_name_and_sees_its_headers_and_inputs(sqlite: Database) -> None:
    calls = []
    _, run = ordered(sqlite, calls, 2)

    (seen,) = calls
    assert seen.properties["warehouse"] == "north"
    assert seen.properties["zeebe.subject"] == "Not an expression"
    assert (seen.variables["lines"], seen.variables["mode"]) == (ORDER["lines"], "fixed")
    assert "lines" not in run.variables and "mode" not in run.variables


def test_outputs_and_scripts_set_their_variables_and_conditions_read_them(sqlite: Database) -> None:
    _, run = ordered(sqlite, [], 2)

    assert (run.variables["in_stock"], run.variables["total"]) == (True, 12)
    assert "reserved" not in run.variables
    assert run.open_tasks() == ["pack"]


def test_without_stock_the_default_flow_is_taken(sqlite: Database) -> None:
    _, run = ordered(sqlite, [], 0)

    assert run.ended_at("end")


def test_a_task_is_assigned_scheduled_and_weighed_as_its_elements_say(sqlite: Database) -> None:
    kit, run = ordered(sqlite, [], 1)

    (task,) = run._tasks()
    assert (task["assignee"], task["priority"]) == ("rep", 90)
    assert task["due_at"] == kit.clock.now() + timedelta(days=1)


def test_a_form_inside_the_drawing_is_the_form_of_its_task(sqlite: Database) -> None:
    _, run = ordered(sqlite, [], 1)

    with pytest.raises(InvalidForm):
        run.complete("pack", parcels="0")
    run.complete("pack", parcels="2")

    assert run.variables["parcels"] == 2
    assert run.state == "completed"


def test_a_version_tag_and_retries_are_read():
    one = drawing(HERE, "c8-order")

    assert ("reserve", "info", 'Read retries="2" at reserve as camunda:failedJobRetryTimeCycle R1/PT0S.') in told(
        "c8-order"
    )
    assert b"zeebe:versionTag" in one.xml
    assert one.process.get("{http://camunda.org/schema/1.0/bpmn}versionTag") == "2.1"


def test_a_message_is_awaited_by_its_constant_name_and_key():
    """8.3.8 and 10.4.5: the correlation key belongs to the subscription."""
    player = play(HERE, "c8-payment", handlers=["tell_customer"]).start(order_number="A-7", calm=False)

    awaited = {one.name: one.correlation for one in player.execution.waiting() if isinstance(one, EventAwaited)}
    assert awaited["payment.received"] == "A-7"


def test_what_a_message_brings_is_mapped_as_its_output_says():
    """10.3.2."""
    player = play(HERE, "c8-payment", handlers=["tell_customer"]).start(order_number="A-7").catch("paid", amount=3)

    assert player.variables["cents"] == 300
    assert "amount" not in player.variables


def test_a_duration_in_feel_is_worked_out():
    player = play(HERE, "c8-payment", handlers=["tell_customer"]).start(order_number="A-7", calm=False).catch("paid")

    assert [one.due for one in player.effects if isinstance(one, TimerArmed)] == [datetime(2026, 3, 2, 10, tzinfo=UTC)]


def test_a_message_end_event_is_a_job():
    player = play(HERE, "c8-payment", handlers=["tell_customer"]).start(order_number="A-7", calm=True)
    player.catch("paid").later(days=1).due("rest")

    assert [one.place.element for one in player.execution.waiting() if isinstance(one, CallWanted)] == ["told"]
    assert player.complete("told").ended


def test_a_step_repeats_over_its_input_collection_and_collects_what_is_worked_out():
    """10.2.8."""
    items = [{"seller": "a", "n": 1}, {"seller": "b", "n": 2}]
    player = play(HERE, "c8-every").start(items=items)
    rounds = [one.place.token for one in player.execution.waiting() if isinstance(one, TaskOpened)]
    assert [player.execution.variables(one)["item"] for one in rounds] == items

    player.complete("price", price=5).complete("price", price=7)

    assert player.ended and player.variables["prices"] == [10, 14]
    assert "price_output" not in player.variables and "item" not in player.variables


def test_a_completion_condition_ends_the_rounds_early():
    player = play(HERE, "c8-every").start(items=[{"seller": "a"}, {"seller": "b"}]).complete("price", price=0)

    assert player.ended and "price" in player.withdrawn


def test_a_called_process_takes_and_gives_all_variables_unless_told_otherwise():
    """10.2.5."""
    player = play(HERE, "c8-caller", "c8-called").start(a=1, secret=2)
    assert player.execution.variables(player.token("think")) == {"a": 1, "secret": 2}

    player.complete("think", answer=3)

    assert player.variables["answer"] == 3


@pytest.mark.parametrize(("given", "record"), [('="deal:" + string(a)', "deal:1"), ("deal:7", "deal:7")])
def test_the_business_id_of_a_call_is_the_record_that_the_called_process_is_about(given, record):
    xml = drawing(HERE, "c8-caller").xml.decode().replace('"c8_called"/>', f"\"c8_called\" businessId='{given}'/>")
    caller, called = read(xml.encode(), "c8-caller.bpmn"), drawing(HERE, "c8-called")
    ready = [normalise(one, known(caller, called)) for one in (caller, called)]
    player = Player(compile_bundle(ready[0], {"c8_called": ready[1]})).start(a=1)

    assert player.execution.variables(player.token("think"))["business_record"] == record


def test_a_called_process_that_is_told_takes_only_the_inputs_and_gives_only_the_outputs():
    player = play(HERE, "c8-caller", "c8-called").start(a=1, secret=2).complete("think", answer=3)
    assert player.execution.variables(player.token("think")) == {"b": 2}

    player.complete("think", answer=5, hidden=True)

    assert player.ended and player.variables["result"] == 6
    assert player.variables["answer"] == 3 and "hidden" not in player.variables


@pytest.mark.parametrize(("amount", "percent"), [(150, 10), (50, 0)])
def test_a_called_decision_puts_its_result_into_the_variable(sqlite: Database, amount: int, percent: int) -> None:
    files = {"dmn/discount.dmn": DISCOUNT.encode()}
    kit = deployed(sqlite, "c8-rule", handlers=[recorder("own_rules", [])], files=files)

    run = kit.start("c8-rule", amount=amount)

    assert run.variables["percent"] == percent


def test_a_business_rule_task_of_a_job_worker_is_done_by_its_handler(sqlite: Database) -> None:
    calls = []
    files = {"dmn/discount.dmn": DISCOUNT.encode()}
    kit = deployed(sqlite, "c8-rule", handlers=[recorder("own_rules", calls)], files=files)

    kit.start("c8-rule", amount=1)

    assert [context.element for context in calls] == ["by_worker"]


REFUSED = {
    "dynamic": 'errorCode="=which"',
    "computed": 'zeebe:taskDefinition type="=job_type"',
    "elsewhere": 'zeebe:formDefinition "https://forms.example/1"',
    "listened": "zeebe:executionListeners",
    "nested": 'zeebe:output target="order.total"',
    "heard": 'zeebe:input target="y"',
}


@pytest.mark.parametrize("element", REFUSED)
def test_what_needs_the_other_engine_is_refused_with_its_element(element):
    assert f"{element} has {REFUSED[element]}: " in refused("c8-refused")[element]


def test_nothing_else_in_that_drawing_is_refused():
    assert set(refused("c8-refused")) == set(REFUSED)
