"""A parallel join does not wait for a token that only its own output could bring (BPMN 2.0, 13.3.1).

An inclusive join knows when nothing more can come, so that it may stand in any loop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.bpmn.lint.connected import entries, successors
from engine.bpmn.lint.dominance import Dominance
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element, Model
from engine.bpmn.vocabulary import children, identity, scopes
from engine.errors import Finding

RULE = "joins"
_CHOOSING = ("exclusiveGateway", "eventBasedGateway")


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        found = (sheet.model.elements.get(identity(node)) for node in children(scope, "parallelGateway"))
        joins = [element for element in found if element is not None and len(element.incoming) > 1]
        if joins:
            dominance = Dominance(entries(scope), successors(scope))
            yield from (finding for join in joins for finding in _join(sheet, join, dominance))


def _join(sheet: Sheet, join: Element, dominance: Dominance) -> Iterator[Finding]:
    sources = (sheet.model.flows[flow].source for flow in join.incoming)
    if any(dominance.passed(source, join.id) for source in sources):
        yield sheet.error(
            RULE,
            sheet.by_id.get(join.id),
            "Expected the join %(id)s to wait for flows that come before it, but one comes only from its own output.",
            "Lead the loop back to the splitting gateway, or merge it with an exclusive gateway first.",
            id=join.id,
        )
    elif feeds_itself(sheet.model, join):
        yield sheet.warning(
            RULE,
            sheet.by_id.get(join.id),
            "Expected the join %(id)s to wait for flows that come before it, but its own output leads back to it too.",
            "Make sure that every round brings a token on each of its flows.",
            id=join.id,
        )
    elif choice := _choice_before(sheet.model, join):
        yield sheet.warning(
            RULE,
            sheet.by_id.get(join.id),
            "Expected a token on every flow into the join %(id)s, but %(choice)s chooses one of them: the other stays"
            " empty, and the join waits for ever.",
            "Make both gateways exclusive, or both parallel.",
            id=join.id,
            choice=choice,
        )


def _choice_before(model: Model, join: Element) -> str:
    """The gateway that lets a token into one of several flows of the join, and into no other; empty without one."""
    choices = Counter(_choice_behind(model, flow) for flow in join.incoming)
    return next((choice for choice, count in choices.items() if choice and count > 1), "")


def _choice_behind(model: Model, flow: str) -> str:
    """The gateway from one of whose ways only steps in a row lead into a flow; empty when it comes from elsewhere."""
    element, seen = model.elements.get(model.flows[flow].source), set[str]()
    while element is not None and element.id not in seen:
        if len(element.outgoing) > 1:
            return element.id if element.kind in _CHOOSING else ""
        seen.add(element.id)
        before = element.incoming[0] if len(element.incoming) == 1 else ""
        element = model.elements.get(model.flows[before].source) if before else None
    return ""


def feeds_itself(model: Model, join: Element) -> bool:
    """Whether a single token can travel from the join's output back into it, passing no split."""
    waiting, seen = list(model.targets(join.id)), set[str]()
    if len(waiting) > 1:
        return False
    while waiting:
        ident = waiting.pop()
        if ident == join.id:
            return True
        if ident in seen or ident not in model.elements:
            continue
        seen.add(ident)
        if not _splits(model.elements[ident]):
            waiting.extend(model.targets(ident))
    return False


def _splits(element: Element) -> bool:
    return len(element.outgoing) > 1 and element.kind not in _CHOOSING
