"""One fault in a drawing is one finding: what follows from it is not told as well."""

import pytest

from engine import spiff
from engine.bpmn import Known, lint

from .drafts import around, chain, drawing, flow

KNOWN = Known(schema_folder=spiff.schema_folder())
SOUND, CHOICE = '<task id="step"/>', '<exclusiveGateway id="step" default="{}"/><task id="other"/>'
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
AFTER = '<endEvent id="after"/>' + chain("b", "after")
LINK = '<intermediate{}Event id="{}"><linkEventDefinition name="{}"/></intermediate{}Event>'


def border(attributes):
    """A timer on a border, and what it leads to."""
    return around(SOUND, extra=f'<boundaryEvent id="b" {attributes}>{TIMER}</boundaryEvent>' + AFTER)


def choice(default, condition):
    """Two ways, of which the first has the condition."""
    return around(CHOICE.format(default), extra=condition + chain("other", "end"))


def called(name):
    """A step with this id between start and end."""
    ways = f'<sequenceFlow id="f" sourceRef="start" targetRef="{name}"/><sequenceFlow id="g" sourceRef="{name}" '
    return drawing(f'<startEvent id="start"/><task id="{name}"/><endEvent id="end"/>{ways}targetRef="end"/>')


def parted(inside):
    """A link that leads out of its process into a sub-process, where also this stands."""
    throw, catch = LINK.format("Throw", "out", "L", "Throw"), LINK.format("Catch", "in", "L", "Catch")
    inner = f'<subProcess id="inner">{catch}<task id="more"/>{chain("in", "more")}{inside}</subProcess>'
    return drawing('<startEvent id="start"/>' + throw + inner + chain("start", "out"))


def linked(name):
    """A link of the name L whose partner has another name."""
    throw, catch = LINK.format("Throw", "out", "L", "Throw"), LINK.format("Catch", "in", name, "Catch")
    ends = '<startEvent id="start"/><endEvent id="end"/><task id="step"/>'
    return drawing(ends + throw + catch + chain("start", "out") + chain("in", "step", "end"))


FAULTS = {
    "a flow to nowhere": (
        around(SOUND, extra='<task id="more"/>' + flow("step", "nowhere") + chain("more", "end")),
        [("references", "step-nowhere")],
    ),
    "a flow without an end": (around(SOUND, extra='<sequenceFlow id="f" sourceRef="step"/>'), [("references", "f")]),
    "a border of nothing": (border('attachedToRef="nowhere"'), [("references", "b")]),
    "a border that says not of what": (border(""), [("references", "b")]),
    "a step that BPMN does not have": (around('<magicTask id="step"/>'), [("schema", "step")]),
    "a step of another notation": (around('<v:task xmlns:v="urn:v" id="step"/>'), [("schema", "step")]),
    "an id that is none": (called("my step"), [("schema", "my step")]),
    "an id in braces": (called("{a}b"), [("schema", "{a}b")]),
    "an id twice": (around(SOUND, extra='<textAnnotation id="step"/>'), [("unique-ids", "step")]),
    "the id of the whole file": (around('<task id="definitions"/>', "definitions"), [("unique-ids", "definitions")]),
    "a step without an id": (around(SOUND, extra="<task/>"), [("unique-ids", "p")]),
    "a step without the id that flows lead to": (around("<task/>"), [("unique-ids", "p")]),
    "a circle without a beginning": (
        drawing('<task id="a"/><task id="b"/>' + chain("a", "b", "a")),
        [("start-events", "p")],
    ),
    "a default of another gateway": (
        choice("start-step", flow("step", "other", "${x > 1}")),
        [("references", "step")],
    ),
    "a default that is not there": (choice("none", flow("step", "other", "${x > 1}")), [("references", "step")]),
    "an empty condition": (choice("step-end", flow("step", "other", " ")), [("expressions", "step-other")]),
    "a decision chosen later": (
        around('<businessRuleTask id="step" camunda:decisionRef="${x}"/>'),
        [("notations", "step")],
    ),
    "a prefix that is not declared": (
        around('<receiveTask id="step" messageRef="tns:m"/>', before='<message id="m" name="m"/>'),
        [("schema", "step")],
    ),
    "a message that is a signal": (
        around('<receiveTask id="step" messageRef="m"/>', before='<signal id="m" name="m"/>'),
        [("messages", "step")],
    ),
    "a maximum that is no number": (
        around('<task id="step"><standardLoopCharacteristics loopMaximum="many"/></task>'),
        [("loops", "step")],
    ),
    **{
        f"a start quantity of '{text}'": (
            around(f'<task id="step" startQuantity="{text}"/>'),
            [("token-quantities", "step")],
        )
        for text in ("two", "", "1.5", "２")
    },
    "a quantity where there is none": (
        around('<intermediateThrowEvent id="step" completionQuantity="two"/>'),
        [("schema", "step")],
    ),
    "an empty time": (
        around(f'<intermediateCatchEvent id="step">{TIMER.replace("PT1H", " ")}</intermediateCatchEvent>'),
        [("expressions", "step")],
    ),
    "an empty script": (
        around('<scriptTask id="step" scriptFormat="feel"><script/></scriptTask>'),
        [("expressions", "step")],
    ),
    "a link into a sub-process": (parted(""), [("links", "out")]),
    "links that do not meet": (linked("K"), [("links", "in"), ("links", "out")]),
}


def test_a_catching_link_is_lonely_also_where_the_name_is_thrown_elsewhere():
    again = LINK.format("Catch", "again", "L", "Catch") + '<task id="last"/>' + chain("again", "last")
    throw = LINK.format("Throw", "go", "L", "Throw") + '<startEvent id="begin"/>' + chain("begin", "go")
    inner = f'<subProcess id="inner">{throw}{again}</subProcess>'
    catch = LINK.format("Catch", "in", "L", "Catch")
    one = drawing(
        '<startEvent id="start"/>' + catch + inner + chain("start", "inner") + '<task id="t"/>' + chain("in", "t")
    )

    assert [(finding.rule, finding.element) for finding in lint(one, KNOWN)] == [("links", "in")]


@pytest.mark.parametrize(("one", "expected"), FAULTS.values(), ids=FAULTS)
def test_one_fault_is_told_once(one, expected):
    found = sorted((finding.rule, finding.element) for finding in lint(one, KNOWN) if finding.severity == "error")

    assert found == expected


def test_an_element_of_another_namespace_is_told_with_it():
    (found,) = lint(around('<userTask xmlns="urn:v" id="step"/>'), KNOWN)

    assert "<userTask> of the namespace urn:v must not stand there" in str(found.message)


def test_an_id_that_is_none_is_told_as_it_is_written():
    (found,) = lint(called("{a}b"), KNOWN)

    assert "{a}b is no id" in str(found.message)
