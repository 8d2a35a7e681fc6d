"""Multi-instance activities, parallel and sequential, and standard loops."""

import pytest

from engine.errors import Stuck
from engine.port import Left, TaskOpened, TimerArmed
from tests.engine.spiff.player import Player, compiled


def tokens(player, element):
    return [one.place.token for one in player.execution.waiting() if one.place.element == element]


def complete(player, token, **variables):
    return player.act(lambda execution: execution.complete(token, variables))


def test_each_run_has_its_own_item_and_round():
    player = Player(compiled("parallel-runs")).start(voters=["ann", "bob", "cid"])
    views = [player.execution.variables(token) for token in tokens(player, "vote")]
    assert [(one["voter"], one["loopCounter"]) for one in views] == [("ann", 0), ("bob", 1), ("cid", 2)]
    opened = [one.place.round for one in player.effects if isinstance(one, TaskOpened)]
    assert opened == [0, 1, 2]


def test_a_boundary_timer_guards_all_runs_together():
    player = Player(compiled("parallel-runs")).start(voters=["ann", "bob", "cid"])
    assert len([one for one in player.execution.waiting() if isinstance(one, TimerArmed)]) == 1
    complete(player, tokens(player, "vote")[1], vote="yes")
    player.later(days=1).due("late")
    assert player.tasks == ["chase"]
    assert player.withdrawn == ["vote", "vote"]


def test_the_completion_condition_ends_the_others_and_the_output_is_in_order():
    player = Player(compiled("parallel-runs")).start(voters=["ann", "bob", "cid"])
    ann, bob, cid = tokens(player, "vote")
    complete(player, cid, vote="no", comment="late")
    assert player.tasks == ["vote", "vote"]
    complete(player, ann, vote="yes")
    assert player.tasks == ["after"]
    assert player.withdrawn == ["late", "vote"]
    assert player.variables == {"voters": ["ann", "bob", "cid"], "votes": ["yes", "no"], "comment": "late"}


def test_the_flow_is_taken_once_after_all_runs():
    player = Player(compiled("parallel-runs")).start(voters=["ann"]).complete("vote", vote="yes")
    left = [(one.kind, one.flows) for one in player.effects if isinstance(one, Left) and one.place.element == "vote"]
    assert left == [("userTask", ()), ("multiInstance", ("vote_to_after",))]


def test_an_empty_collection_is_passed_at_once():
    player = Player(compiled("parallel-runs")).start(voters=[])
    assert player.tasks == ["after"]
    assert player.variables["votes"] == []


@pytest.mark.parametrize("voters", [None, "ann", 3, {"ann": 1}])
def test_a_collection_that_is_no_list_is_stuck_by_name(voters):
    with pytest.raises(Stuck, match="a list of at most 1000 for the runs of 'vote'"):
        Player(compiled("parallel-runs")).start(voters=voters)


def test_more_runs_than_steps_allowed_are_refused():
    with pytest.raises(Stuck, match="at most 1000"):
        Player(compiled("sequential-runs")).start(n=10**9)


def test_sequential_runs_follow_one_another():
    player = Player(compiled("sequential-runs")).start(n=3, people=["ann", "bob", "cid"])
    for number in range(3):
        (waiting,) = player.execution.waiting()
        assert player.execution.variables(waiting.place.token)["loopCounter"] == number
        player.complete("count")
    assert player.execution.variables(player.token("sign"))["person"] == "ann"
    player.complete("sign", stop=False)
    assert player.execution.variables(player.token("sign"))["person"] == "bob"
    assert player.complete("sign", stop=True).ended


def test_an_error_in_one_run_goes_to_the_boundary_event_of_all():
    player = Player(compiled("sequential-runs")).start(n=3).complete("count").throw("count", "BAD")
    assert player.tasks == ["mend"]
    assert player.waiting == ["mend"]


def test_runs_of_a_sub_process_do_not_see_each_other():
    player = Player(compiled("runs-inside")).start(deals=["a", "b", "c"])
    first, second, third = tokens(player, "rate")
    complete(player, second, amount=50, grade="B")
    complete(player, first, amount=1, grade="A")
    assert player.tasks == ["check", "rate"]
    complete(player, third, amount=2, grade="C")
    assert player.tasks == ["check"]
    assert player.complete("check").ended
    assert player.variables["grades"] == ["A", "B", "C"]
    assert "deal" not in player.variables


def test_each_run_calls_another_process_with_its_own_item():
    player = Player(compiled("calls-inside", "called")).start(deals=["OPP-1", "OPP-2"])
    inside = [player.execution.variables(token) for token in tokens(player, "judge")]
    assert inside == [{"opportunity": "OPP-1"}, {"opportunity": "OPP-2"}]
    first, second = tokens(player, "judge")
    complete(player, second, grade="B")
    complete(player, first, grade="A")
    assert player.ended
    assert player.variables["grades"] == ["A", "B"]


def test_a_standard_loop_repeats_while_its_condition_holds_up_to_its_maximum():
    spec = compiled("standard-loop")
    assert Player(spec).start().complete("again", ok=False).complete("again", ok=True).ended
    player = Player(spec).start()
    for _ in range(3):
        player.complete("again", ok=False)
    assert player.ended


def test_a_hundred_runs_at_once_are_kept_and_counted():
    player = Player(compiled("parallel-runs")).start(voters=list(range(100)))
    assert len(tokens(player, "vote")) == 100
    rounds = [one.place.round for one in player.execution.waiting() if isinstance(one, TaskOpened)]
    assert rounds == list(range(100))
