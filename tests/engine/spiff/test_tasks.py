"""Tasks for people, calls to handlers, and exclusive choices."""

from decimal import Decimal

import pytest

from engine.errors import EngineError, NotFound, Stuck
from engine.port import CallWanted, Entered, Left, Place, TaskOpened
from tests.engine.spiff.player import Player, compiled


def test_every_kind_of_task_stops_until_it_is_completed():
    player = Player(compiled("tasks")).start()
    seen = []
    while not player.ended:
        (waiting,) = player.execution.waiting()
        seen.append((waiting.place.element, getattr(waiting, "kind", "person")))
        player.complete(waiting.place.element)
    assert seen == [
        ("ask", "person"),
        ("sign", "person"),
        ("plain", "person"),
        ("compute", "service"),
        ("decide", "rule"),
        ("derive", "script"),
        ("tell", "send"),
    ]


def test_effects_tell_the_way_of_the_token_in_order():
    player = Player(compiled("tasks")).start()
    first, second = Place(1, "tasks", "start"), Place(2, "tasks", "ask")
    assert player.effects == [
        Entered(first),
        Left(first, "startEvent", ("start_to_ask",)),
        Entered(second),
        TaskOpened(second),
    ]


def test_completing_sets_variables_of_every_plain_kind():
    player = Player(compiled("tasks")).start(count=2**80)
    player.complete("ask", amount=Decimal("12.50"), notes=[{"typename": "UUID"}, "x"], typename="BpmnSubWorkflow")
    assert player.variables == {
        "count": 2**80,
        "amount": Decimal("12.50"),
        "notes": [{"typename": "UUID"}, "x"],
        "typename": "BpmnSubWorkflow",
    }


def test_values_of_the_caller_are_copied():
    given = {"notes": [1]}
    player = Player(compiled("tasks"))
    player.execution.start(given)
    given["notes"].append(2)
    assert player.execution.variables() == {"notes": [1]}


def test_a_value_that_is_not_plain_is_refused_by_name():
    player = Player(compiled("tasks")).start()
    with pytest.raises(EngineError, match=r"Expected 'deal.rate' to be a plain value .* but it is a float"):
        player.complete("ask", deal={"rate": 0.5})
    assert player.tasks == ["ask"]


def test_completing_a_finished_or_unknown_token_is_refused():
    player = Player(compiled("tasks")).start()
    token = player.token("ask")
    player.complete("ask")
    with pytest.raises(NotFound, match=f"token {token} "):
        player.execution.complete(token, {})


def test_the_first_true_condition_decides_else_the_default():
    spec = compiled("choices")
    assert Player(spec).start().complete("ask", x=11, note={"big": True}, letter="b").tasks == ["a", "b"]
    assert Player(spec).start().complete("ask", x=11, note={}, letter="z").tasks == ["c"]
    assert Player(spec).start().complete("ask", x=7).tasks == ["c2", "d"]
    assert Player(spec).start().complete("ask", x=1).ended


def test_a_condition_over_missing_values_is_false():
    assert Player(compiled("choices")).start().complete("ask").ended


def test_without_a_true_condition_and_default_the_instance_is_stuck_by_name():
    player = Player(compiled("no-way")).start()
    with pytest.raises(Stuck) as caught:
        player.complete("ask", x=1)
    assert caught.value.trouble.code == "NO_FLOW"
    assert caught.value.trouble.element == "which"
    assert "x > 10" in str(caught.value)


def test_several_flows_out_of_a_task_are_taken_by_their_conditions():
    spec = compiled("implicit")
    assert Player(spec).start().complete("ask", x=3).tasks == ["a", "b"]
    assert Player(spec).start().complete("ask", x=0).tasks == ["c"]


def test_a_task_without_a_way_out_ends_its_path():
    player = Player(compiled("implicit")).start().complete("ask", x=3).complete("b").complete("a")
    assert player.ended.ends == ("end",)


def test_a_message_start_begins_at_its_own_start_event():
    spec = compiled("message-start")
    assert Player(spec).start(message="order.came", order=7).tasks == ["b"]
    assert Player(spec).start().tasks == ["a"]
    with pytest.raises(NotFound, match=r"start event for the message 'other' in 'message_start'"):
        Player(spec).start(message="other")


def test_variables_can_be_repaired_without_running_anything():
    player = Player(compiled("tasks")).start(x=1)
    player.execution.set_variables({"x": 2})
    assert player.variables == {"x": 2}
    assert player.tasks == ["ask"]


def test_cancelling_withdraws_whatever_waits():
    player = Player(compiled("choices")).start().complete("ask", x=7)
    effects = player.execution.cancel()
    assert sorted(one.place.element for one in effects) == ["c2", "d"]
    assert player.execution.ended
    assert not player.execution.waiting()


def test_calls_name_their_kind_again_after_loading():
    player = Player(compiled("tasks")).start()
    for element in ("ask", "sign", "plain"):
        player.complete(element)
    (call,) = player.execution.waiting()
    assert call == CallWanted(Place(5, "tasks", "compute"), "service")
