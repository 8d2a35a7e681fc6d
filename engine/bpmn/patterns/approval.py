"""AP: an approval that waits is reminded at half of its time and escalated when it is up; never decided by silence."""

from __future__ import annotations

from engine.bpmn.boxes import Box, Point
from engine.bpmn.extensions import properties
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.normalising.wrapping import repeat_around
from engine.bpmn.patterns.due_work import free_place, remind
from engine.bpmn.patterns.pieces import TASK, Pattern, route
from engine.bpmn.vocabulary import Node, identity, loop_of, within

CODE = "AP"
HALF = {"en": "Half the time has passed", "zh-Hans": "时限过半"}
REMIND = {"en": "Remind the approver", "zh-Hans": "提醒审批人"}
UP = {"en": "Time is up", "zh-Hans": "到期"}
ESCALATE = {"en": "Escalate to the next level", "zh-Hans": "上报上一级"}

# How far beside the task the way back runs, so that the label of the event lies between them.
_PAST_LABEL = 32


def expand(canvas: Canvas) -> None:
    """Adds both timers to approvals that have none drawn."""
    for node in list(within(canvas.process, "userTask")):
        if properties(node).get("approval") == "true" and not canvas.attached(node, "timer"):
            if loop_of(node) is not None:
                repeat_around(canvas, node)
            _time(canvas, node)


def _time(canvas: Canvas, node: Node) -> None:
    scope, ident = node.getparent(), identity(node)
    assert scope is not None
    pattern = Pattern(canvas, CODE, scope, node)
    # The way that leads back stands on the left, where it enters the task again; the reminder takes what is free then.
    due = pattern.timer(node, f"{ident}_escalate", UP, "timeDate", "${approval.due_at}", interrupting=True)
    _escalate(pattern, node, due)
    half = pattern.timer(node, f"{ident}_remind", HALF, "timeDate", "${approval.remind_at}", interrupting=False)
    remind(pattern, node, half, f"{ident}_remind_approver", REMIND, "remind_approver")


def _escalate(pattern: Pattern, node: Node, due: Node) -> None:
    canvas = pattern.canvas
    service = pattern.service(f"{identity(node)}_escalate_approval", ESCALATE, "escalate_approval")
    seat, host = pattern.sit(due, node, shares=(0.25, 0.75, 0.5)), canvas.plane.box(identity(node))
    if seat is None or host is None:
        canvas.connect(due, service)
        canvas.connect(service, node)
        return
    task = free_place(canvas, seat, *TASK)
    canvas.place(service, task)
    canvas.connect(due, service, line=route(seat, task))
    canvas.connect(service, node, line=_back(task, host))


def _back(task: Box, host: Box) -> list[Point]:
    """From the service up its own side and into the host's nearer side."""
    left = task.middle[0] < host.middle[0]
    side = min(task.x, host.x) - _PAST_LABEL if left else max(task.right, host.right) + _PAST_LABEL
    leave, enter = (task.x, host.x) if left else (task.right, host.right)
    return [(leave, task.middle[1]), (side, task.middle[1]), (side, host.middle[1]), (enter, host.middle[1])]
