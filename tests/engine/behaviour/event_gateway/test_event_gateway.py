"""The event-based gateway: the first event decides; it may also begin the process (BPMN 2.0, 10.5.6 and 13.3.4)."""

import pytest

from engine.testing import Kit
from tests.engine.behaviour.play import drawing, play, refusals

EVENTS = {"paid", "alarm", "late", "enough", "answer"}


def happen(player, event):
    if event == "late":
        return player.later(days=1).due("late")
    if event == "enough":
        return player.act(lambda execution: execution.set_variables({"amount": 101}))
    return player.catch(event)


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_the_first_event_decides_and_the_others_are_withdrawn(event):
    player = happen(play(__file__, "five").start(amount=1).complete("ask"), event)

    assert player.tasks == [f"after_{event}"]
    assert set(player.withdrawn) == EVENTS - {event}
    assert player.complete(f"after_{event}").ended


def test_each_of_two_timers_has_its_own_time():
    player = play(__file__, "two-timers").start().later(hours=1)

    assert player.due("late").tasks == []
    assert player.due("soon").tasks == ["hurry"]


def test_a_receive_task_behind_it_has_its_own_variables():
    player = play(__file__, "own-variables").start(customer="Ada").catch("answered", text="yes")

    assert player.variables == {"customer": "Ada", "text": "yes", "answer": "yes from Ada"}


def test_it_waits_anew_each_time_it_is_reached():
    player = play(__file__, "loop").start().catch("hint").catch("hint").catch("hint")

    assert player.catch("over").ended.ends == ("end",)


def test_its_events_are_withdrawn_with_the_sub_process_around_it():
    player = play(__file__, "in-sub-process").start().catch("stop")

    assert player.tasks == ["stopped"]
    assert player.waiting == ["cx_withdrawn", "stopped"]


@pytest.mark.parametrize(("message", "task"), [("ordered", "deliver"), ("asked", "reply")])
def test_one_that_begins_the_process_begins_it_with_the_event_that_happened(message, task):
    player = play(__file__, "beginning").start(message=message)

    assert player.tasks == [task]
    assert player.entered[:2] == ["first", message]
    assert player.complete(task).ended


def test_it_begins_a_process_when_its_message_comes(sqlite):
    kit = Kit(sqlite, files={"bpmn/beginning.bpmn": drawing(__file__, "beginning").xml})
    anything = kit.start("beginning", at="ordered")

    (begun,) = anything.message("asked", text="How much?").instances

    assert begun != anything.instance_id


def test_a_parallel_one_that_begins_the_process_waits_for_its_other_events():
    player = play(__file__, "beginning-parallel").start(message="paid")
    assert player.waiting == ["cx_withdrawn", "ordered"]

    assert player.catch("ordered").tasks == ["deliver"]


def test_of_several_that_begin_the_process_each_needs_one_of_its_events(sqlite):
    made = Kit(sqlite, files={"bpmn/beginning-groups.bpmn": drawing(__file__, "beginning-groups").xml})

    begun = made.start("beginning-groups", at="promised")
    assert begun.open_tasks() == []
    asked = begun.message("asked")

    assert asked.instances == (begun.instance_id,)
    assert begun.open_tasks() == ["deliver"]


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("task", "work"),
        ("entered", "paid"),
        ("parallel", "first"),
        ("guarded", "answered"),
        ("repeated", "answered"),
        ("beginning-timer", "late"),
    ],
)
def test_what_the_standard_does_not_allow_is_refused_by_name(name, element):
    assert ("event-gateway", element) in refusals(__file__, f"refused-{name}")


def test_one_that_begins_the_process_is_entered_by_no_flow():
    assert ("event-gateway", "first") in refusals(__file__, "refused-beginning-entered")
