"""What the executing library would run wrong or drop in silence is refused by name."""

import pytest

from engine.bpmn import lint

from .drafts import KNOWN, around, chain, drawing, findings, flow

TIMER = '<timerEventDefinition id="t"><timeDuration>{}</timeDuration></timerEventDefinition>'
CODE = '<scriptTask id="step" scriptFormat="{}"><script>{}</script></scriptTask>'


def on_border(definition):
    return f'<task id="step"/><boundaryEvent id="event" attachedToRef="step">{definition}</boundaryEvent>'


def behind(inside):
    return around(on_border(inside), extra='<endEvent id="late"/>' + flow("event", "late"))


def event(kind, definition, ident="step"):
    return around(f'<{kind} id="{ident}">{definition}</{kind}>')


def test_an_ad_hoc_sub_process_with_a_start_event_is_refused():
    inside = '<startEvent id="begin"/><task id="a"/>' + flow("begin", "a")

    assert ("ad-hoc", "begin") in findings(around(f'<adHocSubProcess id="step">{inside}</adHocSubProcess>'))


def test_an_ad_hoc_sub_process_without_steps_is_refused():
    assert ("ad-hoc", "step") in findings(around('<adHocSubProcess id="step"/>'))


@pytest.mark.parametrize(
    "one",
    [
        event("intermediateCatchEvent", "<conditionalEventDefinition/>"),
        behind("<conditionalEventDefinition/>"),
    ],
)
def test_a_conditional_event_without_its_condition_is_refused(one):
    assert "conditional-event" in [rule for rule, _ in findings(one)]


@pytest.mark.parametrize("language", ["python", "javascript", "groovy"])
def test_a_program_in_a_script_task_is_refused(language):
    one = around(CODE.format(language, "import os"))

    assert ("scripts", "step") in findings(one)


def test_a_script_that_names_no_variables_is_refused():
    assert ("scripts", "step") in findings(around(CODE.format("feel", "1 + 1")))


def test_a_script_inside_another_element_is_refused():
    script = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>"
        "<camunda:script scriptFormat='groovy'>1</camunda:script>"
        "</camunda:inputParameter></camunda:inputOutput></extensionElements>"
    )

    assert ("notations", "step") in findings(around(f'<task id="step">{script}</task>'))


@pytest.mark.parametrize("text", ["__import__('os').system('x')", "open('f').read()"])
def test_a_condition_that_is_python_or_java_is_refused(text):
    inside = '<startEvent id="start"/><exclusiveGateway id="gw" default="gw-b"/><endEvent id="a"/><endEvent id="b"/>'
    one = drawing(inside + chain("start", "gw", "b") + flow("gw", "a", f"${{{text.replace('&', '&amp;')}}}"))

    assert ("notations", "gw-a") in findings(one)


def test_the_remedy_of_a_foreign_operator_is_the_expression_in_feel():
    one = around(CODE.format("feel", "{x: a == 1}"))

    (finding,) = [finding for finding in lint(one, KNOWN) if finding.rule == "expressions"]

    assert str(finding.remedy) == "Write {x: a = 1}, if that is what is meant."


def test_a_service_task_without_a_handler_is_refused():
    assert ("handlers", "step") in findings(around('<serviceTask id="step"/>'))


@pytest.mark.parametrize(
    "setting", ['camunda:class="com.acme.Do"', 'camunda:expression="${bean.run()}"', 'camunda:type="mail"']
)
def test_a_service_task_for_another_engine_is_refused(setting):
    assert {"handlers", "notations"} & {rule for rule, _ in findings(around(f'<serviceTask id="step" {setting}/>'))}


def test_a_business_rule_task_without_a_decision_is_refused():
    assert ("decisions", "step") in findings(around('<businessRuleTask id="step"/>'))


@pytest.mark.parametrize("kind", ["receiveTask", "sendTask"])
def test_a_send_or_receive_task_without_a_message_is_refused(kind):
    assert ("messages", "step") in findings(around(f'<{kind} id="step"/>'))


@pytest.mark.parametrize("kind", ["messageEventDefinition", "signalEventDefinition"])
def test_an_event_without_its_name_is_refused(kind):
    assert ("messages", "step") in findings(event("intermediateCatchEvent", f"<{kind}/>"))


def test_a_missing_error_reference_is_refused():
    assert ("messages", "event") in findings(behind('<errorEventDefinition errorRef="none"/>'))


def test_an_event_about_nothing_is_refused():
    assert ("event-definitions", "step") in findings(event("intermediateCatchEvent", ""))


def test_a_link_beside_another_thing_in_one_event_is_refused():
    two = TIMER.format("P1D") + '<linkEventDefinition name="x"/>'

    assert ("event-definitions", "step") in findings(event("intermediateCatchEvent", two))


def test_cancelling_what_is_no_transaction_is_refused():
    assert ("transactions", "event") in findings(behind("<cancelEventDefinition/>"))


