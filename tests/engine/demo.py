"""Small drawings for tests of the engine, built from a few words."""

from __future__ import annotations

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="defs" targetNamespace="https://example.org/test">'
)


def drawing(process_id: str, body: str, before: str = "", **attributes: str) -> bytes:
    """A drawing with one executable process around `body`; `before` holds messages, errors and signals."""
    more = "".join(f' camunda:{name}="{value}"' for name, value in attributes.items())
    process = f'<process id="{process_id}" name="{process_id}" isExecutable="true"{more}>{body}</process>'
    return f"{HEAD}{before}{process}</definitions>".encode()


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow; its id is `source_target`."""
    text = f'<conditionExpression xsi:type="tFormalExpression">={condition}</conditionExpression>' if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{text}</sequenceFlow>'


def chain(*elements: str) -> str:
    """Sequence flows from each element to the next."""
    return "".join(flow(source, target) for source, target in zip(elements, elements[1:], strict=False))


def user(element: str, inner: str = "", **attributes: str) -> str:
    """A user task; `attributes` are Camunda's, the group is `rep` unless they say who."""
    given = attributes or {"candidateGroups": "rep"}
    text = "".join(f' camunda:{name}="{value}"' for name, value in given.items())
    return f'<userTask id="{element}" name="{element}"{text}>{inner}</userTask>'


def service(element: str, topic: str, inner: str = "", **attributes: str) -> str:
    """A service task performed by the handler `topic`."""
    text = "".join(f' camunda:{name}="{value}"' for name, value in attributes.items())
    return (
        f'<serviceTask id="{element}" name="{element}" camunda:type="external" camunda:topic="{topic}"{text}>'
        f"{inner}</serviceTask>"
    )


def properties(**values: str) -> str:
    """Extension properties; `__` in a name stands for a dot."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    inner = "".join(f'<camunda:property name="{name}" value="{value}"/>' for name, value in named.items())
    return f"<extensionElements><camunda:properties>{inner}</camunda:properties></extensionElements>"


def start(element: str = "start") -> str:
    return f'<startEvent id="{element}"/>'


def end(element: str = "end", inner: str = "") -> str:
    return f'<endEvent id="{element}">{inner}</endEvent>'


def timer(kind: str, text: str) -> str:
    """A timer's definition: kind is timeDuration, timeDate or timeCycle."""
    return f'<timerEventDefinition><{kind} xsi:type="tFormalExpression">{text}</{kind}></timerEventDefinition>'


def boundary(element: str, on: str, inner: str, interrupting: bool = True) -> str:
    cancel = "true" if interrupting else "false"
    return f'<boundaryEvent id="{element}" attachedToRef="{on}" cancelActivity="{cancel}">{inner}</boundaryEvent>'
