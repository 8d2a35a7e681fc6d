import pytest

from engine import spiff
from engine.bpmn import Known, lint, read
from engine.errors import Rejected

from .drafts import HEAD, KNOWN, around, chain, drawing, findings, flow

GATEWAY = '<exclusiveGateway id="step"{}/><task id="other"/>'


def timer(kind, text):
    return around(
        f'<intermediateCatchEvent id="step"><timerEventDefinition><{kind}>{text}</{kind}>'
        "</timerEventDefinition></intermediateCatchEvent>"
    )


def test_a_sound_drawing_has_no_findings():
    known = Known(handlers=KNOWN.handlers, schema_folder=spiff.schema_folder())

    assert lint(around('<serviceTask id="step" camunda:type="external" camunda:topic="p.work"/>'), known) == []


@pytest.mark.parametrize(
    ("extra", "severity"),
    [
        ('<textAnnotation id="n" name="x"><text>x</text></textAnnotation>', "warning"),
        ('<association id="n" sourceRef="step" targetRef="end" colour="red"/>', "warning"),
        ('<dataObject id="n" colour="red"/>', "error"),
        ('<association id="n" sourceRef="step" targetRef="end" associationDirection="Up"/>', "error"),
    ],
)
def test_an_unknown_attribute_is_a_fault_where_a_run_could_miss_it(extra, severity):
    (found,) = lint(around('<task id="step"/>', extra=extra), Known(schema_folder=spiff.schema_folder()))

    assert (found.rule, found.element, found.severity) == ("schema", "n", severity)


def test_all_findings_come_at_once_in_the_order_of_the_file():
    one = around('<serviceTask id="step"/>', extra='\n<adHocSubProcess id="x"/>\n<task id="y"/>')

    found = lint(one, KNOWN)

    assert [finding.line for finding in found] == sorted(finding.line for finding in found)
    assert {finding.rule for finding in found} >= {"handlers", "ad-hoc", "connected"}


def test_every_finding_names_file_line_and_remedy():
    for finding in lint(around('<serviceTask id="step"/>', extra='<adHocSubProcess id="x"/>'), KNOWN):
        assert finding.file == "draft.bpmn"
        assert finding.line > 0
        assert str(finding.message).startswith("Expected ")
        assert str(finding.remedy).endswith(".")


def test_a_misspelt_handler_is_answered_with_the_right_name():
    (finding,) = lint(around('<serviceTask id="step" camunda:topic="p.wrok"/>'), KNOWN)

    assert str(finding.remedy) == "Did you mean p.work?"


def test_a_misspelt_answer_of_a_decision_is_answered_with_the_right_name():
    gateway = GATEWAY.format("") + '<sequenceFlow id="way" sourceRef="step" targetRef="other">{}</sequenceFlow>'
    condition = "<conditionExpression>=approval_requird</conditionExpression>"
    known = Known(handlers=KNOWN.handlers, answers=frozenset({"approval_required"}))

    (slip,) = [found for found in lint(around(gateway.format(condition)), known) if found.rule == "variables"]
    right = lint(around(gateway.format(condition.replace("requird", "required"))), known)

    assert (slip.element, slip.severity, str(slip.remedy)) == ("way", "warning", "Did you mean approval_required?")
    assert [found for found in right if found.rule == "variables"] == []


@pytest.mark.parametrize("topic", ["notify_due", "remind_approver", "escalate_approval", "cancel_open_work"])
def test_built_in_topics_are_always_known(topic):
    assert findings(around(f'<serviceTask id="step" camunda:topic="{topic}"/>')) == []


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        ('<userTask id="step" camunda:formRef="p.aks"/>', "forms"),
        ('<businessRuleTask id="step" camunda:decisionRef="amount_bend"/>', "decisions"),
        ('<callActivity id="step" calledElement="othr"/>', "calls"),
    ],
)
def test_a_misspelt_form_decision_or_process_is_answered_with_the_right_name(step, rule):
    (finding,) = lint(around(step), KNOWN)

    assert finding.rule == rule
    assert str(finding.remedy).startswith("Did you mean ")


def test_a_ring_of_calls_is_found_over_other_processes():
    known = Known(processes=frozenset({"a", "b"}), calls={"a": frozenset({"b"}), "b": frozenset({"p"})})

    (finding,) = lint(around('<callActivity id="step" calledElement="a"/>'), known)

    assert "p > a > b > p" in str(finding.message)


def test_calls_that_come_to_an_end_are_accepted():
    known = Known(processes=frozenset({"a", "b"}), calls={"a": frozenset({"b"}), "b": frozenset()})

    assert lint(around('<callActivity id="step" calledElement="a"/>'), known) == []


