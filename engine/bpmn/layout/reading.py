"""From the XML of a process to a plan: what is there, how large it is, what belongs together."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn import extensions as ext
from engine.bpmn.boxes import Box, Size
from engine.bpmn.layout import sizes
from engine.bpmn.layout.belongings import Belongings
from engine.bpmn.layout.grid import SLOT_WIDTH, slots_for
from engine.bpmn.layout.plan import Event, Flow, Picture, Plan, Step
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    SCOPES,
    Node,
    camunda,
    children,
    event_kind,
    first,
    flow_nodes,
    flows,
    identity,
    local,
    text_of,
)

# Room for the reminder that deployment adds to tasks with a due date, and for the two timers of an approval.
_REMINDER = (Box(-64, 86, 190, 76),)
_APPROVAL = (Box(-118, 10, 50, 76), Box(-125, 86, 345, 76))


def lanes_of(process: Node) -> list[Node]:
    """The lanes that hold steps themselves, from top to bottom."""
    return [lane for lane in ext.lanes(process) if first(lane, "childLaneSet") is None]


def read_plan(scope: Node, inner: Mapping[str, Picture], belongings: Belongings) -> Plan:
    """The plan of a scope; `inner` has the pictures of the expanded sub-processes in it."""
    return _Reader(scope, inner).read(belongings)


class _Reader:
    def __init__(self, scope: Node, inner: Mapping[str, Picture]) -> None:
        self.scope, self.inner = scope, inner
        self.lanes = lanes_of(scope)
        self.lane_of = {
            text_of(reference): number
            for number, lane in enumerate(self.lanes)
            for reference in children(lane, "flowNodeRef")
        }
        self.nodes = {identity(node): node for node in flow_nodes(scope)}
        self.found = Plan({}, [], [sizes.band(_texts(lane)) for lane in self.lanes] or [0])

    def read(self, belongings: Belongings) -> Plan:
        steps = {name: self._step(node) for name, node in self.nodes.items() if local(node) != "boundaryEvent"}
        self.found.steps = steps
        for name, node in self.nodes.items():
            host = steps.get(node.get("attachedToRef", ""))
            if host is not None and local(node) == "boundaryEvent":
                host.events.append(Event(name, sizes.label(_texts(node))))
        led = [*flows(self.scope), *filter(self._undoes, children(self.scope, "association"))]
        self.found.flows = [flow for node in led if (flow := self._flow(node)) is not None]
        for step in steps.values():
            self._seat(step)
            self._reserve(step)
        belongings.attach(self.found)
        self._set_loose_aside()
        return self.found

    def _step(self, node: Node) -> Step:
        name, kind = identity(node), local(node)
        picture = self.inner.get(name)
        texts = _texts(node)
        size = picture.size if picture else sizes.shape(kind, texts)
        label = None if kind in ACTIVITIES else sizes.label(texts)
        return Step(name, kind, size, label, self._lane(node), inner=picture)

    def _lane(self, node: Node) -> int:
        return self.lane_of.get(identity(node), self.lane_of.get(node.get("attachedToRef", ""), 0))

    def _undoes(self, association: Node) -> bool:
        """Whether an association leads from a compensation event; what it leads to stands where a flow would lead."""
        event = self.nodes.get(association.get("sourceRef", ""))
        return bool(identity(association)) and event is not None and event_kind(event) == "compensate"

    def _flow(self, node: Node) -> Flow | None:
        source, target = self.nodes.get(node.get("sourceRef", "")), node.get("targetRef", "")
        if source is None or target not in self.found.steps:
            return None
        host = source.get("attachedToRef") if local(source) == "boundaryEvent" else None
        default = source.get("default") == identity(node)
        marked = default or (local(source) in ACTIVITIES and first(node, "conditionExpression") is not None)
        event = identity(source) if host else None
        label = sizes.label(_texts(node))
        return Flow(identity(node), host or identity(source), target, label, event, marked)

    def _seat(self, step: Step) -> None:
        """Events whose way leads to a lane above sit on the upper border."""
        for event in step.events:
            targets = [flow.target for flow in self.found.flows if flow.event == event.id]
            event.up = bool(targets) and all(self.found.steps[target].lane < step.lane for target in targets)

    def _reserve(self, step: Step) -> None:
        """Keeps room for what deployment will add, and makes a step wide enough for its events."""
        node = self.nodes[step.id]
        timed = any(event_kind(self.nodes[event.id]) == "timer" for event in step.events)
        if step.kind == "userTask" and not timed:
            if ext.properties(node).get("approval") == "true":
                step.reserved = _APPROVAL
            elif node.get(camunda("dueDate")):
                step.reserved = _REMINDER
        if step.events:
            widest = max(abs(slot) for slot in slots_for(step.events)) * SLOT_WIDTH
            step.size = max(step.size[0], 2 * widest + 48), step.size[1]

    def _set_loose_aside(self) -> None:
        """Takes out of the plan what no flow touches."""
        plan = self.found
        touched = {end for flow in plan.flows for end in (flow.source, flow.target)}
        if not touched:
            return
        for name in [name for name in plan.steps if name not in touched]:
            step = plan.steps.pop(name)
            plan.loose.append((step, step.lane))


def _texts(node: Node) -> list[str]:
    return list(ext.names(node).values())


def is_expanded(node: Node) -> bool:
    """Whether a node is a sub-process with something inside."""
    return local(node) in SCOPES and next(flow_nodes(node), None) is not None


def inner_title(node: Node, width: float) -> Size:
    """The room that the name of an expanded sub-process takes at its top."""
    return sizes.label(_texts(node), max(120.0, width - 24)) or (0, 0)
