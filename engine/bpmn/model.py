"""A drawing as plain, frozen facts: what the engine, the pages and the lint rules ask about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.bpmn import extensions as ext
from engine.bpmn.expressions import unwrap
from engine.bpmn.read import Drawing
from engine.bpmn.vocabulary import (
    SCOPES,
    Node,
    children,
    event_definitions,
    event_kind,
    first,
    flow_nodes,
    flows,
    identity,
    local,
    loop_of,
    scopes,
    text_of,
    within,
)

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Lane:
    """A lane: whose steps lie in it. `group` is the id without `lane_`."""

    id: str
    name: str
    names: Texts
    group: str


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is FEEL without its wrapper."""

    id: str
    source: str
    target: str
    name: str
    names: Texts
    condition: str | None
    default: bool


@dataclass(frozen=True)
class Element:
    """A node of the process.

    `kind` is the BPMN name (userTask, boundaryEvent, ...), `event` what an event is about,
    `event_name` the name of its message or signal or the code of its error or escalation,
    `timer` a timer's text, `attributes` the Camunda attributes as written, `incoming` and
    `outgoing` flow ids, `script` the FEEL of a script task, `expanded` the pattern (MR, AP, RM, CX) that added it.
    """

    id: str
    kind: str
    event: str | None
    event_name: str | None
    timer: str | None
    name: str
    names: Texts
    documentation: Texts
    lane: str | None
    group: str | None
    parent: str | None
    attached_to: str | None
    interrupting: bool
    attributes: Texts
    properties: Texts
    listeners: Texts
    decision: str | None
    form: str | None
    handler: str | None
    called_element: str | None
    incoming: tuple[str, ...]
    outgoing: tuple[str, ...]
    multi_instance: Literal["parallel", "sequential"] | None
    expanded: str | None
    high_performing: bool
    practice_note: Texts
    annotations: tuple[Texts, ...]
    script: str | None = None

    @property
    def approval(self) -> bool:
        """Whether this user task is an approval."""
        return self.properties.get("approval") == "true"

    @property
    def handover(self) -> str | None:
        """The public key of the process that takes over here, for an off-page reference."""
        return self.properties.get("handover")


@dataclass(frozen=True)
class Model:
    """One executable process."""

    key: str
    process_id: str
    name: str
    names: Texts
    documentation: Texts
    version_tag: str | None
    properties: Texts
    starters: frozenset[str]
    """The people and groups who may begin it, where the drawing names them."""
    lanes: tuple[Lane, ...]
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    called: frozenset[str]
    decisions: frozenset[str]
    forms: frozenset[str]
    handlers: frozenset[str]
    messages: frozenset[str]

    def targets(self, element: str) -> tuple[str, ...]:
        """The ids of the elements that directly follow one."""
        return tuple(self.flows[flow].target for flow in self.elements[element].outgoing)


@dataclass
class _Facts:
    """What is looked up once and used for every element."""

    declared: Mapping[str, Node]
    lane_of: dict[str, Lane]
    incoming: dict[str, list[str]] = field(default_factory=dict)
    outgoing: dict[str, list[str]] = field(default_factory=dict)
    annotations: dict[str, list[Texts]] = field(default_factory=dict)


def model(drawing: Drawing) -> Model:
    """Describes the executable process of a drawing, original or normalised."""
    process = drawing.process
    lanes, lane_of = _lanes(process)
    found = {flow.id: flow for scope in scopes(process) for flow in _flows(scope)}
    facts = _Facts(declared(drawing.root), lane_of, annotations=_annotations(process))
    for flow in found.values():
        facts.outgoing.setdefault(flow.source, []).append(flow.id)
        facts.incoming.setdefault(flow.target, []).append(flow.id)
    elements = {element.id: element for element in _elements(process, None, None, facts)}
    return _assemble(process, lanes, elements, found)


def _assemble(process: Node, lanes: tuple[Lane, ...], elements: dict[str, Element], found: dict[str, Flow]) -> Model:
    every = elements.values()
    handlers = {one.handler for one in every} | {name for one in every for name in one.listeners.values()}
    return Model(
        key=identity(process).replace("_", "-"),
        process_id=identity(process),
        name=process.get("name", identity(process)),
        names=ext.names(process),
        documentation=ext.documentation(process),
        version_tag=ext.attributes(process).get("versionTag"),
        properties=ext.properties(process),
        starters=ext.starters(process),
        lanes=lanes,
        elements=elements,
        flows=found,
        called=_known(one.called_element for one in every),
        decisions=_known(one.decision for one in every),
        forms=_known(one.form for one in every),
        handlers=_known(handlers),
        messages=_known(one.event_name for one in every if one.event == "message"),
    )


def _known(names: Iterator[str | None] | set[str | None]) -> frozenset[str]:
    return frozenset(name for name in names if name)


