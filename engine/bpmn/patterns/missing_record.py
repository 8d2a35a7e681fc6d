"""MR: when the first step misses a record, operations link it, have it created, or cancel the instance."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from engine.bpmn.boxes import Box, Point
from engine.bpmn.extensions import set_property
from engine.bpmn.lint.sheet import Known
from engine.bpmn.model import declared, event_name
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.patterns.creating import CREATOR, GUARDED, creates, form_for
from engine.bpmn.patterns.missing_record_places import Places, places
from engine.bpmn.patterns.pieces import Pattern, across
from engine.bpmn.vocabulary import Node, bpmn, camunda, children, flow_nodes, identity, local

CODE = "MR"
ERROR, GROUP = "RECORD_NOT_FOUND", "ops"
RESOLVER = "shared.resolve_missing_record"  # checks the record to link, where the application has it
REMIND_AFTER, GIVE_UP_AFTER = "P1D", "P5D"
NAMES = {
    "error": {"en": "Record not found", "zh-Hans": "找不到记录"},
    "task": {"en": "Resolve missing record", "zh-Hans": "处理缺失记录"},
    "gateway": {"en": "How was it resolved?", "zh-Hans": "如何处理？"},
    "create": {"en": "Maintain Account and Contact", "zh-Hans": "维护客户与联系人档案"},
    "cancelled": {"en": "Cancelled", "zh-Hans": "已取消"},
    "remind": {"en": "After a day", "zh-Hans": "一天后"},
    "notify": {"en": "Remind of due work", "zh-Hans": "提醒到期任务"},
    "notified": {"en": "Reminded", "zh-Hans": "已提醒"},
    "give_up": {"en": "After five days", "zh-Hans": "五天后"},
    "linked": {"en": "Linked", "zh-Hans": "已关联"},
    "create_now": {"en": "Create now", "zh-Hans": "立即创建"},
    "cancel": {"en": "Cancel", "zh-Hans": "取消"},
}


@dataclass(frozen=True)
class Ways:
    """What can be done about a missing record: have it created, the form that asks, whether a link is checked."""

    create: bool
    form: str
    checked: bool


def ways(process: str, known: Known) -> Ways:
    """The ways that what is deployed leaves to a process."""
    return Ways(creates(process, known), form_for(process, known), RESOLVER in known.handlers)


def expand(canvas: Canvas, found: Ways) -> None:
    """Guards the first step `load_context`, unless the drawing guards it itself."""
    for host in flow_nodes(canvas.process):
        if identity(host) == GUARDED and local(host) == "serviceTask" and not _is_guarded(canvas, host):
            _Missing(canvas, host, found).build()
            return


def _is_guarded(canvas: Canvas, host: Node) -> bool:
    """Whether an event on the step catches the missing record already: by its code, or with every other error."""
    return any(event_name(event, declared(canvas.root)) in (ERROR, None) for event in canvas.attached(host, "error"))


class _Missing:
    """The elements of the pattern around one guarded step."""

    def __init__(self, canvas: Canvas, host: Node, found: Ways) -> None:
        self.canvas, self.host, self.ways = canvas, host, found
        self.pattern = Pattern(canvas, CODE, canvas.process, host)
        self.places: Places | None = places(canvas.plane, canvas.plane.box(identity(host)))

    def build(self) -> None:
        error = self.put("error", self.pattern.boundary(self.host, "mr_record_not_found", NAMES["error"], True))
        self.pattern.define(error, "error", self.canvas.declare("error", "errorCode", ERROR, "error_record_not_found"))
        task = self.put("task", self._task())
        gateway = self.put("gateway", self.pattern.add("exclusiveGateway", "mr_resolution", NAMES["gateway"]))
        cancelled = self._cancelled()
        self.canvas.connect(error, task, line=self._down("error", "task"))
        self.canvas.connect(task, gateway, line=self._across("task", "gateway"))
        self._link(gateway)
        if self.ways.create:
            self._create(gateway)
        default = self.canvas.connect(gateway, cancelled, NAMES["cancel"], line=self._down("gateway", "cancelled"))
        gateway.set("default", identity(default))
        self._remind(task)
        self._give_up(task, cancelled)

    def put(self, role: str, node: Node) -> Node:
        """Draws a shape at the place of its role."""
        if self.places is not None:
            self.canvas.place(node, self.places.box(role), label=self.places.label(role))
        return node

    def _task(self) -> Node:
        task = self.pattern.add("userTask", "mr_resolve_missing_record", NAMES["task"])
        task.set(camunda("candidateGroups"), GROUP)
        task.set(camunda("formRef"), self.ways.form)
        holder = task.find(bpmn("extensionElements"))
        if self.ways.checked and holder is not None:
            listener = {"event": "complete", "delegateExpression": RESOLVER}
            etree.SubElement(holder, camunda("taskListener"), listener)
        return task

    def _cancelled(self) -> Node:
        for end in children(self.canvas.process, "endEvent"):
            if identity(end) == "end_cancelled":
                return end
        end = self.pattern.add("endEvent", "end_cancelled", NAMES["cancelled"])
        set_property(end, "outcome", "cancelled")
        return self.put("cancelled", end)

    def _link(self, gateway: Node) -> None:
        line = self.places.back("gateway", 0, 20) if self.places else []
        label = Box(line[1][0] - 66, line[1][1] + (-15 if self.places.below else 1), 60, 14) if self.places else None
        self.canvas.connect(gateway, self.host, NAMES["linked"], 'resolution = "link_existing"', line, label)

    def _create(self, gateway: Node) -> None:
        call = self.put("create", self.pattern.add("callActivity", "mr_create_record", NAMES["create"]))
        call.set("calledElement", CREATOR)
        holder = call.find(bpmn("extensionElements"))
        assert holder is not None
        for name in ("in", "out"):
            etree.SubElement(holder, camunda(name), {"variables": "all"})
        across_line = self._across("gateway", "create")
        self.canvas.connect(gateway, call, NAMES["create_now"], 'resolution = "create_now"', across_line)
        self.canvas.connect(call, self.host, line=self.places.back("create", 1, 38) if self.places else [])

    def _remind(self, task: Node) -> None:
        timer = self.pattern.timer(task, "mr_remind", NAMES["remind"], "timeDuration", REMIND_AFTER, False)
        self.put("remind", timer)
        notify = self.put("notify", self.pattern.service("mr_notify_due", NAMES["notify"], "notify_due"))
        end = self.put("notified", self.pattern.add("endEvent", "mr_notified", NAMES["notified"]))
        self.canvas.connect(timer, notify, line=self._down("remind", "notify"))
        self.canvas.connect(notify, end, line=self._down("notify", "notified"))

    def _give_up(self, task: Node, cancelled: Node) -> None:
        timer = self.pattern.timer(task, "mr_give_up", NAMES["give_up"], "timeDuration", GIVE_UP_AFTER, True)
        self.put("give_up", timer)
        self.canvas.connect(timer, cancelled, line=self.places.give_up() if self.places else [])

    def _down(self, source: str, target: str) -> list[Point]:
        return self.places.down(source, target) if self.places else []

    def _across(self, left: str, right: str) -> list[Point]:
        return across(self.places.box(left), self.places.box(right)) if self.places else []
