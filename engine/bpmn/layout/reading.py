"""From the XML of a process to a plan: what is there, how large it is, what belongs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.bpmn import extensions as ext
from engine.bpmn.boxes import Box, Size
from engine.bpmn.layout import sizes
from engine.bpmn.layout.grid import SLOT_WIDTH, slots_for
from engine.bpmn.layout.plan import Event, Flow, Item, Picture, Plan, Step
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    DATA,
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
_APPROVAL = (Box(-204, 86, 330, 76),)


@dataclass(frozen=True)
class Loose:
    """An association that is led when everything else has its place: its id and what it joins."""

    id: str
    source: str
    target: str


@dataclass
class Reading:
    """The plan of one process or sub-process, and the associations to be led at the end."""

    plan: Plan
    later: list[Loose] = field(default_factory=list)


def lanes_of(process: Node) -> list[Node]:
    """The lanes that hold steps themselves, from top to bottom."""
    return [lane for lane in ext.lanes(process) if first(lane, "childLaneSet") is None]


def read_plan(scope: Node, inner: Mapping[str, Picture]) -> Reading:
    """The plan of a scope; `inner` has the pictures of the expanded sub-processes in it."""
    return _Reader(scope, inner).read()


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
        self.found = Reading(Plan({}, [], max(1, len(self.lanes))))
        self.home: dict[str, str] = {}

    def read(self) -> Reading:
        steps = {name: self._step(node) for name, node in self.nodes.items() if local(node) != "boundaryEvent"}
        self.found.plan.steps = steps
        for name, node in self.nodes.items():
            host = steps.get(node.get("attachedToRef", ""))
            if host is not None and local(node) == "boundaryEvent":
                host.events.append(Event(name, sizes.label(_texts(node))))
        self.found.plan.flows = [flow for node in flows(self.scope) if (flow := self._flow(node)) is not None]
        for step in steps.values():
            self._reserve(step)
        self._items()
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

    def _flow(self, node: Node) -> Flow | None:
        source, target = self.nodes.get(node.get("sourceRef", "")), node.get("targetRef", "")
        if source is None or target not in self.found.plan.steps:
            return None
        host = source.get("attachedToRef") if local(source) == "boundaryEvent" else None
        default = source.get("default") == identity(node)
        marked = default or (local(source) in ACTIVITIES and first(node, "conditionExpression") is not None)
        event = identity(source) if host else None
        label = sizes.label(_texts(node))
        return Flow(identity(node), host or identity(source), target, label, event, marked)

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

    # Data and notes

    def _items(self) -> None:
        things = {identity(node): node for node in children(self.scope, *DATA, "textAnnotation")}
        for name, node in self.nodes.items():
            for part in children(node, "dataInputAssociation", "dataOutputAssociation"):
                inward = local(part) == "dataInputAssociation"
                data = text_of(first(part, "sourceRef" if inward else "targetRef"))
                if data in things:
                    self._attach(identity(part), things[data], name, inward)
        for line in children(self.scope, "association"):
            ends = line.get("sourceRef", ""), line.get("targetRef", "")
            for item, other in (ends, ends[::-1]):
                if item in things:
                    self._attach(identity(line), things[item], other, inward=item == ends[0])
                    break
        for name, node in things.items():
            if name not in self.home:
                self.found.plan.loose.append((self._item(node), self.found.plan.lanes - 1))

    def _attach(self, line: str, node: Node, end: str, inward: bool) -> None:
        """Puts an item beside the step at the other end of its first association."""
        step = self.found.plan.steps.get(end)
        item = identity(node)
        if item in self.home or step is None:
            ends = (item, end) if inward else (end, item)
            self.found.later.append(Loose(line, *ends))
            step = step or self._near(end)
            if item in self.home or step is None:
                return
            line = ""
        self.home[item] = step.id
        above = bool(step.events) or (inward if local(node) in DATA else _lighter_above(step))
        step.items.append(self._item(node, above, line, inward))

    def _near(self, end: str) -> Step | None:
        """The step that a flow leaves or that an event sits on."""
        steps = self.found.plan.steps
        flow = next((flow for flow in self.found.plan.flows if flow.id == end), None)
        if flow is not None:
            return steps[flow.source]
        return next((step for step in steps.values() if any(event.id == end for event in step.events)), None)

    def _item(self, node: Node, above: bool = False, line: str = "", inward: bool = False) -> Item:
        if local(node) == "textAnnotation":
            return Item(identity(node), sizes.note(ext.annotation_text(node).values()), None, above, line, inward)
        texts = _texts(node)
        return Item(identity(node), sizes.shape(local(node), texts), sizes.label(texts), above, line, inward)

    def _set_loose_aside(self) -> None:
        """Takes out of the plan what no flow touches."""
        plan = self.found.plan
        touched = {end for flow in plan.flows for end in (flow.source, flow.target)}
        if not touched:
            return
        for name in [name for name in plan.steps if name not in touched]:
            step = plan.steps.pop(name)
            plan.loose.append((step, step.lane))


def _lighter_above(step: Step) -> bool:
    """Whether there is less above a step than below it."""
    weight: dict[bool, float] = defaultdict(float)
    for item in step.items:
        weight[item.above] += max(item.size[0], item.label[0] if item.label else 0)
    weight[False] += sum(box.width for box in step.reserved)
    return weight[True] < weight[False]


def _texts(node: Node) -> list[str]:
    return list(ext.names(node).values())


def is_expanded(node: Node) -> bool:
    """Whether a node is a sub-process with something inside."""
    return local(node) in SCOPES and next(flow_nodes(node), None) is not None


def inner_title(node: Node, width: float) -> Size:
    """The room that the name of an expanded sub-process takes at its top."""
    return sizes.label(_texts(node), max(120.0, width - 24)) or (0, 0)
