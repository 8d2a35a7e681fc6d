"""At which sides flows leave and enter a step, and what each side costs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.layout.grid import DOWN, LEFT, RIGHT, UP, Grid
from engine.bpmn.layout.plan import Flow, Step

# Prices by direction: right, down, left, up.
_FROM_GATEWAY, _FROM_STEP = (0, 2, 40, 2), (0, 16, 30, 16)
_BACK_INTO, _INTO = (4, 0, 24, 0), (0, 5, 30, 5)
_KEPT = 40.0  # for a line through room that is to be kept free
_SHARED_CHOICE, _SHARED = 14.0, 4.0  # for a side from which another flow leaves


def exits(grid: Grid, flow: Flow) -> Iterator[tuple[int, int, float]]:
    """Where a flow may leave its source: vertex, direction, price."""
    step = grid.plan.steps[flow.source]
    if flow.event:
        event = next(one for one in step.events if one.id == flow.event)
        yield grid.middle(step.id, grid.slots[event.id]), UP if event.up else DOWN, 0
        return
    prices = _FROM_GATEWAY if step.forks else _FROM_STEP
    for direction in _open_sides(grid, step):
        yield _vertex(grid, step, direction), direction, prices[direction] + _kept(step, direction)


def entries(grid: Grid, flow: Flow) -> dict[tuple[int, int], float]:
    """Where a flow may enter its target: the price by vertex and direction of travel (to the right: from the left)."""
    step = grid.plan.steps[flow.target]
    prices = _BACK_INTO if flow.back else _INTO
    return {
        (_vertex(grid, step, side), (side + 2) % 4): prices[(side + 2) % 4] + _kept(step, side)
        for side in _open_sides(grid, step)
    }


def shared_price(step: Step) -> float:
    """What it costs to leave at a side where another flow leaves: dear for a choice, whose ways are read one by one."""
    return _SHARED_CHOICE if step.kind in ("exclusiveGateway", "inclusiveGateway") else _SHARED


def _open_sides(grid: Grid, step: Step) -> list[int]:
    """The sides of a step on whose middle no boundary event sits."""
    taken = {UP if event.up else DOWN for event in step.events if grid.slots[event.id] == step.slot}
    return [side for side in (RIGHT, DOWN, LEFT, UP) if side not in taken]


def _vertex(grid: Grid, step: Step, side: int) -> int:
    return grid.side(step.id, side) if side in (RIGHT, LEFT) else grid.middle(step.id)


def _kept(step: Step, side: int) -> float:
    return _KEPT if step.reserved and side == DOWN else 0
