"""Leads each flow along the grid: short, with few corners and crossings, never on another's line."""

from __future__ import annotations

import heapq
from collections import defaultdict
from math import inf

from engine.bpmn.layout.grid import DOWN, LEFT, RIGHT, UP, Grid
from engine.bpmn.layout.plan import Flow
from engine.bpmn.layout.ports import entries, exits, shared_price

_CROSSING, _BEND, _SHARED = 150.0, 12.0, 0.2
_STRAIGHT = (1 << RIGHT | 1 << LEFT, 1 << UP | 1 << DOWN)
_FORBIDDEN = -1.0
_START = 4  # marks the state from which a search set out


class Blocked(Exception):
    """There is no way for a flow, and more tracks are needed; or finding one takes too long."""


class Router:
    """The ways of all flows on one grid, each as the vertices it passes.

    `effort` counts the vertices looked at, a measure of work that is the same on every machine; `most` bounds it.
    """

    def __init__(self, grid: Grid, most: float = inf) -> None:
        self.grid, self.most = grid, most
        self.ways: dict[str, list[int]] = {}
        self.effort = 0
        self._cost: dict[str, float] = {}
        self._flows = {flow.id: flow for flow in grid.plan.flows}
        # For each vertex the flows through it, and which of its four arms each uses, as bits.
        self.used: dict[int, dict[str, int]] = defaultdict(dict)

    @property
    def total(self) -> float:
        """What all ways cost together: the lower, the easier to read."""
        return sum(self._cost.values())

    @property
    def crossings(self) -> int:
        """How many times flows cross."""
        return sum(set(_STRAIGHT) <= set(arms.values()) for arms in self.used.values())

    def run(self, passes: int, limit: float = inf, enough: float = inf) -> None:
        """Leads all flows, near ones first, then each anew among the others unless that took `enough` work already.

        Stops early when it has become dearer than `limit`. Raises Blocked.
        """
        order = sorted(self._flows.values(), key=lambda flow: (flow.back, self._span(flow)))
        for flow in order:
            self._lead(flow)
            if self.total > limit:
                return
        for _ in range(passes):
            if self.effort > enough:
                break
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
            self.used[vertex].pop(flow.id, None)

    def _lead(self, flow: Flow) -> None:
        search = _Search(self, flow)
        try:
            trail, self._cost[flow.id] = search.find()
        finally:
            self.effort += len(search.best)
        if self.effort > self.most:
            raise Blocked(flow.id)
        self.ways[flow.id] = [vertex for vertex, _ in trail]
        for (vertex, arrived), (_, leaves) in zip(trail, [*trail[1:], (-1, None)], strict=True):
            arms = 0 if arrived is None else 1 << (arrived + 2) % 4
            # A flow from a step to itself may leave and enter at one vertex.
            arms |= self.used[vertex].get(flow.id, 0)
            self.used[vertex][flow.id] = arms | (0 if leaves is None else 1 << leaves)

    def meeting(self, flow: Flow, vertex: int, arms: int) -> float:
        """What it costs a flow to use these arms of a vertex; negative when it must not."""
        cost = 0.0
        for name, others in self.used[vertex].items():
            if not arms & others and arms in _STRAIGHT and others in _STRAIGHT:
                cost += _CROSSING
            elif vertex in self.grid.body and not arms & others:
                continue
            elif _same_end(self._flows[name], flow):
                cost += _SHARED
            else:
                return _FORBIDDEN
        return cost

    def busy(self, vertex: int, direction: int) -> bool:
        """Whether a flow already uses that side of a step."""
        return any(arms & 1 << direction for arms in self.used[vertex].values())


def _same_end(one: Flow, other: Flow) -> bool:
    """Whether two flows may share a piece of line: both leave one place, or both enter one, but not both."""
    return (one.source == other.source and one.event == other.event) != (one.target == other.target)


class _Search:
    """A* from all sides of the source to all sides of the target.

    A state is a vertex and the direction of arrival, in one number: eight times the vertex, plus the direction.
    """

    def __init__(self, router: Router, flow: Flow) -> None:
        self.router, self.flow, self.grid = router, flow, router.grid
        self.goals = entries(router.grid, flow)
        aim = self.grid.middle(flow.target)
        self.aim_x, self.aim_y = self.grid.at(aim)
        self.slack = self.grid.distance(self.grid.side(flow.target, LEFT), self.grid.side(flow.target, RIGHT))
        self.best: dict[int, float] = {}
        self.came: dict[int, int] = {}
        self.queue: list[tuple[float, float, int]] = []
        shared = shared_price(self.grid.plan.steps[flow.source])
        for vertex, direction, cost in exits(router.grid, flow):
            met = router.meeting(flow, vertex, 1 << direction)
            if met >= 0:
                price = cost + met + (shared if router.busy(vertex, direction) else 0)
                self._step(vertex * 8 + _START + direction, vertex, direction, price)

    def find(self) -> tuple[list[tuple[int, int | None]], float]:
        """The cheapest way as vertices with the direction of arrival. Raises Blocked."""
        queue, best, body = self.queue, self.best, self.grid.body
        used, meeting = self.router.used, self.router.meeting
        while queue:
            _, cost, state = heapq.heappop(queue)
            if cost > best[state]:
                continue
            vertex, direction = state >> 3, state & 3
            if vertex in body:
                return self._trail(state), cost
            crowd = used.get(vertex)
            arrived = 1 << (direction + 2) % 4
            for turn in (0, 1, 3):
                leaves = (direction + turn) % 4
                met = meeting(self.flow, vertex, arrived | 1 << leaves) if crowd else 0.0
                if met >= 0:
                    self._step(state, vertex, leaves, cost + met + (_BEND if turn else 0))
        raise Blocked(self.flow.id)

    def _step(self, state: int, vertex: int, direction: int, cost: float) -> None:
        """One step on from a vertex; into a step only where it may be entered."""
        following = self.grid.ahead[direction][vertex]
        if following < 0:
            return
        cost += self.grid.length[direction][vertex]
        if following in self.grid.body:
            price = self.goals.get((following, direction))
            met = _FORBIDDEN if price is None else self.router.meeting(self.flow, following, 1 << (direction + 2) % 4)
            if price is None or met < 0:
                return
            cost += price + met
        reached = following * 8 + direction
        if cost < self.best.get(reached, inf):
            self.best[reached], self.came[reached] = cost, state
            heapq.heappush(self.queue, (cost + self._hope(following, direction), cost, reached))

    def _hope(self, vertex: int, direction: int) -> float:
        """The least that is still to be paid: the distance, and a corner unless the target lies ahead."""
        x, y = self.grid.at(vertex)
        dx, dy = abs(x - self.aim_x), abs(y - self.aim_y)
        hope = dx + dy - self.slack
        if hope <= 0:
            return 0
        return hope if (dx if direction in (UP, DOWN) else dy) == 0 else hope + _BEND

    def _trail(self, state: int) -> list[tuple[int, int | None]]:
        found: list[tuple[int, int | None]] = []
        while not state & _START:
            found.append((state >> 3, state & 3))
            state = self.came[state]
        found.append((state >> 3, None))
        return found[::-1]