def test_an_unknown_hand_over_is_only_a_warning():
    end = '<endEvent id="off"><extensionElements><camunda:properties><camunda:property name="handover" value="later"/>'
    one = around(
        '<parallelGateway id="step"/>',
        extra=f"{end}</camunda:properties></extensionElements></endEvent>{flow('step', 'off')}",
    )

    assert [(finding.rule, finding.severity) for finding in lint(one, KNOWN)] == [("handovers", "warning")]


@pytest.mark.parametrize(
    ("default", "condition", "expected"),
    [
        (' default="step-end"', "x", []),
        ("", "x", [("gateways", "step")]),
        ("", "", [("gateways", "step-end"), ("gateways", "step-other")]),
        (' default="step-end"', "", [("gateways", "step-other")]),
    ],
)
def test_a_choice_needs_conditions_or_a_default(default, condition, expected):
    one = around(GATEWAY.format(default), extra=flow("step", "other", condition) + flow("other", "end"))

    assert sorted(findings(one)) == expected


def test_a_gateway_with_one_plain_flow_needs_nothing():
    assert findings(around('<exclusiveGateway id="step"/>')) == []


def test_steps_that_nothing_leads_to_are_found():
    assert ("connected", "lost") in findings(around('<task id="step"/>', extra='<task id="lost"/>'))


def test_a_gateway_that_leads_nowhere_is_found():
    one = around('<task id="step"/>', extra='<exclusiveGateway id="gw"/>' + flow("step", "gw"))

    assert ("connected", "gw") in findings(one)


def test_a_flow_to_another_scope_is_found():
    box = f'<subProcess id="step"><startEvent id="in"/><task id="inner"/>{flow("in", "inner")}</subProcess>'

    assert ("references", "start-inner") in findings(around(box, extra=flow("start", "inner")))


def test_two_elements_with_one_id_are_found():
    assert ("unique-ids", "step") in findings(around('<task id="step"/><task id="step"/>'))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", "P1D"),
        ("timeDuration", '${if late then duration("PT1H") else null}'),
        ("timeDate", "2030-01-31T09:00:00Z"),
        ("timeDate", "2030-01-31"),
        ("timeDate", "if resume_at = null then null else resume_at"),
        ("timeCycle", "R3/PT10M"),
        ("timeCycle", "R/2030-01-01T00:00:00Z/P1D"),
    ],
)
def test_timers_that_can_be_read_are_accepted(kind, text):
    assert findings(timer(kind, text)) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", "1D"),
        ("timeDuration", "P1H"),
        ("timeDuration", ""),
        ("timeDuration", "2030-01-31"),
        ("timeDate", "P1D"),
        ("timeDate", "31.01.2030"),
        ("timeCycle", "0 0 9 15W * ?"),
        ("timeCycle", "R/PT0S"),
        ("timeCycle", "R3/PT0.001S"),
        ("timeCycle", "R3/-PT1H"),
        ("timeCycle", "PT10M"),
        ("timeDate", "2026-02-30"),
        ("timeDuration", "PT1000000000H"),
        ("timeCycle", "R3/10M"),
    ],
)
def test_timers_that_cannot_be_read_are_refused(kind, text):
    assert {rule for rule, _ in findings(timer(kind, text))} & {"timers", "expressions"}


@pytest.mark.parametrize(
    ("due", "ok"),
    [("P2D", True), ("${due}", True), ("2 days", False), ("P2H", False), ("P99999999999Y", False)],
)
def test_due_dates_are_spans_dates_or_feel(due, ok):
    assert (findings(around(f'<userTask id="step" camunda:dueDate="{due}"/>')) == []) is ok


@pytest.mark.parametrize(("cycle", "ok"), [("R3/PT5M", True), ("PT1M,PT5M,PT30M", True), ("3 times", False)])
def test_retry_cycles_are_read(cycle, ok):
    extension = f"<camunda:failedJobRetryTimeCycle>{cycle}</camunda:failedJobRetryTimeCycle>"
    step = f'<serviceTask id="step" camunda:topic="p.work"><extensionElements>{extension}</extensionElements>'

    assert (findings(around(f"{step}</serviceTask>")) == []) is ok


@pytest.mark.parametrize("name", ["config", "approval", "task"])
def test_variables_may_not_take_reserved_names(name):
    step = f'<businessRuleTask id="step" camunda:decisionRef="amount_band" camunda:resultVariable="{name}"/>'

    assert ("reserved-names", "step") in findings(around(step))


