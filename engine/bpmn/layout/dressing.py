"""Where the labels of flows go, and what stands around every step once the ways of the flows are known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from engine.bpmn.boxes import Size
from engine.bpmn.layout.grid import DOWN, SLOT_WIDTH, UP
from engine.bpmn.layout.plan import Flow, Step
from engine.bpmn.layout.surroundings import BESIDE, LABEL_GAP, Around, Sides, surround
from engine.bpmn.layout.ways import Ways

_MARK = 12  # the sign at the start of a default or conditional flow


@dataclass(frozen=True)
class LineLabel:
    """A label above a horizontal piece: the grid lines where the piece starts, how far right of that it begins."""

    flow: str
    x: int
    y: int
    offset: float
    size: Size

    @property
    def height(self) -> float:
        """How far it reaches above the line."""
        return self.size[1] + LABEL_GAP


class Dressing:
    """`around` has what stands around each step, `labels` the labels on horizontal pieces of flows."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._sides: dict[str, Sides] = defaultdict(Sides)
        self.labels: list[LineLabel] = []
        for flow in ways.plan.flows:
            self._note_ends(flow)
            if flow.label is not None:
                self._label(flow, flow.label)
        self.around = {step.id: self._surround(step) for step in ways.plan.steps.values()}

    def _note_ends(self, flow: Flow) -> None:
        trail = self._ways.trails[flow.id]
        ends = (flow.source, trail[0], self._ways.leaves(flow)), (flow.target, trail[-1], self._ways.enters(flow))
        for name, vertex, direction in ends:
            if direction in (UP, DOWN):
                x = self._ways.shift(vertex) - self._ways.plan.steps[name].slot * SLOT_WIDTH
                (self._sides[name].up if direction == UP else self._sides[name].down).append(x)

    def _label(self, flow: Flow, size: Size) -> None:
        """Where a flow first has a line of its own: beside it when that goes up or down from a step, else above it."""
        leaves, own = self._ways.leaves(flow), self._ways.first_own(flow)
        if own == 0 and leaves in (UP, DOWN) and not flow.event:
            labels = self._sides[flow.source].labels_up if leaves == UP else self._sides[flow.source].labels_down
            labels[flow.id] = size
            return
        trail = self._ways.trails[flow.id]
        at = next((i for i in range(own, len(trail) - 1) if abs(trail[i + 1] - trail[i]) == 1), None)
        if at is None:
            # It shares its start, then goes straight up or down: its label stands where it arrives.
            labels = self._sides[flow.target].labels_up if leaves == DOWN else self._sides[flow.target].labels_down
            labels[flow.id] = size
            return
        self._above_line(flow, size, at)

    def _above_line(self, flow: Flow, size: Size, at: int) -> None:
        trail, step = self._ways.trails[flow.id], self._ways.plan.steps[flow.source]
        rightwards = trail[at + 1] > trail[at]
        clear = BESIDE + (step.size[0] / 2 + (_MARK if flow.marked else 0) if at == 0 else 0)
        offset = (clear if rightwards else -clear - size[0]) + (
            self._ways.shift(trail[at]) if at else step.slot * SLOT_WIDTH
        )
        x, y = self._ways.at(trail[at])
        label = LineLabel(flow.id, self._ways.anchor(x), y, offset, size)
        self.labels.append(label)
        if at == 0 and rightwards:
            self._sides[step.id].tall = max(self._sides[step.id].tall, label.height)

    def _surround(self, step: Step) -> Around:
        slots = self._ways.grid.slots
        sides = self._sides[step.id]
        sides.seats = {event.id: (slots[event.id] - step.slot) * SLOT_WIDTH for event in step.events}
        return surround(step, sides)
