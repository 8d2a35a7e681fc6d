"""A complex gateway says for which tokens it waits; its conditions are looked at twice (BPMN 2.0, 13.3.5)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.joins import feeds_itself
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Flow
from engine.bpmn.vocabulary import first, identity, text_of
from engine.errors import Finding

RULE = "complex-gateway"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("complexGateway"):
        element = sheet.model.elements.get(identity(node))
        if element is None:
            continue
        waits = bool(text_of(first(node, "activationCondition")))
        if not waits and len(element.incoming) > 1:
            yield sheet.warning(
                RULE,
                node,
                "Expected the complex gateway %(id)s to say for how many tokens it waits, but it has no activation"
                " condition: it waits for all that can still come, as an inclusive gateway does.",
                "Write the condition, such as activationCount >= 2, or draw an inclusive gateway.",
                id=element.id,
            )
        if waits and len(element.incoming) > 1 and feeds_itself(sheet.model, element):
            yield sheet.warning(
                RULE,
                node,
                "Expected the flows into the complex gateway %(id)s to come before it, but its own output leads back to"
                " it: what comes back before it has reset is taken away.",
                "Lead the loop back to before the branches that it waits for.",
                id=element.id,
            )
        for flow in (sheet.model.flows[ident] for ident in element.outgoing) if waits else ():
            yield from _taken_twice(sheet, flow)


def _taken_twice(sheet: Sheet, flow: Flow) -> Iterator[Finding]:
    if flow.default:
        yield sheet.warning(
            RULE,
            sheet.by_id.get(flow.id),
            "Expected the way to %(target)s to be taken once a round, but as default flow of a complex gateway it is"
            " also taken when the gateway resets and no condition holds.",
            "Give it a condition that begins with waitingForStart in place of the default.",
            target=flow.target,
        )
    elif flow.condition is not None and "waitingForStart" not in flow.condition:
        yield sheet.warning(
            RULE,
            sheet.by_id.get(flow.id),
            "Expected the condition of the flow to %(target)s to ask whether the complex gateway is starting,"
            " but it does not: the flow is taken when the gateway starts, and again when it resets.",
            "Write waitingForStart and (...) around the condition to take the flow once.",
            target=flow.target,
        )
