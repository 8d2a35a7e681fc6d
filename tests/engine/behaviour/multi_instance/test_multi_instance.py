"""Multi-instance activities (BPMN 2.0, 10.2.8 and 13.2.7)."""

import time
from decimal import Decimal

import pytest

from engine.errors import Stuck
from tests.engine.behaviour.play import play, refusals

FOUR = ["ann", "bob", "cid", "dot"]


def tokens(player, element):
    return [one.place.token for one in player.execution.waiting() if one.place.element == element]


def complete(player, token, **variables):
    return player.act(lambda execution: execution.complete(token, variables))


def seen(player, element, name):
    return [player.execution.variables(token)[name] for token in tokens(player, element)]


def test_a_number_of_runs_may_be_computed():
    player = play(__file__, "cardinality").start(n=2)
    assert player.tasks == ["vote", "vote", "vote"]
    assert seen(player, "vote", "loopCounter") == [1, 2, 3]


def test_runs_in_turn_follow_one_another():
    player = play(__file__, "cardinality-in-turn").start(n=2)
    assert player.tasks == ["vote"]
    assert player.complete("vote").tasks == ["vote"]
    assert player.complete("vote").tasks == ["after"]


@pytest.mark.parametrize("name", ["cardinality-in-turn", "collection"])
def test_nothing_to_run_for_is_passed_at_once(name):
    assert play(__file__, name).start(n=0, people=[]).tasks == ["after"]


@pytest.mark.parametrize("n", [-1, Decimal("1.5"), "3", None, True])
def test_a_number_of_runs_that_is_none_is_stuck_by_name(n):
    with pytest.raises(Stuck, match="'vote'") as caught:
        play(__file__, "cardinality-in-turn").start(n=n)
    assert caught.value.trouble.code == "MULTI_INSTANCE"


@pytest.mark.parametrize("n", [10_000_000, 10**30])
def test_a_huge_number_of_runs_is_refused_at_once_without_beginning_any(n):
    player = play(__file__, "cardinality")
    before = time.process_time()
    with pytest.raises(Stuck, match=f"at most 1000 runs of 'vote', but 'n . 1' asks for {n + 1}"):
        player.start(n=n)
    assert time.process_time() - before < 1
    assert player.seen == []


def test_each_run_has_an_item_of_the_collection():
    player = play(__file__, "collection").start(people=FOUR)
    assert seen(player, "vote", "person") == FOUR
    assert "person" not in player.variables


def test_a_file_of_a_tool_that_counts_from_zero_is_counted_as_there():
    player = play(__file__, "collection").start(people=FOUR)
    assert seen(player, "vote", "loopCounter") == [0, 1, 2, 3]


@pytest.mark.parametrize(("name", "tasks"), [("standard-collection", 4), ("standard-collection-in-turn", 1)])
def test_the_standards_own_collection_item_and_outputs(name, tasks):
    player = play(__file__, name).start(people=FOUR)
    assert player.tasks == ["vote"] * tasks
    for token, person in zip(reversed(tokens(player, "vote")), reversed(FOUR), strict=False):
        assert tasks == 1 or player.execution.variables(token)["person"] == person
        complete(player, token, vote=player.execution.variables(token)["person"].upper())
    while player.tasks == ["vote"]:
        (token,) = tokens(player, "vote")
        complete(player, token, vote=player.execution.variables(token)["person"].upper())
    assert player.tasks == ["after"]
    assert player.variables["votes"] == ["ANN", "BOB", "CID", "DOT"]


def test_the_runs_of_a_sub_process_may_take_their_items_from_a_data_object():
    player = play(__file__, "data-object").start(people=["ann", "bob"])
    assert seen(player, "vote", "person") == ["ann", "bob"]
    player.complete("vote", vote="yes").complete("vote", vote="no")
    assert player.tasks == ["after"]
    assert player.variables["votes"] == ["yes", "no"]


@pytest.mark.parametrize("name", ["standard-collection", "standard-collection-in-turn"])
def test_a_collection_that_changes_meanwhile_disturbs_nobody(name):
    player = play(__file__, name).start(people=FOUR)
    player.act(lambda execution: execution.set_variables({"people": ["eve"]}) or [])
    for _ in FOUR:
        player.complete("vote", vote=1)
    assert player.variables["votes"] == [1, 1, 1, 1]


@pytest.mark.parametrize(("name", "active", "left"), [("until-together", 2, 2), ("until-in-turn", 1, 0)])
def test_a_completion_condition_ends_it_by_the_standards_numbers(name, active, left):
    player = play(__file__, name).start(people=FOUR, expected=active).complete("vote").complete("vote")
    assert player.tasks == ["after"]
    assert player.withdrawn == ["vote"] * left


def test_a_completion_condition_may_use_camundas_names():
    player = play(__file__, "until-by-camunda-names").start(people=FOUR).complete("vote")
    assert player.tasks == ["vote"] * 3
    assert player.complete("vote").tasks == ["after"]


