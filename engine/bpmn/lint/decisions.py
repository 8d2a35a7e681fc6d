"""Every business rule task names a decision that is deployed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet, nearest
from engine.bpmn.model import Element
from engine.bpmn.vocabulary import Node
from engine.errors import Finding

RULE = "decisions"
_MAPPINGS = ("singleEntry", "singleResult", "collectEntries", "resultList")


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        node = sheet.by_id.get(element.id)
        if element.kind == "businessRuleTask" and node is not None:
            yield from _decision(sheet, node, element)
            yield from _mapping(sheet, node, element)
        sla = element.properties.get("approval.sla")
        if node is not None and sla and sla not in sheet.known.decisions:
            yield _unknown(sheet, node, sla)


def _decision(sheet: Sheet, node: Node, element: Element) -> Iterator[Finding]:
    if element.decision is None:
        if element.handler is None:
            yield sheet.error(
                RULE,
                node,
                "Expected %(id)s to name a decision, but it names none.",
                "Set the implementation to DMN and write the decision's id.",
                id=element.id,
            )
    elif element.decision not in sheet.known.decisions and not sheet.is_refused(element.id):
        yield _unknown(sheet, node, element.decision)


def _unknown(sheet: Sheet, node: Node, name: str) -> Finding:
    meant = nearest(name, sheet.known.decisions)
    return sheet.error(
        RULE,
        node,
        "Expected a deployed decision, but %(name)s is not one.",
        "Did you mean %(meant)s?" if meant else "Deploy the table together with the drawing, or correct the id.",
        name=name,
        meant=meant,
    )


def _mapping(sheet: Sheet, node: Node, element: Element) -> Iterator[Finding]:
    mapping = element.attributes.get("mapDecisionResult", _MAPPINGS[0])
    if mapping not in _MAPPINGS:
        yield sheet.error(
            RULE,
            node,
            "Expected mapDecisionResult to be one of %(known)s, but it is %(mapping)s.",
            "Choose one of them.",
            known=", ".join(_MAPPINGS),
            mapping=mapping,
        )
