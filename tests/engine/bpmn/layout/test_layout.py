"""Drawings without a diagram get one that follows the rules of good looks."""

import pytest
from lxml import etree

from engine.bpmn import layout, read, render_svg
from engine.bpmn.vocabulary import BPMNDI
from engine.errors import Rejected
from tests import geometry
from tests.processes.drawing import FOLDER, Drawing

from .samples import (
    BACK_AND_FORTH,
    BOUNDARIES,
    BRANCHING,
    DATA,
    LOOPS,
    PARALLEL_INSIDE,
    POOLS,
    SAMPLES,
    Blocks,
    chain,
    node,
    whole,
)

FLOWS_PER_CROSSING = 10


def laid(xml: bytes) -> Drawing:
    return Drawing("sample", layout(xml))


def without_diagram(xml: bytes) -> bytes:
    """The canonical text of everything but the diagram."""
    root = etree.fromstring(xml)
    for diagram in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(diagram)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n2", strip_text=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_kind_of_drawing_is_laid_out_by_the_rules(name):
    drawing = laid(SAMPLES[name])

    assert list(geometry.broken(drawing)) == []
    assert geometry.crossings(drawing) == []


@pytest.mark.parametrize("seed", [0, 5, 11])
def test_random_drawings_are_laid_out_by_the_rules_and_hardly_cross(seed):
    drawing = laid(Blocks(seed, 30).xml())

    assert list(geometry.broken(drawing)) == []
    assert len(geometry.crossings(drawing)) <= len(drawing.flows) // FLOWS_PER_CROSSING


def test_a_long_drawing_is_laid_out_by_the_rules_too():
    drawing = laid(Blocks(1, 120).xml())

    assert list(geometry.broken(drawing)) == []


def test_the_same_drawing_is_laid_out_the_same_again():
    assert layout(BOUNDARIES) == layout(BOUNDARIES)


@pytest.mark.parametrize("name", ["loops", "data and notes", "parallel, in a sub-process"])
def test_laying_out_twice_changes_nothing(name):
    once = layout(SAMPLES[name])

    assert layout(once) == once


@pytest.mark.parametrize("name", SAMPLES)
def test_only_the_diagram_changes(name):
    assert without_diagram(layout(SAMPLES[name])) == without_diagram(SAMPLES[name])


def test_a_drawing_of_ours_keeps_everything_but_its_diagram_and_its_colours():
    xml = (FOLDER / "bpmn" / "manage-pended-opportunity.bpmn").read_bytes()
    colour = "{http://www.omg.org/spec/BPMN/non-normative/color/1.0}background-color"

    new = layout(xml)

    assert without_diagram(new) == without_diagram(xml)
    coloured = [
        {shape.get("bpmnElement"): shape.get(colour) for shape in etree.fromstring(one).iter("{*}BPMNShape")}
        for one in (xml, new)
    ]
    assert coloured[0] == coloured[1]


def test_the_order_of_the_lanes_is_their_order_on_paper():
    boxes = laid(BACK_AND_FORTH).boxes

    assert boxes["manager"].bottom == boxes["expert"].y
    assert boxes["expert"].bottom == boxes["rep"].y
    assert boxes["pool"].contains(boxes["manager"]) and boxes["pool"].contains(boxes["rep"])


def test_the_main_way_is_one_straight_line():
    drawing = laid(LOOPS)

    middles = {drawing.boxes[step].middle[1] for step in ("start", "write", "check", "good", "print", "again", "end")}
    assert len(middles) == 1


def test_the_name_of_what_no_flow_touches_stands_right_below_it_in_the_middle():
    flow = node("startEvent", "start", "Begin") + node("userTask", "step", "Do") + chain("start", "step")
    loose = node("startEvent", "other", "Something else happened meanwhile") + node("endEvent", "done", "Done")
    drawn = laid(whole(flow + loose))

    for name in ("other", "done"):
        box, label = drawn.boxes[name], drawn.labels[name]
        assert (label.y - box.bottom, label.middle[0]) == (4, box.middle[0])
        assert not [one for one in drawn.boxes.values() if one.overlaps(label)]


def test_what_a_step_uses_stands_above_it_and_what_it_makes_below():
    boxes = laid(DATA).boxes

    assert boxes["profile"].bottom < boxes["read_up"].y
    assert boxes["pipeline"].bottom < boxes["read_up"].y
    assert boxes["budget"].y > boxes["plan"].bottom


def test_an_event_that_leads_to_a_lane_above_sits_on_the_upper_border():
    boxes = laid(BOUNDARIES).boxes

    assert boxes["told"].middle[1] == boxes["work"].y
    assert boxes["late"].middle[1] == boxes["work"].bottom


def test_what_an_event_leads_to_stands_right_below_it():
    boxes = laid(PARALLEL_INSIDE).boxes

    assert boxes["given_up"].middle[0] == boxes["stopped"].middle[0]
    assert boxes["given_up"].y > boxes["iterate"].bottom


def test_a_sub_process_holds_its_steps_and_is_drawn_open():
    drawing = laid(PARALLEL_INSIDE)

    inside = ("begin", "open", "close", "done", *(f"part_{number}" for number in range(1, 8)))
    assert all(drawing.boxes["iterate"].contains(drawing.boxes[step]) for step in inside)
    shape = drawing.root.find(".//{*}BPMNShape[@bpmnElement='iterate']")
    assert shape.get("isExpanded") == "true"


def test_a_closed_pool_stands_below_and_messages_lead_there():
    drawing = laid(POOLS)

    pool, customer = drawing.boxes["pool"], drawing.boxes["customer"]
    assert (customer.x, customer.right) == (pool.x, pool.right)
    lines = {line.id: line for line in drawing.lines}
    assert drawing.boxes["ask"].has_on_border(lines["question"].points[0])
    assert lines["question"].points[-1][1] == customer.y


def test_a_laid_out_drawing_can_be_read_and_drawn():
    xml = layout(BRANCHING, "branching.bpmn")

    picture = render_svg(read(xml, "branching.bpmn"))

    assert 'data-element-id="gw-a"' in picture


@pytest.mark.parametrize(
    ("xml", "element", "words"),
    [
        (whole('<startEvent id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'), "f", "not among them"),
        (whole('<startEvent id="a"/><endEvent id="a"/>'), "a", "unique"),
        (whole("<startEvent/>"), "p", "to have an id"),
        (
            whole('<startEvent id="a"/><endEvent id="b"/><sequenceFlow sourceRef="a" targetRef="b"/>'),
            "p",
            "Expected every sequenceFlow to have an id",
        ),
        (whole("".join(f'<task id="t{number}"/>' for number in range(2001))), "", "at most 2000 steps"),
        (
            whole('<laneSet id="ls">' + "".join(f'<lane id="l{n}"/>' for n in range(501)) + '</laneSet><task id="t"/>'),
            "",
            "at most 500 lanes to lay out, but there are 501",
        ),
        (
            whole('<task id="t"/>' + "".join(f'<boundaryEvent id="b{n}" attachedToRef="t"/>' for n in range(501))),
            "",
            "at most 500 flows and border events at one step",
        ),
        (b"<html/>", "", "Expected a BPMN 2.0 drawing"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_with_file_element_and_remedy(xml, element, words):
    with pytest.raises(Rejected) as refused:
        layout(xml, "mine.bpmn")

    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("mine.bpmn", element)
    assert words in str(finding.message)
    assert str(finding.remedy)
