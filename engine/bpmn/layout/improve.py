"""Tries other rows for the steps, and keeps what makes the flows easier to read."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from engine.bpmn.layout.grid import Grid
from engine.bpmn.layout.plan import Plan
from engine.bpmn.layout.route import Blocked, Router
from engine.bpmn.layout.rows import Rows, Run

_TRACKS = (3, 5, 8, 12, 18, 27, 40, 60)
_PASSES, _MANY = 3, 200
_ROW = 8.0
_SLACK = 1.2  # a try that is so much dearer after the first pass will not become the best in the second
_EFFORT = 300_000
MOST_WORK = 1_500_000  # some seconds


def best_ways(plan: Plan, rows: Rows) -> Router:
    """The flows led through the best arrangement of rows that was found; a huge or crowded drawing keeps its first."""
    first = route(plan, rows)
    if len(plan.flows) >= _MANY or first.effort > _EFFORT:
        return first
    tries = _Tries(plan, rows, first)
    tries.improve()
    found = route(plan, tries.rows)
    if not found.crossings:
        return found
    mirrored = tries.rows.mirrored()
    other = _Tries(plan, mirrored, route(plan, mirrored))
    other.improve()
    return route(plan, other.rows) if other.cost < tries.cost else found


def route(plan: Plan, rows: Rows) -> Router:
    """All flows led, with as many tracks between as that takes. Raises Blocked, also where that takes too long."""
    left = MOST_WORK
    for tracks in _TRACKS:
        router = Router(Grid(plan, rows.places(), tracks), left)
        try:
            router.run(_PASSES if len(plan.flows) < _MANY else 1, enough=_EFFORT)
        except Blocked:
            left -= router.effort
            if left <= 0:
                break
            continue
        return router
    raise Blocked("more flows between the same places than there are tracks, or than can be led in time")


class _Tries:
    """Moves one run (or swaps two rows) at a time, and takes back what does not help.

    The work is bounded by the vertices that the router looks at, so that it ends soon and the same on every machine.
    """

    def __init__(self, plan: Plan, rows: Rows, first: Router) -> None:
        self.plan, self.rows, self.left = plan, rows, _EFFORT
        self.tracks = first.grid.tracks
        self.cost = self._price()

    def improve(self) -> None:
        """Changes the rows until no single change helps, or enough was tried."""
        better = True
        while better and self.left > 0:
            better = False
            for change in _changes(self.rows):
                better |= self._try(change)
                if self.left <= 0:
                    return

    def _try(self, change: list[tuple[Run, float]]) -> bool:
        before = [(run, run.row) for run, _ in change]
        _move(change)
        cost = self._price(self.cost)
        if cost < self.cost - 1:
            self.cost = cost
            return True
        _move(before)
        return False

    def _price(self, best: float = inf) -> float:
        """What the flows and rows cost; infinite when there is no way for a flow."""
        places = self.rows.places()
        router = Router(Grid(self.plan, places, self.tracks))
        try:
            router.run(1, best * _SLACK)
        except Blocked:
            return inf
        finally:
            self.left -= router.effort
        return router.total + _ROW * len(places.lanes)


def _move(change: list[tuple[Run, float]]) -> None:
    for run, row in change:
        run.row = row


def _changes(rows: Rows) -> Iterator[list[tuple[Run, float]]]:
    """Every single move, as the runs to be changed and their new rows; made while rows change."""
    for run in rows.runs:
        for row in _other_rows(rows, run):
            if run.row != row and rows.free(run.lane, row, run.start, run.end, but=run):
                yield [(run, row)]
    for lane in range(rows.lanes):
        used = rows.rows_of(lane)
        for upper, lower in zip(used, used[1:], strict=False):
            above = [run for run in rows.runs if run.lane == lane and run.row == upper]
            below = [run for run in rows.runs if run.lane == lane and run.row == lower]
            yield [*((run, lower) for run in above), *((run, upper) for run in below)]


def _other_rows(rows: Rows, run: Run) -> list[float]:
    """The rows of the run's lane, nearest first, and new ones between and around them."""
    used = rows.rows_of(run.lane)
    between = [(upper + lower) / 2 for upper, lower in zip(used, used[1:], strict=False)]
    found = [*used, *between, used[0] - 1, used[-1] + 1]
    return sorted(found, key=lambda row: abs(row - run.row))
