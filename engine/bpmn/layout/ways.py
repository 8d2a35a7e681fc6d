"""The ways that were found for the flows, told in lines of the grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.bpmn.layout.grid import DOWN, LEFT, RIGHT, SLOT_WIDTH, UP
from engine.bpmn.layout.plan import Flow
from engine.bpmn.layout.route import Router

Piece = tuple[int, int]


class Ways:
    """What the placing of shapes, labels and lines asks about the ways of a router."""

    def __init__(self, router: Router) -> None:
        self.grid, self.plan = router.grid, router.grid.plan
        self.trails = router.ways
        self.corners = {name: list(_corners(trail, self.grid.width)) for name, trail in self.trails.items()}

    def at(self, vertex: int) -> tuple[int, int]:
        """The vertical and the horizontal line that meet in a vertex."""
        return vertex % self.grid.width, vertex // self.grid.width

    def leaves(self, flow: Flow) -> int:
        """The direction in which a flow leaves its source."""
        return self._direction(*self.trails[flow.id][:2])

    def enters(self, flow: Flow) -> int:
        """The side of its target at which a flow arrives, as the direction out of it."""
        return self._direction(*self.trails[flow.id][:-3:-1])

    def _direction(self, vertex: int, following: int) -> int:
        return {1: RIGHT, self.grid.width: DOWN, -1: LEFT, -self.grid.width: UP}[following - vertex]

    def first_own(self, flow: Flow) -> int:
        """Where a flow's way stops being shared with others from the same place, as an index into its trail."""
        others = (other.id for other in self.plan.leaving(flow.source) if other is not flow)
        shared = {frozenset(piece) for name in others for piece in _pieces(self.trails[name])}
        own = (i for i, piece in enumerate(_pieces(self.trails[flow.id])) if frozenset(piece) not in shared)
        return next(own, 0)

    def pieces(self, upright: bool) -> Iterator[Piece]:
        """The vertical (or horizontal) pieces of all ways, from corner to corner."""
        for corners in self.corners.values():
            for one, other in _pieces(corners):
                if (one % self.grid.width == other % self.grid.width) == upright:
                    yield one, other

    def shift(self, vertex: int) -> float:
        """How far the vertical line through a vertex lies beside the middle of its column."""
        return (self.grid.xs[vertex % self.grid.width].slot or 0) * SLOT_WIDTH

    def anchor(self, x: int) -> int:
        """The line whose place decides that of another: the middle of its column; a track is its own."""
        line = self.grid.xs[x]
        return x if line.is_track else self.grid.x_of[line.index, 0]


def _pieces(trail: Sequence[int]) -> list[Piece]:
    return list(zip(trail, trail[1:], strict=False))


def _corners(trail: Sequence[int], width: int) -> Iterator[int]:
    """The ends and corners of a way."""
    yield trail[0]
    for before, here, after in zip(trail, trail[1:], trail[2:], strict=False):
        if (here // width == before // width) != (after // width == here // width):
            yield here
    yield trail[-1]
