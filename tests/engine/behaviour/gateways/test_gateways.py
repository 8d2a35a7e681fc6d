"""Exclusive, parallel and inclusive gateways (BPMN 2.0, 10.5.2 to 10.5.4 and 13.3.1 to 13.3.3)."""

import pytest

from engine.bpmn import lint
from engine.errors import Stuck
from tests.engine.behaviour.play import drawing, known, play, refusals


def warnings(name):
    found = lint(drawing(__file__, name), known())
    return [(finding.rule, finding.element) for finding in found if finding.severity == "warning"]


def test_an_exclusive_gateway_with_one_flow_lets_the_token_pass():
    assert play(__file__, "exclusive-one-flow").start().tasks == ["a"]


def test_an_exclusive_gateway_takes_the_first_flow_whose_condition_holds_in_the_order_of_the_file():
    assert play(__file__, "exclusive-first").start(amount=200).tasks == ["a"]
    assert play(__file__, "exclusive-first").start(amount=50).tasks == ["b"]
    assert play(__file__, "exclusive-first").start(amount=5).tasks == ["c"]


def test_an_exclusive_gateway_without_a_default_is_stuck_by_name_when_no_condition_holds():
    assert play(__file__, "exclusive-no-default").start(amount=200).tasks == ["a"]
    with pytest.raises(Stuck) as caught:
        play(__file__, "exclusive-no-default").start(amount=70)
    assert (caught.value.trouble.code, caught.value.trouble.element) == ("NO_FLOW", "choice")
    assert warnings("exclusive-no-default") == [("gateways", "choice")]


def test_the_only_flow_without_a_condition_is_for_all_else_wherever_it_stands():
    assert play(__file__, "exclusive-one-plain").start(amount=200).tasks == ["b"]
    assert play(__file__, "exclusive-one-plain").start(amount=50).tasks == ["a"]
    assert [one.severity for one in drawing(__file__, "exclusive-one-plain").told] == ["info"]


def test_an_exclusive_gateway_with_two_flows_to_take_always_is_refused_by_name():
    found = refusals(__file__, "exclusive-two-plain")
    assert found == [("gateways", "choice_a"), ("gateways", "choice_b")]


def test_an_exclusive_gateway_passes_each_token_on_and_chooses_anew():
    player = play(__file__, "exclusive-merge").start().complete("a", first=True)
    assert player.tasks == ["b", "c"]
    assert player.complete("b", first=False).tasks == ["c", "d"]
    assert player.complete("c").complete("d").ended


def test_a_parallel_gateway_may_join_and_split_at_once():
    player = play(__file__, "parallel-mixed").start().complete("b")
    assert player.tasks == ["a"]
    assert player.complete("a").tasks == ["c", "d"]
    assert player.complete("d").complete("c").ended
    assert player.passed.count("both") == player.passed.count("alone") == 1


def test_a_parallel_join_that_its_own_output_feeds_too_is_warned_of_and_runs():
    assert ("joins", "join") in warnings("parallel-fed-later")
    player = play(__file__, "parallel-fed-later").start().complete("a").complete("b", more=False)
    assert player.ended


def test_a_parallel_join_that_only_its_own_output_could_fill_is_refused():
    assert refusals(__file__, "parallel-never") == [("joins", "join")]


def test_a_parallel_join_whose_other_token_never_comes_is_stuck_by_name():
    player = play(__file__, "parallel-starved").start(left=True)
    with pytest.raises(Stuck) as caught:
        player.complete("a")
    assert (caught.value.trouble.code, caught.value.trouble.element) == ("STANDSTILL", "join")


def test_a_join_that_is_stuck_in_each_of_several_runs_is_told_when_the_last_stops():
    player = play(__file__, "parallel-starved-runs").start(people=["Ada", "Bo", "Cy"], left=True)
    player.complete("ask").complete("ask").complete("a").complete("a").complete("ask")
    assert player.tasks == ["a"]

    with pytest.raises(Stuck) as caught:
        player.complete("a")

    assert (caught.value.trouble.code, caught.value.trouble.detail["elements"]) == ("STANDSTILL", ["each", "join"])


