"""Where the shapes of the missing-record pattern go: a block below (or above) everything drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.bpmn.boxes import Box, Point
from engine.bpmn.normalising.plane import Plane
from engine.bpmn.patterns.pieces import beside_line

_ROUND, _SMALL, _GAP = 36.0, 24.0, 50.0
# Offsets from the block's corner, as drawn below the pool; above it they are mirrored.
_BOXES = {
    "task": Box(0, 0, 120, 80),
    "gateway": Box(185, 15, 50, 50),
    "create": Box(315, 0, 120, 80),
    "cancelled": Box(192, 130, _ROUND, _ROUND),
    "notify": Box(-48, 120, 110, 50),
    "notified": Box(-5, 200, _SMALL, _SMALL),
    "remind": Box(-11, 62, _ROUND, _ROUND),
    "give_up": Box(77, 62, _ROUND, _ROUND),
}
# Shares of the guarded step's width: where its event sits, and where the ways back enter, each where it is free.
_SEATS, _ENTRIES = (0.2, 0.5, 0.8), (0.5, 0.8, 0.06, 0.94)


@dataclass(frozen=True)
class Places:
    """Boxes by role and lines between them, all in diagram units.

    `down_at` is where the way from the guarded step begins, `entries` where the ways back to it end.
    """

    host: Box
    corner: Point
    below: bool
    down_at: float
    entries: tuple[float, ...]

    def box(self, role: str) -> Box:
        """The place of one shape."""
        if role == "error":
            y = self.host.bottom if self.below else self.host.y
            return Box(self.down_at - _ROUND / 2, y - _ROUND / 2, _ROUND, _ROUND)
        offset = _BOXES[role]
        y = self.corner[1] + (offset.y if self.below else -offset.y - offset.height)
        return Box(self.corner[0] + offset.x, y, offset.width, offset.height)

    def label(self, role: str) -> Box | None:
        """Where a label would else lie on a line; None for below the shape."""
        box = self.box(role)
        if role == "error":
            left = Box(box.middle[0] - 68, self.corner[1] + (-36 if self.below else 8), 64, 28)
            if self.entries[0] > left.right:
                return left
            return Box(box.middle[0] + 4, left.y + (-13 if self.below else 13), 64, 28)  # past the way back
        if role in ("remind", "give_up"):
            return beside_line(box, left=role == "remind")
        return Box(box.x - 62, box.bottom - 14, 74, 28) if role == "gateway" else None

    def _edge(self, box: Box, far: bool) -> float:
        """The side of a box away from the pool (far) or towards it."""
        return box.bottom if far == self.below else box.y

    def down(self, source: str, target: str) -> list[Point]:
        """Straight away from the pool, from one shape to the one beyond it."""
        start, end = self.box(source), self.box(target)
        return [(start.middle[0], self._edge(start, far=True)), (start.middle[0], self._edge(end, far=False))]

    def give_up(self) -> list[Point]:
        """From the second timer round the corner to the cancelled end."""
        start, end = self.box("give_up"), self.box("cancelled")
        x = start.middle[0]
        return [(x, self._edge(start, far=True)), (x, end.middle[1]), (end.x, end.middle[1])]

    def back(self, source: str, number: int, lift: float) -> list[Point]:
        """From a shape towards the pool, along it, and into the guarded step at one of its entries."""
        start, x = self.box(source), self.entries[number]
        near, sign = self._edge(start, far=False), -1 if self.below else 1
        y = self.corner[1] + sign * lift
        enter = self.host.bottom if self.below else self.host.y
        return [(start.middle[0], near), (start.middle[0], y), (x, y), (x, enter)]


def places(plane: Plane, host: Box | None) -> Places | None:
    """Chooses the side of the diagram to which the way from the guarded step is freer."""
    if host is None:
        return None
    around, taken = plane.extent(), [box for box in plane.solid() if not box.holds(host)]
    under = _met(taken, Box(host.x, host.bottom + 1, host.width, around.bottom - host.bottom))
    over = _met(taken, Box(host.x, around.y, host.width, host.y - around.y - 1))
    below = under <= over
    y = around.bottom + _GAP if below else around.y - _GAP
    border = host.bottom if below else host.y
    seated = [box for box in taken if box.y < border < box.bottom]
    down, *_ = _free(host, _SEATS, seated, _ROUND / 2, wanted=1)
    event = Box(down - _ROUND / 2, border, _ROUND, 0)
    entries = _free(host, _ENTRIES, [*seated, event], 1, wanted=2)
    # The task's middle lies under the error event, so that the way to it is straight.
    return Places(host, (down - 60, y), below, down, entries)


def _free(host: Box, shares: Sequence[float], seated: Sequence[Box], half: float, wanted: int) -> tuple[float, ...]:
    """Places along a border, `half` to each side clear of what sits there; all places where too few are clear."""
    found = [host.x + host.width * share for share in shares]
    free = [x for x in found if not any(box.x < x + half and x - half < box.right for box in seated)]
    return tuple(free if len(free) >= wanted else found)


def _met(boxes: Sequence[Box], column: Box) -> int:
    return sum(column.height > 0 and column.overlaps(box) for box in boxes)
