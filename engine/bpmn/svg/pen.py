"""Builds SVG: every element with classes for the page's style sheet and plain attributes for readers without one."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from engine.bpmn.boxes import Box, Point

SVG = "http://www.w3.org/2000/svg"
Attributes = dict[str, str]
# What a shape looks like where no style sheet is loaded; a sheet overrides all of it by class.
_PLAIN: dict[str, Attributes] = {
    "face": {"fill": "#ffffff", "stroke": "#3b4252", "stroke-width": "1.5"},
    "band": {"fill": "#f4f6f8", "stroke": "#aab2bd", "stroke-width": "1"},
    "line": {"fill": "none", "stroke": "#3b4252", "stroke-width": "1.5"},
    "hint": {"fill": "none", "stroke": "#8a93a0", "stroke-width": "1"},
    "icon": {"fill": "none", "stroke": "#3b4252", "stroke-width": "1.2"},
    "ink": {"fill": "#3b4252", "stroke": "none"},
    "text": {"fill": "#1f2933", "font-family": "system-ui, sans-serif"},
    "label": {
        "fill": "#1f2933",
        "font-family": "system-ui, sans-serif",
        "stroke": "#ffffff",
        "stroke-width": "3",
        "stroke-linejoin": "round",
        "paint-order": "stroke",
    },
    "star": {"fill": "#e0a100", "stroke": "#7a4b00", "stroke-width": "0.8"},
    "pill": {"fill": "#1f5fbf", "stroke": "#ffffff", "stroke-width": "1"},
    "pill-text": {"fill": "#ffffff", "font-family": "system-ui, sans-serif", "font-weight": "600"},
}


def number(value: float) -> str:
    """A coordinate in few characters."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Pen:
    """Draws into one SVG group; `style` names a row of the plain looks and is also the class."""

    def __init__(self, group: etree._Element) -> None:
        self.group = group

    def inside(self, classes: str, **attributes: str) -> Pen:
        """A pen for a new group within this one."""
        named = {name.replace("_", "-"): value for name, value in attributes.items()}
        return Pen(etree.SubElement(self.group, "g", {"class": classes, **named}))

    def _put(self, tag: str, style: str, extra: Attributes) -> etree._Element:
        return etree.SubElement(self.group, tag, {"class": f"d-{style}", **_PLAIN[style], **extra})

    def title(self, text: str) -> None:
        """What a reader is told about this group."""
        etree.SubElement(self.group, "title").text = text

    def box(self, style: str, box: Box, radius: float = 0, **extra: str) -> None:
        """A rectangle with rounded corners."""
        sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": radius}
        self._put("rect", style, {name: number(side) for name, side in sides.items()} | _named(extra))

    def circle(self, style: str, centre: Point, radius: float, **extra: str) -> None:
        """A circle."""
        sides = {"cx": number(centre[0]), "cy": number(centre[1]), "r": number(radius)}
        self._put("circle", style, sides | _named(extra))

    def polygon(self, style: str, points: Sequence[Point], **extra: str) -> None:
        """A closed figure."""
        corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._put("polygon", style, {"points": corners} | _named(extra))

    def path(self, style: str, path: str, **extra: str) -> None:
        """Any outline, as SVG path data."""
        self._put("path", style, {"d": path} | _named(extra))

    def icon(self, style: str, path: str, x: float, y: float, scale: float = 1, /, **extra: str) -> None:
        """A drawing on its own small grid, put at a place."""
        place = f"translate({number(x)} {number(y)})" + (f" scale({scale:g})" if scale != 1 else "")
        self.path(style, path, transform=place, **extra)

    def lines(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        size: float,
        anchor: str = "middle",
        style: str = "text",
        **extra: str,
    ) -> None:
        """Text lines; `y` is the base line of the first, the next follow 1.25 sizes below each other."""
        for index, line in enumerate(lines):
            place = {"x": number(x), "y": number(y + index * size * 1.25), "text-anchor": anchor}
            self._put("text", style, {**place, "font-size": number(size)} | _named(extra)).text = line


def _named(extra: Attributes) -> Attributes:
    return {name.replace("_", "-"): value for name, value in extra.items()}


def rounded(points: Sequence[Point], radius: float = 6) -> str:
    """A line through points, with its corners rounded, as path data."""
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near, far = towards(corner, before, radius), towards(corner, after, radius)
        parts.append(f"L{number(near[0])} {number(near[1])}")
        parts.append(f"Q{number(corner[0])} {number(corner[1])} {number(far[0])} {number(far[1])}")
    parts.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(parts)


def towards(start: Point, end: Point, distance: float) -> Point:
    """The point at most that far (and at most half way) from one point to another."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    share = min(distance / length, 0.5) if length else 0
    return start[0] + dx * share, start[1] + dy * share
