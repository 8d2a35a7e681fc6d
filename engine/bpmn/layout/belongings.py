"""Data and notes of a process: beside which step each stands, and what leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn import extensions as ext
from engine.bpmn.layout import sizes
from engine.bpmn.layout.plan import Item, Plan, Step
from engine.bpmn.vocabulary import DATA, Node, first, identity, local, text_of, within


@dataclass(frozen=True)
class Line:
    """An association: its item, what is at its other end, and whether it leads from the item there."""

    id: str
    item: str
    end: str
    inward: bool

    @property
    def ends(self) -> tuple[str, str]:
        """Where it starts and where it ends."""
        return (self.item, self.end) if self.inward else (self.end, self.item)


class Belongings:
    """The data symbols and annotations of a whole process, each beside the step of its first association."""

    def __init__(self, process: Node) -> None:
        self._nodes = {identity(node): node for node in within(process, *DATA, "textAnnotation")}
        self._lines = list(self._read(process))
        self._home: dict[str, Line] = {}
        for line in self._lines:
            self._home.setdefault(line.item, line)
        self._placed: set[str] = set()
        self._drawn: set[str] = set()

    def _read(self, process: Node) -> Iterator[Line]:
        for part in within(process, "dataInputAssociation", "dataOutputAssociation", "association"):
            holder = part.getparent()
            if local(part) == "association":
                source, target = part.get("sourceRef", ""), part.get("targetRef", "")
                if source in self._nodes:
                    yield Line(identity(part), source, target, inward=True)
                elif target in self._nodes:
                    yield Line(identity(part), target, source, inward=False)
            elif holder is not None:
                inward = local(part) == "dataInputAssociation"
                data = text_of(first(part, "sourceRef" if inward else "targetRef"))
                if data in self._nodes:
                    yield Line(identity(part), data, identity(holder), inward)

    def attach(self, plan: Plan) -> None:
        """Puts beside the steps of a plan what belongs there."""
        for item, line in self._home.items():
            step = plan.steps.get(line.end)
            if step is not None:
                self._drawn.add(line.id)
                step.items.append(self._item(item, step, line))
            elif (near := _near(plan, line.end)) is not None:
                near.items.append(self._item(item, near, None))

    def _item(self, name: str, step: Step, line: Line | None) -> Item:
        self._placed.add(name)
        node, inward = self._nodes[name], line is not None and line.inward
        # Below a step with boundary events is what they lead to.
        above = any(not event.up for event in step.events) or (inward if local(node) in DATA else _lighter_above(step))
        return Item(name, *self._size(node), above, line.id if line else "", inward)

    def _size(self, node: Node) -> tuple[tuple[float, float], tuple[float, float] | None]:
        if local(node) == "textAnnotation":
            return sizes.note(ext.annotation_text(node).values()), None
        texts = list(ext.names(node).values())
        return sizes.shape(local(node), texts), sizes.label(texts)

    def unplaced(self) -> list[Item]:
        """What no step has beside it."""
        return [
            Item(name, *self._size(node), above=False) for name, node in self._nodes.items() if name not in self._placed
        ]

    def undrawn(self) -> list[Line]:
        """The associations that still have to be led."""
        return [line for line in self._lines if line.id not in self._drawn]


def _near(plan: Plan, end: str) -> Step | None:
    """The step that a flow leaves or that an event sits on."""
    flow = next((flow for flow in plan.flows if flow.id == end), None)
    if flow is not None:
        return plan.steps[flow.source]
    return next((step for step in plan.steps.values() if any(event.id == end for event in step.events)), None)


def _lighter_above(step: Step) -> bool:
    """Whether there is less above a step than below it."""
    above = below = 0.0
    for item in step.items:
        wide = max(item.size[0], item.label[0] if item.label else 0)
        above, below = (above + wide, below) if item.above else (above, below + wide)
    return above < below + sum(box.width for box in step.reserved)
