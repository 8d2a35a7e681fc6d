"""Draws activities, events, gateways, data and annotations."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bpmn.boxes import Box
from engine.bpmn.extensions import properties
from engine.bpmn.svg import icons
from engine.bpmn.svg.pen import Pen
from engine.bpmn.svg.words import width, wrap
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    DATA,
    EVENTS,
    GATEWAYS,
    SCOPES,
    Node,
    event_definitions,
    event_kind,
    first,
    local,
    loop_of,
    undoes,
)

SIZE, SMALL = 12.0, 11.0
CORNER = 23  # what the icon takes of each side of a task
_THROWN = ("intermediateThrowEvent", "endEvent")


@dataclass(frozen=True)
class Shape:
    """One node to draw: its XML, where, the text for its label, and where the drawing puts that label."""

    node: Node
    box: Box
    text: str
    label: Box | None
    expanded: bool
    guarded: bool = False
    """Whether boundary events cover its lower border."""


def draw(pen: Pen, shape: Shape) -> None:
    """Draws a node with its label into the pen's group."""
    kind = local(shape.node)
    if kind in ACTIVITIES:
        _activity(pen, shape)
    elif kind in EVENTS:
        _event(pen, shape)
    elif kind in GATEWAYS:
        _gateway(pen, shape)
    elif kind in DATA:
        _data(pen, shape)
    elif kind == "textAnnotation":
        _annotation(pen, shape)
    elif kind == "group":
        pen.box("hint", shape.box, 10, stroke_dasharray="8 3 2 3")
        outside_label(pen, shape)


def _activity(pen: Pen, shape: Shape) -> None:
    box, kind = shape.box, local(shape.node)
    event_triggered = shape.node.get("triggeredByEvent") == "true"
    thick = {"stroke_width": "3"} if kind == "callActivity" else {}
    dotted = {"stroke_dasharray": "2 3"} if event_triggered else {}
    pen.box("face", box, 8, **thick, **dotted)
    if kind == "transaction":
        pen.box("line", Box(box.x + 3, box.y + 3, box.width - 6, box.height - 6), 6)
    if kind in icons.TASKS:
        style = {"fill_opacity": "0.35"} if kind == "sendTask" else {}
        pen.icon("icon", icons.TASKS[kind], box.x + 5, box.y + 5, **style)
    _markers(pen, shape)
    if shape.expanded and kind in SCOPES:
        pen.lines(wrap(shape.text, box.width - 20, SIZE, 2), box.x + 12, box.y + 18, SIZE, "start")
    else:
        _inside_label(pen, shape)


def _inside_label(pen: Pen, shape: Shape) -> None:
    box, marked = shape.box, bool(_marker_names(shape))
    size = SIZE if box.height >= 60 else SMALL
    room = box.height - (18 if marked or shape.guarded else 6)
    # In a low task the text stands beside the icon, not below it.
    aside = 8 if local(shape.node) in icons.TASKS and size == SMALL else 0
    lines = wrap(shape.text, box.width - 14 - 3 * aside, size, max(1, int(room / (size * 1.25))))
    tall = len(lines) * size * 1.25
    # A first line that would run into the icon in the corner moves below it, where the space allows it.
    top = box.y + (room - tall) / 2 + 3
    if local(shape.node) in icons.TASKS and not aside and lines and width(lines[0], size) > box.width - 2 * CORNER:
        top = min(max(top, box.y + CORNER), box.y + room - tall + 3)
    pen.lines(lines, box.middle[0] + aside, top + size, size)


def _marker_names(shape: Shape) -> list[str]:
    node, kind = shape.node, local(shape.node)
    found = []
    loop = loop_of(node)
    if loop is not None:
        found.append("sequential" if loop.get("isSequential") == "true" else "parallel")
    if first(node, "standardLoopCharacteristics") is not None:
        found.append("loop")
    if undoes(node):
        found.append("compensation")
    if kind == "callActivity" or (kind in SCOPES and not shape.expanded):
        found.append("collapsed")
    if kind == "adHocSubProcess":
        found.append("adhoc")
    return found


