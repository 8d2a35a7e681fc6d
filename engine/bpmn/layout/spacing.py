"""From the order of lines to coordinates: rows one below the other, then everything as far left as it can be.

Two things that could meet are kept apart in the order that the grid gave them, first by height, then by width;
hence nothing overlaps, whatever the sizes are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.bpmn.layout.dressing import Dressing
from engine.bpmn.layout.grid import SLOT_WIDTH
from engine.bpmn.layout.plan import Step
from engine.bpmn.layout.surroundings import LABEL_GAP
from engine.bpmn.layout.ways import Ways

_TRACK_GAP, _ROW_GAP, _LANE_PAD, _NEAR = 18, 20, 24, 8
_BODY, _LABEL, _LINE = range(3)
# How far apart two things must be, by what they are.
_APART = {
    (_BODY, _BODY): 40,
    (_BODY, _LINE): 22,
    (_LINE, _LINE): 16,
    (_LABEL, _BODY): 8,
    (_LABEL, _LINE): 8,
    (_LABEL, _LABEL): 8,
}
_WIDE = 75  # what reaches further than that from its column keeps clear of the neighbouring columns too


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something on a horizontal line of the grid: from which vertical line to which, its reach above and below."""

    start: int
    end: int
    up: float = 0
    down: float = 0

    def meets(self, other: Stretch) -> bool:
        """Whether the two share a vertical line."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that takes room: its line of the grid, its reach to both sides of it, its top and bottom."""

    line: int
    left: float
    right: float
    top: float
    bottom: float
    kind: int


class Heights:
    """`ys` is the place of each horizontal line, `bands` the top and bottom of each lane.

    A line lies as high as what stands above it allows, column by column, and never above the row before it.
    """

    def __init__(self, ways: Ways, dressing: Dressing) -> None:
        self._grid, self._plan, self._dressing = ways.grid, ways.plan, dressing
        self._stretches: dict[int, list[Stretch]] = defaultdict(list)
        self._collect(ways)
        self._floors: list[tuple[Stretch, float]] = []
        self._top = self._row = 0.0
        self.bands: list[tuple[float, float]] = []
        self.ys = [0.0] * len(self._grid.ys)
        self._place()

    def _place(self) -> None:
        for y, line in enumerate(self._grid.ys):
            if line.lane != len(self.bands):
                self._close()
            gap = _TRACK_GAP if line.is_track else _ROW_GAP
            self.ys[y] = max((self._bound(one, gap) for one in self._stretches[y]), default=self._row)
            if not line.is_track:
                self._row = self.ys[y] = max(self.ys[y], self._row + _ROW_GAP)
            self._floors += [(one, self.ys[y] + one.down) for one in self._stretches[y]]
        self._close()

    def _bound(self, one: Stretch, gap: float) -> float:
        floors = (floor for other, floor in self._floors if one.meets(other))
        return max(floors, default=self._top) + gap + one.up

    def _close(self) -> None:
        """Ends a lane."""
        lowest = max((floor for _, floor in self._floors), default=self._top)
        bottom = max(lowest + _LANE_PAD, self._top + self._plan.heights[len(self.bands)])
        self.bands.append((self._top, bottom))
        self._floors, self._top, self._row = [], bottom, bottom

    def _collect(self, ways: Ways) -> None:
        for step in self._plan.steps.values():
            y = self._grid.y_of[self._grid.places.rows[step.id]]
            self._stretches[y].append(self._step(step))
        for one, other in ways.pieces(upright=False):
            (start, y), (end, _) = ways.at(one), ways.at(other)
            self._stretches[y].append(Stretch(min(start, end), max(start, end)))
        for label in self._dressing.labels:
            self._stretches[label.y].append(Stretch(label.x, label.x + 1, up=label.height))

    def _step(self, step: Step) -> Stretch:
        cell, boxes = self._grid.cell(step.id), self._dressing.around[step.id].boxes()
        up = max([step.size[1] / 2, *(-box.y for box in boxes)])
        down = max([step.size[1] / 2, *(box.bottom for box in boxes)])
        left = any(box.x < -_WIDE for box in boxes)
        right = any(box.right > _WIDE for box in boxes)
        column = self._grid.places.columns[step.id]
        start = self._grid.x_of.get((column - 1, 0), 0) if left else cell[0]
        end = self._grid.x_of.get((column + 1, 0), cell[-1]) if right else cell[-1]
        return Stretch(start, end, up, down)


def widths(ways: Ways, dressing: Dressing, ys: Sequence[float]) -> list[float]:
    """The place of each vertical line: as far left as what stands left of it allows."""
    things: dict[int, list[Thing]] = defaultdict(list)
    for thing in _things(ways, dressing, ys):
        things[thing.line].append(thing)
    xs = [0.0] * len(ways.grid.xs)
    done: list[Thing] = []
    for x in sorted(things):
        bounds = [_least(other, one, xs) for one in things[x] for other in done if _level(one, other)]
        xs[x] = max([*bounds, *(one.left for one in things[x])])
        done += things[x]
    return xs


def _things(ways: Ways, dressing: Dressing, ys: Sequence[float]) -> Iterator[Thing]:
    for step in ways.plan.steps.values():
        yield from _step_things(ways, dressing, step, ys)
    for one, other in ways.pieces(upright=True):
        (x, start), (_, end) = ways.at(one), ways.at(other)
        top, bottom = sorted((ys[start], ys[end]))
        yield Thing(ways.anchor(x), -ways.shift(one), ways.shift(one), top, bottom, _LINE)
    for label in dressing.labels:
        y = ys[label.y]
        yield Thing(label.x, -label.offset, label.offset + label.size[0], y - label.height, y - LABEL_GAP, _LABEL)


def _step_things(ways: Ways, dressing: Dressing, step: Step, ys: Sequence[float]) -> Iterator[Thing]:
    line = ways.grid.x_of[ways.grid.places.columns[step.id], 0]
    y = ys[ways.grid.y_of[ways.grid.places.rows[step.id]]]
    wide, high = step.size
    shift = step.slot * SLOT_WIDTH
    yield Thing(line, wide / 2 - shift, wide / 2 + shift, y - high / 2, y + high / 2, _BODY)
    for box in dressing.around[step.id].boxes():
        yield Thing(line, -box.x - shift, box.right + shift, y + box.y, y + box.bottom, _LABEL)


def _level(one: Thing, other: Thing) -> bool:
    """Whether two things would meet if they were moved sideways."""
    return one.top < other.bottom + _NEAR and other.top < one.bottom + _NEAR


def _least(left: Thing, right: Thing, xs: Sequence[float]) -> float:
    """The least place of the right thing's line."""
    kinds = (left.kind, right.kind)
    apart = _APART.get(kinds) or _APART[kinds[::-1]]
    return xs[left.line] + left.right + apart + right.left
