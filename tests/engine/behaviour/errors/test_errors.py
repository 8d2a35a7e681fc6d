"""Errors: who catches them, what they end and hand on, and what nobody catches (BPMN 2.0, 10.4.5, 10.4.6, 13.4.3)."""

from decimal import Decimal

import pytest

from tests.engine.behaviour.play import play, refusals


@pytest.mark.parametrize("name", ["exact", "catch-all", "no-code", "prefixed"])
def test_an_error_end_event_is_caught_on_the_border_and_ends_all_inside(name):
    player = play(__file__, name).start().complete("work")

    assert player.tasks == ["mend"]
    assert {"other", "part"} <= set(player.withdrawn)
    assert player.complete("mend").ended.ends == ("mended",)


def test_without_an_error_the_activity_ends_normally():
    player = play(__file__, "runs").start(names=["a", "b"]).complete("work", bad=False).complete("work", bad=False)

    assert player.ended.ends == ("end",)


def test_the_catching_event_takes_the_code_and_what_the_error_says():
    player = play(__file__, "variables").start().complete("work")

    assert (player.variables["code"], player.variables["said"]) == ("ODD", "It is odd")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"why": "It is odd"}, "It is odd"),
        ({"why": 3}, "3"),
        ({"why": True}, "true"),
        ({"why": {"n": Decimal("1E+3")}}, "{n: 1000}"),
        ({}, ""),
    ],
)
def test_what_an_error_says_may_be_worked_out(given, said):
    assert play(__file__, "said").start(**given).variables["said"] == said


def test_the_catching_event_takes_the_code_and_message_of_a_failing_step():
    player = play(__file__, "exact-before-all", handlers=["compute"]).start().complete("ask")

    player.throw("compute", "LOST", error_code="LOST", error_message="It is gone", missing="account")

    assert player.tasks == ["look"]
    assert (player.variables["code"], player.variables["said"], player.variables["missing"]) == (
        "LOST",
        "It is gone",
        "account",
    )


def test_an_event_that_names_the_code_goes_before_one_that_catches_all():
    player = play(__file__, "exact-before-all", handlers=["compute"]).start().complete("ask").throw("compute", "ODD")

    assert player.tasks == ["mend"]


@pytest.mark.parametrize(("code", "task"), [("ONE", "first"), ("TWO", "second")])
def test_each_of_several_events_on_one_activity_catches_its_own_code(code, task):
    assert play(__file__, "several-boundaries").start().throw("work", code).tasks == [task]


def test_an_error_climbs_past_an_event_for_another_code():
    player = play(__file__, "climbing").start().complete("work")

    assert player.tasks == ["mend"]
    assert "beside" in player.withdrawn


def test_an_error_in_one_run_ends_all_runs():
    player = play(__file__, "runs").start(names=["a", "b", "c"]).complete("work", bad=True)

    assert player.tasks == ["mend"]
    assert player.withdrawn.count("work") == 2


def test_an_error_of_a_called_process_is_caught_by_its_caller():
    player = play(__file__, "calling", "called").start().complete("work")

    assert player.tasks == ["mend"]
    assert player.variables["code"] == "ODD"


@pytest.mark.parametrize("name", ["uncaught", "other-code"])
def test_an_error_that_nobody_catches_ends_the_whole_instance_with_it(name):
    player = play(__file__, name).start()

    player.complete("a" if name == "uncaught" else "work")

    assert player.ended.error == ("LOST" if name == "uncaught" else "ODD")
    assert not player.waiting


def test_an_uncaught_error_of_a_called_process_ends_the_caller_too():
    assert play(__file__, "called-uncaught", "called").start().complete("work").ended.error == "ODD"


def test_an_error_of_a_step_that_nobody_catches_changes_nothing():
    player = play(__file__, "several-boundaries").start()
    before = player.state

    assert player.execution.throw(player.token("work"), "THREE", {}) is None
    assert player.execution.save() == before


def test_a_reference_to_no_error_is_refused():
    assert refusals(__file__, "undeclared") == [("messages", "edge")]


def test_an_error_event_that_is_not_to_interrupt_is_refused():
    assert refusals(__file__, "refused-beside") == [("event-definitions", "edge")]


def test_an_error_thrown_on_the_way_is_refused():
    assert refusals(__file__, "refused-throw") == [("event-definitions", "broken")]


def test_an_error_that_is_to_start_a_process_is_refused():
    assert refusals(__file__, "refused-start") == [("start-events", "start")]
