"""Drawings on pages: the process as it runs, with what was done and where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from markupsafe import Markup

from engine import bpmn, bundles
from webapp.current import engine, reading
from webapp.languages import language

_ROOT = re.compile(r'viewBox="([-\d. ]+)" role="img" width="[\d.]+" height="[\d.]+"')
_ELEMENT = "data-element-id="
_SHAPE = r'data-element-id="{name}"[^>]*><title>[^<]*</title><rect [^>]*?x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)"'

# The window of a small diagram, in units of the drawing.
WIDTH, HEIGHT = 620.0, 330.0
DONE, HERE = "is-done", "is-active"
LARGEST = 2_000_000
"""Bytes of a drawing that is still shown as a picture or edited; with more, a browser would be busy for minutes."""


def picture(drawing: bpmn.Drawing, marks: Mapping[str, bpmn.Mark] | None = None, title: str | None = None) -> Markup:
    """A drawing as SVG; laid out where it has no diagram of its own, empty where it is too large or crowded for that.

    The renderer escapes every text from the file and writes no script and no style.
    """
    if len(drawing.xml) > LARGEST:
        return Markup()
    svg = bpmn.render_svg(bpmn.to_be_seen(drawing), language(), marks, title)
    return Markup(svg if _ELEMENT in svg else "")


def drawn(definition_id: str, process: str, done: Collection[str] = (), here: Collection[str] = ()) -> Markup:
    """The drawing of a process of a definition version as SVG: its own one, or one that it calls.

    `done` elements and those where something waits (`here`) are marked.
    """
    with reading() as connection:
        drawing = bundles.bundle(engine(), connection, definition_id).drawings[process]
    marks = {name: bpmn.Mark(DONE) for name in done} | {name: bpmn.Mark(HERE) for name in here}
    return picture(drawing, marks)


def around(picture: Markup, element: str) -> Markup:
    """The part of a drawing around one task; the whole drawing when the task is not drawn in it."""
    shape = re.search(_SHAPE.format(name=re.escape(element)), picture)
    root = _ROOT.search(picture)
    if shape is None or root is None:
        return picture
    left, top, width = (float(number) for number in shape.groups())
    area = [float(number) for number in root[1].split()]
    x = _within(left + width / 2 - WIDTH / 2, WIDTH, area[0], area[2])
    y = _within(top - HEIGHT / 2 + 40, HEIGHT, area[1], area[3])
    window = f'viewBox="{x:g} {y:g} {WIDTH:g} {HEIGHT:g}" role="img"'
    return Markup(f"{picture[: root.start()]}{window}{picture[root.end() :]}")


def _within(start: float, size: float, area: float, extent: float) -> float:
    """A window of `size` from `start`, moved so that it shows as much of the area as it can."""
    return max(area, min(start, area + extent - size))
