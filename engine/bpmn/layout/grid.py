"""The grid that flows are led along: lines through the middles of steps, and tracks between them.

Only the order of the lines counts here; how far apart they come to lie is decided after all flows have their way
(`spacing`). A *slot* is a vertical line through a column: 0 through the middle of its steps, others through
boundary events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.bpmn.layout.layers import upright_flows
from engine.bpmn.layout.plan import Event, Plan, Step

RIGHT, DOWN, LEFT, UP = range(4)
SLOT_WIDTH = 36
_TRACK, _ROOM = 1.0, 5.0
_ACROSS, _DOWN = 12, 8  # diagram units to one unit of distance: ways across are read more easily than ways down


@dataclass(frozen=True)
class Places:
    """The cell of each step, and the lane of each row."""

    columns: Mapping[str, int]
    rows: Mapping[str, int]
    lanes: Sequence[int]


@dataclass(frozen=True)
class Line:
    """A line of the grid: through the middle of a row or column (at a slot), or a track before it."""

    index: int
    """The row or column; for tracks behind the last one of a lane, one more than that."""
    slot: int | None
    """None for a track."""
    lane: int = 0

    @property
    def is_track(self) -> bool:
        """Whether it runs between rows or columns."""
        return self.slot is None


class Grid:
    """Vertices are numbered row by row.

    `ahead[d][v]` is the next vertex in a direction (-1 at the rim), `length[d][v]` the way there, `body` tells in
    which step a vertex lies.
    """

    def __init__(self, plan: Plan, places: Places, tracks: int) -> None:
        self.plan, self.places, self.tracks = plan, places, tracks
        _hang(plan)
        self.slots = {event.id: slot for step in plan.steps.values() for event, slot in _slots(step)}
        self.xs = self._columns(tracks)
        self.ys = self._rows(tracks)
        self.width = len(self.xs)
        self._cells: dict[int, list[int]] = defaultdict(list)
        for x, line in enumerate(self.xs):
            if not line.is_track:
                self._cells[line.index].append(x)
        self.x_of = {(line.index, line.slot): i for i, line in enumerate(self.xs) if not line.is_track}
        self.y_of = {line.index: i for i, line in enumerate(self.ys) if not line.is_track}
        steps = plan.steps.values()
        across = _largest((places.columns[step.id], step.size[0] / 2 / _ACROSS) for step in steps)
        down = _largest((places.rows[step.id], step.size[1] / 2 / _DOWN) for step in steps)
        at_x, at_y = _distances(self.xs, across), _distances(self.ys, down)
        self._positions = [(x, y) for y in at_y for x in at_x]
        self.ahead = self._neighbours()
        self.length = self._lengths(at_x, at_y)
        self.body = self._bodies()

    def _columns(self, tracks: int) -> list[Line]:
        count = max(self.places.columns.values()) + 1
        slots: list[set[int]] = [{0} for _ in range(count)]
        for step in self.plan.steps.values():
            slots[self.places.columns[step.id]] |= {step.slot, *(self.slots[event.id] for event in step.events)}
        found: list[Line] = []
        for column in range(count):
            found += [Line(column, None)] * tracks
            found += [Line(column, slot) for slot in sorted(slots[column])]
        return found + [Line(count, None)] * tracks

    def _rows(self, tracks: int) -> list[Line]:
        found: list[Line] = []
        lanes = self.places.lanes
        for row, lane in enumerate(lanes):
            found += [Line(row, None, lane)] * tracks
            found.append(Line(row, 0, lane))
            if row + 1 == len(lanes) or lanes[row + 1] != lane:
                found += [Line(row + 1, None, lane)] * tracks
        return found

    def _neighbours(self) -> list[list[int]]:
        width, size = self.width, self.width * len(self.ys)
        right = [v + 1 if (v + 1) % width else -1 for v in range(size)]
        left = [v - 1 if v % width else -1 for v in range(size)]
        down = [v + width if v + width < size else -1 for v in range(size)]
        up = [v - width for v in range(size)]
        return [right, down, left, [v if v >= 0 else -1 for v in up]]

    def _lengths(self, at_x: Sequence[float], at_y: Sequence[float]) -> list[list[float]]:
        """The distance from each vertex to the next, by direction."""
        across = [right - left for left, right in zip(at_x, [*at_x[1:], at_x[-1]], strict=True)]
        along = [low - high for high, low in zip(at_y, [*at_y[1:], at_y[-1]], strict=True)]
        rightwards = across * len(at_y)
        downwards = [gap for gap in along for _ in at_x]
        leftwards = [0.0, *rightwards[:-1]]
        upwards = [0.0] * len(at_x) + downwards[: -len(at_x)]
        return [rightwards, downwards, leftwards, upwards]

    def _bodies(self) -> dict[int, str]:
        found = {}
        for name in self.plan.steps:
            y = self.y_of[self.places.rows[name]]
            for x in self.cell(name):
                found[y * self.width + x] = name
        return found

    def cell(self, step: str) -> list[int]:
        """The vertical lines through a step's column, from left to right."""
        return self._cells[self.places.columns[step]]

    def middle(self, step: str, slot: int | None = None) -> int:
        """The vertex in a step's middle, or where a slot's line meets its row."""
        x = self.x_of[self.places.columns[step], self.plan.steps[step].slot if slot is None else slot]
        return self.y_of[self.places.rows[step]] * self.width + x

    def side(self, step: str, direction: int) -> int:
        """The vertex of a step from which one leaves to the right or left."""
        cell = self.cell(step)
        x = cell[-1] if direction == RIGHT else cell[0]
        return self.y_of[self.places.rows[step]] * self.width + x

    def at(self, vertex: int) -> tuple[float, float]:
        """How far a vertex lies from the left and from the top, as the ways count it."""
        return self._positions[vertex]

    def distance(self, one: int, other: int) -> float:
        """How far two vertices lie apart, along the lines."""
        (x1, y1), (x2, y2) = self.at(one), self.at(other)
        return abs(x1 - x2) + abs(y1 - y2)


def _hang(plan: Plan) -> None:
    """Puts what stands below a boundary event right below it."""
    upright = upright_flows(plan)
    for flow in plan.flows:
        if flow.event and flow.id in upright:
            host = plan.steps[flow.source]
            plan.steps[flow.target].slot = next(slot for event, slot in _slots(host) if event.id == flow.event)


def _slots(step: Step) -> list[tuple[Event, int]]:
    """Where the boundary events of a step sit; those that lead back come first, on its left."""
    return [(event, step.slot + slot) for event, slot in zip(step.events, slots_for(step.events), strict=True)]


def slots_for(events: Sequence[Event]) -> list[int]:
    """The slots of the boundary events of one step; from three on they leave room for a label between them."""
    if len(events) == 1:
        return [-1 if events[0].loops else 1]
    if len(events) == 2:
        return [-1, 1]
    first = -(3 * (len(events) - 1) // 2)
    return [first + 3 * number for number in range(len(events))]


def _largest(pairs: Iterable[tuple[int, float]]) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for key, value in pairs:
        found[key] = max(found[key], value)
    return found


def _distances(lines: Sequence[Line], reach: Mapping[int, float]) -> list[float]:
    """How far each line lies from the first; `reach` is half the size of each row or column."""
    found = [0.0]
    for before, line in zip(lines, lines[1:], strict=False):
        gap = _TRACK
        if before.is_track != line.is_track:
            gap = max(_ROOM, reach.get((line if before.is_track else before).index, 0.0))
        found.append(found[-1] + gap)
    return found
