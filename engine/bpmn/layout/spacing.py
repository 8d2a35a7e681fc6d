"""From the order of lines to coordinates: rows one below the other, then everything as far left as it can be.

Two things that could meet are kept apart in the order that the grid gave them, first by height, then by width;
hence nothing overlaps, whatever the sizes are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.bpmn.boxes import Box, Point, Size
from engine.bpmn.layout.grid import DOWN, RIGHT, SLOT_WIDTH, UP, Grid
from engine.bpmn.layout.plan import Flow, Picture, Step
from engine.bpmn.layout.route import Router, corners
from engine.bpmn.layout.surroundings import BESIDE, LABEL_GAP, SEAT, Around, surround

TRACK_GAP, ROW_GAP, LANE_PAD = 18, 20, 24
_BODY, _LABEL, _LINE = range(3)
# How far apart the things must be, by what they are.
_APART = {
    (_BODY, _BODY): 40,
    (_BODY, _LINE): 22,
    (_LINE, _LINE): 16,
    (_LABEL, _BODY): 8,
    (_LABEL, _LINE): 8,
    (_LABEL, _LABEL): 8,
}


@dataclass(frozen=True)
class Thing:
    """Something that takes room: its line of the grid, its reach to both sides of it, its top and bottom."""

    line: int
    left: float
    right: float
    top: float
    bottom: float
    kind: int


@dataclass
class LineLabel:
    """The label of a flow on one of its horizontal pieces: the grid lines of that piece's start, and the offset."""

    flow: str
    x: int
    y: int
    dx: float
    size: Size


