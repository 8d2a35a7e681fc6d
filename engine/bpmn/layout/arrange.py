"""The steps of a layout in their order, for one process or sub-process after the other, innermost first."""

from __future__ import annotations

from engine.bpmn.boxes import Box
from engine.bpmn.layout.belongings import Belongings
from engine.bpmn.layout.improve import best_ways
from engine.bpmn.layout.layers import columns, mark_loops
from engine.bpmn.layout.plan import Item, Picture, Plan, Step
from engine.bpmn.layout.reading import inner_title, is_expanded, read_plan
from engine.bpmn.layout.rows import first_rows
from engine.bpmn.layout.sketch import sketch
from engine.bpmn.vocabulary import Node, flow_nodes, identity

_INSIDE, _TITLE, _LOOSE_GAP = 24, 20, 30
# Below the first steps stays free: the way out of a missing record leads down there.
_LOOSE_START = 330.0


def arrange(scope: Node, belongings: Belongings, outermost: bool = True) -> Picture:
    """The picture of everything in a process or sub-process, without pool and lanes."""
    inner = {identity(node): _inside(node, belongings) for node in flow_nodes(scope) if is_expanded(node)}
    plan = read_plan(scope, inner, belongings)
    if outermost:
        plan.loose += [(item, plan.lanes - 1) for item in belongings.unplaced()]
    picture = _flowing(plan)
    _place_loose(plan, picture)
    _fit(picture)
    for name, content in inner.items():
        box = picture.shapes[name]
        picture.add(content.moved(box.x, box.y))
    return picture


def _inside(node: Node, belongings: Belongings) -> Picture:
    """The picture of an expanded sub-process, its frame included in the size."""
    content = arrange(node, belongings, outermost=False)
    title = inner_title(node, content.size[0])
    moved = content.moved(_INSIDE, max(_TITLE, title[1]) + 8)
    width = max(content.size[0] + 2 * _INSIDE, title[0] + 2 * _INSIDE, 160)
    height = content.size[1] + max(_TITLE, title[1]) + 16
    moved.size = (width + width % 2, height + height % 2)
    return moved


def _flowing(plan: Plan) -> Picture:
    if not plan.steps:
        return Picture(bands=[(0, 60)] * plan.lanes)
    mark_loops(plan)
    return sketch(best_ways(plan, first_rows(plan, columns(plan))))


def _place_loose(plan: Plan, picture: Picture) -> None:
    """What no flow touches stands at the bottom of its lane, side by side."""
    for lane in sorted({lane for _, lane in plan.loose}, reverse=True):
        things = [thing for thing, at in plan.loose if at == lane]
        x, y = _LOOSE_START, picture.bands[lane][1]
        height = 0.0
        for thing in things:
            x, high = _put(thing, x, y, picture)
            height = max(height, high)
        _lower(picture, lane, height + _LOOSE_GAP, {thing.id for thing in things})


def _put(thing: Step | Item, x: float, y: float, picture: Picture) -> tuple[float, float]:
    wide = max(thing.size[0], thing.label[0] if thing.label else 0)
    picture.shapes[thing.id] = Box(x + (wide - thing.size[0]) / 2, y, *thing.size)
    high = thing.size[1]
    if thing.label is not None:
        picture.labels[thing.id] = Box(x + (wide - thing.label[0]) / 2, y + high + 4, *thing.label)
        high += 4 + thing.label[1]
    return x + wide + _LOOSE_GAP, high


def _lower(picture: Picture, lane: int, by: float, but: set[str]) -> None:
    """Makes a lane higher at its bottom: what stands below it moves down."""
    edge = picture.bands[lane][1]
    moved = picture.moved(0, by)
    for name, box in picture.shapes.items():
        if box.y >= edge and name not in but:
            picture.shapes[name] = moved.shapes[name]
    for name, box in picture.labels.items():
        if box.y >= edge and name not in but:
            picture.labels[name] = moved.labels[name]
    for name, line in picture.lines.items():
        picture.lines[name] = [(x, y + by if y >= edge else y) for x, y in line]
    picture.bands = [
        (top + (by if top >= edge else 0), bottom + (by if bottom >= edge else 0)) for top, bottom in picture.bands
    ]


def _fit(picture: Picture) -> None:
    """Sets the size, and moves everything so that it begins at the left edge."""
    boxes = [*picture.shapes.values(), *picture.labels.values()]
    points = [point for line in picture.lines.values() for point in line]
    left = min([box.x for box in boxes] + [x for x, _ in points], default=0.0)
    moved = picture.moved(-left, 0)
    picture.shapes, picture.lines, picture.labels = moved.shapes, moved.lines, moved.labels
    right = max([box.right for box in boxes] + [x for x, _ in points], default=0.0) - left
    picture.size = (right, picture.bands[-1][1])
