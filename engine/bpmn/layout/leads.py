"""Lines that are drawn when everything has its place: further associations, notes on flows, messages between pools."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.bpmn.boxes import Box, Point, Size

_MARGIN, _REACH = 8, 500
_BEND, _CROSSING, _ALONG = 40.0, 60.0, 400.0
_MOVES = ((1, 0), (0, 1), (-1, 0), (0, -1))
Segment = tuple[Point, Point]
_Vertex = tuple[int, int]
_State = tuple[_Vertex, int]


class Field:
    """What is drawn so far: boxes that no line may cross, and lines that it had better not cross."""

    def __init__(self, boxes: Mapping[str, Box], labels: Iterable[Box], lines: Iterable[Sequence[Point]]) -> None:
        self.boxes = dict(boxes)
        self.labels = list(labels)
        self.segments = [segment for line in lines for segment in zip(line, line[1:], strict=False)]

    def add(self, line: Sequence[Point]) -> None:
        """Takes a new line into account from now on."""
        self.segments += zip(line, line[1:], strict=False)

    def lead(self, starts: Sequence[Point], ends: Sequence[Point], may_touch: Iterable[str]) -> list[Point]:
        """The best line at right angles from one of some points to one of others; straight when there is none.

        `may_touch` names the boxes at the ends and those that hold them.
        """
        free = set(may_touch)
        around = _around([*starts, *ends])
        blocks = [box for name, box in self.boxes.items() if name not in free and box.overlaps(around)]
        blocks += [box for box in self.labels if box.overlaps(around)]
        own = [box for name, box in self.boxes.items() if name in free and _holds_on_border(box, [*starts, *ends])]
        search = _Search(blocks, own, self.segments, starts, ends)
        return search.find() or [starts[0], ends[0]]

    def room(self, line: Sequence[Point], size: Size) -> Box:
        """A free place for a label beside a line, on its longest piece if possible."""
        pieces = sorted(zip(line, line[1:], strict=False), key=lambda piece: -_length(piece))
        places = [place for piece in pieces for place in _beside(piece, size)]
        return next((place for place in places if self._free(place)), places[0])

    def _free(self, place: Box) -> bool:
        taken = [*self.boxes.values(), *self.labels]
        return not any(place.overlaps(box) for box in taken) and not any(
            place.overlaps(_thin(segment)) for segment in self.segments
        )


class _Search:
    """A* on the lines beside and through the middle of all boxes."""

    def __init__(
        self,
        blocks: Sequence[Box],
        own: Sequence[Box],
        segments: Sequence[Segment],
        starts: Sequence[Point],
        ends: Sequence[Point],
    ) -> None:
        points = [*starts, *ends]
        self.xs = sorted({x for x, _ in points} | {x for box in [*blocks, *own] for x in _lines(box.x, box.right)})
        self.ys = sorted({y for _, y in points} | {y for box in [*blocks, *own] for y in _lines(box.y, box.bottom)})
        self.segments = segments
        self.blocked = {vertex for box in blocks for vertex in self._inside(box, _MARGIN / 2)}
        self.blocked |= {vertex for box in own for vertex in self._inside(box, 0)}
        self.goals = {self._vertex(point) for point in ends}
        self.starts = [self._vertex(point) for point in starts]

    def _vertex(self, point: Point) -> _Vertex:
        return bisect_left(self.xs, point[0]), bisect_left(self.ys, point[1])

    def _inside(self, box: Box, margin: float) -> Iterator[_Vertex]:
        columns = range(bisect_right(self.xs, box.x - margin), bisect_left(self.xs, box.right + margin))
        rows = range(bisect_right(self.ys, box.y - margin), bisect_left(self.ys, box.bottom + margin))
        return ((column, row) for column in columns for row in rows)

    def find(self) -> list[Point]:
        """The corners of the best line; empty when there is no way."""
        queue: list[tuple[float, _Vertex, int]] = []
        best: dict[_State, float] = {}
        came: dict[_State, _State] = {}
        for start in self.starts:
            for direction in range(4):
                best[start, direction] = 0
                heapq.heappush(queue, (0, start, direction))
        while queue:
            cost, vertex, direction = heapq.heappop(queue)
            if cost > best[vertex, direction]:
                continue
            if vertex in self.goals:
                return self._trail(came, (vertex, direction))
            for turn in (0, 1, 3):
                leaves = (direction + turn) % 4
                following = vertex[0] + _MOVES[leaves][0], vertex[1] + _MOVES[leaves][1]
                if self._open(following):
                    reached = cost + (_BEND if turn else 0) + self._price(vertex, following)
                    if reached < best.get((following, leaves), float("inf")):
                        best[following, leaves] = reached
                        came[following, leaves] = vertex, direction
                        heapq.heappush(queue, (reached, following, leaves))
        return []

    def _open(self, vertex: _Vertex) -> bool:
        inside = 0 <= vertex[0] < len(self.xs) and 0 <= vertex[1] < len(self.ys)
        return inside and (vertex not in self.blocked or vertex in self.goals)

    def _price(self, one: _Vertex, other: _Vertex) -> float:
        start, end = self._point(one), self._point(other)
        piece = (min(start[0], end[0]), min(start[1], end[1])), (max(start[0], end[0]), max(start[1], end[1]))
        return _length(piece) + sum(_clash(piece, segment) for segment in self.segments)

    def _point(self, vertex: _Vertex) -> Point:
        return self.xs[vertex[0]], self.ys[vertex[1]]

    def _trail(self, came: Mapping[_State, _State], state: _State) -> list[Point]:
        points = [self._point(state[0])]
        while state in came:
            state = came[state]
            points.append(self._point(state[0]))
        return _corners(points[::-1])


def _corners(points: Sequence[Point]) -> list[Point]:
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return [*kept, points[-1]] if len(points) > 1 else kept


def _clash(piece: Segment, segment: Segment) -> float:
    """What it costs to cross a drawn line, or to lie on it."""
    (x1, y1), (x2, y2) = piece
    left, right = sorted((segment[0][0], segment[1][0]))
    top, bottom = sorted((segment[0][1], segment[1][1]))
    if x1 > right or left > x2 or y1 > bottom or top > y2:
        return 0
    along = (y1 == y2 == top == bottom) or (x1 == x2 == left == right)
    return _ALONG if along else _CROSSING


def _lines(low: float, high: float) -> tuple[float, float, float]:
    return low - _MARGIN, (low + high) / 2, high + _MARGIN


def _length(piece: Segment) -> float:
    return abs(piece[0][0] - piece[1][0]) + abs(piece[0][1] - piece[1][1])


def _thin(segment: Segment) -> Box:
    (x1, y1), (x2, y2) = segment
    return Box(min(x1, x2) - 2, min(y1, y2) - 2, abs(x1 - x2) + 4, abs(y1 - y2) + 4)


def _around(points: Sequence[Point]) -> Box:
    x, y = min(x for x, _ in points) - _REACH, min(y for _, y in points) - _REACH
    return Box(x, y, max(x for x, _ in points) + _REACH - x, max(y for _, y in points) + _REACH - y)


def _holds_on_border(box: Box, points: Sequence[Point]) -> bool:
    return any(
        box.x <= x <= box.right and box.y <= y <= box.bottom and (x in (box.x, box.right) or y in (box.y, box.bottom))
        for x, y in points
    )


def _beside(piece: Segment, size: Size) -> Iterator[Box]:
    (x1, y1), (x2, y2) = piece
    for share in (0.5, 0.3, 0.7, 0.15, 0.85):
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        if y1 == y2:
            yield Box(x - size[0] / 2, y - 4 - size[1], *size)
            yield Box(x - size[0] / 2, y + 4, *size)
        else:
            yield Box(x + 6, y - size[1] / 2, *size)
            yield Box(x - 6 - size[0], y - size[1] / 2, *size)
