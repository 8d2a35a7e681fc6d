"""Mappings of a step as the engines that drew them work them out: one after the other, and into parts of a variable.

Activities take their inputs and leave their outputs (BPMN 2.0, 10.3.2); the order is that of docs/notations.md.
"""

from engine.port import EventThrown
from tests.engine.behaviour.notations.playing import HERE
from tests.engine.behaviour.play import play


def weighed():
    return play(HERE, "c8-mappings").start(net=5, order={"id": 7}).complete("weigh", price=99)


def test_a_mapping_sees_what_those_before_it_gave():
    variables = weighed().variables

    assert variables["weight"] == 11
    assert not variables.keys() & {"gross", "packed", "parcel", "price"}


def test_a_mapping_into_a_part_leaves_the_other_parts_as_they_are():
    variables = weighed().variables

    assert variables["sent"] == {"weight": 11, "route": {"gate": "north"}}
    assert variables["order"] == {"id": 7, "heavy": True}
    assert variables["invoice"] == {"total": {"gross": 99}}


def test_what_a_collected_value_is_taken_from_stays_in_its_run():
    player = weighed().complete("rate", rating={"mark": 3}, seen=True).complete("rate", rating={"mark": 4})

    assert player.tasks == ["read"]
    assert player.variables["marks"] == [3, 4] and player.variables["seen"]
    assert not player.variables.keys() & {"rating", "line"}


def test_a_throwing_event_takes_its_inputs_along_and_leaves_its_outputs():
    player = weighed().complete("rate").complete("rate").complete("read")

    assert [one.payload for one in player.seen if isinstance(one, EventThrown)] == [{"number": 7, "gate": "north"}]
    assert player.ended and player.variables["order"] == {"id": 7, "heavy": True, "weight": 11}
    assert not player.variables.keys() & {"number", "gate"}
