"""RM: whoever holds a task with a due date is told once when it comes due."""

from __future__ import annotations

from engine.bpmn.boxes import Box
from engine.bpmn.extensions import properties
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.normalising.wrapping import repeat_around
from engine.bpmn.patterns.pieces import SMALL, TASK, Pattern, Texts, across, route
from engine.bpmn.vocabulary import Node, camunda, identity, loop_of, within

CODE = "RM"
DUE = {"en": "Due", "zh-Hans": "到期"}
NOTIFY = {"en": "Remind of due work", "zh-Hans": "提醒到期任务"}
NOTIFIED = {"en": "Reminded", "zh-Hans": "已提醒"}
GAP = 20


def expand(canvas: Canvas) -> None:
    """Adds the reminder to user tasks that have a due date and no timer drawn; approvals have their own.

    A drawn timer may be about something else than the due date: with the property `reminder=due` both are there.
    """
    for node in list(within(canvas.process, "userTask")):
        drawn = canvas.attached(node, "timer") and properties(node).get("reminder") != "due"
        if node.get(camunda("dueDate")) and not drawn and not _approval(node):
            if loop_of(node) is not None:
                repeat_around(canvas, node)
            _remind(canvas, node)


def _approval(node: Node) -> bool:
    return properties(node).get("approval") == "true"


def _remind(canvas: Canvas, node: Node) -> None:
    scope = node.getparent()
    assert scope is not None
    pattern = Pattern(canvas, CODE, scope, node)
    event = pattern.timer(node, f"{identity(node)}_due", DUE, "timeDate", "${task.due_at}", interrupting=False)
    remind(pattern, node, event, f"{identity(node)}_notify_due", NOTIFY, "notify_due")


def remind(pattern: Pattern, host: Node, event: Node, wanted: str, names: Texts, topic: str) -> None:
    """Leads a boundary event over a built-in service task to an end, all drawn where there is room near the host."""
    canvas = pattern.canvas
    service = pattern.service(wanted, names, topic)
    end = pattern.add("endEvent", f"{wanted}_end", NOTIFIED)
    seat = pattern.sit(event, host)
    if seat is None:
        canvas.connect(event, service)
        canvas.connect(service, end)
        return
    place = free_place(canvas, seat, TASK[0] + GAP + SMALL, TASK[1])
    task = Box(place.x, place.y, *TASK)
    round_end = Box(task.right + GAP, task.middle[1] - SMALL / 2, SMALL, SMALL)
    line = across(task, round_end)
    if seat.middle[0] > task.right:  # the way from the event comes from the right, where the end would be in it
        task = Box(place.x + SMALL + GAP, place.y, *TASK)
        round_end = Box(place.x, round_end.y, SMALL, SMALL)
        line = across(round_end, task)[::-1]
    canvas.place(service, task)
    canvas.place(end, round_end)
    canvas.connect(event, service, line=route(seat, task))
    canvas.connect(service, end, line=line)


def free_place(canvas: Canvas, near: Box, width: float, height: float) -> Box:
    """Room near a shape, or below the whole drawing when it is crowded."""
    found = canvas.plane.room(near, width, height)
    return found or Box(near.x, canvas.plane.extent().bottom + 40, width, height)
