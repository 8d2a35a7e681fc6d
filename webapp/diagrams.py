"""Drawings on pages: the process as it runs, with what was done and where it stands."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from engine import bpmn, bundles
from webapp.current import reading
from webapp.languages import language

DONE, HERE = "is-done", "is-active"


def drawn(definition_id: str, done: Collection[str] = (), here: Collection[str] = ()) -> Markup:
    """The drawing of a definition version as SVG: `done` elements and those where something waits (`here`) marked.

    The renderer escapes every text from the file and writes no script and no style.
    """
    with reading() as connection:
        drawing = bundles.expanded(connection, definition_id)
    marks = {name: bpmn.Mark(DONE) for name in done} | {name: bpmn.Mark(HERE) for name in here}
    return Markup(bpmn.render_svg(drawing, language(), marks))
