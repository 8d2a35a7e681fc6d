"""Draws sequence flows, message flows and associations."""

from __future__ import annotations

from collections.abc import Sequence

from engine.bpmn.boxes import Box, Point
from engine.bpmn.svg.pen import Pen, rounded, towards
from engine.bpmn.svg.words import width, wrap
from engine.bpmn.vocabulary import ACTIVITIES, ASSOCIATIONS, Node, first, local

SMALL = 11.0


def draw(pen: Pen, node: Node, points: Sequence[Point], source: Node | None, text: str, label: Box | None) -> None:
    """Draws one connection; `source` is the element it leaves, which knows its default flow."""
    kind = local(node)
    if kind in ASSOCIATIONS:
        _association(pen, node, points)
    elif kind == "messageFlow":
        pen.path("line", rounded(points), stroke_dasharray="7 5")
        pen.circle("face", points[0], 4)
        _arrow(pen, "face", points)
    else:
        pen.path("line", rounded(points))
        _arrow(pen, "ink", points)
        _start_sign(pen, node, points, source)
    if text:
        _label(pen, points, text, label)


def _association(pen: Pen, node: Node, points: Sequence[Point]) -> None:
    pen.path("hint", rounded(points), stroke_dasharray="2 4")
    if local(node) != "association" or node.get("associationDirection") in ("One", "Both"):
        tip, (left, right) = points[-1], _barbs(points, 9)
        pen.path("hint", f"M{left[0]:.1f} {left[1]:.1f}L{tip[0]:.1f} {tip[1]:.1f}L{right[0]:.1f} {right[1]:.1f}")


def _arrow(pen: Pen, style: str, points: Sequence[Point]) -> None:
    left, right = _barbs(points, 9)
    pen.polygon(style, [points[-1], left, right])


def _barbs(points: Sequence[Point], length: float) -> tuple[Point, Point]:
    """The two back corners of an arrow head at the end of a line."""
    (bx, by), (ax, ay) = points[-1], _before(points)
    distance = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1
    dx, dy = (bx - ax) / distance, (by - ay) / distance
    back = (bx - dx * length, by - dy * length)
    half = length * 0.45
    return (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half)


def _before(points: Sequence[Point]) -> Point:
    """The last point that is not the end itself."""
    return next((point for point in reversed(points) if point != points[-1]), points[-1])


def _start_sign(pen: Pen, node: Node, points: Sequence[Point], source: Node | None) -> None:
    """The slash of a default flow, or the diamond of a conditional flow out of an activity."""
    if source is None:
        return
    start = points[0]
    after = next((point for point in points if point != start), start)
    if source.get("default") == node.get("id"):
        x, y = towards(start, after, 11)
        pen.path("line", f"M{x - 4:.1f} {y - 5:.1f}L{x + 4:.1f} {y + 5:.1f}")
    elif local(source) in ACTIVITIES and first(node, "conditionExpression") is not None:
        end, middle = towards(start, after, 14), towards(start, after, 7)
        dx, dy = (end[0] - start[0]) * 0.3, (end[1] - start[1]) * 0.3
        sides = (middle[0] - dy, middle[1] + dx), (middle[0] + dy, middle[1] - dx)
        pen.polygon("face", [start, sides[0], end, sides[1]])


def _label(pen: Pen, points: Sequence[Point], text: str, label: Box | None) -> None:
    if label is not None:
        lines = wrap(text, max(label.width, 50), SMALL, 4)
        pen.lines(lines, label.middle[0], label.y + SMALL, SMALL, style="label")
        return
    start, end = _longest(points)
    lines = wrap(text, 110, SMALL, 3)
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if abs(end[0] - start[0]) >= abs(end[1] - start[1]):
        pen.lines(lines, x, y - 5 - (len(lines) - 1) * SMALL * 1.25, SMALL, style="label")
    else:
        pen.lines(lines, x + 6 + max(width(line, SMALL) for line in lines) / 2, y + 4, SMALL, style="label")


def _longest(points: Sequence[Point]) -> tuple[Point, Point]:
    pieces = list(zip(points, points[1:], strict=False))
    return max(pieces, key=lambda piece: abs(piece[1][0] - piece[0][0]) + abs(piece[1][1] - piece[0][1]))
