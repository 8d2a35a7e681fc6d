"""Events on the border of every kind of activity, interrupting it or beside it (BPMN 2.0, 10.4.3 and 13.4.3)."""

from datetime import UTC, datetime

import pytest

from engine.port import TimerArmed
from tests.engine.behaviour.play import play


@pytest.mark.parametrize("name", ["on-user-task", "on-receive-task", "on-sub-process", "on-loop"])
def test_an_interrupting_event_ends_the_activity_and_goes_on_from_the_border(name):
    player = play(__file__, name).start(again=True).catch("edge", reason="asked")

    assert player.tasks == ["react"]
    assert player.waiting == ["cx_withdrawn", "react"]
    assert player.variables["reason"] == "asked"
    assert player.complete("react").ended.ends == ("e1",)


@pytest.mark.parametrize("name", ["on-user-task", "on-receive-task", "on-sub-process"])
def test_it_is_withdrawn_when_the_activity_ends(name):
    player = play(__file__, name).start()

    if name == "on-sub-process":
        player.complete("inside").complete("also")
    elif name == "on-receive-task":
        player.catch("host")
    else:
        player.complete("host")

    assert player.tasks == ["after"]
    assert "edge" in player.withdrawn


def test_on_a_call_it_ends_the_called_process():
    player = play(__file__, "on-call", "called").start().catch("edge")

    assert player.tasks == ["react"]
    assert {"inside", "host"} <= set(player.withdrawn)


def test_beside_a_call_the_called_process_goes_on():
    player = play(__file__, "on-call-beside", "called").start().catch("edge").catch("edge")

    assert player.tasks == ["inside", "react", "react"]
    assert player.complete("inside").tasks == ["after", "react", "react"]


def test_beside_a_task_it_happens_each_time():
    player = play(__file__, "on-user-task-beside").start().catch("edge").catch("edge").catch("edge")

    assert player.tasks == ["host", "react", "react", "react"]


def test_a_timer_guards_a_step_that_a_handler_performs():
    player = play(__file__, "on-service-task", handlers=["compute"]).start().later(hours=1).due("edge")

    assert player.tasks == ["react"]
    assert "host" in player.withdrawn


@pytest.mark.parametrize("name", ["on-parallel-runs", "on-sequential-runs", "on-runs-of-sub-process"])
def test_on_a_repeated_activity_it_ends_all_runs(name):
    player = play(__file__, name).start()
    one = "inside" if name == "on-runs-of-sub-process" else "host"
    assert player.complete(one).tasks.count("react") == 0

    player.catch("edge")

    assert player.tasks == ["react"]
    assert player.entered.count("edge") == 1


def test_beside_a_repeated_activity_it_guards_the_whole():
    player = play(__file__, "on-parallel-runs-beside").start().catch("edge")

    assert player.tasks == ["host", "host", "host", "react"]
    assert player.complete("host").complete("host").complete("host").tasks == ["after", "react"]


def test_a_repeating_timer_opens_its_path_as_often_as_its_cycle_says():
    player = play(__file__, "repeating").start()

    for _ in range(3):
        player.later(minutes=10).due("edge")

    assert player.tasks == ["host", "react", "react", "react"]
    assert not [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]


def test_what_a_repeating_timer_opened_outlives_the_activity():
    player = play(__file__, "repeating").start().later(minutes=10).due("edge").later(minutes=10).due("edge")

    player.complete("host")

    assert player.tasks == ["after", "react", "react"]
    assert not [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]
    assert not player.complete("react").complete("react").ended
    assert player.complete("after").ended


def test_a_repeating_timer_that_interrupts_happens_once():
    player = play(__file__, "repeating-interrupting").start().later(minutes=10).due("edge")

    assert player.tasks == ["react"]
    assert not [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]


def test_a_timer_without_end_goes_on_from_the_time_that_was_due():
    player = play(__file__, "endless").start()

    for _ in range(5):
        player.later(minutes=12).due("edge")

    (armed,) = [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]
    assert player.tasks == ["host"] + ["react"] * 5
    assert armed.due == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def test_a_timer_may_wait_for_a_date_that_is_worked_out():
    player = play(__file__, "date").start(deadline=datetime(2026, 3, 3, tzinfo=UTC))
    assert player.due("edge").tasks == ["host"]

    assert player.later(days=1).due("edge").tasks == ["react"]


@pytest.mark.parametrize(("urgent", "task"), [(True, "react"), (False, "host")])
def test_a_timer_may_wait_for_a_span_that_is_worked_out(urgent, task):
    assert play(__file__, "duration").start(urgent=urgent).later(hours=1).due("edge").tasks == [task]


def test_several_events_guard_one_activity():
    player = play(__file__, "several").start().catch("hint").catch("alarm").catch("hint")
    assert player.tasks == ["alarmed", "hinted", "hinted", "host"]

    player.later(days=1).due("late")

    assert player.tasks == ["alarmed", "chased", "hinted", "hinted"]
    assert {"stop", "hint", "alarm"} <= set(player.withdrawn)


def test_an_interrupting_event_may_lead_back_to_its_activity():
    player = play(__file__, "to-itself").start().later(days=1).due("late").later(days=1).due("late")

    assert player.tasks == ["host"]
    assert player.complete("host").ended


def test_an_event_on_an_inner_sub_process_leaves_the_outer_one_going():
    assert play(__file__, "nested").start().catch("small").tasks == ["small_work"]
    assert play(__file__, "nested").start().catch("small").catch("big").tasks == ["big_work"]


def test_it_names_the_variables_of_the_activity_but_brings_nothing_into_them():
    """10.3.1: what belongs to an activity is there while it runs; the events on its border wait just as long."""
    player = play(__file__, "own-variables").start(budget=100, days=2, number=7)
    waiting = {one.place.element: one for one in player.execution.waiting()}

    assert waiting["too_late"].due == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert waiting["is_asked"].name == "asked-no 7"
    assert player.complete("spend", spent=200).tasks == ["more"]
    player.catch("is_asked", limit=5)
    assert (player.tasks, player.variables["limit"]) == (["answer"], 5)


def test_a_condition_is_looked_at_with_what_is_written_inside_the_activity():
    player = play(__file__, "own-variables").start(budget=100, days=2, number=7).complete("spend", spent=201)

    assert player.tasks == ["more", "warn"]
    assert player.later(days=2).due("too_late").tasks == ["hurry", "more", "warn"]
