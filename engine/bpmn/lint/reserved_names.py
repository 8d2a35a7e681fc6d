"""Variables do not take the names the engine gives to its own contexts."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.extensions import extensions
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import FLOW_NODES, Node, camunda, loop_of
from engine.errors import Finding

RULE = "reserved-names"
RESERVED = frozenset({"config", "approval", "task"})


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*FLOW_NODES):
        for name in _written(node):
            if name in RESERVED:
                yield sheet.error(
                    RULE,
                    node,
                    "Expected a variable name of your own, but %(name)s is what the engine calls its own context.",
                    "Choose another name, such as %(name)s_value.",
                    name=name,
                )


def _written(node: Node) -> Iterator[str]:
    yield node.get(camunda("resultVariable"), "")
    loop = loop_of(node)
    if loop is not None:
        yield loop.get(camunda("elementVariable"), "")
    for mapping in extensions(node, "out"):
        yield mapping.get("target", "")
    for holder in extensions(node, "inputOutput"):
        for parameter in holder.iterchildren("*"):
            yield parameter.get("name", "")
