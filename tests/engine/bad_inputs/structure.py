"""Structure: ids, references, gateways, events and scopes that do not fit together."""

from __future__ import annotations

from tests.engine.bad_inputs.made import END, START, Input, chain, flow, steps, text

TASK = '<userTask id="step"/>'


def drawn(inside: str, before: str = "", after: str = "") -> bytes:
    """A drawing with a start and an end event around nothing yet."""
    return text(START + END + inside, before, after).encode()


def nested(depth: int) -> bytes:
    """Sub-processes inside each other."""
    inner = '<userTask id="deep"/>'
    for level in range(depth):
        inner = f'<subProcess id="s{level}">{inner}</subProcess>'
    return steps(inner, ident=f"s{depth - 1}")


def boundary(more: str) -> bytes:
    """A task with a boundary event."""
    return drawn(f'{TASK}{chain("start", "step", "end")}<boundaryEvent id="b" {more}/>{flow("b", "end")}')


def shapes(*bounds: str) -> str:
    """A diagram with the start and the end event at these places."""
    drawn = "".join(
        f'<bpmndi:BPMNShape id="x{at}" bpmnElement="{element}"><dc:Bounds {place}/></bpmndi:BPMNShape>'
        for at, (element, place) in enumerate(zip(("start", "end"), bounds, strict=False))
    )
    return (
        '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="diagram">'
        f'<bpmndi:BPMNPlane id="plane" bpmnElement="bad">{drawn}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    )


FAR = ('x="INF" y="NaN" width="36" height="36"', 'x="1e300" y="-1e300" width="1e18" height="0"')
SEVERAL = (
    '<exclusiveGateway id="g"{}/><userTask id="a"/><userTask id="b"/>'
    + chain("start", "g")
    + "{}"
    + (chain("a", "end") + chain("b", "end"))
)
INPUTS = [
    Input("ids with Chinese letters", steps('<userTask id="客户确认"/>', ident="客户确认")),
    Input("an id with a blank", steps('<userTask id="a step"/>', ident="a step"), "schema", "is no id"),
    Input("an id that begins with a digit", steps('<userTask id="1step"/>', ident="1step"), "schema", "is no id"),
    Input("an empty id", steps('<userTask id=""/>', ident=""), "unique-ids", "have an id"),
    Input("a task without an id", steps("<userTask/>"), "unique-ids", "have an id"),
    Input(
        "one id for two tasks",
        drawn(TASK * 2 + chain("start", "step", "end")),
        "unique-ids",
        "that of two elements: userTask and userTask",
    ),
    Input(
        "one id for a task and its flow",
        drawn('<userTask id="start_step"/>' + chain("start", "step", "end")),
        "unique-ids",
    ),
    Input("one id for the process and a task", steps('<userTask id="bad"/>', ident="bad"), "unique-ids"),
    Input(
        "ids that the library keeps for itself",
        text(
            '<startEvent id="Start"/><userTask id="Root"/><endEvent id="End"/>' + chain("Start", "Root", "End")
        ).encode(),
    ),
    Input(
        "a very long id",
        steps(f'<userTask id="{"x" * 60_000}"/>', ident="x" * 60_000),
        "unique-ids",
        "at most 200 characters",
    ),
    Input(
        "flows without ids",
        drawn(
            '<userTask id="step"/><sequenceFlow sourceRef="start" targetRef="step"/>'
            '<sequenceFlow sourceRef="step" targetRef="end"/>'
        ),
    ),
    Input("a flow to nowhere", drawn(TASK + chain("start", "step", "gone")), "references", "gone"),
    Input(
        "a flow from nowhere", drawn(TASK + chain("start", "step", "end") + chain("gone", "end")), "references", "gone"
    ),
    Input("a flow without ends", drawn(TASK + chain("start", "step", "end") + '<sequenceFlow id="f"/>'), "references"),
    Input(
        "a flow that is its own end",
        drawn(TASK + chain("start", "step", "end") + '<sequenceFlow id="f" sourceRef="f" targetRef="f"/>'),
        "references",
    ),
    Input(
        "a flow into a sub-process",
        drawn(f'<subProcess id="s">{TASK}</subProcess>{chain("start", "s", "end")}{chain("start", "step")}'),
        "references",
    ),
    Input("a task that nothing leads to", drawn(TASK + chain("start", "end")), "connected"),
    Input(
        "a loop that nothing leads to",
        drawn('<userTask id="a"/><userTask id="b"/>' + chain("start", "end") + chain("a", "b", "a")),
        "connected",
    ),
    Input("a task that leads to itself", drawn(TASK + chain("start", "step", "end") + chain("step", "step"))),
    Input("a flow into a start event", drawn(TASK + chain("start", "step", "start")), "references"),
    Input("a flow out of an end event", drawn(TASK + chain("start", "end", "step")), "references"),
    Input("a choice without conditions", drawn(SEVERAL.format("", chain("g", "a") + chain("g", "b"))), "gateways"),
    Input(
        "a default that does not exist",
        drawn(SEVERAL.format(' default="gone"', flow("g", "a", "${x}") + chain("g", "b"))),
        "references",
        "gone",
    ),
    Input("a boundary event on nothing", boundary('attachedToRef="gone"'), "references", "gone"),
    Input("a boundary event on a start event", boundary('attachedToRef="start"'), "references"),
    Input("a boundary event on itself", boundary('attachedToRef="b"'), "references"),
    Input("a boundary event without a cause", boundary('attachedToRef="step"'), "event-definitions"),
    Input(
        "a message that does not exist",
        steps('<intermediateCatchEvent id="step"><messageEventDefinition messageRef="gone"/></intermediateCatchEvent>'),
        "messages",
        "gone",
    ),
    Input(
        "a message without a name, which goes by its id",
        steps(
            '<intermediateCatchEvent id="step"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>',
            '<message id="m"/>',
        ),
    ),
    Input(
        "a signal in place of a message",
        steps(
            '<intermediateCatchEvent id="step"><messageEventDefinition messageRef="s"/></intermediateCatchEvent>',
            '<signal id="s" name="x"/>',
        ),
        "messages",
    ),
    Input(
        "a link without a partner",
        drawn(
            '<intermediateThrowEvent id="step"><linkEventDefinition name="L"/></intermediateThrowEvent>'
            + chain("start", "step")
        ),
        "links",
    ),
    Input(
        "a called process that does not exist", steps('<callActivity id="step" calledElement="gone"/>'), "calls", "gone"
    ),
    Input("a process that calls itself", steps('<callActivity id="step" calledElement="bad"/>')),
    Input("a call of nothing", steps('<callActivity id="step"/>'), "calls"),
    Input("a service without a handler", steps('<serviceTask id="step"/>'), "handlers"),
    Input(
        "a handler that does not exist",
        steps('<serviceTask id="step" camunda:type="external" camunda:topic="gone"/>'),
        "handlers",
        "gone",
    ),
    Input(
        "a decision that does not exist",
        steps('<businessRuleTask id="step" camunda:decisionRef="gone"/>'),
        "decisions",
        "gone",
    ),
    Input("a form that does not exist", steps('<userTask id="step" camunda:formRef="gone"/>'), "forms", "gone"),
    Input(
        "an event sub-process with a flow",
        drawn(
            TASK
            + chain("start", "step", "end")
            + '<subProcess id="s" triggeredByEvent="true"><startEvent id="t">'
            + '<signalEventDefinition signalRef="g"/></startEvent></subProcess>'
            + chain("step", "s"),
            '<signal id="g" name="x"/>',
        ),
        "event-sub-process",
    ),
    Input(
        "an element that BPMN does not know",
        drawn(TASK + chain("start", "step", "end") + '<teleportTask id="t"/>'),
        "schema",
        "<teleportTask>",
    ),
    Input(
        "an attribute that BPMN does not know", steps('<userTask id="step" speed="9"/>'), "schema", "attribute speed"
    ),
    Input("text between the elements", drawn(TASK + chain("start", "step", "end") + "please call me"), "schema"),
    Input(
        "a process inside a process", drawn('<process id="inner"/>' + TASK + chain("start", "step", "end")), "schema"
    ),
    Input("forty sub-processes inside each other", nested(40)),
    Input("forty-one sub-processes inside each other", nested(41), "readable-file", "nested at most 40 deep"),
    Input(
        "a lane of steps that do not exist",
        text(
            '<laneSet id="ls"><lane id="lane_a"><flowNodeRef>gone</flowNodeRef></lane></laneSet>'
            + START
            + END
            + chain("start", "end")
        ).encode(),
        "lanes",
        "gone",
    ),
    Input("shapes where nobody draws", drawn(chain("start", "end"), after=shapes(*FAR))),
    Input(
        "a shape without numbers",
        drawn(chain("start", "end"), after=shapes('x="far" y="NaN" width="1e999" height="-1"')),
        "schema",
        "cannot be far",
    ),
]
