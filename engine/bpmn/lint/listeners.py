"""Only one listener is run: a handler at the completion of a user task."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.extensions import extensions
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import FLOW_NODES, Node, identity, local
from engine.errors import Finding

RULE = "listeners"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in (sheet.process, *sheet.nodes(*FLOW_NODES, "sequenceFlow")):
        for listener in extensions(node, "executionListener"):
            yield _refused(sheet, listener, f"executionListener {listener.get('event', '')}".strip(), node)
        seen = set[str]()
        for listener in extensions(node, "taskListener"):
            event = listener.get("event", "")
            if event != "complete" or not listener.get("delegateExpression") or local(node) != "userTask":
                yield _refused(sheet, listener, f"taskListener {event}".strip(), node)
            elif event in seen:
                yield _refused(sheet, listener, "second taskListener complete", node)
            seen.add(event)


def _refused(sheet: Sheet, listener: Node, name: str, node: Node) -> Finding:
    return sheet.error(
        RULE,
        listener,
        "Expected only a handler at a user task's completion, but %(id)s has a listener that is not run: %(name)s.",
        "Draw a service task for it, or use taskListener event complete with delegateExpression.",
        id=identity(node),
        name=name,
    )
