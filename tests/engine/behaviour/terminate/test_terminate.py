"""A terminate end event ends its own scope, whatever is going on in there (BPMN 2.0, 10.4.3 and 13.4.6)."""

from engine import Database
from engine.contract import BpmnError, handler
from engine.errors import Sentence
from engine.port import Ended
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, play


@handler("fail")
def fail(context):
    return BpmnError("ODD", Sentence("It is odd."))


def test_in_a_process_it_ends_everything_and_undoes_nothing():
    player = play(__file__, "process").start().complete("ask")

    assert player.ended == Ended(("stop",))
    assert player.withdrawn == ["cx_withdrawn", "work"]


def test_in_a_sub_process_it_ends_only_that_which_then_goes_on_normally():
    player = play(__file__, "sub-process").start().complete("ask")

    assert player.tasks == ["other"]
    assert player.complete("other").tasks == ["after"]
    assert player.complete("after").ended.ends == ("end",)


def test_in_a_sub_process_inside_another_the_outer_one_goes_on():
    player = play(__file__, "nested").start().complete("ask")

    assert player.tasks == ["beside"]
    assert player.complete("beside").tasks == ["after"]


def test_in_a_called_process_it_ends_that_and_the_caller_goes_on():
    player = play(__file__, "calling", "called").start().complete("ask")

    assert player.tasks == ["after"]
    assert player.complete("after").ended.ends == ("end",)


def test_in_one_run_of_a_repeated_sub_process_it_ends_only_that_run():
    player = play(__file__, "runs").start(names=["Ada", "Bo"])

    player.complete("ask")

    assert player.tasks == ["ask", "work"]
    assert player.execution.variables(player.token("ask"))["name"] == "Bo"
    assert player.complete("ask").tasks == ["after"]


def test_in_an_event_sub_process_it_ends_that_and_not_what_is_around():
    player = play(__file__, "event-sub").start().catch("stop_start").complete("ask")

    assert player.tasks == ["work"]
    assert player.complete("work").tasks == ["after"]


def test_in_a_transaction_it_ends_that_without_undoing_but_it_has_completed_and_can_be_undone_later():
    player = play(__file__, "transaction").start().complete("ask")

    assert "cancelled" not in player.entered
    assert player.tasks == ["unask"]
    assert player.complete("unask").tasks == ["after"]


def test_it_also_ends_what_is_being_undone():
    player = play(__file__, "undoing").start().complete("work")
    assert player.tasks == ["ask", "unwork"]

    player.complete("ask")

    assert player.ended == Ended(("end", "stop"))
    assert "unwork" in player.withdrawn


def test_a_task_that_is_taken_back_as_soon_as_it_begins_is_offered_to_nobody(sqlite: Database):
    files = {"bpmn/at-once.bpmn": drawing(__file__, "at-once").xml}

    run = Kit(sqlite, handlers=[fail], files=files).start("at-once")

    assert run.open_tasks() == ["after"]
    assert {event.element for event in run.events() if event.kind.startswith("task.")} == {"after"}
    run.complete("after")
    assert run.ended_at("end")
