"""Behind an event-based gateway stand only events that can happen."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element
from engine.errors import Finding

RULE = "event-gateway"
_EVENTS = ("message", "timer", "signal")


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        if element.kind != "eventBasedGateway":
            continue
        if element.attributes.get("instantiate") or sheet.by_id[element.id].get("instantiate") == "true":
            yield sheet.error(
                RULE,
                sheet.by_id[element.id],
                "Expected the gateway to follow a start event, but it is to start the process itself.",
                "Draw one start event for each message instead.",
            )
        for target in sheet.model.targets(element.id):
            following = sheet.model.elements.get(target)
            if following is not None:
                yield from _target(sheet, following)


def _target(sheet: Sheet, target: Element) -> Iterator[Finding]:
    catches = target.kind == "intermediateCatchEvent" and target.event in _EVENTS
    receives = target.kind == "receiveTask" and target.event_name is not None
    if not (catches or receives):
        yield sheet.error(
            RULE,
            sheet.by_id.get(target.id),
            "Expected only message, timer and signal events behind an event gateway, but %(id)s is none.",
            "Put a catching event between the gateway and this step.",
            id=target.id,
        )
    elif len(target.incoming) > 1:
        yield sheet.error(
            RULE,
            sheet.by_id.get(target.id),
            "Expected %(id)s to be entered from its event gateway alone, but other flows lead to it too.",
            "Give the other flows an event of their own.",
            id=target.id,
        )
