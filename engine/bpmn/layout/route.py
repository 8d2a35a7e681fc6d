"""Leads each flow along the grid: short, with few corners and crossings, never on another's line."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

from engine.bpmn.layout.grid import DOWN, LEFT, RIGHT, UP, Grid
from engine.bpmn.layout.plan import Flow, Step

_CROSSING, _BEND, _SHARED = 150.0, 12.0, 0.2
_STRAIGHT = (1 << RIGHT | 1 << LEFT, 1 << UP | 1 << DOWN)
_KEPT = 40.0  # for a line through room that is to be kept free
_PASSES = 2
_FORBIDDEN = -1.0


class Blocked(Exception):
    """There is no way for a flow; more tracks are needed."""


class Router:
    """The ways of all flows on one grid. A way is a list of vertices, corner to corner."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.ways: dict[str, list[int]] = {}
        self.cost: dict[str, float] = {}
        self._flows = {flow.id: flow for flow in grid.plan.flows}
        self._used: dict[int, dict[str, int]] = defaultdict(dict)

    @property
    def total(self) -> float:
        """What all ways cost together: the lower, the easier to read."""
        return sum(self.cost.values())

    @property
    def crossings(self) -> int:
        """How many times flows cross."""
        return sum(set(_STRAIGHT) <= set(masks.values()) for masks in self._used.values())

    def run(self, passes: int = _PASSES) -> None:
        """Leads all flows, near ones first, then each anew among the others. Raises Blocked."""
        order = sorted(self._flows.values(), key=lambda flow: (flow.back, self._span(flow)))
        for flow in order:
            self._lead(flow)
        for _ in range(passes):
            before = self.total
            for flow in order:
                self._withdraw(flow)
                self._lead(flow)
            if self.total >= before - 1e-6:
                break

    def _span(self, flow: Flow) -> float:
        return self.grid.distance(self.grid.middle(flow.source), self.grid.middle(flow.target))

    def _withdraw(self, flow: Flow) -> None:
        for vertex in self.ways.pop(flow.id):
            self._used[vertex].pop(flow.id, None)

    def _lead(self, flow: Flow) -> None:
        trail, cost = _Search(self, flow).find()
        self.ways[flow.id], self.cost[flow.id] = [vertex for vertex, _ in trail], cost
        for (vertex, arrived), (_, leaves) in zip(trail, [*trail[1:], (-1, None)], strict=True):
            mask = 0 if arrived is None else 1 << (arrived + 2) % 4
            self._used[vertex][flow.id] = mask | (0 if leaves is None else 1 << leaves)

    def meeting(self, flow: Flow, vertex: int, mask: int) -> float:
        """What it costs a flow to use these arms of a vertex; negative when it must not."""
        cost = 0.0
        for name, other in self._used[vertex].items():
            friend = self._flows[name]
            crossing = mask in _STRAIGHT and other in _STRAIGHT and not mask & other
            if crossing:
                cost += _CROSSING
            elif vertex in self.grid.body and not mask & other:
                continue
            elif _same_end(friend, flow):
                cost += _SHARED
            else:
                return _FORBIDDEN
        return cost

    def busy(self, vertex: int, direction: int) -> bool:
        """Whether a flow already uses that side of a step."""
        return any(mask & 1 << direction for mask in self._used[vertex].values())


def _same_end(one: Flow, other: Flow) -> bool:
    """Whether two flows may share a piece of line: both leave one place, or both enter one."""
    return (one.source == other.source and one.event == other.event) or one.target == other.target


