"""Rectangles and points of a diagram, in its own units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.bpmn.vocabulary import BPMNDI, DC, DI, Node

FURTHEST = 1e8
Point = tuple[float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Box, margin: float = 0) -> bool:
        """Whether the two are closer to each other than `margin`."""
        return (
            self.x < other.right + margin
            and other.x < self.right + margin
            and self.y < other.bottom + margin
            and other.y < self.bottom + margin
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


def _number(text: str) -> float:
    """A coordinate; raises ValueError for what is none, or lies where nobody draws."""
    found = float(text)
    if not abs(found) <= FURTHEST:
        raise ValueError(text)
    return found


def box_of(shape: Node) -> Box | None:
    """The bounds of a BPMNShape or BPMNLabel; None when they are missing or no numbers."""
    bounds = shape.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    try:
        return Box(*(_number(bounds.get(name, "")) for name in ("x", "y", "width", "height")))
    except ValueError:
        return None


def points_of(edge: Node) -> list[Point]:
    """The waypoints of a BPMNEdge; those that are no numbers are left out."""
    found = []
    for waypoint in edge.iterchildren(f"{{{DI}}}waypoint"):
        try:
            found.append((_number(waypoint.get("x", "")), _number(waypoint.get("y", ""))))
        except ValueError:
            continue
    return found


def label_of(shape: Node) -> Box | None:
    """The bounds of the label of a shape or edge, if the drawing places it."""
    label = shape.find(f"{{{BPMNDI}}}BPMNLabel")
    return None if label is None else box_of(label)


def along(points: Sequence[Point]) -> Iterator[Box]:
    """The straight pieces of a line, as thin boxes."""
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        yield Box(min(ax, bx) - 2, min(ay, by) - 2, abs(ax - bx) + 4, abs(ay - by) + 4)
