"""Inside a process stands only what has a place there: nothing is passed over because of what it is."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import XSI, Node, children, identity, local, scopes, within
from engine.errors import Finding

RULE = "elements"
# What the schema lets stand in a process because it is a kind of flow element, but no process is made of.
_ABSTRACT = frozenset("activity catchEvent event flowElement flowNode gateway throwEvent choreographyActivity".split())
_FOREIGN = frozenset("callChoreography choreographyTask implicitThrowEvent subChoreography".split()) | _ABSTRACT
_EXPRESSION_TYPES = ("tExpression", "tFormalExpression")
# Elements whose type in the schema is called otherwise than they are.
_TYPES = {"inputDataItem": "tDataInput", "outputDataItem": "tDataOutput"}
# Declared abstract, so that it has to say what it is.
_MUST_SAY = frozenset({"partitionElement"})


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        for node in children(scope, *_FOREIGN):
            yield sheet.error(
                RULE,
                node,
                "Expected steps of a process, but %(id)s is of the kind %(kind)s, which is none.",
                "Draw it as a task, event or gateway, or move it to a diagram of its own.",
                id=identity(node),
                kind=local(node),
            )
    for node in within(sheet.drawing.root):
        if local(node) not in _FOREIGN | _MUST_SAY:
            yield from _retyped(sheet, node)


def _retyped(sheet: Sheet, node: Node) -> Iterator[Finding]:
    """The schema lets an element say that it is of another type; nothing here would look at that."""
    stated = node.get(f"{{{XSI}}}type", "").rpartition(":")[2]
    own = _TYPES.get(local(node), f"t{local(node)[0].upper()}{local(node)[1:]}")
    if stated and stated != own and stated not in _EXPRESSION_TYPES:
        yield sheet.error(
            RULE,
            node,
            "Expected the %(kind)s to be what its name says, but xsi:type makes it a %(type)s.",
            "Write the element under the name of that type.",
            kind=local(node),
            type=stated,
        )
