"""Ad hoc sub-processes (BPMN 2.0, 10.2.5 and 13.2.5; what is open there is chosen in docs/adr/0017)."""

from datetime import timedelta

import pytest

from engine.errors import Stuck
from tests.engine.behaviour.play import play, refusals
from tests.engine.spiff.player import MORNING


def test_all_steps_that_no_flow_leads_to_can_be_done_in_any_order():
    player = play(__file__, "plain").start()
    assert player.tasks == ["a", "b", "c"]
    assert player.complete("c").tasks == ["a", "b"]
    assert player.complete("a").complete("b").tasks == ["after"]
    assert player.complete("after").ended


def test_steps_can_be_done_several_times_or_never_until_the_condition_holds():
    player = play(__file__, "until").start(enough=False)
    player.complete("a").complete("a")
    assert player.tasks == ["a", "b"]
    assert player.complete("a", enough=True).tasks == ["after"]
    assert player.passed.count("a") == 3
    assert player.withdrawn == ["b"]


def test_the_condition_is_looked_at_only_when_a_step_ends():
    assert play(__file__, "until").start(enough=True).tasks == ["a", "b"]


def test_what_is_open_is_still_done_when_the_drawing_says_so():
    player = play(__file__, "wait-for-rest").start(enough=False).complete("a", enough=True)
    assert player.tasks == ["b"]
    assert player.complete("b", enough=False).tasks == ["after"], "enough once is enough"


def test_one_after_the_other_in_the_order_of_the_file():
    player = play(__file__, "in-turn").start()
    for step in "abc":
        assert player.tasks == [step]
        player.complete(step)
    assert player.tasks == ["after"]


def test_one_after_the_other_until_the_condition_holds():
    player = play(__file__, "in-turn-until").start(enough=False)
    for step in "ababa":
        assert player.tasks == [step]
        player.complete(step)
    assert player.complete("b", enough=True).tasks == ["after"]


def test_flows_and_gateways_order_what_they_join():
    player = play(__file__, "flows").start()
    assert player.tasks == ["a", "d"]
    assert player.complete("a", good=True).tasks == ["b", "d"]
    assert player.complete("d").complete("b").tasks == ["after"]


def test_a_join_waits_inside_too():
    player = play(__file__, "join").start().complete("b")
    assert player.tasks == ["a"]
    assert player.complete("a").tasks == ["c"]
    assert player.complete("c").tasks == ["after"]


def test_no_flow_is_taken_when_it_is_enough():
    player = play(__file__, "flows-until").start(enough=False).complete("a")
    assert player.tasks == ["a", "b", "c"]
    assert player.complete("a", enough=True).tasks == ["after"]
    assert player.entered.count("b") == 1


def test_the_drawing_may_name_the_steps_to_begin_with():
    player = play(__file__, "chosen").start(wanted=["c", "a"])
    assert player.tasks == ["a", "c"]
    assert player.complete("a").complete("c").tasks == ["after"]


def test_the_drawing_names_them_by_the_ids_it_gave_them():
    """What runs bears another id: one that the executing library uses itself, and a step put into a frame."""
    player = play(__file__, "chosen-runs").start(people=["ann", "bob"])
    assert sorted(one[:5] for one in player.tasks) == ["Start", "a", "a"]


def test_a_step_may_be_begun_twice_at_once():
    player = play(__file__, "chosen").start(wanted=["b", "b"])
    assert player.tasks == ["b", "b"]
    assert player.complete("b").complete("b").tasks == ["after"]


def test_nothing_to_begin_with_is_passed_at_once():
    assert play(__file__, "chosen").start(wanted=[]).tasks == ["after"]


def test_steps_that_the_drawing_names_are_done_once():
    player = play(__file__, "chosen-until").start(wanted=["a", "b"], enough=False).complete("a")
    assert player.tasks == ["b"]
    with pytest.raises(Stuck) as caught:
        player.complete("b")
    assert (caught.value.trouble.code, caught.value.trouble.element) == ("AD_HOC", "box")
    assert "'enough'" in str(caught.value)
    assert player.complete("b", enough=True).tasks == ["after"]


@pytest.mark.parametrize("wanted", [None, "a", ["nowhere"], [1], [["a"]]])
def test_a_choice_of_other_steps_is_stuck_by_name(wanted):
    with pytest.raises(Stuck, match="a list of steps of 'box' to begin with, of these: a, b, c") as caught:
        play(__file__, "chosen").start(wanted=wanted)
    assert caught.value.trouble.code == "AD_HOC"


