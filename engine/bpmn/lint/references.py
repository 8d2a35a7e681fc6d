"""What names another element leads to one that exists; flows and borders to one of the same process or sub-process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.references import Reference, references
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    ARTIFACTS,
    ASSOCIATIONS,
    DATA,
    FLOW_NODES,
    SCOPES,
    Node,
    identity,
    is_bpmn,
    local,
    scopes,
)
from engine.bpmn.vocabulary import flow_nodes as nodes_of
from engine.bpmn.vocabulary import flows as flows_of
from engine.errors import Finding, Sentence

RULE = "references"
NOWHERE = Sentence(
    "Expected %(reference)s of the %(kind)s to name an existing %(wanted)s, but nothing in the file is called %(name)s."
)
ELSEWHERE = Sentence("Expected %(reference)s of the %(kind)s to name: %(wanted)s, but %(name)s is: %(found)s.")
_CHOOSE = Sentence("Choose it again in the editor, or remove the reference.")
# Without what these lead to, something would run otherwise; the rest describes or decorates.
_RUN = frozenset(
    "activityRef attachedToRef correlationKeyRef correlationPropertyRef dataObjectRef default errorRef escalationRef "
    "eventDefinitionRef flowNodeRef messageRef noneBehaviorEventRef oneBehaviorEventRef operationRef resourceRef "
    "signalRef sourceRef targetRef".split()
)
_NO_STEPS = DATA | ARTIFACTS | ASSOCIATIONS | {"sequenceFlow", "dataObject", "laneSet", "ioSpecification", "property"}
_AROUND = SCOPES | frozenset(
    "definitions process collaboration conversation subConversation choreography subChoreography laneSet childLaneSet "
    "lane BPMNPlane".split()
)


def check(sheet: Sheet) -> Iterator[Finding]:
    yield from flows_and_borders(sheet)
    if not sheet.drawing.further:
        yield from _leading_nowhere(sheet)


def flows_and_borders(sheet: Sheet) -> Iterator[Finding]:
    """The sequence flows, default flows and boundary events of the process that do not lead where they should."""
    for scope in scopes(sheet.process):
        here = {identity(node): node for node in nodes_of(scope)}
        for flow in flows_of(scope):
            for end in ("sourceRef", "targetRef"):
                yield from _end(sheet, flow, end, here)
            yield from _at_an_end(sheet, flow, here)
        outgoing = {(flow.get("sourceRef"), identity(flow)) for flow in flows_of(scope)}
        for node in here.values():
            yield from _attached(sheet, node, here)
            yield from _default(sheet, node, outgoing)


def _leading_nowhere(sheet: Sheet) -> Iterator[Finding]:
    """The names of other elements, wherever they stand in the file, that lead nowhere or to something else."""
    missing: set[str] = set()
    ids = Counter(identity(node) for node in sheet.drawing.root.iter("*"))
    for one in references(sheet.drawing.root):
        found = sheet.by_id.get(one.name)
        if (found is not None and one.kinds.hold(local(found))) or one.foreign:
            continue
        if ids[one.name] > 1 or (one.holder == "sequenceFlow" and sheet.runs(one.node)):
            continue  # Told by the rule about ids, or with the flows above.
        if found is not None or is_bpmn(one.node) or one.name not in missing:
            yield _lost(sheet, one, found)
        missing.add(one.name)


def _lost(sheet: Sheet, one: Reference, found: Node | None) -> Finding:
    report = sheet.error if _changes_the_run(sheet, one) else sheet.warning
    values = {"reference": one.attribute, "kind": one.holder, "wanted": one.kinds.called, "name": one.name}
    if found is None:
        return report(RULE, _drawn(one.node), NOWHERE.template, _CHOOSE.template, **values)
    return report(RULE, _drawn(one.node), ELSEWHERE.template, _CHOOSE.template, **values, found=local(found))


def _drawn(node: Node) -> Node:
    """What a reader sees of an element: the event around an event definition, the step around its loop."""
    parent = node.getparent()
    while parent is not None and local(parent) not in _AROUND and local(node) not in ASSOCIATIONS:
        node, parent = parent, parent.getparent()
    return node


def _changes_the_run(sheet: Sheet, one: Reference) -> bool:
    if one.holder == "association":
        return one.node in sheet.lost_undoing
    return one.attribute in _RUN and sheet.runs(_drawn(one.node))


def _end(sheet: Sheet, flow: Node, end: str, here: dict[str, Node]) -> Iterator[Finding]:
    """A flow that leads nowhere; beside a step without an id, which the rule about ids tells, it may lead there."""
    if flow.get(end) not in here and "" not in here and not _is_told(sheet.by_id.get(flow.get(end, "")), flow):
        yield sheet.error(
            RULE,
            flow,
            "Expected the flow to connect steps of one process, but its %(end)s %(name)s is not among them.",
            "Draw the flow again; between pools use a message flow, into a sub-process end at its border.",
            end=end,
            name=flow.get(end, "(empty)"),
        )


def _is_told(node: Node | None, flow: Node) -> bool:
    """Whether what stands beside a flow as a step is none of BPMN's: the rules about schema and elements tell that."""
    return node is not None and node.getparent() is flow.getparent() and local(node) not in _NO_STEPS


def _at_an_end(sheet: Sheet, flow: Node, here: dict[str, Node]) -> Iterator[Finding]:
    """Nothing leads into an event that begins something, and nothing out of one that ends it."""
    source, target = here.get(flow.get("sourceRef", "")), here.get(flow.get("targetRef", ""))
    into = target if target is not None and local(target) in ("startEvent", "boundaryEvent") else None
    out_of = source if source is not None and local(source) == "endEvent" else None
    for node, way in ((into, "into"), (out_of, "out of")):
        if node is not None:
            yield sheet.error(
                RULE,
                flow,
                "Expected no flow %(way)s the %(kind)s %(id)s, but one is drawn.",
                "Lead the flow to the step behind it, or begin it at the step before it.",
                way=Sentence(way),
                kind=local(node),
                id=identity(node),
            )


def _attached(sheet: Sheet, node: Node, here: dict[str, Node]) -> Iterator[Finding]:
    host = here.get(node.get("attachedToRef", ""))
    if local(node) == "boundaryEvent" and (host is None or local(host) not in ACTIVITIES):
        yield sheet.error(
            RULE,
            node,
            "Expected the boundary event to sit on an activity, but %(name)s is none here.",
            "Drag the event onto the border of the activity it guards.",
            name=node.get("attachedToRef", "(empty)"),
        )


def _default(sheet: Sheet, node: Node, outgoing: set[tuple[str | None, str]]) -> Iterator[Finding]:
    default = node.get("default")
    if local(node) in FLOW_NODES and default is not None and (identity(node), default) not in outgoing:
        yield sheet.error(
            RULE,
            node,
            "Expected the default flow to be one of the outgoing flows, but %(name)s is none of them.",
            "Choose the default flow again.",
            name=default,
        )
