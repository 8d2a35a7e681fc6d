"""A parallel join does not wait for a token that only its own output could bring (BPMN 2.0, 13.3.1).

An inclusive join knows when nothing more can come, so that it may stand in any loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.bpmn.lint.connected import entries, reached, successors
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element, Model
from engine.bpmn.vocabulary import Node, children, identity, scopes
from engine.errors import Finding

RULE = "joins"
LOOKED_AT = 20_000_000
"""How many steps are looked at, for each join in a loop all of them."""
Following = Mapping[str, set[str]]


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        following = successors(scope)
        turning = in_loops(following)
        found = (sheet.model.elements.get(identity(node)) for node in children(scope, "parallelGateway"))
        joins = [one for one in found if one is not None and one.id in turning and len(one.incoming) > 1]
        if len(joins) * len(following) > LOOKED_AT:
            yield _too_many(sheet, scope, len(joins), len(following))
            continue
        for join in joins:
            yield from _join(sheet, scope, join, following)


def _too_many(sheet: Sheet, scope: Node, joins: int, steps: int) -> Finding:
    return sheet.error(
        RULE,
        scope,
        "Expected fewer parallel joins in loops of a process this large, but it has %(joins)s among %(steps)s steps.",
        "Move parts of the loop to sub-processes.",
        joins=joins,
        steps=steps,
    )


def _join(sheet: Sheet, scope: Node, join: Element, following: Following) -> Iterator[Finding]:
    starts = list(entries(scope))
    before = reached(starts, {**following, join.id: set()})
    sources = {sheet.model.flows[flow].source for flow in join.incoming}
    if sources & (reached(starts, following) - before):
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


def in_loops(following: Following) -> set[str]:
    """The elements that lie in a loop or between two: what is left when all that has no way in or no way on goes."""
    on = {ident: set(targets) for ident, targets in following.items()}
    back: dict[str, set[str]] = {}
    for ident, targets in on.items():
        for target in targets:
            back.setdefault(target, set()).add(ident)
    left = on.keys() | back.keys()
    for ways, others in ((on, back), (back, on)):
        bare = [ident for ident in left if not ways.get(ident)]
        while bare:
            ident = bare.pop()
            left.discard(ident)
            for other in others.pop(ident, ()):
                ways[other].discard(ident)
                if not ways[other]:
                    bare.append(other)
    return left


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
    choosing = ("exclusiveGateway", "eventBasedGateway")
    return len(element.outgoing) > 1 and element.kind not in choosing
