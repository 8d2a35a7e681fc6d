"""Standard loops (BPMN 2.0, 10.2.8 and 13.2.6)."""

import pytest

from tests.engine.behaviour.play import play, refusals


def test_a_condition_tested_before_may_let_the_activity_be_passed_over():
    player = play(__file__, "while").start(open=0)
    assert player.ended
    assert "work" not in player.entered


def test_a_condition_tested_before_is_tested_before_every_run():
    player = play(__file__, "while").start(open=2).complete("work", open=1).complete("work", open=0)
    assert player.ended
    assert player.entered.count("work") == 2


def test_a_condition_tested_afterwards_lets_the_activity_run_at_least_once():
    player = play(__file__, "until").start(open=0)
    assert player.tasks == ["work"]
    assert player.complete("work", open=1).tasks == ["work"]
    assert player.complete("work", open=0).ended


def test_a_maximum_alone_says_how_often():
    player = play(__file__, "maximum").start()
    for _ in range(3):
        player.complete("work")
    assert player.ended


def test_a_maximum_ends_a_loop_whose_condition_still_holds():
    assert play(__file__, "condition-and-maximum").start(open=9).complete("work").complete("work").ended
    assert play(__file__, "condition-and-maximum").start(open=9).complete("work", open=0).ended


def test_the_condition_can_ask_how_many_runs_have_ended():
    player = play(__file__, "counter").start(wanted=2)
    seen = []
    while not player.ended:
        seen.append(player.execution.variables(player.token("work"))["loopCounter"])
        player.complete("work")
    assert seen == [1, 2]
    assert "loopCounter" not in player.variables


@pytest.mark.parametrize("name", ["endless", "no-run"])
def test_a_loop_that_never_ends_or_never_runs_is_refused_by_name(name):
    assert refusals(__file__, name) == [("loops", "work")]


def test_a_sub_process_begins_anew_in_every_run():
    player = play(__file__, "sub-process").start().complete("draft").complete("review", more=True)
    assert player.tasks == ["draft"]
    assert player.complete("draft").complete("review", more=False).ended


def test_one_boundary_event_guards_all_runs_together():
    player = play(__file__, "boundary").start().later(hours=20).complete("work").later(hours=4).due("late")
    assert player.tasks == ["chase"]
    assert player.complete("chase").ended


def test_a_called_process_is_called_again_with_what_it_gave_back():
    player = play(__file__, "calling", "called").start(open=1).complete("work", open=1)
    assert player.tasks == ["work"]
    assert player.complete("work", open=0).ended


def test_a_handler_is_called_in_every_run():
    player = play(__file__, "service", handlers=["p.work"]).start().complete("work", left=1)
    assert player.complete("work", left=0).ended
    assert player.passed.count("work") == 3


def test_a_receive_task_waits_for_a_message_in_every_run():
    player = play(__file__, "receive").start().catch("work", page=1)
    assert "work" in player.waiting
    assert player.catch("work", page=2).ended
