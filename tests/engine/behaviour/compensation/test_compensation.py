"""Compensation by boundary events (BPMN 2.0, 10.6.1 and 10.6.2): what was completed is undone, the last first."""

import pytest

from tests.engine.behaviour.play import play


def trip(**variables):
    return play(__file__, "trip").start(**variables).complete("hotel").complete("flight")


def test_completed_activities_are_undone_the_last_first_while_the_thrower_waits():
    player = trip().complete("ask", undo="all")

    assert player.tasks == ["cancel_flight"]
    player.complete("cancel_flight")
    assert player.tasks == ["cancel_hotel"]
    player.complete("cancel_hotel")
    assert player.tasks == ["ask"]
    assert player.passed[-5:] == ["flight_undone", "cancel_flight", "hotel_undone", "cancel_hotel", "undo_all"]
    assert player.entered[-6:-1] == ["undo_all", "flight_undone", "cancel_flight", "hotel_undone", "cancel_hotel"]


def test_a_named_activity_is_undone_alone():
    player = trip().complete("ask", undo="hotel")

    assert player.tasks == ["cancel_hotel"]
    player.complete("cancel_hotel")
    assert player.tasks == ["ask"]
    player.complete("ask", undo="all")
    assert player.tasks == ["cancel_flight"]


def test_each_completion_is_undone_once():
    player = trip().complete("ask", undo="all").complete("cancel_flight").complete("cancel_hotel")

    player.complete("ask", undo="all")

    assert player.tasks == ["ask"]
    assert player.complete("ask", undo="").ended.ends == ("end",)


def test_a_thrower_that_does_not_wait_goes_on_while_the_work_is_undone():
    player = trip().complete("ask", undo="later")

    assert player.tasks == ["ask", "cancel_flight"]
    player.complete("ask", undo="")
    assert player.tasks == ["cancel_flight"]
    player.complete("cancel_flight")
    assert player.ended is None
    assert player.complete("cancel_hotel").ended.ends == ("end",)


def test_a_process_that_undoes_nothing_keeps_nothing():
    waiting, passed = play(__file__, "trip").start(), trip()
    kept = len(passed.state) - len(waiting.state)

    passed.complete("ask", undo="all").complete("cancel_flight").complete("cancel_hotel")

    assert kept <= 30
    assert len(passed.state) <= len(waiting.state) + 20


def repeated(**variables):
    player = play(__file__, "repeated").start(rooms=["101", "102", "103"], seats=["1A", "1B"], **variables)
    for _ in range(3):
        player.complete("room")
    for _ in range(2):
        player.complete("seat")
    for _ in range(2):
        player.complete("call")
    return player.complete("letter", more=True).complete("letter").complete("letter", more=False)


def test_each_run_of_a_parallel_multi_instance_activity_is_undone_at_the_same_time_with_its_item():
    player = repeated().complete("ask", undo="room")

    assert player.tasks == ["free_room"] * 3
    tokens = [one.place.token for one in player.execution.waiting() if one.place.element == "free_room"]
    assert sorted(player.execution.variables(token)["room_no"] for token in tokens) == ["101", "102", "103"]
    player.complete("free_room").complete("free_room")
    assert player.tasks == ["free_room"]
    assert player.complete("free_room").tasks == ["ask"]


@pytest.mark.parametrize(("activity", "undoing", "times"), [("seat", "free_seat", 2), ("call", "call_back", 2)])
def test_the_runs_of_a_sequential_activity_and_of_a_loop_are_undone_one_after_the_other(activity, undoing, times):
    player = repeated().complete("ask", undo=activity)

    for _ in range(times):
        assert player.tasks == [undoing]
        player.complete(undoing)
    assert player.tasks == ["ask"]


def test_the_runs_of_a_sequential_activity_are_undone_the_last_first():
    player = repeated().complete("ask", undo="seat")

    assert player.execution.variables(player.token("free_seat"))["seat_no"] == "1B"
    player.complete("free_seat")
    assert player.execution.variables(player.token("free_seat"))["seat_no"] == "1A"


def test_an_activity_that_was_completed_three_times_is_undone_three_times():
    player = repeated().complete("ask", undo="letter")

    for _ in range(3):
        assert player.tasks == ["take_back"]
        player.complete("take_back")
    assert player.tasks == ["ask"]


def test_what_the_undoer_of_one_run_writes_is_seen_by_all_but_not_the_item():
    player = repeated().complete("ask", undo="seat").complete("free_seat", freed="1B", seat_no="none")

    assert player.variables["freed"] == "1B"
    assert "seat_no" not in player.variables


def test_what_is_still_running_is_not_undone():
    player = play(__file__, "branches").start().complete("quick")

    player.complete("look")

    assert player.tasks == ["slow", "undo_quick"]
    player.complete("undo_quick")
    assert player.tasks == ["after", "slow"]


def test_what_completes_while_something_is_undone_is_not_undone_with_it():
    player = play(__file__, "branches").start().complete("quick").complete("look").complete("slow")

    assert player.complete("undo_quick").tasks == ["after"]
    assert player.complete("after").ended.ends == ("end",)


def test_throwing_for_what_never_completed_goes_straight_on():
    player = play(__file__, "branches").start().complete("look")

    assert player.tasks == ["after", "quick", "slow"]


def test_an_activity_cancelled_by_an_error_is_not_undone_but_what_came_before_it_is():
    player = play(__file__, "afterwards").start().complete("pack").throw("send", "FAILED")

    assert player.tasks == ["unpack"]
    assert player.complete("unpack").ended.ends == ("undone",)


def test_a_timer_leads_to_compensation():
    player = play(__file__, "afterwards").start().complete("pack").later(hours=1).due("send_late")

    assert player.tasks == ["unpack"]
    assert player.complete("unpack").ended.ends == ("undone",)


def test_an_undoer_sees_the_variables_the_activity_had_to_itself():
    player = play(__file__, "local").start(number="T-1").complete("issue", number="T-2")

    assert player.execution.variables(player.token("revoke")) == {"number": "T-2", "ticket": "T-1"}
    player.complete("revoke", ticket="none", number="T-3")
    assert player.variables == {"number": "T-3"}
