"""Messages between steps and processes: sent, received, on borders, beginning (BPMN 2.0, 10.2.3, 10.4.5, 13.2.3)."""

import pytest

from engine import instances
from engine.port import EventAwaited, EventThrown
from engine.testing import Kit, Run
from tests.engine.behaviour.play import drawing, play, refusals


def test_a_send_task_a_throwing_and_an_end_event_send_their_messages():
    player = play(__file__, "sends").start(sum=7).complete("work")

    thrown = [(one.kind, one.name, one.payload) for one in player.seen if isinstance(one, EventThrown)]
    assert thrown == [("message", "paid", {"amount": 7}), ("message", "signed", {}), ("message", "done", {})]
    assert player.ended.ends == ("last",)


def test_a_send_task_has_its_own_variables():
    player = play(__file__, "sends-own").start(sum=7)

    assert [one.payload for one in player.seen if isinstance(one, EventThrown)] == [{"amount": 14}]
    assert player.variables == {"sum": 7, "told": 14}


def test_a_receive_task_and_a_catching_event_wait_for_theirs():
    player = play(__file__, "receives").start()
    assert player.waiting == ["cx_withdrawn", "wait_paid"]

    player.catch("wait_paid", amount=7)
    assert player.waiting == ["cx_withdrawn", "wait_signed"]

    assert player.catch("wait_signed").tasks == ["after"]
    assert player.variables["amount"] == 7


def test_messages_go_from_one_process_to_another_and_begin_a_third(sqlite):
    names = ("sends", "receives", "begins")
    made = Kit(sqlite, files={f"bpmn/{name}.bpmn": drawing(__file__, name).xml for name in names})
    receiver, sender = made.start("receives", "order:1"), made.start("sends", "order:1", sum=7)
    stranger = made.start("receives", "order:2")

    sender.complete("work")

    assert (receiver.open_tasks(), stranger.open_tasks()) == (["after"], [])
    assert receiver.variables["amount"] == 7
    with sqlite.read() as connection:
        begun = [one for one in instances.for_record(connection, "order:1") if one.key == "begins"]
    assert [Run(made, one.id).open_tasks() for one in begun] == [["file_it"]]


def test_a_message_that_is_awaited_inside_stays_inside():
    player = play(__file__, "talks-to-itself").start().complete("work")

    assert player.tasks == ["after"]
    assert not [one for one in player.seen if isinstance(one, EventThrown)]


def test_messages_guard_a_task():
    player = play(__file__, "guards").start().catch("hint").catch("hint").catch("stop")

    assert player.tasks == ["read", "read", "stopped"]


def test_a_name_may_be_worked_out():
    player = play(__file__, "named").start().complete("work", number="7")

    assert [one.name for one in player.execution.waiting() if isinstance(one, EventAwaited)] == [
        "record_withdrawn",
        "paid.7",
    ]
    assert player.catch("wait").ended


@pytest.mark.parametrize(("name", "element"), [("send", "tell"), ("undeclared", "wait")])
def test_a_step_without_its_message_is_refused(name, element):
    assert ("messages", element) in refusals(__file__, f"refused-{name}")


def test_a_receive_task_that_names_no_message_waits_for_one_of_its_own():
    player = play(__file__, "unnamed-receive").start()

    (waiting,) = [one for one in player.execution.waiting() if one.place.element == "wait"]
    assert waiting.name == "unnamed_receive.wait"
    assert player.catch("wait", seen=True).ended and player.variables["seen"]
    assert [(one.element, one.severity) for one in drawing(__file__, "unnamed-receive").told] == [("wait", "info")]


def test_a_message_or_signal_without_a_name_goes_by_its_id():
    player = play(__file__, "by-id").start()

    assert "paid" in [one.name for one in player.execution.waiting() if isinstance(one, EventAwaited)]
    assert [one.name for one in player.catch("wait").seen if isinstance(one, EventThrown)] == ["closing"]


def test_a_send_task_with_a_handler_needs_no_message():
    player = play(__file__, "handled-send", handlers=["write_letter"]).start()

    assert player.waiting == ["cx_withdrawn", "tell"]
    assert player.complete("tell").ended
