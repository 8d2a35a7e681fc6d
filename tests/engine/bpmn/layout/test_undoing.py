"""What undoes an activity stands below the event on its border, joined with it, and bears its sign."""

from pathlib import Path

import pytest

from engine.bpmn import layout, read, render_svg
from engine.bpmn.svg import icons
from tests import geometry
from tests.processes.drawing import Drawing

BEHAVIOUR = Path(__file__).parents[2] / "behaviour"
DRAWINGS = ("compensation/nested", "compensation/repeated", "compensation/undoers", "transactions/booking")


def laid(name):
    return layout((BEHAVIOUR / f"{name}.bpmn").read_bytes())


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_with_compensation_are_laid_out_by_the_rules(name):
    assert list(geometry.broken(Drawing(name, laid(name)))) == []


def test_what_undoes_stands_right_below_its_event_and_is_joined_with_it():
    drawing = Drawing("booking", laid("transactions/booking"))
    event, undoing = drawing.boxes["hotel_undone"], drawing.boxes["cancel_hotel"]

    assert undoing.middle[0] == event.middle[0]
    assert undoing.y > event.bottom
    (edge,) = drawing.root.findall(".//{*}BPMNEdge[@bpmnElement='hotel_by']")
    points = [(float(one.get("x")), float(one.get("y"))) for one in edge.findall("{*}waypoint")]
    assert points == [(event.middle[0], event.bottom), (undoing.middle[0], undoing.y)]


def test_the_picture_shows_the_signs_of_compensation_and_cancelling():
    svg = render_svg(read(laid("transactions/booking"), "booking.bpmn"))

    assert svg.count(icons.MARKERS["compensation"]) == 2
    assert svg.count(icons.EVENTS["compensate"]) == 3
    assert svg.count(icons.EVENTS["cancel"]) == 2
