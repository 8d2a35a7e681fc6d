"""What cannot be laid out: things without an id, and lines that lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.bpmn.lint import references, unique_ids
from engine.bpmn.lint.sheet import Known, Sheet
from engine.bpmn.model import model
from engine.bpmn.read import Drawing
from engine.bpmn.vocabulary import FLOW_NODES, identity, is_bpmn, local, within
from engine.errors import Finding, Rejected, Sentence

RULE = "layout"
MOST_STEPS, MOST_LANES, MOST_AT_ONE = 2000, 500, 500
_ENDS = ("sourceRef", "targetRef", "attachedToRef")
_DRAWN = frozenset(
    "sequenceFlow messageFlow participant lane textAnnotation dataObjectReference dataStoreReference".split()
)


def refuse(drawing: Drawing) -> None:
    """Raises Rejected with everything that keeps a drawing from being laid out."""
    sheet = Sheet(drawing, model(drawing), Known())
    found = [*unique_ids.check(sheet), *_nameless(sheet)]
    # A wrong default flow is no matter of layout.
    lines = {name for name, node in sheet.by_id.items() if local(node) in ("sequenceFlow", "boundaryEvent")}
    found += [finding for finding in references.flows_and_borders(sheet) if finding.element in lines]
    found += _too_large(drawing)
    if found:
        raise Rejected(found)


def _too_large(drawing: Drawing) -> Iterator[Finding]:
    """The work grows faster than the drawing; nobody reads one of this size anyway."""
    root = drawing.root
    at_one = Counter(
        node.get(end) for node in within(root, "sequenceFlow", "boundaryEvent") for end in _ENDS if node.get(end)
    )
    counts = (
        (Sentence("steps"), MOST_STEPS, sum(1 for _ in within(root, *FLOW_NODES))),
        (Sentence("lanes"), MOST_LANES, sum(1 for _ in within(root, "lane"))),
        (Sentence("flows and border events at one step"), MOST_AT_ONE, max(at_one.values(), default=0)),
    )
    for what, most, count in counts:
        if count > most:
            template = "Expected at most %(most)s %(what)s to lay out, but there are %(count)s."
            message = Sentence(template, most=most, what=what, count=count)
            remedy = Sentence("Move a part into a process of its own, and call it.")
            yield Finding(drawing.file, "", 0, RULE, message, remedy)


def _nameless(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.drawing.root.iter("*"):
        if is_bpmn(node) and local(node) in _DRAWN and not identity(node):
            yield sheet.error(
                RULE,
                node,
                "Expected every %(kind)s to have an id, but this one has none.",
                "Give it an id of letters, digits and underscores.",
                kind=local(node),
            )


def crowded(file: str, flow: str) -> Rejected:
    """The refusal of a drawing with more flows between its steps than can be led apart."""
    message = Sentence("Expected room for every flow, but too many lead between the same steps.")
    remedy = Sentence("Join flows in gateways, or move a part into a process of its own.")
    return Rejected([Finding(file, flow, 0, RULE, message, remedy)])
