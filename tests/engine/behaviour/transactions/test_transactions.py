"""Transactions (BPMN 2.0, 10.2.5 and 10.4.3): success, cancelling, and what goes wrong in them."""

from engine.port import Withdrawn
from tests.engine.behaviour.play import play


def booking(result, name="booking", **variables):
    return play(__file__, name).start(result=result, **variables).complete("hotel").complete("flight")


def test_a_transaction_that_succeeds_goes_on_like_a_sub_process():
    assert booking("ok").tasks == ["go"]


def test_cancelling_undoes_what_was_completed_and_leaves_by_the_cancel_event():
    player = booking("cancel")

    assert player.tasks == ["cancel_flight"]
    player.complete("cancel_flight")
    assert player.tasks == ["cancel_hotel"]
    player.complete("cancel_hotel")
    assert player.tasks == ["apologise"]
    assert player.complete("apologise").ended.ends == ("sorry",)


def test_cancelling_appears_in_the_history():
    player = booking("cancel").complete("cancel_flight").complete("cancel_hotel")

    assert "give_up" in player.passed
    assert player.passed[-5:] == ["flight_undone", "cancel_flight", "hotel_undone", "cancel_hotel", "cancelled"]
    assert player.entered.index("cancelled") < player.entered.index("cancel_flight")


def test_an_error_leaves_without_undoing_anything():
    player = booking("error")

    assert player.tasks == ["repair"]
    assert player.complete("repair").ended.ends == ("broken",)


def test_a_transaction_that_succeeded_can_be_undone_afterwards():
    player = booking("ok").complete("go")

    assert player.tasks == ["cancel_flight"]
    assert player.complete("cancel_flight").complete("cancel_hotel").ended.ends == ("end",)


def test_after_cancelling_nothing_of_the_transaction_is_left_to_be_undone():
    player = booking("cancel").complete("cancel_flight").complete("cancel_hotel")

    assert player.execution._flow.kept == {}


def test_cancelling_one_run_stops_all_runs_and_undoes_what_each_of_them_completed():
    player = play(__file__, "bookings").start(people=["Ada", "Bo", "Cy"], result="ok")
    player.complete("hotel").complete("hotel").complete("flight")  # Ada's run has ended, Bo has a hotel
    assert player.tasks == ["flight", "hotel"]

    player.complete("flight", result="cancel")

    undone = []
    while player.tasks != ["apologise"]:
        task = player.tasks[0]
        undone.append((task, player.execution.variables(player.token(task))["person"]))
        player.complete(task)
    assert sorted(undone) == [
        ("cancel_flight", "Ada"),
        ("cancel_flight", "Bo"),
        ("cancel_hotel", "Ada"),
        ("cancel_hotel", "Bo"),
    ]
    for person in ("Ada", "Bo"):
        own = [task for task, who in undone if who == person]
        assert own == ["cancel_flight", "cancel_hotel"]
    assert "person" not in player.variables


def deal():
    return play(__file__, "parallel").start().complete("reserve").complete("pack")


def test_cancelling_from_inside_a_sub_process_stops_what_is_open_and_undoes_the_parts_that_are_done():
    player = deal().complete("look", bad=True)

    withdrawn = [one.place.element for one in player.effects if isinstance(one, Withdrawn)]
    assert "drive" in withdrawn
    assert player.tasks == ["unpack"]
    assert player.complete("unpack").tasks == ["release"]
    assert player.complete("release").tasks == ["regret"]


def test_while_it_is_undone_a_transaction_is_no_longer_guarded_by_its_timer():
    player = deal().complete("look", bad=True)

    assert player.waiting == ["cx_withdrawn", "unpack"]


def test_an_error_while_a_transaction_is_being_undone_is_still_caught_on_its_border():
    player = deal().complete("look", bad=True)

    player.throw("unpack", "FAILED")

    assert player.tasks == ["repair"]
    assert player.complete("repair").ended.ends == ("broken",)


def test_a_timer_on_the_border_leaves_without_undoing_anything():
    player = deal().later(days=1).due("late")

    assert player.tasks == ["remind"]


def test_an_event_sub_process_cancels_a_transaction_in_which_nothing_can_be_undone():
    player = play(__file__, "bare").start().catch("stop_start")

    assert player.tasks == ["regret"]
    assert player.complete("regret").ended.ends == ("sorry",)


def test_a_transaction_of_its_own_event_sub_process_is_undone_by_that_only_after_it_has_completed():
    assert play(__file__, "own").start(bad=True).complete("work").tasks == ["unwork"]
    assert play(__file__, "own").start(bad=False).complete("work").tasks == ["settle"]


def test_a_transaction_inside_another_is_cancelled_alone():
    player = play(__file__, "nested").start(result="inner").complete("a")

    assert player.tasks == ["undo_a"]
    player.complete("undo_a")
    assert player.tasks == ["b"]
    assert player.complete("b").ended.ends == ("end",)


def test_cancelling_the_outer_transaction_undoes_the_inner_one_that_completed():
    player = play(__file__, "nested").start(result="outer").complete("a").complete("b")

    assert player.tasks == ["undo_b"]
    assert player.complete("undo_b").tasks == ["undo_a"]
    assert player.complete("undo_a").tasks == ["regret"]


def test_what_was_undone_by_cancelling_the_inner_transaction_is_not_undone_again():
    player = play(__file__, "nested").start(result="inner").complete("a").complete("undo_a")

    player.complete("b", result="outer")

    assert player.tasks == ["undo_b"]
    assert player.complete("undo_b").tasks == ["regret"]


def test_a_called_process_cancels_its_own_transaction_and_the_caller_goes_on():
    player = play(__file__, "calling", "called-booking").start().complete("hotel").complete("flight", result="cancel")

    player.complete("cancel_flight").complete("cancel_hotel")
    assert player.complete("apologise").tasks == ["after"]


def again(bad):
    return play(__file__, "again").start(bad=bad).complete("prepare").complete("work")


def test_an_undoer_that_fails_may_lead_to_cancelling_the_transaction():
    player = again(bad=False).throw("unwork", "FAILED")

    assert player.tasks == ["unprepare"]
    assert player.complete("unprepare").tasks == ["regret"]


def test_cancelling_again_what_is_being_undone_already_changes_nothing():
    player = again(bad=True).throw("unwork", "FAILED")

    assert player.tasks == ["unprepare"]
    assert player.complete("unprepare").tasks == ["regret"]
    assert player.complete("regret").ended.ends == ("sorry",)
