"""Escalations: caught beside or interrupting, climbing to the top, or by nobody (BPMN 2.0, 10.4.5 and 10.4.6)."""

from engine import verify
from engine.port import EventThrown
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, play


def test_an_escalation_thrown_on_the_way_is_handled_beside():
    player = play(__file__, "beside").start().complete("work")

    assert player.tasks == ["go_on", "help"]
    assert player.complete("go_on").tasks == ["after", "help"]


def test_an_interrupting_event_ends_the_activity_that_escalates():
    player = play(__file__, "interrupting").start().complete("work")

    assert player.tasks == ["help"]
    assert "part" in player.withdrawn
    assert "go_on" not in player.entered


def test_an_event_without_a_code_catches_every_escalation_and_takes_its_code():
    player = play(__file__, "catch-all").start().complete("work")

    assert player.tasks == ["go_on", "help"]
    assert player.variables["code"] == "HELP"


def test_an_escalation_end_event_ends_its_branch_and_tells_the_border():
    player = play(__file__, "end-event").start().complete("work")

    assert player.tasks == ["after", "help"]
    assert player.variables["code"] == "HELP"


def test_an_event_that_names_the_code_goes_before_one_that_catches_all():
    assert play(__file__, "exact-before-all").start().complete("work").tasks == ["go_on", "help"]


def test_each_escalation_is_handled_anew():
    player = play(__file__, "twice").start().complete("work").complete("again")

    assert player.tasks == ["help", "help"]


def test_an_escalation_climbs_through_called_processes_to_whoever_catches_it():
    player = play(__file__, "top", "middle", "bottom").start().complete("work")

    assert player.tasks == ["go_on", "help"]


def test_an_escalation_that_nobody_catches_changes_nothing_and_is_told():
    player = play(__file__, "uncaught").start().complete("work")
    assert player.tasks == ["go_on"]

    player.complete("go_on")

    assert player.ended.ends == ("also",)
    told = [(one.kind, one.name) for one in player.seen if isinstance(one, EventThrown)]
    assert told == [("escalation", "HELP"), ("escalation", "MORE")]


def test_an_event_for_another_code_lets_it_pass():
    assert play(__file__, "other-code").start().complete("work").tasks == ["go_on"]


def test_the_history_tells_of_an_escalation_that_nobody_caught(sqlite):
    made = Kit(sqlite, files={"bpmn/told.bpmn": drawing(__file__, "told").xml})
    run = made.start("told")

    run.complete("work")

    assert run.open_tasks() == ["go_on"]
    assert [(event.element, event.detail["name"]) for event in run.events("escalation.thrown")] == [
        ("escalates", "HELP")
    ]
    with sqlite.read() as connection:
        assert verify.check(made.engine, connection) == []
