"""An activity begins when as many tokens have come as its start quantity says, and sends as many along each of its
flows as its completion quantity says (BPMN 2.0, 13.2.1 and table 10.3)."""

import pytest

from engine.errors import Stuck
from tests.engine.behaviour.play import play


def test_it_begins_when_enough_tokens_have_come_whichever_way():
    player = play(__file__, "gathers").start().complete("c")
    assert player.tasks == ["a", "b"]

    player.complete("a")

    assert player.tasks == ["b", "pack"]


def test_tokens_that_are_too_few_wait_for_others_and_nothing_else():
    """Of three tokens two make one packing; nobody brings a fourth."""
    player = play(__file__, "gathers").start().complete("a").complete("b").complete("pack")

    with pytest.raises(Stuck) as caught:
        player.complete("c")

    assert (caught.value.trouble.code, caught.value.trouble.element) == ("STANDSTILL", "pack")


def test_a_token_that_can_never_be_enough_is_told():
    player = play(__file__, "starved").start()

    with pytest.raises(Stuck, match="tokens wait for ever at: pack"):
        player.complete("ask")


def test_it_sends_its_tokens_along_each_of_its_flows():
    player = play(__file__, "sends").start().complete("make")

    assert player.tasks == ["check"] * 3 + ["list"] * 3
    for name in ("check", "list"):
        player.complete(name).complete(name).complete(name)
    assert player.ended and player.passed.count("make") == 1


@pytest.mark.parametrize(("amount", "tasks"), [(11, ["big", "big"]), (10, ["other", "other"])])
def test_the_conditions_of_its_flows_hold_for_all_its_tokens(amount, tasks):
    assert play(__file__, "chosen").start(amount=amount).complete("make").tasks == tasks


def test_several_runs_are_one_activity_with_one_quantity():
    player = play(__file__, "both").start(people=["Ada", "Bo"]).complete("build")
    assert player.tasks == ["build"]

    player.complete("build")

    assert player.tasks == ["pack", "pack"]


def test_an_inclusive_join_waits_for_tokens_that_are_being_gathered():
    player = play(__file__, "inclusive").start()

    with pytest.raises(Stuck) as caught:
        player.complete("ask")

    assert caught.value.trouble.detail["elements"] == ["merge", "pack"]


def test_each_round_gathers_anew():
    player = play(__file__, "rounds").start(again=True)
    for _ in range(3):
        player.complete("make")
        assert player.tasks == ["pack"]
        player.complete("pack")

    assert player.complete("make").complete("pack", again=False).ended


def test_a_repeated_task_whose_rounds_are_guarded_sends_its_tokens_when_all_rounds_have_ended():
    player = play(__file__, "guarded-rounds").start().complete("make")
    assert player.tasks == ["make"]

    assert player.complete("make").tasks == ["pack", "pack"]


def test_activities_that_multiply_each_others_tokens_are_stopped_before_there_are_too_many():
    player = play(__file__, "multiplied")
    player.around.live_tokens = 20

    with pytest.raises(Stuck) as caught:
        player.start()

    assert (caught.value.trouble.code, caught.value.trouble.element) == ("TOO_MANY_TOKENS", "second")
    assert len(player.execution._flow.live) < 400
