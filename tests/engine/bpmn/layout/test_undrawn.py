"""What has no diagram, or only a part of one, is laid out to be looked at; what has one stays as it was drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.bpmn import Known, layout, normalise, read, render_svg, to_be_seen, with_diagram
from engine.bpmn.layout import improve
from engine.errors import Rejected

PROCESSES = Path(__file__).parents[4] / "processes" / "bpmn"
BARE = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
  <process id="order" isExecutable="true">
    <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="look"/>
    <subProcess id="look"><startEvent id="in"/><sequenceFlow id="f" sourceRef="in" targetRef="out"/>
      <endEvent id="out"/></subProcess>
    <sequenceFlow id="g" sourceRef="look" targetRef="e"/><endEvent id="e"/>
  </process>
</definitions>"""


def shown(xml: bytes) -> set[str]:
    """The ids of what a picture of the drawing shows."""
    return set(re.findall('data-element-id="([^"]+)"', render_svg(to_be_seen(read(xml, "order.bpmn")))))


def without(xml: bytes, element: str) -> bytes:
    """The drawing without the place of one element in its diagram."""
    found = re.sub(rf'<bpmndi:(\w+) id="{element}_di".*?</bpmndi:\1>'.encode(), b"", xml, flags=re.DOTALL)
    assert found != xml
    return found


def test_a_drawing_without_a_diagram_is_shown_whole_also_its_flows_without_ids() -> None:
    assert shown(BARE) >= {"s", "look", "g", "e", "flow_s_look"}
    assert with_diagram(BARE, "order.bpmn").count(b"bpmnElement=") == len(shown(BARE)) + 1  # the plane


@pytest.mark.parametrize("lost", ["e", "g"])
def test_a_diagram_that_lacks_a_step_or_a_flow_is_made_anew(lost: str) -> None:
    part = without(with_diagram(BARE, "order.bpmn"), lost)

    assert lost in shown(part)
    assert f'bpmnElement="{lost}"'.encode() in with_diagram(part, "order.bpmn")


def test_a_complete_diagram_stays_as_it_was_drawn_also_around_a_closed_sub_process() -> None:
    drawn = with_diagram(BARE, "order.bpmn")
    assert with_diagram(drawn, "order.bpmn") == drawn

    closed = drawn.replace(b'isExpanded="true"', b'isExpanded="false"')
    for element in ("in", "out", "f"):
        closed = without(closed, element)
    assert with_diagram(closed, "order.bpmn") == closed


@pytest.mark.parametrize("file", sorted(PROCESSES.glob("*.bpmn")), ids=lambda file: file.stem)
def test_our_processes_are_shown_as_they_were_drawn_also_with_what_deployment_added(file: Path) -> None:
    drawing = read(file.read_bytes(), file.name)
    deployed = normalise(drawing, Known())

    assert to_be_seen(drawing) is drawing
    assert to_be_seen(deployed) is deployed


def test_what_cannot_be_laid_out_is_left_as_it_is() -> None:
    lost = read(BARE.replace(b'targetRef="e"', b'targetRef="nowhere"'), "order.bpmn")

    assert to_be_seen(lost) is to_be_seen(lost)
    assert "data-element-id" not in render_svg(to_be_seen(lost))


def test_a_drawing_too_crowded_to_be_laid_out_is_refused_after_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = "".join(
        f'<task id="t{n}"/><sequenceFlow id="f{n}" sourceRef="a" targetRef="t{n}"/>'
        f'<sequenceFlow id="g{n}" sourceRef="t{n}" targetRef="b"/>'
        for n in range(60)
    )
    crowded = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
      <process id="order" isExecutable="true"><parallelGateway id="a"/>{steps}<parallelGateway id="b"/></process>
    </definitions>"""
    assert b"BPMNShape" in layout(crowded.encode())
    monkeypatch.setattr(improve, "MOST_WORK", 20_000)

    with pytest.raises(Rejected, match="room for every flow"):
        layout(crowded.encode())
