"""Tries other rows for the steps, and keeps what makes the flows easier to read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.layout.grid import Grid
from engine.bpmn.layout.plan import Plan
from engine.bpmn.layout.route import Blocked, Router
from engine.bpmn.layout.rows import Rows, Run

_TRACKS = (3, 6, 12, 24, 48)
_ROW = 8.0
_EFFORT = 1500
"""How many flows may be led while trying: the same work for every drawing, so fewer tries for a large one."""


def best_ways(plan: Plan, rows: Rows) -> Router:
    """The flows led through the best arrangement of rows that was found."""
    best = _improve(plan, rows)
    found = route(plan, rows)
    if found.crossings:
        other = rows.mirrored()
        if _improve(plan, other) < best:
            return route(plan, other)
    return found


def route(plan: Plan, rows: Rows, passes: int = 3) -> Router:
    """All flows led, with as many tracks between rows and columns as that takes."""
    for tracks in _TRACKS:
        router = Router(Grid(plan, rows.places(), tracks))
        try:
            router.run(passes)
        except Blocked:
            continue
        return router
    raise Blocked("more flows between the same places than there are tracks")


def _improve(plan: Plan, rows: Rows) -> float:
    """Moves one run (or swaps two rows) at a time, and takes back what does not help; answers the cost reached."""
    effort = _EFFORT
    best, better = _cost(plan, rows), True
    while better:
        better = False
        for change in _changes(rows):
            effort -= len(plan.flows)
            if effort < 0:
                return best
            before = [(run, run.row) for run in rows.runs]
            for run, row in change:
                run.row = row
            cost = _cost(plan, rows)
            if cost < best - 1:
                best, better = cost, True
            else:
                for run, row in before:
                    run.row = row
    return best


def _cost(plan: Plan, rows: Rows) -> float:
    return route(plan, rows, passes=1).total + _ROW * len(rows.places().lanes)


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
