"""An activity begins with tokens that come to it, and ends with some: whole numbers of them, and not too many."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.quantities import LARGEST, QUANTITIES, START_QUANTITY, quantity
from engine.bpmn.vocabulary import ACTIVITIES, Node, identity, local
from engine.errors import Finding

RULE = "token-quantities"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*ACTIVITIES):
        for name in QUANTITIES:
            if not 1 <= quantity(node, name) <= LARGEST:
                yield sheet.error(
                    RULE,
                    node,
                    "Expected %(id)s to begin and to end with 1 to %(limit)s tokens, but its %(name)s is %(value)s.",
                    "Write a whole number in that range, or remove the attribute: then it is 1.",
                    id=identity(node),
                    limit=LARGEST,
                    name=name,
                    value=node.get(name) or '""',
                )
        if quantity(node, START_QUANTITY) > 1 and not _entered(sheet, node):
            yield sheet.error(
                RULE,
                node,
                "Expected flows to bring the tokens that %(id)s waits for (%(name)s %(value)s), but none leads to it, "
                "or it stands behind an event-based gateway.",
                "Lead flows to it, or remove the attribute.",
                id=identity(node),
                name=START_QUANTITY,
                value=node.get(START_QUANTITY),
            )


def _entered(sheet: Sheet, node: Node) -> bool:
    """Whether tokens come to an activity, by flows that do not only choose it."""
    element = sheet.model.elements[identity(node)]
    sources = [sheet.by_id.get(sheet.model.flows[flow].source) for flow in element.incoming]
    return bool(sources) and all(one is None or local(one) != "eventBasedGateway" for one in sources)