@pytest.mark.parametrize(
    ("given", "tasks"),
    [
        ({"x": True, "y": True}, ["a", "b"]),
        ({"x": False, "y": True}, ["b"]),
        ({"x": False, "y": False}, ["c"]),
    ],
)
def test_an_inclusive_gateway_takes_every_flow_whose_condition_holds_and_joins_them_again(given, tasks):
    player = play(__file__, "inclusive-any").start(**given)
    assert player.tasks == tasks
    for task in tasks:
        assert "after" not in player.tasks
        player.complete(task)
    assert player.tasks == ["after"]
    assert player.complete("after").ended


def test_an_inclusive_gateway_without_a_default_is_stuck_by_name_when_no_condition_holds():
    assert play(__file__, "inclusive-no-default").start(x=True, y=True).tasks == ["a", "b"]
    with pytest.raises(Stuck) as caught:
        play(__file__, "inclusive-no-default").start(x=False, y=False)
    assert caught.value.trouble.code == "NO_FLOW"


def test_an_inclusive_gateway_that_begins_a_loop_does_not_wait_for_its_own_output():
    player = play(__file__, "inclusive-loop").start()
    for _ in range(3):
        player.complete("work", more=True)
        assert player.tasks == ["work"]
    assert player.complete("work", more=False).ended


def test_an_inclusive_gateway_in_a_loop_waits_for_all_that_can_still_come():
    player = play(__file__, "inclusive-loop-with-others").start().complete("a")
    assert player.tasks == ["b"]
    assert player.complete("b").tasks == ["work"]
    assert player.complete("work", more=True).tasks == ["work"]
    assert player.complete("work", more=False).ended


def test_a_boundary_event_is_a_way_on_which_a_token_can_still_come():
    player = play(__file__, "inclusive-boundary").start().complete("a")
    assert player.tasks == ["b"]
    assert player.later(hours=1).due("late").tasks == ["after"]


def test_an_inclusive_join_goes_on_when_the_token_takes_the_other_way():
    player = play(__file__, "inclusive-boundary").start().complete("a").complete("b")
    assert player.tasks == ["after", "elsewhere"]


def test_a_token_at_an_event_gateway_may_still_come():
    player = play(__file__, "inclusive-event-gateway").start().complete("a")
    assert player.tasks == []
    assert player.later(hours=1).due("soon").tasks == ["after"]

    player = play(__file__, "inclusive-event-gateway").start().complete("a").later(hours=2).due("later")
    assert player.tasks == ["after", "elsewhere"]


def test_one_token_at_an_event_gateway_with_a_way_to_a_filled_flow_is_not_waited_for():
    """The rule's second half: a path to a flow that has a token already makes up for the one to an empty flow."""
    player = play(__file__, "inclusive-event-gateway-both").start().complete("a")
    assert player.tasks == ["after"]
    player.later(hours=2).due("later")
    assert player.tasks == ["after", "after"]


def test_tokens_inside_a_sub_process_count_where_the_sub_process_is():
    player = play(__file__, "inclusive-sub-process").start().complete("a")
    assert player.complete("one").tasks == ["two"]
    assert player.complete("two").tasks == ["after"]


def test_a_second_token_on_a_flow_waits_for_the_next_firing():
    player = play(__file__, "inclusive-two-tokens").start().complete("a").complete("b")
    assert player.passed.count("join") == 0
    assert player.complete("c").ended
    assert player.passed.count("join") == 2


def test_two_inclusive_joins_that_wait_for_each_other_wait_for_ever_and_say_so():
    """By the rule each has an empty flow that the other's token can come to: neither may go on."""
    with pytest.raises(Stuck) as caught:
        play(__file__, "inclusive-each-other").start(never=False)
    assert caught.value.trouble.code == "STANDSTILL"
    assert caught.value.trouble.detail["elements"] == ["left", "right"]