def test_the_engine_does_its_steps_once():
    player = play(__file__, "calls", handlers=["p.work"]).start().complete("a", done_by=1)
    assert player.tasks == ["b"]
    assert player.complete("b", done_by=2).tasks == ["after"]


def test_nothing_left_to_do_while_it_is_not_enough_is_stuck_by_name():
    player = play(__file__, "calls-only", handlers=["p.work"]).start(enough=False)
    with pytest.raises(Stuck) as caught:
        player.complete("a")
    assert caught.value.trouble.code == "AD_HOC"
    assert player.complete("a", enough=True).tasks == ["after"]


def test_the_engine_does_its_steps_in_turn():
    player = play(__file__, "calls-in-turn", handlers=["p.work"]).start()
    assert "b" not in player.waiting
    assert "b" in player.complete("a").waiting
    assert player.complete("b").tasks == ["after"]


def test_an_interrupted_step_gives_the_next_its_turn():
    player = play(__file__, "boundary-in-turn").start().later(hours=1).due("late")
    assert player.tasks == ["chase"]
    assert player.complete("chase").tasks == ["b"]
    assert player.complete("b").tasks == ["after"]


def test_events_inside_happen_again_and_again():
    player = play(__file__, "event").start(enough=False)
    player.later(hours=1).due("hour").later(hours=1).due("hour")
    assert player.tasks == ["b", "look", "look"]
    assert player.complete("look", enough=True).tasks == ["after"]


def test_a_condition_inside_happens_each_time_it_becomes_true():
    player = play(__file__, "condition").start(price=10, enough=False).complete("a", price=200)
    assert player.tasks == ["a", "look"]
    assert player.complete("a", price=300).tasks == ["a", "look"]
    assert player.complete("a", price=50).tasks == ["a", "look"]
    assert player.complete("a", price=150).tasks == ["a", "look", "look"]
    assert player.complete("look", enough=True).tasks == ["after"]


def test_a_date_inside_comes_once():
    player = play(__file__, "date").start(enough=False).later(days=1).due("day")
    assert player.tasks == ["a", "look"]
    assert "day" not in player.waiting
    assert player.complete("look", enough=True).tasks == ["after"]


def test_a_date_that_operations_set_comes_once():
    player = play(__file__, "date-set")
    player.around.context = {"config": {"day": "2026-03-03T09:00:00Z"}}

    player.start(enough=False).later(days=1).due("day")

    assert player.tasks == ["a", "look"] and "day" not in player.waiting


def test_events_on_its_border_guard_it():
    player = play(__file__, "guarded").start(enough=False).complete("a").later(days=1).due("late")
    assert player.tasks == ["chase"]


def test_it_may_run_several_times_itself():
    player = play(__file__, "runs").start(deals=["x", "y"], enough=False)
    assert player.tasks == ["a", "a", "b", "b"]
    assert player.complete("a", enough=True).tasks == ["a", "b"]
    assert player.complete("b", enough=True).tasks == ["after"]


def test_steps_with_something_inside_are_done_once():
    player = play(__file__, "inner-runs").start(people=["ann", "bob"], enough=False).complete("a").complete("a")
    assert player.tasks == ["inside"]
    assert player.complete("inside", enough=True).tasks == ["after"]


def test_one_inside_another():
    player = play(__file__, "nested").start(enough=False, inner_enough=False).complete("b")
    assert player.tasks == ["a", "b", "c"]
    assert player.complete("c", inner_enough=True).tasks == ["a"]
    assert player.complete("a", enough=True).tasks == ["after"]


def test_it_is_understood_as_flowable_writes_it():
    player = play(__file__, "flowable").start(completed=False).complete("a")
    assert player.tasks == ["b"]
    assert player.complete("b", completed=True).tasks == ["after"]


def test_start_and_end_events_inside_are_refused():
    assert refusals(__file__, "with-end") == [("ad-hoc", "end")]


def test_a_reminder_of_a_step_does_not_wait_for_its_turn():
    player = play(__file__, "due")
    player.around.context = {"task": {"due_at": MORNING + timedelta(days=1)}}
    player.start().later(days=1).due("a_due")
    assert {"a", "a_notify_due"} <= set(player.waiting)
    player.complete("a_notify_due")
    assert player.tasks == ["a"]
    assert player.complete("a").tasks == ["b"]
    assert player.complete("b").tasks == ["after"]
