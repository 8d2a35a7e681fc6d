"""Parallel and inclusive gateways, above all inside loops."""

import pytest

from engine.errors import Stuck
from tests.engine.spiff.player import Player, compiled


@pytest.mark.parametrize("orders", [("lf", "fl"), ("fl", "lf"), ("lf", "lf", "fl")])
def test_a_parallel_join_in_a_loop_waits_for_both_in_every_round(orders):
    player = Player(compiled("rework-loop")).start()
    names = {"l": "legal", "f": "finance"}
    for order in orders:
        player.complete(names[order[0]])
        assert player.tasks == [names[order[1]]]
        player.complete(names[order[1]])
        assert player.tasks == ["review"]
        player.complete("review", ok=False)
    assert player.tasks == ["finance", "legal"]


def test_an_inclusive_join_in_a_loop_waits_for_the_branches_of_this_round():
    player = Player(compiled("inclusive-loop")).start(need_legal=True, need_finance=True)
    player.complete("finance").complete("legal").complete("review", ok=False, need_legal=True, need_finance=False)
    assert player.tasks == ["legal"]
    player.complete("legal").complete("review", need_legal=True, need_finance=True)
    player.complete("legal")
    assert player.tasks == ["finance"]
    player.complete("finance").complete("review", ok=True)
    assert player.ended


def test_values_written_by_parallel_branches_all_arrive():
    player = Player(compiled("rework-loop")).start(found={"a": 1})
    player.complete("finance", budget={"limit": 5}, both=["finance"])
    player.complete("legal", found={"a": 2}, both=["legal"])
    assert player.variables == {"budget": {"limit": 5}, "found": {"a": 2}, "both": ["legal"]}


def test_a_second_token_on_the_same_flow_stays_for_the_next_firing():
    player = Player(compiled("excess-tokens")).start().complete("a").complete("b")
    assert player.tasks == ["c", "d"]
    player.complete("c")
    assert player.passed.count("join") == 1
    player.complete("d")
    assert player.passed.count("join") == player.passed.count("end") == 2
    assert player.ended


def test_a_join_that_can_never_fire_is_stuck_by_name():
    player = Player(compiled("starved-join")).start()
    player.complete("ask", x=1)
    with pytest.raises(Stuck) as caught:
        player.complete("a")
    assert caught.value.trouble.code == "STANDSTILL"
    assert "join" in str(caught.value)


def test_a_loop_stays_flat_over_three_thousand_rounds():
    player = Player(compiled("long-loop")).start()
    sizes = {}
    for n in range(1, 3001):
        player.complete("step").complete("count", n=n)
        if n in (10, 1000, 2999):
            sizes[n] = (len(list(player.execution.waiting())), len(player.state))
    assert player.ended
    assert sizes[10][0] == sizes[1000][0] == sizes[2999][0] == 1
    assert sizes[2999][1] - sizes[10][1] < 30, "only the numbers themselves grow longer"


def test_rounds_count_how_often_an_element_was_entered_before():
    player = Player(compiled("long-loop")).start()
    for n in range(1, 301):
        player.complete("step").complete("count", n=n)
    (task,) = player.execution.waiting()
    assert task.place.round == 300


def test_an_endless_automatic_loop_is_stuck_naming_its_elements():
    player = Player(compiled("endless"), step_budget=500).start()
    with pytest.raises(Stuck) as caught:
        player.complete("ask")
    assert caught.value.trouble.code == "ENDLESS_LOOP"
    assert str(caught.value).endswith("it keeps turning through: again, turn.")