@dataclass
class Spacing:
    """Turns the ways of a router into a picture."""

    router: Router
    around: dict[str, Around] = field(default_factory=dict)
    on_lines: list[LineLabel] = field(default_factory=list)
    bands: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grid: Grid = self.router.grid
        self.plan = self.grid.plan
        self.tall: dict[str, float] = defaultdict(float)
        """How high labels on the line right of a step are."""
        self.bends = {name: corners(way, self.grid.width) for name, way in self.router.ways.items()}

    def picture(self) -> Picture:
        """Everything placed, the upper left corner at the origin."""
        self._surround()
        ys = self._heights()
        xs = self._widths(ys)
        found = Picture(bands=self.bands)
        for step in self.plan.steps.values():
            self._draw_step(step, xs, ys, found)
        for flow in self.plan.flows:
            found.lines[flow.id] = self._points(flow, xs, ys)
        for label in self.on_lines:
            x, y = xs[label.x] + label.dx, ys[label.y] - LABEL_GAP - label.size[1]
            found.labels[label.flow] = Box(x, y, *label.size)
        return found

    # What stands around the steps

    def _surround(self) -> None:
        up: dict[str, list[float]] = defaultdict(list)
        down: dict[str, list[float]] = defaultdict(list)
        beside: dict[str, dict[str, Size]] = defaultdict(dict)
        for flow in self.plan.flows:
            way = self.router.ways[flow.id]
            first, last = self._direction(way[0], way[1]), self._direction(way[-1], way[-2])
            for name, vertex, direction in ((flow.source, way[0], first), (flow.target, way[-1], last)):
                if direction in (UP, DOWN):
                    (up if direction == UP else down)[name].append(self._seat(name, self._slot(vertex)))
            if flow.label is not None:
                self._place_label(flow, first, beside)
        for step in self.plan.steps.values():
            seats = {event.id: self._seat(step.id, self.grid.slots[event.id]) for event in step.events}
            self.around[step.id] = surround(
                step, up[step.id], down[step.id], seats, beside[step.id], self.tall[step.id]
            )

    def _place_label(self, flow: Flow, first: int, beside: dict[str, dict[str, Size]]) -> None:
        assert flow.label is not None
        way = self.router.ways[flow.id]
        own = self._first_own(flow, way)
        if own == 0 and first in (UP, DOWN) and not flow.event:
            beside[flow.source][("^" if first == UP else "") + flow.id] = flow.label
            return
        width = self.grid.width
        at = next((i for i in range(own, len(way) - 1) if abs(way[i + 1] - way[i]) == 1), None)
        if at is None:
            # It shares its start, then goes straight up or down: its label stands where it arrives.
            beside[flow.target][("^" if first == DOWN else "") + flow.id] = flow.label
            return
        rightwards = way[at + 1] > way[at]
        step = self.plan.steps[flow.source]
        start = step.size[0] / 2 + (14 if flow.marked else 2) if at == 0 else 0
        dx = start + BESIDE if rightwards else -start - BESIDE - flow.label[0]
        dx += self._slot(way[at]) * SLOT_WIDTH if at else step.slot * SLOT_WIDTH
        if at == 0 and rightwards:
            self.tall[step.id] = max(self.tall[step.id], flow.label[1] + LABEL_GAP)
        self.on_lines.append(LineLabel(flow.id, self._anchor(way[at] % width), way[at] // width, dx, flow.label))

    def _first_own(self, flow: Flow, way: Sequence[int]) -> int:
        """Where a flow's way stops being shared with others from the same place."""
        others = [other.id for other in self.plan.leaving(flow.source) if other is not flow]
        pieces = {frozenset(piece) for name in others for piece in _pieces(self.router.ways[name])}
        return next((i for i, piece in enumerate(_pieces(way)) if frozenset(piece) not in pieces), 0)

    def _direction(self, vertex: int, following: int) -> int:
        delta = following - vertex
        return next(
            d for d, step in ((RIGHT, 1), (DOWN, self.grid.width), (2, -1), (UP, -self.grid.width)) if step == delta
        )

    def _seat(self, step: str, slot: int) -> float:
        """How far a slot's line is from the middle of a step."""
        return (slot - self.plan.steps[step].slot) * SLOT_WIDTH

    def _slot(self, vertex: int) -> int:
        return self.grid.xs[vertex % self.grid.width].slot or 0

    def _anchor(self, x: int) -> int:
        """The line through the middle of a column for any of its slots; a track is its own."""
        line = self.grid.xs[x]
        return x if line.is_track else self.grid.x_of[line.index, 0]

    # Heights

    def _heights(self) -> list[float]:
        ys = [0.0] * len(self.grid.ys)
        level: list[tuple[float, float, float]] = [(0, len(self.grid.xs), 0.0)]
        spans = self._spans()
        lane, top = 0, 0.0
        for y, line in enumerate(self.grid.ys):
            if line.lane != lane:
                bottom = self._bottom(level, top, lane)
                self.bands.append((top, bottom))
                lane, top, level = line.lane, bottom, [(0, len(self.grid.xs), bottom)]
            if line.is_track:
                ys[y] = self._track_height(spans.get(y, []), level)
                level += [(start, end, ys[y]) for start, end, _ in spans.get(y, [])]
            else:
                up, down = self._reach(y)
                ys[y] = max(floor for _, _, floor in level) + ROW_GAP + up
                level = [(0, len(self.grid.xs), ys[y] + down)]
        self.bands.append((top, self._bottom(level, top, lane)))
        return ys

    def _bottom(self, level: list[tuple[float, float, float]], top: float, lane: int) -> float:
        return max(max(floor for _, _, floor in level) + LANE_PAD, top + self.plan.heights[lane])

    def _spans(self) -> dict[int, list[tuple[int, int, float]]]:
        """The horizontal pieces on each track: from line to line, and the height of labels on them."""
        width = self.grid.width
        found: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for bends in self.bends.values():
            for one, other in zip(bends, bends[1:], strict=False):
                if one // width == other // width:
                    ends = sorted((one % width, other % width))
                    found[one // width].append((ends[0], ends[1], 0))
        for label in self.on_lines:
            found[label.y].append((label.x, label.x + 1, label.size[1] + LABEL_GAP))
        return found

    def _track_height(self, spans: list[tuple[int, int, float]], level: list[tuple[float, float, float]]) -> float:
        return max(
            (
                floor + TRACK_GAP + extra
                for start, end, extra in spans
                for left, right, floor in level
                if start <= right and left <= end
            ),
            default=0.0,
        )

    def _reach(self, y: int) -> tuple[float, float]:
        """How far what stands in a row reaches above and below its line."""
        row = self.grid.ys[y].index
        up = down = 0.0
        for step in self.plan.steps.values():
            if self.grid.places.rows[step.id] == row:
                boxes = self.around[step.id].boxes()
                up = max([up, step.size[1] / 2, *(-box.y for box in boxes)])
                down = max([down, step.size[1] / 2, *(box.bottom for box in boxes)])
        labels = [label.size[1] + LABEL_GAP for label in self.on_lines if label.y == y]
        return max([up, *labels]), down

    # Widths

    def _widths(self, ys: Sequence[float]) -> list[float]:
        things = sorted(self._things(ys), key=lambda thing: thing.line)
        xs = [0.0] * len(self.grid.xs)
        done: list[Thing] = []
        at = 0
        for x in range(len(xs)):
            here = []
            while at < len(things) and things[at].line == x:
                here.append(things[at])
                at += 1
            xs[x] = max((_least(other, one, xs) for one in here for other in done if _level(one, other)), default=0.0)
            xs[x] = max([xs[x], *(one.left for one in here)])
            done += here
        return xs

    def _things(self, ys: Sequence[float]) -> list[Thing]:
        found = [thing for step in self.plan.steps.values() for thing in self._step_things(step, ys)]
        width = self.grid.width
        for bends in self.bends.values():
            for one, other in zip(bends, bends[1:], strict=False):
                if one % width == other % width:
                    top, bottom = sorted((ys[one // width], ys[other // width]))
                    offset = self._slot(one) * SLOT_WIDTH
                    line = self._anchor(one % width)
                    found.append(Thing(line, -offset, offset, top, bottom, _LINE))
        for label in self.on_lines:
            bottom = ys[label.y] - LABEL_GAP
            left, right = -label.dx, label.dx + label.size[0]
            found.append(Thing(label.x, left, right, bottom - label.size[1], bottom, _LABEL))
        return found

    def _step_things(self, step: Step, ys: Sequence[float]) -> list[Thing]:
        line = self.grid.x_of[self.grid.places.columns[step.id], 0]
        y = ys[self.grid.y_of[self.grid.places.rows[step.id]]]
        wide, high = step.size
        shift = step.slot * SLOT_WIDTH
        found = [Thing(line, wide / 2 - shift, wide / 2 + shift, y - high / 2, y + high / 2, _BODY)]
        for box in self.around[step.id].boxes():
            found.append(Thing(line, -box.x - shift, box.right + shift, y + box.y, y + box.bottom, _LABEL))
        return found

    # Drawing

    def _draw_step(self, step: Step, xs: Sequence[float], ys: Sequence[float], found: Picture) -> None:
        x = self._middle(step, xs)
        y = ys[self.grid.y_of[self.grid.places.rows[step.id]]]
        found.shapes[step.id] = Box(x - step.size[0] / 2, y - step.size[1] / 2, *step.size)
        around = self.around[step.id]
        for name, box in around.shapes.items():
            found.shapes[name] = Box(x + box.x, y + box.y, box.width, box.height)
        for name, box in around.labels.items():
            found.labels[name] = Box(x + box.x, y + box.y, box.width, box.height)
        inward = {item.line for item in step.items if item.inward}
        for name, line in around.lines.items():
            points = [(x + dx, y + dy) for dx, dy in line]
            found.lines[name] = points if name in inward else points[::-1]

    def _points(self, flow: Flow, xs: Sequence[float], ys: Sequence[float]) -> list[Point]:
        width = self.grid.width
        way, bends = self.router.ways[flow.id], self.bends[flow.id]
        points = [(xs[self._anchor(v % width)] + self._slot(v) * SLOT_WIDTH, ys[v // width]) for v in bends]
        low = SEAT if flow.event else 0
        points[0] = self._border(self.plan.steps[flow.source], points[0], self._direction(way[0], way[1]), xs, low)
        points[-1] = self._border(self.plan.steps[flow.target], points[-1], self._direction(way[-1], way[-2]), xs, 0)
        return points

    def _middle(self, step: Step, xs: Sequence[float]) -> float:
        return xs[self.grid.x_of[self.grid.places.columns[step.id], 0]] + step.slot * SLOT_WIDTH

    def _border(self, step: Step, point: Point, direction: int, xs: Sequence[float], low: float) -> Point:
        x, y = point
        if direction in (UP, DOWN):
            return x, y + (step.size[1] / 2 + low) * (1 if direction == DOWN else -1)
        return self._middle(step, xs) + step.size[0] / 2 * (1 if direction == RIGHT else -1), y


def _pieces(way: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(way, way[1:], strict=False))


def _level(one: Thing, other: Thing) -> bool:
    """Whether two things would meet if they were moved sideways."""
    return one.top < other.bottom + 8 and other.top < one.bottom + 8


def _least(left: Thing, right: Thing, xs: Sequence[float]) -> float:
    """The least x of the right thing's line."""
    kinds = (left.kind, right.kind)
    apart = _APART.get(kinds) or _APART[kinds[::-1]]
    return xs[left.line] + left.right + apart + right.left
