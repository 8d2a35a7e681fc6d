"""The process and each sub-process begin in a way that can be started."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, children, event_kind, flow_nodes, flows, identity, local, scopes
from engine.errors import Finding

RULE = "start-events"


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        if scope is sheet.process:
            yield from _process(sheet, scope)
        elif local(scope) != "adHocSubProcess" and scope.get("triggeredByEvent") != "true":
            yield from _sub_process(sheet, scope)


def _process(sheet: Sheet, process: Node) -> Iterator[Finding]:
    starts = list(children(process, "startEvent"))
    plain = [start for start in starts if event_kind(start) is None]
    if not starts:
        yield sheet.error(
            RULE,
            process,
            "Expected the process to begin with a start event, but it has none.",
            "Draw a start event and connect it to the first step.",
        )
    for extra in plain[1:]:
        yield sheet.error(
            RULE,
            extra,
            "Expected one plain start event, but %(id)s is another one.",
            "Keep one plain start; let other ways in begin with a message.",
            id=identity(extra),
        )
    for start in starts:
        if event_kind(start) not in (None, "message"):
            yield sheet.error(
                RULE,
                start,
                "Expected the process to start plainly or by a message, but it starts by a %(event)s.",
                "Start it plainly and let a scheduled job or another process start it.",
                event=event_kind(start),
            )


def _sub_process(sheet: Sheet, scope: Node) -> Iterator[Finding]:
    starts = list(children(scope, "startEvent"))
    entered = {flow.get("targetRef") for flow in flows(scope)}
    open_ends = [node for node in flow_nodes(scope) if identity(node) not in entered and local(node) != "boundaryEvent"]
    count = len(starts) or len([node for node in open_ends if node.get("triggeredByEvent") != "true"])
    if count != 1 or any(event_kind(start) for start in starts):
        yield sheet.error(
            RULE,
            scope,
            "Expected the sub-process to begin at one plain start event, but it has %(count)s beginnings.",
            "Draw one plain start event inside it.",
            count=count,
        )
