"""CX: when the record is withdrawn, everything open in the process is closed."""

from __future__ import annotations

from engine.bpmn.boxes import Box
from engine.bpmn.extensions import set_property
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.patterns.pieces import Pattern, across
from engine.bpmn.vocabulary import Node, children, event_definitions, event_kind, identity, within

CODE = "CX"
MESSAGE, SIZE = "record_withdrawn", (360, 140)
WITHDRAWN = {"en": "Record withdrawn", "zh-Hans": "记录撤回"}
CLOSE = {"en": "Close open work", "zh-Hans": "关闭未完工作"}
CANCELLED = {"en": "Cancelled", "zh-Hans": "已取消"}


def expand(canvas: Canvas) -> None:
    """Adds the event sub-process unless the drawing catches the withdrawal itself."""
    if _drawn(canvas):
        return
    process = canvas.process
    pattern = Pattern(canvas, CODE, process, process)
    sub = pattern.add("subProcess", "cx_record_withdrawn", WITHDRAWN, triggeredByEvent="true")
    start = pattern.add("startEvent", "cx_withdrawn", WITHDRAWN, sub, isInterrupting="true")
    pattern.define(start, "message", canvas.declare("message", "name", MESSAGE, "message_record_withdrawn"))
    service = pattern.service("cx_cancel_open_work", CLOSE, "cancel_open_work", sub)
    end = pattern.add("endEvent", "cx_end_cancelled", CANCELLED, sub)
    set_property(end, "outcome", "cancelled")
    _draw(canvas, sub, start, service, end)


def _drawn(canvas: Canvas) -> bool:
    messages = {identity(one): one.get("name") for one in children(canvas.root, "message")}
    for sub in children(canvas.process, "subProcess"):
        for start in children(sub, "startEvent"):
            if event_kind(start) == "message" and sub.get("triggeredByEvent") == "true":
                if messages.get(event_definitions(start)[0].get("messageRef", "")) == MESSAGE:
                    return True
    return False


def _draw(canvas: Canvas, sub: Node, start: Node, service: Node, end: Node) -> None:
    if not canvas.plane.drawn:
        canvas.connect(start, service)
        canvas.connect(service, end)
        return
    outer = _free(canvas)
    y = outer.y + 72
    boxes = [Box(outer.x + 30, y - 18, 36, 36), Box(outer.x + 120, y - 35, 110, 70), Box(outer.x + 290, y - 18, 36, 36)]
    canvas.place(sub, outer, expanded=True)
    for node, box in zip((start, service, end), boxes, strict=True):
        canvas.place(node, box)
    canvas.connect(start, service, line=across(boxes[0], boxes[1]))
    canvas.connect(service, end, line=across(boxes[1], boxes[2]))


def _free(canvas: Canvas) -> Box:
    """Below the pool, beside what stands there already."""
    pools = [canvas.plane.box(identity(pool)) for pool in within(canvas.root, "participant")]
    drawn = [pool for pool in pools if pool is not None] or [canvas.plane.extent()]
    pool = max(drawn, key=lambda box: box.bottom)
    places = (Box(x, pool.bottom + 50, *SIZE) for x in range(int(pool.x) + 30, int(pool.right), 40))
    below = Box(pool.x + 30, canvas.plane.extent().bottom + 40, *SIZE)
    return next((place for place in places if canvas.plane.clear(place, 24)), below)