class _Search:
    """A* from all sides of the source to all sides of the target; a state is a vertex and the direction of arrival."""

    def __init__(self, router: Router, flow: Flow) -> None:
        self.router, self.flow, self.grid = router, flow, router.grid
        steps = self.grid.plan.steps
        self.goals = dict(self._entries(steps[flow.target]))
        self.aim = self.grid.middle(flow.target)
        self.slack = self.grid.distance(self.grid.side(flow.target, LEFT), self.grid.side(flow.target, RIGHT))
        self.best: dict[int, float] = {}
        self.came: dict[int, int] = {}
        self.queue: list[tuple[float, float, int]] = []
        for vertex, direction, cost in self._exits(steps[flow.source]):
            self._leave(vertex, direction, cost)

    def _exits(self, step: Step) -> Iterable[tuple[int, int, float]]:
        if self.flow.event:
            event = next(one for one in step.events if one.id == self.flow.event)
            yield self.grid.middle(step.id, self.grid.slots[event.id]), UP if event.up else DOWN, 0
            return
        costs = (0, 2, 40, 2) if step.forks else (0, 16 + (_KEPT if step.reserved else 0), 30, 16)
        for direction in (RIGHT, DOWN, LEFT, UP):
            side = direction in (RIGHT, LEFT)
            vertex = self.grid.side(step.id, direction) if side else self.grid.middle(step.id)
            extra = 14 if step.kind in ("exclusiveGateway", "inclusiveGateway") else 4
            busy = self.router.busy(vertex, direction)
            yield vertex, direction, costs[direction] + (extra if busy else 0)

    def _entries(self, step: Step) -> Iterable[tuple[tuple[int, int], float]]:
        # By direction of travel: to the right means through the left side.
        costs = (4, 0, 24, 0) if self.flow.back else (0, 5, 30, 5)
        yield (self.grid.side(step.id, LEFT), RIGHT), costs[RIGHT]
        yield (self.grid.side(step.id, RIGHT), LEFT), costs[LEFT]
        for direction in (UP, DOWN):
            kept = _KEPT if step.reserved and direction == UP else 0
            yield (self.grid.middle(step.id), direction), costs[direction] + kept

    def _leave(self, vertex: int, direction: int, cost: float) -> None:
        met = self.router.meeting(self.flow, vertex, 1 << direction)
        if met >= 0:
            self._step(vertex * 8 + 4 + direction, vertex, direction, cost + met)

    def find(self) -> tuple[list[tuple[int, int | None]], float]:
        """The cheapest way as vertices with the direction of arrival. Raises Blocked."""
        while self.queue:
            _, cost, state = heapq.heappop(self.queue)
            if cost > self.best[state]:
                continue
            vertex, direction = state >> 3, state & 3
            if vertex in self.grid.body:
                return self._trail(state), cost
            self._spread(state, vertex, direction, cost)
        raise Blocked(self.flow.id)

    def _spread(self, state: int, vertex: int, direction: int, cost: float) -> None:
        arrived = 1 << (direction + 2) % 4
        for turn in (0, 1, 3):
            leaves = (direction + turn) % 4
            met = self.router.meeting(self.flow, vertex, arrived | 1 << leaves)
            if met >= 0:
                self._step(state, vertex, leaves, cost + met + (_BEND if turn else 0))

    def _step(self, state: int, vertex: int, direction: int, cost: float) -> None:
        grid = self.grid
        following = grid.ahead[direction][vertex]
        if following < 0:
            return
        cost += grid.distance(vertex, following)
        if following in grid.body:
            if (following, direction) not in self.goals:
                return
            met = self.router.meeting(self.flow, following, 1 << (direction + 2) % 4)
            if met < 0:
                return
            cost += self.goals[following, direction] + met
        reached = following * 8 + direction
        if cost < self.best.get(reached, float("inf")):
            self.best[reached], self.came[reached] = cost, state
            heapq.heappush(self.queue, (cost + self._hope(following, direction), cost, reached))

    def _hope(self, vertex: int, direction: int) -> float:
        """The least that is still to be paid."""
        grid, width = self.grid, self.grid.width
        hope = max(0.0, grid.distance(vertex, self.aim) - self.slack)
        aligned = (
            vertex % width == self.aim % width if direction in (UP, DOWN) else vertex // width == self.aim // width
        )
        return hope if aligned or hope == 0 else hope + _BEND

    def _trail(self, state: int) -> list[tuple[int, int | None]]:
        found: list[tuple[int, int | None]] = []
        while not state & 4:
            found.append((state >> 3, state & 3))
            state = self.came[state]
        found.append((state >> 3, None))
        return found[::-1]
