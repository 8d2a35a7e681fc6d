"""Short drawings for tests: the test writes the inside of a process, the rest is filled in."""

from engine.bpmn import Drawing, Known, lint, model, normalise, read

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:i18n="http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"'
    ' id="definitions" targetNamespace="urn:test">'
)
KNOWN = Known(
    handlers=frozenset({"p.work", "p.done"}),
    decisions=frozenset({"amount_band", "approval_sla"}),
    forms=frozenset({"p.ask", "shared.resolve_missing_record"}),
    processes=frozenset({"other"}),
)


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow called `<source>-<target>`."""
    inside = f"<conditionExpression xsi:type='tFormalExpression'>{condition}</conditionExpression>"
    return (
        f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside if condition else ''}</sequenceFlow>"
    )


def chain(*ids: str) -> str:
    """Flows from each to the next."""
    return "".join(flow(source, target) for source, target in zip(ids, ids[1:], strict=False))


def drawing(inside: str, before: str = "", after: str = "", name: str = "p") -> Drawing:
    """A drawing with one process; `before` holds messages and errors, `after` the diagram."""
    process = f'<process id="{name}" name="Process" isExecutable="true">{inside}</process>'
    return read(f"{HEAD}{before}{process}{after}</definitions>".encode(), "draft.bpmn")


def around(step: str, ident: str = "step", extra: str = "", before: str = "") -> Drawing:
    """A drawing start > step > end."""
    ends = '<startEvent id="start"/><endEvent id="end"/>'
    return drawing(f"{ends}{step}{chain('start', ident, 'end')}{extra}", before)


def findings(one: Drawing, known: Known = KNOWN) -> list[tuple[str, str]]:
    """Rule and element of everything lint finds."""
    return [(finding.rule, finding.element) for finding in lint(one, known)]


def normal(one: Drawing, known: Known = KNOWN) -> Drawing:
    """The normalised drawing, read again from its bytes, as the engine does."""
    return read(normalise(one, known).xml, one.file)


def steps(one: Drawing) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Kind and followers of every element that no pattern added."""
    facts = model(one)
    return {
        element.id: (element.kind, facts.targets(element.id))
        for element in facts.elements.values()
        if element.expanded is None
    }
