"""Event sub-processes: interrupting or beside, of each kind, the nearest one (BPMN 2.0, 10.2.5, 10.4.6, 13.4.4)."""

import pytest

from engine.port import EventAwaited, TimerArmed
from tests.engine.behaviour.play import play, refusals


def happen(player, kind):
    """Brings about what the start event of these drawings waits for."""
    if kind == "timer":
        return player.later(hours=1).due("happens")
    if kind == "condition":
        return player.act(lambda execution: execution.set_variables({"amount": 101}))
    return player.catch("happens", reason="asked")


@pytest.mark.parametrize("kind", ["message", "timer", "signal", "condition"])
def test_an_interrupting_one_ends_what_is_around_it_and_goes_on_in_its_place(kind):
    player = happen(play(__file__, f"{kind}-interrupting").start(), kind)

    assert player.tasks == ["handle"]
    assert "work" in player.withdrawn
    assert player.complete("handle").tasks == ["after"]


@pytest.mark.parametrize("kind", ["message", "timer", "signal", "condition"])
def test_one_that_does_not_interrupt_runs_beside_and_is_waited_for(kind):
    player = happen(play(__file__, f"{kind}-beside").start(), kind)

    assert player.tasks == ["handle", "work"]
    assert player.complete("work").tasks == ["handle"]
    assert player.complete("handle").tasks == ["after"]


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_one_that_does_not_interrupt_waits_again_each_time(kind):
    player = play(__file__, f"{kind}-beside").start().catch("happens").catch("happens").catch("happens")

    assert player.tasks == ["handle", "handle", "handle", "work"]


@pytest.mark.parametrize("kind", ["message", "timer", "signal", "condition"])
def test_its_start_does_not_keep_the_scope_from_ending(kind):
    player = play(__file__, f"{kind}-interrupting").start().complete("work")

    assert player.tasks == ["after"]
    assert "happens" in player.withdrawn


def test_a_payload_becomes_variables_of_the_scope_around_it():
    player = play(__file__, "message-interrupting").start().catch("happens", reason="asked")

    assert player.variables["reason"] == "asked"


def test_a_repeating_timer_starts_it_as_often_as_its_cycle_says():
    player = play(__file__, "cycle").start()

    player.later(hours=1).due("often").later(hours=1).due("often")

    assert player.tasks == ["remind", "remind", "work"]
    assert not [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]


def test_an_error_ends_its_scope_and_starts_the_one_that_catches_it():
    player = play(__file__, "error-interrupting").start().complete("work")

    assert player.tasks == ["handle"]
    assert player.complete("handle").tasks == ["after"]


def test_an_escalation_ends_its_scope_when_it_interrupts():
    player = play(__file__, "escalation-interrupting").start().complete("work")

    assert player.tasks == ["handle"]
    assert "other" in player.withdrawn


def test_an_escalation_is_handled_beside_when_it_does_not_interrupt():
    player = play(__file__, "escalation-beside").start().complete("work")

    assert player.tasks == ["handle", "other"]
    assert player.complete("other").complete("handle").tasks == ["after"]


@pytest.mark.parametrize(("end", "task"), [("odd", "look"), ("bad", "mend")])
def test_of_several_in_one_scope_the_exact_code_goes_before_the_one_that_catches_all(end, task):
    player = play(__file__, "several").start().complete("work", end=end)

    assert player.tasks == [task]


def test_several_of_one_scope_wait_each_for_its_own_event():
    player = play(__file__, "several").start().catch("news").catch("news").complete("work", end="fine")

    assert player.tasks == ["read", "read"]
    assert player.complete("read").complete("read").ended.ends == ("fine",)


def test_one_inside_another_waits_only_while_the_other_runs():
    player = play(__file__, "nested").start()
    assert "inner_begins" not in player.waiting

    player.catch("outer_begins").catch("inner_begins")

    assert player.tasks == ["first", "second"]
    assert player.complete("first").complete("second").ended


def test_the_one_inside_an_activity_is_nearer_than_the_event_on_its_border():
    player = play(__file__, "nearest").start().complete("work")

    assert player.tasks == ["mend_inside"]
    assert player.complete("mend_inside").tasks == ["after"]


def test_an_error_in_one_that_has_interrupted_goes_outwards_past_its_neighbours():
    player = play(__file__, "outwards").start().throw("work", "ODD")
    assert player.tasks == ["mend"]

    player.complete("mend")

    assert player.tasks == ["outside"]


def test_what_one_that_runs_beside_throws_is_caught_by_its_neighbour():
    player = play(__file__, "neighbour").start().catch("asked").complete("help")

    assert player.tasks == ["manage", "work"]


def test_what_it_throws_itself_goes_outwards():
    player = play(__file__, "not-to-itself").start().complete("work")
    assert player.tasks == ["help"]

    player.complete("help")

    assert player.tasks == ["outside"]


def test_each_of_several_start_events_starts_it_in_its_own_way():
    by_message = play(__file__, "several-starts").start().catch("by_message")
    by_time = play(__file__, "several-starts").start().later(days=1).due("by_time")

    assert (by_message.tasks, by_time.tasks) == (["confirm"], ["remind"])
    assert "by_time" in by_message.withdrawn and "by_message" in by_time.withdrawn


def test_an_escalation_of_a_called_process_is_handled_beside_the_call():
    player = play(__file__, "caller", "called").start().complete("work")

    assert player.tasks == ["go_on", "help"]


def test_an_error_of_a_called_process_is_caught_on_the_border_of_the_call():
    player = play(__file__, "caller", "called").start().complete("work").complete("help").complete("go_on")

    assert player.tasks == ["mend"]


def test_each_run_of_a_repeated_sub_process_has_one_of_its_own():
    player = play(__file__, "runs").start()
    assert [one.place.element for one in player.execution.waiting() if isinstance(one, EventAwaited)] == [
        "cx_withdrawn",
        "happens",
        "happens",
    ]

    player.catch("happens")

    assert player.tasks == ["handle", "work"]
    assert player.complete("work").complete("handle").tasks == ["after"]


@pytest.mark.parametrize("name", ["flows", "mixed", "error-beside", "plain"])
def test_what_contradicts_itself_is_refused_by_name(name):
    assert ("event-sub-process", "handler") in refusals(__file__, f"refused-{name}")


def test_each_run_has_its_inputs_and_leaves_its_outputs():
    player = play(__file__, "own-variables").start().catch("happens", reason="late").catch("happens", reason="lost")

    assert "reply" not in player.variables
    assert player.complete("handle").variables["answer"] == "Re: late"
    assert player.complete("handle", reply="mine").variables["answer"] == "mine"
    assert player.tasks == ["work"] and "reply" not in player.variables
