"""An event sub-process begins with one event that can happen."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, children, event_kind, flows, identity
from engine.errors import Finding

RULE = "event-sub-process"
RUN = ("message", "timer", "signal", "error", "escalation")


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("subProcess"):
        if node.get("triggeredByEvent") != "true":
            continue
        starts = list(children(node, "startEvent"))
        kinds = [event_kind(start) for start in starts]
        if len(starts) != 1 or kinds[0] not in RUN:
            yield sheet.error(
                RULE,
                node,
                "Expected the event sub-process to begin with one start event about %(run)s, but it has %(found)s.",
                "Draw one such start event inside it.",
                run=", ".join(RUN),
                found=", ".join(kind or "a plain one" for kind in kinds) or "none",
            )
        ends = (end for flow in _around(node) for end in (flow.get("sourceRef"), flow.get("targetRef")))
        if identity(node) in ends:
            yield sheet.error(
                RULE,
                node,
                "Expected no flows to or from the event sub-process, but it has some.",
                "Remove the flows; the event alone starts it.",
            )


def _around(node: Node) -> Iterator[Node]:
    scope = node.getparent()
    return iter(()) if scope is None else flows(scope)
