from dataclasses import FrozenInstanceError

import pytest

from engine.bpmn import expression, model

from .drafts import around, chain, drawing, flow

ZH = '<i18n:translation target="{}" xml:lang="zh-Hans">{}</i18n:translation>'
TASK = f"""
<userTask id="step" name="Ask" camunda:assignee="${{owner}}" camunda:formRef="p.ask" camunda:dueDate="P2D">
  <documentation>Ask the customer.</documentation>
  <extensionElements>
    {ZH.format("@name", "询问")}{ZH.format("documentation", "询问客户。")}
    <camunda:taskListener event="complete" delegateExpression="${{p.done}}"/>
    <camunda:failedJobRetryTimeCycle>R3/PT5M</camunda:failedJobRetryTimeCycle>
    <camunda:properties>
      <camunda:property name="high_performing" value="true"/>
      <camunda:property name="practice_note" value="Do it early."/>
      <camunda:property name="practice_note.zh" value="尽早进行。"/>
    </camunda:properties>
  </extensionElements>
</userTask>"""


def element(one, ident="step"):
    return model(one).elements[ident]


def test_a_user_task_is_described_with_its_camunda_settings():
    task = element(around(TASK))

    assert (task.kind, task.form, task.listeners) == ("userTask", "p.ask", {"complete": "p.done"})
    assert task.attributes["assignee"] == "${owner}"
    assert task.attributes["failedJobRetryTimeCycle"] == "R3/PT5M"
    assert (task.incoming, task.outgoing) == (("start-step",), ("step-end",))


def test_names_notes_and_documentation_come_in_both_languages():
    task = element(around(TASK))

    assert task.names == {"en": "Ask", "zh-Hans": "询问"}
    assert task.documentation == {"en": "Ask the customer.", "zh-Hans": "询问客户。"}
    assert task.high_performing
    assert task.practice_note == {"en": "Do it early.", "zh-Hans": "尽早进行。"}


def test_a_lane_gives_its_group_to_what_lies_in_it_and_to_events_on_its_border():
    lanes = """<laneSet id="lanes"><lane id="lane_rep" name="Rep">
      <flowNodeRef>box</flowNodeRef></lane></laneSet>"""
    inside = '<subProcess id="box"><startEvent id="in"/><task id="inner"/></subProcess>'
    event = '<boundaryEvent id="late" attachedToRef="box"><timerEventDefinition/></boundaryEvent>'

    facts = model(drawing(lanes + inside + event))

    assert facts.lanes[0].group == "rep"
    assert {ident: facts.elements[ident].group for ident in ("box", "inner", "late")} == {
        "box": "rep",
        "inner": "rep",
        "late": "rep",
    }
    assert facts.elements["inner"].parent == "box"


def test_flows_carry_unwrapped_conditions_and_the_default_mark():
    gateway = '<exclusiveGateway id="step" default="step-end"/><task id="a"/>'
    facts = model(around(gateway, extra=flow("step", "a", "${x = 1}")))

    assert facts.flows["step-a"].condition == "x = 1"
    assert facts.flows["step-end"].default
    assert facts.targets("step") == ("end", "a")


def test_events_name_what_they_are_about():
    before = '<message id="m" name="order.paid"/><error id="e" errorCode="NO_STOCK"/>'
    inside = """<boundaryEvent id="failed" attachedToRef="step"><errorEventDefinition errorRef="e"/></boundaryEvent>
      <boundaryEvent id="late" attachedToRef="step" cancelActivity="false"><timerEventDefinition>
        <timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"""
    facts = model(around('<receiveTask id="step" messageRef="m"/>', extra=inside, before=before))

    assert (facts.elements["step"].event, facts.elements["step"].event_name) == ("message", "order.paid")
    assert (facts.elements["failed"].event_name, facts.elements["failed"].interrupting) == ("NO_STOCK", True)
    assert (facts.elements["late"].timer, facts.elements["late"].interrupting) == ("P1D", False)
    assert facts.messages == {"order.paid"}


def test_everything_a_process_depends_on_is_gathered():
    inside = f"""<startEvent id="s"/><serviceTask id="a" camunda:topic="p.work"/>
      <businessRuleTask id="b" camunda:decisionRef="amount_band"/><callActivity id="c" calledElement="other"/>
      <userTask id="d" camunda:formRef="p.ask"/>{chain("s", "a", "b", "c", "d")}"""
    facts = model(drawing(inside, name="my_process"))

    assert (facts.key, facts.handlers, facts.decisions) == ("my-process", {"p.work"}, {"amount_band"})
    assert (facts.called, facts.forms) == ({"other"}, {"p.ask"})


def test_annotations_belong_to_the_element_they_are_tied_to():
    note = f"""<textAnnotation id="n"><extensionElements>{ZH.format("text", "注")}</extensionElements>
      <text>Note</text></textAnnotation><association id="as" sourceRef="step" targetRef="n"/>"""

    assert element(around('<task id="step"/>', extra=note)).annotations == ({"en": "Note", "zh-Hans": "注"},)


def test_multi_instance_is_told_apart():
    loop = '<multiInstanceLoopCharacteristics isSequential="{}" camunda:collection="xs"/>'

    kinds = [
        element(around(f'<task id="step">{loop.format(flag)}</task>')).multi_instance for flag in ("true", "false")
    ]

    assert kinds == ["sequential", "parallel"]


def test_a_model_does_not_change():
    with pytest.raises(FrozenInstanceError):
        element(around(TASK)).name = "Other"


@pytest.mark.parametrize(
    ("text", "inner"),
    [("${a + 1}", "a + 1"), ("#{a}", "a"), ("= a", "a"), ("lin.wei", None), ("", None), (" ${ a } ", "a")],
)
def test_feel_is_recognised_by_its_wrapper(text, inner):
    assert expression(text) == inner
