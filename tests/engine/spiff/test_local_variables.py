"""Activities with local variables (`camunda:inputOutput`)."""

import pytest

from engine.bpmn import read
from engine.errors import Rejected
from engine.spiff import compile_bundle
from tests.engine.spiff.player import Player, compiled, drawing


def test_inputs_are_seen_only_inside_and_outputs_only_outside():
    player = Player(compiled("local-variables")).start(amount=10, items=[])
    assert player.execution.variables(player.token("ask")) == {"amount": 10, "items": [], "limit": 20, "unit": "EUR"}
    assert player.variables == {"amount": 10, "items": []}
    player.complete("ask", given=1, note="x")
    assert player.variables == {"amount": 10, "items": [], "given": 1, "note": "x", "answer": 21}


def test_a_sub_process_shares_its_local_variables_with_what_is_inside():
    player = Player(compiled("local-variables")).start(amount=10, items=[]).complete("ask", given=1)
    assert player.execution.variables(player.token("think"))["inner"] == 21
    player.complete("think", inner=5, thought=True)
    assert player.ended
    assert player.variables["result"] == 6
    assert player.variables["thought"] is True
    assert "inner" not in player.variables


def test_each_run_of_a_multi_instance_activity_has_its_own():
    player = Player(compiled("local-variables")).start(amount=10, items=["a", "b"])
    player.complete("ask", given=1).complete("think")
    views = [player.execution.variables(one.place.token) for one in player.execution.waiting()]
    assert [one["label"] for one in views] == ["a", "b"]
    assert player.complete("each").variables["last"] == "a"
    assert player.complete("each").variables["last"] == "b"
    assert not {"label", "item", "loopCounter"} & set(player.variables)


def test_an_interrupted_activity_leaves_nothing_behind():
    player = Player(compiled("local-variables")).start(amount=10, items=[]).later(days=2).due("late")
    assert player.ended.ends == ("given_up",)
    assert player.variables == {"amount": 10, "items": []}


def test_a_parameter_without_a_name_is_refused():
    text = drawing("local-variables").xml.decode()
    nameless = text.replace(' name="unit"', "")
    with pytest.raises(Rejected, match=r"\[ask\] .* a name and a text in each parameter of 'ask'"):
        compile_bundle(read(nameless.encode(), "local-variables.bpmn"), {})
