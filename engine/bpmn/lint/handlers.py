"""Every automatic step has a handler, and that handler is registered."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import BUILT_IN_TOPICS, Sheet, nearest
from engine.bpmn.model import Element
from engine.bpmn.vocabulary import Node
from engine.errors import Finding

RULE = "handlers"
_AUTOMATIC = ("serviceTask", "sendTask", "businessRuleTask")


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        node = sheet.by_id.get(element.id)
        if node is None:
            continue
        if element.kind in _AUTOMATIC and not sheet.is_refused(element.id):
            yield from _task(sheet, node, element)
        for handler in filter(None, element.listeners.values()):
            yield from _known(sheet, node, handler)


def _task(sheet: Sheet, node: Node, element: Element) -> Iterator[Finding]:
    if element.handler is not None:
        yield from _known(sheet, node, element.handler)
    elif element.kind == "serviceTask":
        yield sheet.error(
            RULE,
            node,
            "Expected the service task %(id)s to name its handler, but it names none.",
            "Set the implementation to External and the topic to %(process)s.%(id)s.",
            id=element.id,
            process=sheet.model.process_id,
        )


def _known(sheet: Sheet, node: Node, name: str) -> Iterator[Finding]:
    if name in sheet.known.handlers or name in BUILT_IN_TOPICS:
        return
    meant = nearest(name, sheet.known.handlers | BUILT_IN_TOPICS)
    yield sheet.error(
        RULE,
        node,
        "Expected a registered handler, but %(name)s is not one.",
        "Did you mean %(meant)s?" if meant else "Register a handler of that name, or correct the topic.",
        name=name or "(no name)",
        meant=meant,
    )
