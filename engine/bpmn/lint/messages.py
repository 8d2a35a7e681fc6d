"""Messages, signals, errors and escalations are named, so that somebody can send and catch them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.expressions import expression
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import EVENTS, Node, camunda, children, identity, kind_of, local
from engine.bpmn.vocabulary import event_definitions as definitions_of
from engine.errors import Finding

RULE = "messages"
_NAMED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
_MAY_CATCH_ALL = ("error", "escalation")


def check(sheet: Sheet) -> Iterator[Finding]:
    declared = {identity(node): node for node in children(sheet.drawing.root, *_NAMED)}
    for node in sheet.nodes(*EVENTS):
        for definition in definitions_of(node):
            kind = kind_of(definition)
            if kind in _NAMED:
                yield from _reference(sheet, node, definition, kind, declared)
    for node in sheet.nodes("receiveTask", "sendTask"):
        if local(node) == "sendTask" and (node.get(camunda("topic")) or node.get(camunda("delegateExpression"))):
            continue
        yield from _reference(sheet, node, node, "message", declared)


def _reference(sheet: Sheet, node: Node, holder: Node, kind: str, declared: dict[str, Node]) -> Iterator[Finding]:
    reference = holder.get(f"{kind}Ref", "").rpartition(":")[2]
    catches_all = kind in _MAY_CATCH_ALL and local(node) in ("boundaryEvent", "startEvent")
    if not reference and catches_all:
        return
    named = declared.get(reference)
    if named is None or local(named) != kind:
        if reference and holder.getparent() not in (node, node.getparent()):
            return  # Several events share the definition: the rule about references tells of it once.
        nothing = "Expected %(id)s to name its %(kind)s, but it names none."
        yield sheet.error(
            RULE,
            node,
            "Expected %(id)s to name its %(kind)s, but the file has none called %(reference)s."
            if reference
            else nothing,
            "Choose or create the %(kind)s in the editor's panel.",
            id=identity(node),
            kind=kind,
            reference=reference,
        )
    elif not named.get(_NAMED[kind]) and not catches_all:
        yield sheet.error(
            RULE,
            named,
            "Expected %(attribute)s of the %(kind)s to be given, but it is empty.",
            "Fill it in; senders and receivers find each other by it.",
            kind=kind,
            attribute=_NAMED[kind],
        )
    elif node.getparent() is sheet.process and local(node) == "startEvent" and expression(named.get("name", "")):
        yield sheet.error(
            RULE,
            named,
            "Expected the %(kind)s that begins the process to have a name, but it is worked out: %(name)s.",
            "Write the name itself; there are no variables before the process runs.",
            kind=kind,
            name=named.get("name", ""),
        )
