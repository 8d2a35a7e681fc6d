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
Floor = tuple[int, int, float]
"""From line to line, how far down things reach."""


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
    """`ys` is the place of each horizontal line, `bands` the top and bottom of each lane."""

    def __init__(self, ways: Ways, dressing: Dressing) -> None:
        self._grid, self._plan, self._dressing = ways.grid, ways.plan, dressing
        self._rows = self._reaches()
        self._spans = self._tracks(ways)
        self.bands: list[tuple[float, float]] = []
        self.ys = [0.0] * len(self._grid.ys)
        self._floors = self._floor(0.0)
        self._place()

    def _place(self) -> None:
        lane, top = 0, 0.0
        for y, line in enumerate(self._grid.ys):
            if line.lane != lane:
                top = self._close(top)
                lane = line.lane
            if line.is_track:
                spans = self._spans[y]
                self.ys[y] = self._below(spans)
                self._floors += [(start, end, self.ys[y]) for start, end, _ in spans]
            else:
                up, down = self._rows[y]
                self.ys[y] = self._lowest + _ROW_GAP + up
                self._floors = self._floor(self.ys[y] + down)
        self._close(top)

    def _floor(self, y: float) -> list[Floor]:
        return [(0, len(self._grid.xs), y)]

    @property
    def _lowest(self) -> float:
        return max(y for _, _, y in self._floors)

    def _close(self, top: float) -> float:
        """Ends a lane; answers where."""
        bottom = max(self._lowest + _LANE_PAD, top + self._plan.heights[len(self.bands)])
        self.bands.append((top, bottom))
        self._floors = self._floor(bottom)
        return bottom

    def _below(self, spans: Sequence[Floor]) -> float:
        """The place of a track: below everything that its pieces, and the labels on them, would meet."""
        return max(
            (
                floor + _TRACK_GAP + high
                for start, end, high in spans
                for left, right, floor in self._floors
                if start <= right and left <= end
            ),
            default=0.0,
        )

    def _reaches(self) -> dict[int, tuple[float, float]]:
        """How far what stands in a row reaches above and below its line."""
        ups: dict[int, float] = defaultdict(float)
        downs: dict[int, float] = defaultdict(float)
        for step in self._plan.steps.values():
            y = self._grid.y_of[self._grid.places.rows[step.id]]
            boxes = self._dressing.around[step.id].boxes()
            ups[y] = max([ups[y], step.size[1] / 2, *(-box.y for box in boxes)])
            downs[y] = max([downs[y], step.size[1] / 2, *(box.bottom for box in boxes)])
        for label in self._dressing.labels:
            ups[label.y] = max(ups[label.y], label.height)
        return {y: (ups[y], downs[y]) for y in self._grid.y_of.values()}

    def _tracks(self, ways: Ways) -> dict[int, list[Floor]]:
        """The horizontal pieces on each line, and the labels with their height."""
        found: dict[int, list[Floor]] = defaultdict(list)
        for one, other in ways.pieces(upright=False):
            (start, y), (end, _) = ways.at(one), ways.at(other)
            found[y].append((min(start, end), max(start, end), 0))
        for label in self._dressing.labels:
            found[label.y].append((label.x, label.x + 1, label.height))
        return found


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
