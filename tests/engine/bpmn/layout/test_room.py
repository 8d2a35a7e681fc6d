"""What deployment adds finds room in a drawing that was laid out."""

import pytest

from engine.bpmn import layout, read
from tests import geometry
from tests.engine.bpmn.drafts import normal
from tests.processes.drawing import Drawing

from .samples import chain, data, node, uses, whole

APPROVAL = """<extensionElements><camunda:properties><camunda:property name="approval" value="true"/>
  <camunda:property name="approval.level" value="1"/></camunda:properties></extensionElements>"""
LANES = {"manager": "start load_context work end", "expert": "other", "rep": "last"}


def expanded(inside: str) -> Drawing:
    """Start, load_context, a step `work` in the upper lane, two in lower ones, end; as it is deployed."""
    drawn = whole(
        node("startEvent", "start")
        + node("serviceTask", "load_context", inside=uses("profile", "load_context"))
        + inside
        + node("userTask", "other")
        + node("userTask", "last")
        + node("endEvent", "end")
        + data("profile")
        + chain("start", "load_context", "work", "other", "last", "end"),
        lanes=LANES,
    )
    return Drawing("expanded", normal(read(layout(drawn), "draft.bpmn")).xml)


@pytest.mark.parametrize(
    "work",
    [
        node("userTask", "work", inside=APPROVAL),
        '<userTask id="work" name="Work" camunda:dueDate="P1D"/>',
    ],
    ids=["approval", "due date"],
)
def test_timers_and_reminders_stand_apart_and_no_line_runs_through_them(work):
    drawing = expanded(work)

    assert any(name.startswith("work_") for name in drawing.boxes)
    assert geometry.overlapping(drawing) == []
    assert geometry.through_shapes(drawing) == []


def test_the_way_out_of_a_missing_record_leads_through_lanes_but_not_through_data():
    drawing = expanded(node("userTask", "work"))

    assert drawing.boxes["mr_resolve_missing_record"].y > drawing.boxes["pool"].bottom
    assert geometry.through_shapes(drawing) == []
