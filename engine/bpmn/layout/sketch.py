"""From ways on the grid to a picture in diagram units."""

from __future__ import annotations

from collections.abc import Sequence

from engine.bpmn.boxes import Box, Point
from engine.bpmn.layout.dressing import Dressing
from engine.bpmn.layout.grid import DOWN, RIGHT, SLOT_WIDTH, UP
from engine.bpmn.layout.plan import Flow, Picture, Step
from engine.bpmn.layout.route import Router
from engine.bpmn.layout.spacing import Heights, widths
from engine.bpmn.layout.surroundings import SEAT
from engine.bpmn.layout.ways import Ways


def sketch(router: Router) -> Picture:
    """Everything placed: steps and what stands around them, flows and their labels, the bands of the lanes."""
    ways = Ways(router)
    dressing = Dressing(ways)
    heights = Heights(ways, dressing)
    return _Sketch(ways, dressing, widths(ways, dressing, heights.ys), heights).picture()


class _Sketch:
    def __init__(self, ways: Ways, dressing: Dressing, xs: Sequence[float], heights: Heights) -> None:
        self.ways, self.dressing, self.xs, self.ys = ways, dressing, xs, heights.ys
        self.found = Picture(bands=heights.bands)

    def picture(self) -> Picture:
        for step in self.ways.plan.steps.values():
            self._step(step)
        for flow in self.ways.plan.flows:
            self.found.lines[flow.id] = self._line(flow)
        for label in self.dressing.labels:
            place = self.xs[label.x] + label.offset, self.ys[label.y] - label.height
            self.found.labels[label.flow] = Box(*place, *label.size)
        return self.found

    def _step(self, step: Step) -> None:
        x, y = self._middle(step)
        self.found.shapes[step.id] = Box(x - step.size[0] / 2, y - step.size[1] / 2, *step.size)
        around = self.dressing.around[step.id]
        for name, box in around.shapes.items():
            self.found.shapes[name] = Box(x + box.x, y + box.y, box.width, box.height)
        for name, box in around.labels.items():
            self.found.labels[name] = Box(x + box.x, y + box.y, box.width, box.height)
        inward = {item.line for item in step.items if item.inward}
        for name, line in around.lines.items():
            points = [(x + dx, y + dy) for dx, dy in line]
            self.found.lines[name] = points if name in inward else points[::-1]

    def _line(self, flow: Flow) -> list[Point]:
        points = [self._point(vertex) for vertex in self.ways.corners[flow.id]]
        steps = self.ways.plan.steps
        points[0] = self._border(steps[flow.source], points[0], self.ways.leaves(flow), SEAT if flow.event else 0)
        points[-1] = self._border(steps[flow.target], points[-1], self.ways.enters(flow), 0)
        return points

    def _point(self, vertex: int) -> Point:
        x, y = self.ways.at(vertex)
        return self.xs[self.ways.anchor(x)] + self.ways.shift(vertex), self.ys[y]

    def _border(self, step: Step, point: Point, direction: int, seat: float) -> Point:
        """Where a line through a point meets the border of a step, or of an event that sits on it."""
        if direction in (UP, DOWN):
            return point[0], point[1] + (step.size[1] / 2 + seat) * (1 if direction == DOWN else -1)
        return self._middle(step)[0] + step.size[0] / 2 * (1 if direction == RIGHT else -1), point[1]

    def _middle(self, step: Step) -> Point:
        grid = self.ways.grid
        x = self.xs[grid.x_of[grid.places.columns[step.id], 0]] + step.slot * SLOT_WIDTH
        return x, self.ys[grid.y_of[grid.places.rows[step.id]]]