def test_behavior_none_throws_its_event_as_each_run_ends():
    player = play(__file__, "behavior-none").start(people=["ann", "bob"]).complete("vote")
    assert player.tasks == ["note", "vote"]
    assert player.complete("vote").tasks == ["after", "note", "note"]


def test_behavior_one_throws_its_event_as_the_first_run_ends():
    player = play(__file__, "behavior-one").start(people=FOUR).complete("vote")
    assert player.tasks == ["note", "vote", "vote", "vote"]
    assert player.complete("vote").complete("vote").complete("vote").tasks == ["after", "note"]


def test_an_event_of_the_first_run_may_interrupt_the_others():
    player = play(__file__, "behavior-one-interrupts").start(people=FOUR).complete("vote")
    assert player.tasks == ["note"]
    assert player.withdrawn.count("vote") == 3


def test_the_event_that_no_drawing_names_is_a_signal_with_the_numbers():
    player = play(__file__, "behavior-default-event").start(people=["ann", "bob"]).complete("vote")
    assert player.tasks == ["note", "vote"]
    assert player.variables["numberOfCompletedInstances"] == 1
    assert player.variables["numberOfActiveInstances"] == 1
    assert player.variables["numberOfInstances"] == 2


def test_complex_behavior_throws_each_event_when_its_condition_holds():
    player = play(__file__, "behavior-complex").start(people=FOUR).complete("vote", vote="yes")
    assert player.tasks == ["vote", "vote", "vote"]
    player.complete("vote", vote="yes")
    assert player.tasks == ["prepare", "vote", "vote"]
    player.complete("vote", vote="no")
    assert player.tasks == ["prepare", "talk"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [("behavior-complex-empty", "loops"), ("behavior-unknown-event", "references"), ("two-sources", "loops")],
)
def test_what_cannot_be_meant_is_refused_by_name(name, rule):
    assert refusals(__file__, name) == [(rule, "vote")]


def test_a_timer_on_the_border_interrupts_all_runs():
    player = play(__file__, "guarded").start(people=FOUR).complete("vote").later(days=1).due("late")
    assert player.tasks == ["chase"]
    assert player.withdrawn.count("vote") == 3


def test_a_timer_on_the_border_that_does_not_interrupt_leaves_the_runs_alone():
    player = play(__file__, "guarded").start(people=["ann", "bob"]).later(hours=1).due("remind")
    assert player.tasks == ["nudge", "vote", "vote"]
    assert player.complete("vote").complete("vote").tasks == ["after", "nudge"]


def test_an_error_in_a_run_goes_to_the_border_of_all():
    player = play(__file__, "error-boundary").start(people=FOUR).throw("vote", "BAD")
    assert player.tasks == ["mend"]


def test_the_runs_of_a_sub_process_go_their_own_pace():
    player = play(__file__, "sub-process").start(people=["ann", "bob"])
    first, second = tokens(player, "write")
    complete(player, second, text="b")
    assert player.tasks == ["sign", "write"]
    assert seen(player, "sign", "person") == ["bob"]
    complete(player, first).complete("sign").complete("sign")
    assert player.tasks == ["after"]


def test_multi_instance_inside_multi_instance():
    teams = [{"people": ["ann", "bob"]}, {"people": ["cid"]}]
    player = play(__file__, "nested").start(teams=teams)
    assert seen(player, "ask", "person") == ["ann", "bob"]
    player.complete("ask").complete("ask")
    assert seen(player, "ask", "person") == ["cid"]
    assert player.complete("ask").tasks == ["after"]


def test_each_run_may_call_a_process():
    player = play(__file__, "calling", "called").start(people=["ann", "bob"])
    assert seen(player, "answer", "name") == ["ann", "bob"]
    assert player.complete("answer", answer=1).complete("answer", answer=2).tasks == ["after"]


def test_each_run_may_wait_for_a_message():
    player = play(__file__, "receive").start(people=["ann", "bob"])
    assert player.catch("vote").catch("vote").tasks == ["after"]


def test_each_run_may_call_a_handler():
    player = play(__file__, "service", handlers=["p.work"]).start(people=["ann", "bob"])
    assert player.complete("vote").complete("vote").tasks == ["after"]


def test_inside_a_run_it_can_be_seen_how_many_runs_there_are():
    """10.2.8, the attributes of an instance: as they are at that moment, and only inside."""
    player = play(__file__, "numbers").start(people=["ann", "bob", "cid"])

    player.complete("ask").complete("ask")
    assert seen(player, "tell", "seen") == [[3, 3, 0], [3, 3, 0]]
    player.complete("tell").complete("ask")
    assert seen(player, "tell", "seen") == [[3, 3, 0], [3, 2, 1]]
    player.complete("tell").complete("tell")
    assert player.tasks == ["after"] and player.variables == {"people": ["ann", "bob", "cid"]}