@pytest.mark.parametrize("called", ["${which}", "", "nowhere"])
def test_a_call_of_an_unknown_or_computed_process_is_refused(called):
    assert ("calls", "step") in findings(around(f'<callActivity id="step" calledElement="{called}"/>'))


@pytest.mark.parametrize("name", ["link", "cancel"])
def test_an_event_sub_process_with_a_start_that_is_not_run_is_refused(name):
    sub = f"""<subProcess id="sub" triggeredByEvent="true"><startEvent id="in"><{name}EventDefinition/></startEvent>
      <endEvent id="out"/>{flow("in", "out")}</subProcess>"""

    assert ("event-sub-process", "sub") in findings(around('<task id="step"/>', extra=sub))


@pytest.mark.parametrize(
    "listener",
    [
        '<camunda:executionListener event="start" class="x"/>',
        '<camunda:taskListener event="create" delegateExpression="p.done"/>',
    ],
)
def test_a_listener_that_is_not_run_is_refused(listener):
    task = f'<userTask id="step"><extensionElements>{listener}</extensionElements></userTask>'

    assert ("listeners", "step") in findings(around(task))


def test_a_join_fed_by_its_own_output_is_refused():
    inside = """<startEvent id="start"/><task id="a"/><parallelGateway id="join"/>
      <exclusiveGateway id="again" default="again-end"/><endEvent id="end"/>"""
    one = drawing(inside + chain("start", "a", "join", "again", "end") + flow("again", "join", "x"))

    assert ("joins", "join") in findings(one)


@pytest.mark.parametrize("step", ["", '<task id="more"/>'])
def test_a_parallel_join_behind_a_choice_is_told(step):
    way = flow("choice", "more", "x > 1") + flow("more", "join") if step else flow("choice", "join", "x > 1")
    gates = '<exclusiveGateway id="choice" default="choice-step"/><parallelGateway id="join"/><task id="step"/>'
    ends = '<startEvent id="start"/><endEvent id="end"/>'
    one = drawing(ends + gates + step + chain("start", "choice", "step", "join", "end") + way)

    (found,) = lint(one, KNOWN)

    assert (found.rule, found.element, found.severity) == ("joins", "join", "warning")
    assert "choice chooses one of them" in str(found.message)


def test_a_join_in_a_rework_loop_is_accepted():
    inside = """<startEvent id="start"/><exclusiveGateway id="merge"/><parallelGateway id="split"/><task id="a"/>
      <task id="b"/><parallelGateway id="join"/><exclusiveGateway id="again" default="again-end"/>
      <endEvent id="end"/>"""
    flows = chain("start", "merge", "split", "a", "join", "again", "end") + chain("split", "b", "join")
    one = drawing(inside + flows + flow("again", "merge", "x"))

    assert findings(one) == []


def test_an_event_gateway_before_a_task_is_refused():
    inside = '<eventBasedGateway id="step"/><task id="a"/>'

    assert ("event-gateway", "a") in findings(around(inside, extra=flow("step", "a")))


@pytest.mark.parametrize(
    ("inside", "beside"),
    [
        ("<standardLoopCharacteristics loopMaximum='2'/>", ""),
        (
            "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>",
            "",
        ),
        ("", f'<boundaryEvent id="late" attachedToRef="a">{TIMER.format("P1D")}</boundaryEvent><task id="b"/>'),
    ],
)
def test_a_receive_task_behind_an_event_gateway_does_nothing_but_wait(inside, beside):
    message = '<message id="m" name="m"/>'
    task = f'<receiveTask id="a" messageRef="m">{inside}</receiveTask>'
    flows = flow("step", "a") + (flow("late", "b") if beside else "")

    assert ("event-gateway", "a") in findings(
        around('<eventBasedGateway id="step"/>' + task + beside, extra=flows, before=message)
    )


def test_a_sub_process_with_two_starts_is_refused():
    box = '<subProcess id="step"><startEvent id="a"/><startEvent id="b"/><endEvent id="c"/>'

    assert ("start-events", "step") in findings(around(f"{box}{chain('a', 'c')}{flow('b', 'c')}</subProcess>"))


@pytest.mark.parametrize("loop", ["", "<loopCardinality>2</loopCardinality>"])
def test_a_multi_instance_without_one_source_is_refused(loop):
    both = ' camunda:collection="xs"' if loop else ""
    task = f'<task id="step"><multiInstanceLoopCharacteristics{both}>{loop}</multiInstanceLoopCharacteristics></task>'

    assert ("loops", "step") in findings(around(task))


def test_a_standard_loop_without_an_end_is_refused():
    assert ("loops", "step") in findings(around('<task id="step"><standardLoopCharacteristics/></task>'))


@pytest.mark.parametrize("start", ["escalation", "error"])
def test_a_process_that_nothing_here_can_start_is_refused(start):
    inside = f'<startEvent id="start"><{start}EventDefinition/></startEvent><endEvent id="end"/>'

    assert ("start-events", "start") in findings(drawing(inside + chain("start", "end")))
