"""Behind an event-based gateway stand only events that can happen."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.event_definitions import AWAITED
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element
from engine.bpmn.vocabulary import Node, event_definitions, first, identity, kind_of
from engine.errors import Finding

RULE = "event-gateway"
_BEGINNING = {"message", "signal"}


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        node = sheet.by_id.get(element.id)
        if element.kind == "eventBasedGateway" and node is not None:
            begins = node.get("instantiate") in ("true", "1")
            yield from _gateway(sheet, element, node, begins)
            for target in sheet.model.targets(element.id):
                following = sheet.model.elements.get(target)
                if following is not None:
                    yield from _target(sheet, following, _BEGINNING if begins else AWAITED)


def _gateway(sheet: Sheet, element: Element, node: Node, begins: bool) -> Iterator[Finding]:
    if begins and (element.incoming or element.parent is not None):
        yield sheet.error(
            RULE,
            node,
            "Expected the gateway %(id)s to begin the process, but flows lead to it, or it stands in a sub-process.",
            "Remove the flows to it, or its mark that it begins the process.",
            id=element.id,
        )
    if not begins and node.get("eventGatewayType") == "Parallel":
        yield sheet.error(
            RULE,
            node,
            "Expected only a gateway that begins the process to wait for all its events, but %(id)s begins none.",
            "Draw a parallel gateway with the events behind it.",
            id=element.id,
        )


def _target(sheet: Sheet, target: Element, allowed: set[str]) -> Iterator[Finding]:
    node = sheet.by_id.get(target.id)
    kinds = {kind_of(one) for one in event_definitions(node)} if node is not None else set()
    catches = target.kind == "intermediateCatchEvent" and kinds and kinds <= allowed
    whole = node is not None and node.get("parallelMultiple") in ("true", "1") and len(kinds) > 1
    receives = target.kind == "receiveTask" and target.event_name is not None
    if not (catches or receives) or whole:
        yield sheet.error(
            RULE,
            node,
            "Expected only events about one of %(allowed)s behind an event gateway, but %(id)s is none.",
            "Put such a catching event between the gateway and this step.",
            id=target.id,
            allowed=", ".join(sorted(allowed)),
        )
    elif len(target.incoming) > 1:
        yield sheet.error(
            RULE,
            node,
            "Expected %(id)s to be entered from its event gateway alone, but other flows lead to it too.",
            "Give the other flows an event of their own.",
            id=target.id,
        )
    elif receives and node is not None and _more_than_a_choice(sheet, node):
        yield sheet.error(
            RULE,
            node,
            "Expected %(id)s to be one choice of its event gateway, but it is repeated, or has events on its border.",
            "Put the gateway into a sub-process, and repeat or guard that.",
            id=target.id,
        )


def _more_than_a_choice(sheet: Sheet, node: Node) -> bool:
    """Whether a receive task would do more than wait: the standard does not let it here (10.5.6)."""
    repeated = first(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics") is not None
    return repeated or any(one.get("attachedToRef") == identity(node) for one in sheet.nodes("boundaryEvent"))
