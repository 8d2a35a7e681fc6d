"""What undoes an activity may be any activity, and may fail (BPMN 2.0, 10.6.1 and 10.4.6)."""

from engine.port import CallWanted
from tests.engine.behaviour.play import play


def undoers():
    player = play(__file__, "undoers", handlers=["do_it"]).start(parts=["left", "right"])
    return player.complete("one").complete("two").complete("three")


def test_a_repeated_activity_a_sub_process_and_a_service_undo():
    player = undoers()

    assert player.tasks == ["undo_three", "undo_three"]
    player.complete("undo_three").complete("undo_three")
    assert player.tasks == ["first"]
    player.complete("first").complete("second")
    assert [one.place.element for one in player.execution.waiting() if isinstance(one, CallWanted)] == ["undo_one"]
    assert player.complete("undo_one").tasks == ["after"]


def test_an_error_in_an_undoer_is_caught_on_its_border_and_the_thrower_waits_for_what_follows():
    player = undoers().complete("undo_three").complete("undo_three").complete("first").complete("second")

    player.throw("undo_one", "FAILED")

    assert player.tasks == ["mend"]
    assert player.complete("mend").tasks == ["after"]
    assert player.complete("after").ended.ends == ("mended", "end")


def test_an_error_in_an_undoer_that_nothing_catches_beside_it_is_caught_around_the_thrower():
    player = play(__file__, "failing", handlers=["do_it"]).start().complete("do")

    player.throw("undo_do", "FAILED")

    assert player.tasks == ["repair"]
    assert player.complete("repair").ended.ends == ("bad",)


def test_an_error_in_an_undoer_that_nobody_catches_changes_nothing():
    player = undoers().complete("undo_three").complete("undo_three").complete("first").complete("second")
    state = player.state

    player.act(lambda execution: execution.throw(player.token("undo_one"), "OTHER", {}) or ())

    assert player.state == state


def test_a_repeated_task_with_a_due_date_is_undone_by_another_with_a_due_date():
    player = play(__file__, "due").start(rooms=["101", "102"], keys=["a", "b"]).complete("room").complete("room")

    assert player.tasks == ["free_room"] * 4
    for _ in range(4):
        player.complete("free_room")
    assert player.tasks == ["after"]


def test_an_end_event_that_throws_several_things_undoes_before_it_fails():
    player = play(__file__, "several").start().complete("pay").complete("check")

    assert player.tasks == ["repay"]
    assert player.complete("repay").ended.error == "FAILED"


def test_a_repeated_task_whose_rounds_are_guarded_is_undone_round_by_round():
    player = play(__file__, "each").start(rooms=["101", "102"]).later(hours=1).due("late")
    assert player.tasks == ["hurry", "room", "room"]

    player.complete("hurry").complete("room").complete("room")

    assert player.tasks == ["free_room", "free_room"]
    assert player.execution.variables(player.token("free_room"))["room_no"] == "101"
    assert player.complete("free_room").complete("free_room").tasks == ["after"]