def _lanes(process: Node) -> tuple[tuple[Lane, ...], dict[str, Lane]]:
    lanes: list[Lane] = []
    lane_of: dict[str, Lane] = {}
    for node in ext.all_lanes(process):
        ident = identity(node)
        lane = Lane(ident, node.get("name", ident), ext.names(node), ident.removeprefix("lane_"))
        lanes.append(lane)
        lane_of |= {text_of(reference): lane for reference in children(node, "flowNodeRef")}
    return tuple(lanes), lane_of


def _flows(scope: Node) -> Iterator[Flow]:
    defaults = {node.get("default") for node in flow_nodes(scope)}
    for node in flows(scope):
        source, target = node.get("sourceRef", ""), node.get("targetRef", "")
        flow_id = identity(node) or f"flow_{source}_{target}"
        condition = first(node, "conditionExpression")
        text = unwrap(text_of(condition)) or None
        name, default = node.get("name", ""), flow_id in defaults
        yield Flow(flow_id, source, target, name, ext.names(node), text, default)


def _annotations(process: Node) -> dict[str, list[Texts]]:
    texts = {identity(node): ext.annotation_text(node) for node in within(process, "textAnnotation")}
    found: dict[str, list[Texts]] = {}
    for node in within(process, "association"):
        ends = (node.get("sourceRef", ""), node.get("targetRef", ""))
        for element, note in (ends, ends[::-1]):
            if note in texts:
                found.setdefault(element, []).append(texts[note])
    return found


def _elements(scope: Node, parent: str | None, lane: Lane | None, facts: _Facts) -> Iterator[Element]:
    for node in flow_nodes(scope):
        own = facts.lane_of.get(identity(node)) or facts.lane_of.get(node.get("attachedToRef", "")) or lane
        yield _element(node, parent, own, facts)
        if local(node) in SCOPES:
            yield from _elements(node, identity(node), own, facts)


def _element(node: Node, parent: str | None, lane: Lane | None, facts: _Facts) -> Element:
    attributes, properties, ident = ext.attributes(node), ext.properties(node), identity(node)
    return Element(
        id=ident,
        kind=local(node),
        event="multiple" if len(event_definitions(node)) > 1 else event_kind(node) or _task_event(node),
        event_name=event_name(node, facts.declared),
        timer=_timer(node),
        name=node.get("name", ""),
        names=ext.names(node),
        documentation=ext.documentation(node),
        lane=lane.id if lane else None,
        group=lane.group if lane else None,
        parent=parent,
        attached_to=node.get("attachedToRef"),
        interrupting=_interrupting(node),
        attributes=attributes,
        properties=properties,
        listeners=ext.listeners(node),
        decision=unwrap(attributes.get("decisionRef", "")) or None,
        form=attributes.get("formRef") or attributes.get("formKey"),
        handler=_handler(attributes),
        called_element=node.get("calledElement"),
        incoming=tuple(facts.incoming.get(ident, ())),
        outgoing=tuple(facts.outgoing.get(ident, ())),
        multi_instance=_multi_instance(node),
        expanded=properties.get("expanded"),
        high_performing=properties.get("high_performing") == "true",
        practice_note=ext.practice_note(node),
        annotations=tuple(facts.annotations.get(ident, ())),
        script=unwrap(text_of(first(node, "script"))) or None,
    )


def _handler(attributes: Mapping[str, str]) -> str | None:
    return attributes.get("topic") or unwrap(attributes.get("delegateExpression", "")) or None


def _interrupting(node: Node) -> bool:
    attribute = "cancelActivity" if local(node) == "boundaryEvent" else "isInterrupting"
    flag = node.get(attribute, "true")
    return flag.lower() not in ("false", "0")


def _multi_instance(node: Node) -> Literal["parallel", "sequential"] | None:
    loop = loop_of(node)
    if loop is None:
        return None
    return "sequential" if loop.get("isSequential", "false").lower() in ("true", "1") else "parallel"


def _task_event(node: Node) -> str | None:
    return "message" if local(node) in ("sendTask", "receiveTask") and node.get("messageRef") else None


def _timer(node: Node) -> str | None:
    for definition in event_definitions(node):
        for text in children(definition, "timeDate", "timeDuration", "timeCycle"):
            return text_of(text)
    return None


def declared(root: Node) -> Mapping[str, Node]:
    """What a file declares beside its processes (messages, errors, ...), by id."""
    return {identity(node): node for node in reversed(list(children(root)))}


def event_name(node: Node, declared: Mapping[str, Node]) -> str | None:
    """The message, signal, error or escalation that an event is about: its name or code; None when it names none."""
    names = {"messageRef": "name", "signalRef": "name", "errorRef": "errorCode", "escalationRef": "escalationCode"}
    for holder in (*event_definitions(node), node):
        for reference, named in names.items():
            if holder.get(reference):
                found = declared.get(holder.get(reference, "").rpartition(":")[2])
                return None if found is None else found.get(named) or found.get("name")
    return None
