"""What is to be laid out, free of XML: steps with their sizes, flows, lanes, and what hangs on a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.bpmn.boxes import Box, Point, Size


@dataclass(eq=False)
class Event:
    """A boundary event on a step."""

    id: str
    label: Size | None
    loops: bool = False
    """Whether its way leads back to an earlier step."""
    up: bool = False
    """Whether it sits on the upper border, because its way leads to a lane above."""


@dataclass(eq=False)
class Item:
    """A data symbol or annotation beside a step; `line` is its association, `inward` that it is used there."""

    id: str
    size: Size
    label: Size | None
    above: bool
    line: str = ""
    inward: bool = False


@dataclass(eq=False)
class Step:
    """An activity, gateway or event in the flow; `inner` is the picture inside an expanded sub-process."""

    id: str
    kind: str
    size: Size
    label: Size | None
    lane: int
    events: list[Event] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    reserved: tuple[Box, ...] = ()
    """Room to be kept free, relative to the middle of the step."""
    inner: Picture | None = None
    slot: int = 0
    """The vertical line of its column that its middle stands on: not 0 below a boundary event."""

    @property
    def round(self) -> bool:
        """Whether it is an event."""
        return self.kind.endswith("Event")

    @property
    def forks(self) -> bool:
        """Whether it is a gateway."""
        return self.kind.endswith("Gateway")


@dataclass(eq=False)
class Flow:
    """A sequence flow; `source` and `target` are steps, `event` the boundary event that it leaves."""

    id: str
    source: str
    target: str
    label: Size | None
    event: str | None = None
    marked: bool = False
    """Whether a sign stands at its start: the slash of a default flow or the diamond of a condition."""
    back: bool = False
    """Whether it closes a loop."""


@dataclass
class Plan:
    """One process or sub-process to be laid out."""

    steps: dict[str, Step]
    flows: list[Flow]
    heights: list[float]
    """The least height of each lane; without lanes, of the whole."""
    loose: list[tuple[Step | Item, int]] = field(default_factory=list)
    """What no flow and no association touches, with its lane."""

    @property
    def lanes(self) -> int:
        """How many lanes there are; one when none is drawn."""
        return len(self.heights)

    def leaving(self, step: str) -> Iterator[Flow]:
        """The flows out of a step and of the events on it, in file order."""
        return (flow for flow in self.flows if flow.source == step)


@dataclass
class Picture:
    """What was laid out: places in diagram units, upper left corner at the origin."""

    shapes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    bands: list[tuple[float, float]] = field(default_factory=list)
    """Top and bottom of each lane."""
    size: Size = (0, 0)

    def moved(self, dx: float, dy: float) -> Picture:
        """The same picture elsewhere."""
        return Picture(
            {name: Box(box.x + dx, box.y + dy, box.width, box.height) for name, box in self.shapes.items()},
            {name: [(x + dx, y + dy) for x, y in line] for name, line in self.lines.items()},
            {name: Box(box.x + dx, box.y + dy, box.width, box.height) for name, box in self.labels.items()},
            [(top + dy, bottom + dy) for top, bottom in self.bands],
            self.size,
        )

    def add(self, other: Picture) -> None:
        """Takes over everything drawn in another picture."""
        self.shapes |= other.shapes
        self.lines |= other.lines
        self.labels |= other.labels
