"""Expressions: wrappers go, timer literals become FEEL, standard collections take Camunda's attribute."""

from __future__ import annotations

from engine.bpmn.expressions import timer_expression, unwrap
from engine.bpmn.extensions import extensions
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.vocabulary import Node, camunda, first, local, text_of, within

_TIMES = ("timeDate", "timeDuration", "timeCycle")
_CONDITIONS = (
    "activationCondition",
    "condition",
    "conditionExpression",
    "loopCondition",
    "loopCardinality",
    "completionCondition",
    "script",
)


def unwrap_texts(canvas: Canvas) -> None:
    """Leaves bare FEEL wherever FEEL alone may stand; attributes that may be literals stay as written."""
    for node in within(canvas.process, *_TIMES):
        node.text = timer_expression(local(node), text_of(node))
    for node in within(canvas.process, *_CONDITIONS):
        node.text = unwrap(text_of(node))
    for loop in within(canvas.process, "multiInstanceLoopCharacteristics"):
        _collection(loop)
    for call in within(canvas.process, "callActivity"):
        for name in ("in", "out"):
            for mapping in extensions(call, name):
                if mapping.get("sourceExpression"):
                    mapping.set("sourceExpression", unwrap(mapping.get("sourceExpression", "")))


def _collection(loop: Node) -> None:
    standard, item = first(loop, "loopDataInputRef"), first(loop, "inputDataItem")
    if standard is not None:
        loop.set(camunda("collection"), text_of(standard))
        loop.remove(standard)
    elif loop.get(camunda("collection")):
        loop.set(camunda("collection"), unwrap(loop.get(camunda("collection"), "")))
    if item is not None:
        loop.set(camunda("elementVariable"), item.get("name", item.get("id", "")))
        loop.remove(item)
