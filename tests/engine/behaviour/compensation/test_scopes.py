"""Compensation of sub-processes, of runs and of called processes (BPMN 2.0, 10.6 and 13.4.5)."""

import pytest

from engine.port import TaskOpened
from tests.engine.behaviour.play import play


def undone(player):
    """The tasks that undo, in the order in which they are open, each completed at once."""
    found = []
    while player.tasks and player.tasks != ["after"]:
        (task,) = player.tasks
        found.append(task)
        player.complete(task)
    return found


def seen(player, name):
    """What each open task sees under a name."""
    tokens = [one.place.token for one in player.execution.waiting() if isinstance(one, TaskOpened)]
    return [player.execution.variables(token)[name] for token in tokens]


def nested():
    player = play(__file__, "nested").start()
    for name in ("plain", "custom", "boxed"):
        player.complete(f"{name}_a").complete(f"{name}_b")
    return player.complete("ask")


def test_sub_processes_are_undone_by_their_event_by_their_own_event_sub_process_or_by_what_is_in_them():
    player = nested()

    boxed, custom, plain = ["undo_boxed"], ["prepare", "undo_custom_a", "tidy"], ["undo_plain_b", "undo_plain_a"]
    assert undone(player) == [*boxed, *custom, *plain]
    assert player.complete("after").ended.ends == ("end",)


def test_an_event_sub_process_that_undoes_appears_in_the_history():
    player = nested().complete("undo_boxed")

    assert player.entered[-3:] == ["own", "own_start", "prepare"]


def test_what_is_done_in_a_sub_process_that_still_runs_is_undone_from_inside_only():
    player = play(__file__, "ends").start().complete("deposit").complete("reserve", bad=True)

    assert player.tasks == ["release"]
    assert player.complete("release").tasks == ["confirm"]


def test_an_end_event_undoes_what_was_completed_at_its_level_and_ends_then():
    player = play(__file__, "ends").start().complete("deposit").complete("reserve", bad=False).complete("confirm")

    assert undone(player) == ["release", "refund"]
    assert player.ended.ends == ("undone",)


def test_an_event_sub_process_for_an_error_undoes_what_was_done_around_it_and_in_it():
    player = play(__file__, "handled").start().complete("ship").throw("bill", "FAILED")
    player.complete("note")

    assert undone(player) == ["unnote", "return_goods"]
    assert player.complete("after").ended.ends == ("end",)


def test_an_event_sub_process_undoes_beside_what_goes_on_and_is_not_left_before_that_is_done():
    player = play(__file__, "handled").start().complete("ship").catch("hint_start")

    assert player.tasks == ["bill", "return_goods"]
    player.complete("bill")
    assert player.tasks == ["return_goods"]
    assert player.complete("return_goods").tasks == ["after"]


def test_each_run_of_a_sub_process_is_undone_with_its_own_variables():
    player = play(__file__, "runs").start(customers=["Ada", "Bo"]).complete("meet", said="yes").complete("meet")
    player.complete("ask")

    assert player.tasks == ["excuse", "excuse"]
    assert seen(player, "customer") == ["Ada", "Bo"]
    assert player.complete("excuse").complete("excuse").tasks == ["after"]
    assert "customer" not in player.variables


def test_the_snapshot_of_a_run_is_from_its_completion():
    player = play(__file__, "runs").start(customers=["Ada", "Bo"])
    player.complete("meet", said="yes").complete("meet", said="no").complete("ask", said="later")

    assert seen(player, "said") == ["yes", "no"]
    assert player.variables["said"] == "later"


@pytest.mark.parametrize(
    ("called", "tasks", "expected"),
    [("called", ["fetch", "store"], ["empty", "bring_back"]), ("called-custom", ["fetch"], ["settle"])],
)
def test_a_called_process_is_undone_with_the_variables_it_had(called, tasks, expected):
    player = play(__file__, "calling", called).start(order="O-1")
    for task in tasks:
        player.complete(task, where=task)
    player.complete("ask")

    assert player.execution.variables(player.token(expected[0])) == {"number": "O-1", "where": tasks[-1]}
    assert undone(player) == expected
    assert player.complete("after").ended.ends == ("end",)


def test_an_event_on_the_border_of_a_call_undoes_it_as_one_with_the_variables_of_the_caller():
    player = play(__file__, "calling-boxed", "called").start(order="O-1").complete("fetch").complete("store")

    assert player.tasks == ["take_back"]
    assert player.execution.variables(player.token("take_back")) == {"order": "O-1"}
    assert player.complete("take_back", taken=True).tasks == ["after"]
    assert player.variables == {"order": "O-1", "taken": True}


def test_an_activity_of_which_a_run_is_open_has_not_completed_and_is_not_undone():
    """10.4.5: what is on the border takes effect after the activity; 10.2.8: that completes with its last run."""
    player = play(__file__, "open-runs").start().complete("room").complete("room").complete("ask")

    assert player.tasks == ["ask_again", "room"]
    assert player.complete("room").complete("ask_again").tasks == ["cancel_room"] * 3
    player.complete("cancel_room").complete("cancel_room")
    assert player.complete("cancel_room").ended.ends == ("booked", "undo_again")