def test_a_name_used_once_beside_an_almost_equal_one_is_a_warning():
    gateway = '<exclusiveGateway id="step" default="step-end"/><task id="a"/><task id="b"/><task id="c"/>'
    wrong = flow("step", "a", "approval_required") + flow("step", "b", "not(approval_required)")
    one = around(gateway, extra=wrong + flow("step", "c", "aproval_required"))

    found = [finding for finding in lint(one, KNOWN) if finding.rule == "variables"]

    assert [str(finding.remedy) for finding in found] == ["Did you mean approval_required?"]
    assert found[0].severity == "warning"


def test_an_unknown_member_of_an_engine_context_is_refused():
    assert findings(timer("timeDuration", "config.stp")) == [("variables", "step")]
    assert findings(timer("timeDuration", "config.step")) == []
    assert findings(timer("timeDate", "task.doe_at")) == [("variables", "step")]


@pytest.mark.parametrize("condition", ['__import__("os") = 1', '__import__("os").system("id") = 0', "len(owner) = 1"])
def test_a_call_of_something_that_is_no_function_of_feel_is_refused(condition):
    text = f"${{{condition}}}".replace('"', "&quot;")

    found = findings(around(f'<userTask id="step" camunda:assignee="{text}"/>'))

    assert ("expressions", "step") in found


def test_a_time_that_cannot_be_read_is_told_how_times_are_written():
    waits = "<timerEventDefinition><timeDuration>10 minutes</timeDuration></timerEventDefinition>"

    (finding,) = lint(around(f'<intermediateCatchEvent id="step">{waits}</intermediateCatchEvent>'), KNOWN)

    assert (finding.rule, finding.element) == ("expressions", "step")
    assert str(finding.remedy) == "Write it as ISO 8601 describes, or as a FEEL expression."


def test_functions_of_feel_and_of_the_expression_itself_may_be_called():
    text = "upper case(owner) + { f: function(a) a, g: f(1) }.g"
    assert findings(around(f'<userTask id="step" camunda:assignee="${{{text}}}"/>')) == []


def test_words_without_an_operator_between_them_are_refused():
    assert ("expressions", "step") in findings(around('<userTask id="step" camunda:assignee="${owner name}"/>'))


def test_an_approval_that_nobody_can_decide_is_refused():
    prop = '<camunda:property name="approval" value="true"/>'
    properties = f"<extensionElements><camunda:properties>{prop}</camunda:properties></extensionElements>"

    found = lint(around(f'<userTask id="step">{properties}</userTask>'), KNOWN)

    assert [(finding.rule, finding.severity) for finding in found] == [
        ("approvals", "error"),
        ("approvals", "warning"),
    ]


def test_the_schema_names_the_line_of_what_does_not_belong():
    known = Known(schema_folder=spiff.schema_folder())

    (finding,) = lint(around('<task id="step">\n<banana/></task>'), known)

    assert (finding.rule, finding.line) == ("schema", 2)
    assert "banana" in str(finding.message)


def test_a_computed_call_is_told_by_its_own_rule_alone_and_other_values_whole():
    known = Known(schema_folder=spiff.schema_folder())
    call = '<callActivity id="step" calledElement="${which}"/>'
    default = '<exclusiveGateway id="step" default="${which}"/>'

    assert [finding.rule for finding in lint(around(call), known)] == ["calls"]
    told = [str(finding.message) for finding in lint(around(default), known) if finding.rule == "schema"]
    assert "the attribute default of <exclusiveGateway> cannot be ${which}." in told[0]


def test_foreign_attributes_and_extensions_pass_the_schema():
    known = Known(schema_folder=spiff.schema_folder())
    step = """<task id="step" x:a="1" xmlns:x="urn:x"><extensionElements><x:b/></extensionElements></task>"""

    assert lint(around(step), known) == []


def test_a_lane_that_names_a_missing_step_is_refused():
    lanes = '<laneSet id="l"><lane id="lane_rep"><flowNodeRef>gone</flowNodeRef></lane></laneSet>'
    one = drawing(f'{lanes}<startEvent id="s"/><endEvent id="e"/>{chain("s", "e")}')

    assert findings(one) == [("lanes", "lane_rep")]


def test_refusals_and_findings_share_one_shape():
    with pytest.raises(Rejected) as caught:
        read(f"{HEAD}</definitions>".encode(), "a.bpmn")

    assert caught.value.findings[0].rule == "readable-file"


def test_an_event_gateway_without_an_id_is_only_told_to_have_none():
    one = around("<eventBasedGateway/><task id='step'/>")

    assert ("unique-ids", "p") in findings(one)