def _markers(pen: Pen, shape: Shape) -> None:
    names = _marker_names(shape)
    x = shape.box.middle[0] - 9 * len(names) + 2
    for index, name in enumerate(names):
        pen.icon("icon", icons.MARKERS[name], x + 18 * index, shape.box.bottom - 17)


def _event(pen: Pen, shape: Shape) -> None:
    box, kind = shape.box, local(shape.node)
    radius, middle = min(box.width, box.height) / 2, box.middle
    flag = shape.node.get("cancelActivity" if kind == "boundaryEvent" else "isInterrupting", "true")
    dashed = {"stroke_dasharray": "4 3"} if flag == "false" else {}
    thick = {"stroke_width": "3"} if kind == "endEvent" else {}
    pen.circle("face", middle, radius, **dashed, **thick)
    if kind in ("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"):
        pen.circle("line", middle, radius - 3, **dashed)
    icon = _event_icon(shape.node)
    if icon is not None:
        scale = radius / 18
        filled = kind in _THROWN and icon != "timer"
        style = "ink" if filled else "icon"
        place = (middle[0] - 10 * scale, middle[1] - 10 * scale)
        pen.icon(style, icons.EVENTS[icon], *place, scale)
    outside_label(pen, shape)


def _event_icon(node: Node) -> str | None:
    if "handover" in properties(node):
        return "link"
    if len(event_definitions(node)) > 1:
        return "multiple"
    kind = event_kind(node)
    return kind if kind in icons.EVENTS else None


def _gateway(pen: Pen, shape: Shape) -> None:
    box, kind = shape.box, local(shape.node)
    x, y = box.middle
    pen.polygon("face", [(x, box.y), (box.right, y), (x, box.bottom), (box.x, y)])
    style, scale = ("ink" if kind in icons.FILLED_GATEWAYS else "icon"), box.width / 50
    heavy = {"stroke_width": "2.5"} if kind == "inclusiveGateway" else {}
    pen.icon(style, icons.GATEWAYS[kind], x - 12 * scale, y - 12 * scale, scale, **heavy)
    outside_label(pen, shape)


def _data(pen: Pen, shape: Shape) -> None:
    box = shape.box
    if local(shape.node) == "dataStoreReference":
        _store(pen, box)
    else:
        fold = min(box.width, box.height) * 0.28
        corners = [(box.x, box.y), (box.right - fold, box.y), (box.right, box.y + fold)]
        pen.polygon("face", [*corners, (box.right, box.bottom), (box.x, box.bottom)])
        left, low = box.right - fold, box.y + fold
        pen.path("line", f"M{left:g} {box.y:g}V{low:g}H{box.right:g}")
    outside_label(pen, shape)


def _store(pen: Pen, box: Box) -> None:
    rim = box.height * 0.15
    side = f"a{box.width / 2:g} {rim:g} 0 0 0 {box.width:g} 0"
    top, low = box.y + rim, box.bottom - rim
    pen.path("face", f"M{box.x:g} {top:g}V{low:g}{side}V{top:g}a{box.width / 2:g} {rim:g} 0 0 0 {-box.width:g} 0z")
    pen.path("line", f"M{box.x:g} {top:g}{side}M{box.x:g} {top + 5:g}{side}")


def _annotation(pen: Pen, shape: Shape) -> None:
    box = shape.box
    pen.path("hint", f"M{box.x + 12:g} {box.y:g}H{box.x:g}V{box.bottom:g}H{box.x + 12:g}")
    limit = max(1, int(box.height / (SMALL * 1.25)))
    lines = wrap(shape.text, box.width - 12, SMALL, limit)
    pen.lines(lines, box.x + 8, box.y + SMALL + 3, SMALL, "start")


def outside_label(pen: Pen, shape: Shape) -> None:
    """A label below a shape, or where the drawing puts it."""
    place = shape.label
    if not shape.text:
        return
    room = max(place.width, 60) if place is not None else max(shape.box.width + 50, 90)
    lines = wrap(shape.text, room, SMALL, 5)
    x = place.middle[0] if place is not None else shape.box.middle[0]
    y = place.y if place is not None else shape.box.bottom + 4
    pen.lines(lines, x, y + SMALL, SMALL, style="label")
