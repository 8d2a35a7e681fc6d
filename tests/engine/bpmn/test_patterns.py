"""The shared patterns of catalogue section 0.1, as added at deployment."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from engine import spiff
from engine.bpmn import Known, lint, model, normalise, read
from engine.bpmn.boxes import Box
from engine.bpmn.normalising.plane import Plane

from .drafts import KNOWN, around, chain, drawing, flow, normal

DI_EDGE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNEdge"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
LOAD = '<serviceTask id="load_context" camunda:type="external" camunda:topic="p.work"/>'
APPROVAL = """<userTask id="step"{}><extensionElements><camunda:properties>
  <camunda:property name="approval" value="true"/><camunda:property name="approval.level" value="1"/>
  </camunda:properties></extensionElements>{}</userTask>"""
TIMER = """<boundaryEvent id="mine" attachedToRef="{}"><timerEventDefinition><timeDuration>P1D</timeDuration>
  </timerEventDefinition></boundaryEvent><endEvent id="late"/>"""
LOOP = '<multiInstanceLoopCharacteristics camunda:collection="xs" camunda:elementVariable="x"/>'
WITH_CREATOR = replace(KNOWN, processes=frozenset({"maintain_account_and_contact"}))
SAMPLE = Path(__file__).parents[3] / "processes" / "bpmn" / "prioritize-opportunity.bpmn"


def added(one, code):
    return {ident: element for ident, element in model(one).elements.items() if element.expanded == code}


def loading():
    return around(LOAD, ident="load_context")


def test_a_missing_record_leads_to_a_task_for_operations_and_back():
    facts = model(normal(loading()))

    error = facts.elements["mr_record_not_found"]
    assert (error.event_name, error.attached_to, error.interrupting) == ("RECORD_NOT_FOUND", "load_context", True)
    assert facts.targets("mr_record_not_found") == ("mr_resolve_missing_record",)
    task = facts.elements["mr_resolve_missing_record"]
    assert (task.attributes["candidateGroups"], task.form) == ("ops", "shared.resolve_missing_record")
    assert facts.targets("mr_resolution") == ("load_context", "end_cancelled")
    assert task.names["zh-Hans"] == "处理缺失记录"


def test_a_missing_record_can_be_created_where_that_process_exists():
    facts = model(normal(loading(), WITH_CREATOR))

    assert facts.elements["mr_create_record"].called_element == "maintain_account_and_contact"
    assert facts.targets("mr_create_record") == ("load_context",)
    assert facts.elements["mr_resolve_missing_record"].form == "shared.resolve_missing_record_create"


@pytest.mark.parametrize(
    ("name", "calls"),
    [("maintain_account_and_contact", {}), ("p", {"maintain_account_and_contact": frozenset({"p"})})],
)
def test_the_creating_process_never_calls_itself(name, calls):
    inside = f'<startEvent id="start"/>{LOAD}<endEvent id="end"/>' + chain("start", "load_context", "end")

    one = normal(drawing(inside, name=name), replace(WITH_CREATOR, calls=calls))

    assert "mr_create_record" not in model(one).elements


def test_a_missing_record_is_reminded_of_and_given_up():
    facts = model(normal(loading()))

    remind, give_up = facts.elements["mr_remind"], facts.elements["mr_give_up"]
    assert (remind.timer, remind.interrupting) == ('duration("P1D")', False)
    assert (give_up.timer, give_up.interrupting) == ('duration("P5D")', True)
    assert facts.elements["mr_notify_due"].handler == "notify_due"
    assert facts.targets("mr_give_up") == ("end_cancelled",)


def test_a_first_step_that_is_guarded_in_the_drawing_is_left_alone():
    event = '<boundaryEvent id="own" attachedToRef="load_context"><errorEventDefinition/></boundaryEvent>'
    one = around(LOAD, "load_context", event + flow("own", "end"))

    assert added(normal(one), "MR") == {}


def test_a_first_step_with_an_error_of_its_own_is_guarded_against_a_missing_record_too():
    event = '<boundaryEvent id="own" attachedToRef="load_context"><errorEventDefinition errorRef="e"/></boundaryEvent>'
    error = '<error id="e" errorCode="PURSUE_DECISION_MISSING"/>'
    one = around(LOAD, "load_context", event + flow("own", "end"), error)

    assert added(normal(one), "MR") != {}


def test_the_missing_record_form_is_asked_for_before_it_is_needed():
    known = Known(handlers=frozenset({"p.work"}))

    (finding,) = lint(loading(), known)

    assert (finding.rule, finding.severity) == ("forms", "warning")


def test_an_approval_is_reminded_and_escalated():
    facts = model(normal(around(APPROVAL.format("", ""))))

    remind, escalate = facts.elements["step_remind"], facts.elements["step_escalate"]
    assert (remind.timer, remind.interrupting) == ("approval.remind_at", False)
    assert (escalate.timer, escalate.interrupting) == ("approval.due_at", True)
    assert facts.elements["step_remind_approver"].handler == "remind_approver"
    assert facts.elements["step_escalate_approval"].handler == "escalate_approval"
    assert facts.targets("step_escalate_approval") == ("step",)


@pytest.mark.parametrize("task", [APPROVAL.format("", ""), '<userTask id="step" camunda:dueDate="P2D"/>'])
def test_timers_that_are_drawn_are_not_added_again(task):
    one = around(task, extra=TIMER.format("step") + flow("mine", "late"))

    assert set(added(normal(one), "AP")) | set(added(normal(one), "RM")) == set()


def test_a_drawn_timer_about_something_else_leaves_room_for_the_reminder():
    asked = '<camunda:properties><camunda:property name="reminder" value="due"/></camunda:properties>'
    task = f'<userTask id="step" camunda:dueDate="P2D"><extensionElements>{asked}</extensionElements></userTask>'

    one = around(task, extra=TIMER.format("step") + flow("mine", "late"))

    assert set(added(normal(one), "RM")) == {"step_due", "step_notify_due", "step_notify_due_end"}


def test_a_task_with_a_due_date_is_reminded_of_once():
    facts = model(normal(around('<userTask id="step" camunda:dueDate="P2D"/>')))

    due = facts.elements["step_due"]
    assert (due.timer, due.interrupting, due.expanded) == ("task.due_at", False, "RM")
    assert facts.targets("step_due") == ("step_notify_due",)
    assert facts.targets("step_notify_due") == ("step_notify_due_end",)


def test_an_approval_with_a_due_date_gets_only_the_approvals_timers():
    one = normal(around(APPROVAL.format(' camunda:dueDate="P2D"', "")))

    assert added(one, "RM") == {}
    assert added(one, "AP") != {}


@pytest.mark.parametrize(
    "task", [APPROVAL.format("", LOOP), f'<userTask id="step" camunda:dueDate="P1D">{LOOP}</userTask>']
)
def test_timers_on_a_repeated_task_guard_each_round(task):
    facts = model(normal(around(task)))

    assert facts.elements["step_each"].multi_instance == "parallel"
    assert facts.elements["step"].multi_instance is None
    assert facts.elements["step"].parent == "step_each"
    assert facts.targets("start") == ("step_each",)
    guards = [element for element in facts.elements.values() if element.attached_to == "step"]
    assert guards and {guard.parent for guard in guards} == {"step_each"}


def test_a_withdrawn_record_closes_everything():
    facts = model(normal(around('<task id="step"/>')))

    start = facts.elements["cx_withdrawn"]
    assert (start.event_name, start.interrupting, start.parent) == ("record_withdrawn", True, "cx_record_withdrawn")
    assert facts.elements["cx_cancel_open_work"].handler == "cancel_open_work"
    assert facts.elements["cx_end_cancelled"].properties["outcome"] == "cancelled"


def test_a_drawing_that_catches_the_withdrawal_itself_is_left_alone():
    sub = f"""<subProcess id="mine" triggeredByEvent="true"><startEvent id="in">
      <messageEventDefinition messageRef="m"/></startEvent><endEvent id="out"/>{flow("in", "out")}</subProcess>"""
    one = around('<task id="step"/>', extra=sub, before='<message id="m" name="record_withdrawn"/>')

    assert added(normal(one), "CX") == {}


def test_ids_of_the_drawing_are_never_taken_by_a_pattern():
    one = around(LOAD, "load_context", '<task id="mr_resolution"/>' + flow("load_context", "mr_resolution"))

    facts = model(normal(one))

    assert facts.elements["mr_resolution"].expanded is None
    assert facts.elements["mr_resolution_2"].expanded == "MR"


def test_what_is_added_lies_in_the_lane_of_what_it_guards():
    lanes = '<laneSet id="l"><lane id="lane_rep"><flowNodeRef>step</flowNodeRef></lane></laneSet>'
    inside = f'{lanes}<startEvent id="start"/><userTask id="step" camunda:dueDate="P1D"/>{chain("start", "step")}'

    assert {element.lane for element in added(normal(drawing(inside)), "RM").values()} == {"lane_rep"}


def test_expanded_drawings_follow_the_schema_and_compile():
    known = Known(schema_folder=spiff.schema_folder())

    for one in (loading(), around(APPROVAL.format("", LOOP)), read(SAMPLE.read_bytes(), SAMPLE.name)):
        result = normal(one)
        assert [
            finding for finding in lint(result, known) if finding.rule in ("schema", "connected", "references")
        ] == []
        assert spiff.compile_bundle(result, {}) is not None


def test_every_added_step_of_the_sample_is_drawn_apart_from_all_others():
    one = normalise(read(SAMPLE.read_bytes(), SAMPLE.name), WITH_CREATOR)
    boxes = Plane(one.root, frozenset()).boxes()
    facts = model(one)

    new = {ident: boxes[ident] for ident, element in facts.elements.items() if element.expanded}
    solid = {ident: box for ident, box in boxes.items() if ident in facts.elements and _solid(facts.elements[ident])}

    assert set(new) == {ident for ident, element in facts.elements.items() if element.expanded}
    for ident, box in new.items():
        if not _solid(facts.elements[ident]):
            continue
        others = [other for name, other in solid.items() if name != ident]
        assert not any(box.overlaps(other) for other in others), ident


def _solid(element):
    """Boundary events lie on their hosts, and a sub-process around its steps, by design."""
    return element.kind not in ("boundaryEvent", "subProcess")


@pytest.mark.parametrize("name", ["develop-update-opportunity-plan", "opportunity-lifecycle-u8", "quote-approval"])
def test_events_added_to_a_step_and_their_ways_keep_clear_of_what_is_drawn(name):
    path = SAMPLE.with_name(f"{name}.bpmn")
    one = normalise(read(path.read_bytes(), path.name), WITH_CREATOR)
    plane, facts = Plane(one.root, frozenset()), model(one)
    boxes = plane.boxes()
    events = {ident: box for ident, box in boxes.items() if ident in facts.elements and _round(facts.elements[ident])}

    for ident in [ident for ident in events if facts.elements[ident].expanded]:
        assert [other for other, box in events.items() if other != ident and box.overlaps(events[ident])] == []
    for way in [way for way in facts.flows.values() if facts.elements[way.source].expanded and way.source in boxes]:
        for event in [box for ident, box in events.items() if ident not in (way.source, way.target)]:
            assert not any(event.overlaps(piece) for piece in _pieces(one.root, way.id)), way.id


def _round(element):
    return element.kind.endswith("Event")


def _pieces(root, flow):
    """The straight pieces of a drawn flow, as boxes without a width."""
    edge = next(edge for edge in root.iter(DI_EDGE) if edge.get("bpmnElement") == flow)
    points = [(float(point.get("x")), float(point.get("y"))) for point in edge if point.tag == WAYPOINT]
    for (x, y), (to_x, to_y) in pairwise(points):
        yield Box(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))


def test_boxes_know_when_they_overlap():
    assert Box(0, 0, 10, 10).overlaps(Box(5, 5, 10, 10))
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 10, 10))
    assert Box(0, 0, 10, 10).overlaps(Box(12, 0, 10, 10), margin=5)
