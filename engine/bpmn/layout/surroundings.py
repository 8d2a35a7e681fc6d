"""What stands around a step: its label, the data it uses above, what it makes below, notes, room kept free.

All places are relative to the middle of the step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.bpmn.boxes import Box, Point, Size
from engine.bpmn.layout.plan import Item, Step

LABEL_GAP, ITEM_GAP, BESIDE, SEAT = 4, 40, 8, 18
_BETWEEN = 10


@dataclass
class Zone:
    """The room above (`sign` -1) or below (1) a step: where lines go through it, and how far it is taken."""

    sign: int
    edge: float
    """How far the step itself reaches."""
    lines: list[float] = field(default_factory=list)
    left: float | None = None
    right: float | None = None

    def box(self, x: float, gap: float, size: Size) -> Box:
        """A box with its near side at a distance from the step."""
        near = self.edge + gap
        return Box(x, near if self.sign > 0 else -near - size[1], *size)

    def take(self, left: float, right: float) -> None:
        """Marks room as taken."""
        self.left = left if self.left is None else min(self.left, left)
        self.right = right if self.right is None else max(self.right, right)

    @property
    def empty(self) -> bool:
        """Whether nothing is there yet."""
        return self.left is None


@dataclass
class Around:
    """What was placed around one step."""

    shapes: dict[str, Box] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    reserved: list[Box] = field(default_factory=list)
    lines: dict[str, tuple[Point, Point]] = field(default_factory=dict)
    """Associations, from item to step."""

    def boxes(self) -> list[Box]:
        """Everything that takes room."""
        return [*self.shapes.values(), *self.labels.values(), *self.reserved]


@dataclass
class Sides:
    """What the flows leave of the room around a step."""

    up: list[float] = field(default_factory=list)
    """Where lines go through its upper side."""
    down: list[float] = field(default_factory=list)
    labels_up: dict[str, Size] = field(default_factory=dict)
    """The labels of flows beside those lines."""
    labels_down: dict[str, Size] = field(default_factory=dict)
    seats: Mapping[str, float] = field(default_factory=dict)
    """Where boundary events sit."""
    tall: float = 0
    """How high the label of the flow to the right reaches above the middle."""


def surround(step: Step, sides: Sides) -> Around:
    """Places everything around a step."""
    high = SEAT if any(event.up for event in step.events) else 0
    low = SEAT if any(not event.up for event in step.events) else 0
    above, below = Zone(-1, max(step.size[1] / 2 + high, sides.tall)), Zone(1, step.size[1] / 2 + low)
    found = Around()
    for zone, lines in ((above, sides.up), (below, sides.down)):
        for x in lines:
            zone.lines.append(x)
            zone.take(x - BESIDE, x + BESIDE)
    _events(step, sides.seats, above, below, found)
    for zone, labels in ((above, sides.labels_up), (below, sides.labels_down)):
        for name, size in labels.items():
            _line_label(zone, name, size, found)
    for box in step.reserved:
        found.reserved.append(box)
        below.take(box.x, box.right)
    _own_label(step, above, below, found)
    for zone in (above, below):
        _items(step, [item for item in step.items if item.above == (zone.sign < 0)], zone, found)
    return found


def _events(step: Step, seats: Mapping[str, float], above: Zone, below: Zone, found: Around) -> None:
    for event in step.events:
        x, zone = seats[event.id], above if event.up else below
        found.shapes[event.id] = Box(x - SEAT, zone.sign * step.size[1] / 2 - SEAT, 2 * SEAT, 2 * SEAT)
        zone.take(x - SEAT, x + SEAT)
        if event.label is not None:
            left = x < 0 and len(step.events) <= 2
            start = x - BESIDE - event.label[0] if left else x + BESIDE
            found.labels[event.id] = zone.box(start, LABEL_GAP, event.label)
            zone.take(start, start + event.label[0])


def _line_label(zone: Zone, name: str, size: Size, found: Around) -> None:
    """The label of a flow that leaves through the upper or lower side, right of its line."""
    x = max(zone.lines) + BESIDE
    found.labels[name] = zone.box(x, LABEL_GAP, size)
    zone.take(x, x + size[0])


def _own_label(step: Step, above: Zone, below: Zone, found: Around) -> None:
    if step.label is None:
        return
    sides = (above, below) if step.forks else (below, above)
    busy = {zone.sign: any(item.above == (zone.sign < 0) for item in step.items) for zone in sides}
    free = [zone for zone in sides if zone.empty and not busy[zone.sign]] or [zone for zone in sides if zone.empty]
    wide = step.label[0]
    if free and not busy[free[0].sign]:
        zone, x = free[0], -wide / 2
    else:
        zone = min(sides, key=lambda side: busy[side.sign])
        x = (0 if zone.left is None else min(0, min(zone.lines, default=0) - BESIDE)) - wide
    found.labels[step.id] = zone.box(x, LABEL_GAP, step.label)
    zone.take(x, x + wide)


def _items(step: Step, items: Sequence[Item], zone: Zone, found: Around) -> None:
    widths = [_room(item) for item in items]
    if zone.empty:
        x = -sum(widths) / 2
        for item, wide in zip(items, widths, strict=True):
            _put(step, item, zone, x + wide / 2, found)
            x += wide
        return
    for item, wide in zip(items, widths, strict=True):
        assert zone.left is not None and zone.right is not None
        rightwards = zone.right <= -zone.left
        middle = zone.right + wide / 2 if rightwards else zone.left - wide / 2
        _put(step, item, zone, middle, found)
        zone.take(middle - wide / 2, middle + wide / 2)


def _room(item: Item) -> float:
    return max(item.size[0], item.label[0] if item.label else 0) + _BETWEEN


def _put(step: Step, item: Item, zone: Zone, middle: float, found: Around) -> None:
    """One item; its label on the far side, so that its association is free."""
    box = zone.box(middle - item.size[0] / 2, ITEM_GAP, item.size)
    found.shapes[item.id] = box
    if item.label is not None:
        gap = ITEM_GAP + item.size[1] + LABEL_GAP
        found.labels[item.id] = zone.box(middle - item.label[0] / 2, gap, item.label)
    if item.line:
        near = (middle, box.y if zone.sign > 0 else box.bottom)
        found.lines[item.line] = (near, _foot(step, middle, zone.sign))


def _foot(step: Step, x: float, sign: int) -> Point:
    """Where an association from above or below ends on a step."""
    wide, high = step.size
    if not (step.round or step.forks):
        reach = wide / 2 - 12
        return max(-reach, min(reach, x)), sign * high / 2
    if abs(x) < 1:
        return 0, sign * high / 2
    share = 0.35 if step.round else 0.25
    return (wide if x > 0 else -wide) * share, sign * high * share
