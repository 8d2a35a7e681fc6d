"""The process and each sub-process begin in a way that can be started."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.bpmn.beginnings import Beginning, beginnings
from engine.bpmn.implicit import heads
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import (
    Node,
    children,
    event_definitions,
    event_kind,
    first,
    flows,
    identity,
    kind_of,
    local,
    scopes,
)
from engine.errors import Finding

RULE = "start-events"
# What a condition has to look at is another rule's matter.
RUN = {"message", "signal", "timer", "conditional"}


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        if scope is sheet.process:
            yield from _process(sheet, scope)
        elif local(scope) != "adHocSubProcess" and scope.get("triggeredByEvent") != "true":
            yield from _sub_process(sheet, scope)


def _process(sheet: Sheet, process: Node) -> Iterator[Finding]:
    starts = list(children(process, "startEvent"))
    begun_by = beginnings(sheet.drawing)
    if not starts and not heads(process) and not begun_by:
        yield sheet.error(
            RULE,
            process,
            "Expected the process to begin with a start event, but it has none.",
            "Draw a start event and connect it to the first step.",
        )
    for start in starts:
        for kind in sorted({kind_of(one) for one in event_definitions(start)} - RUN):
            yield sheet.error(
                RULE,
                start,
                "Expected the process to start plainly or by one of %(run)s, but it starts by: %(event)s.",
                "Start it in one of these ways; what happens inside begins an event sub-process.",
                run=", ".join(sorted(RUN - {"conditional"})),
                event=kind,
            )
        yield from _all_of(sheet, start)
    yield from _twice(sheet, begun_by)
    yield from _receives(sheet, process)


def _all_of(sheet: Sheet, start: Node) -> Iterator[Finding]:
    kinds = {kind_of(one) for one in event_definitions(start)}
    if start.get("parallelMultiple") in ("true", "1") and kinds - {"message"}:
        yield sheet.error(
            RULE,
            start,
            "Expected a start that needs several things to wait for messages, but %(id)s waits for %(kinds)s.",
            "Let it wait for messages only; they are told to belong together by the record they are about.",
            id=identity(start),
            kinds=", ".join(sorted(kinds)),
        )


def _twice(sheet: Sheet, begun_by: Iterable[Beginning]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for one in begun_by:
        if one.kind in ("message", "signal") and seen.setdefault((one.kind, one.name), one.element) != one.element:
            yield sheet.error(
                RULE,
                sheet.by_id.get(one.element),
                "Expected the %(kind)s %(name)s to begin the process at one place, but it begins it at %(first)s "
                "and at %(second)s.",
                "Let it begin at one of them, and split the flow behind it.",
                kind=one.kind,
                name=one.name,
                first=seen[one.kind, one.name],
                second=one.element,
            )


def _receives(sheet: Sheet, process: Node) -> Iterator[Finding]:
    entered = {flow.get("targetRef") for flow in flows(process)}
    for task in sheet.nodes("receiveTask"):
        repeated = first(task, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics") is not None
        apart = identity(task) not in entered and task.getparent() is process and not repeated
        if task.get("instantiate") == "true" and not apart:
            yield sheet.error(
                RULE,
                task,
                "Expected the receive task %(id)s to begin the process, but flows lead to it, it repeats, or it stands "
                "in a sub-process.",
                "Remove the flows to it and its repetition, or its mark that it begins the process.",
                id=identity(task),
            )


def _sub_process(sheet: Sheet, scope: Node) -> Iterator[Finding]:
    starts = list(children(scope, "startEvent"))
    if len(starts) > 1 or any(event_kind(start) for start in starts):
        yield sheet.error(
            RULE,
            scope,
            "Expected the sub-process to begin at one plain start event, but it has %(count)s beginnings.",
            "Draw one plain start event inside it.",
            count=len(starts),
        )
