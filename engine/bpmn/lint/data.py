"""Data that moves by itself comes from one place and goes to a variable."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.expressions import unwrap
from engine.bpmn.extensions import extensions
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, children, first, identity, text_of
from engine.errors import Finding

RULE = "data"
_HOLDERS = ("dataObject", "dataObjectReference", "dataStoreReference", "property", "dataInput", "dataOutput")


def check(sheet: Sheet) -> Iterator[Finding]:
    known = {identity(node) for node in sheet.nodes(*_HOLDERS)}
    for node in sheet.nodes("dataInputAssociation", "dataOutputAssociation"):
        yield from _association(sheet, node, known)
    for node in sheet.nodes("dataObject"):
        yield from _first_value(sheet, node)
    yield from _sets(sheet)


def _association(sheet: Sheet, node: Node, known: set[str]) -> Iterator[Finding]:
    assignments = list(children(node, "assignment"))
    transformed = first(node, "transformation") is not None
    if len(list(children(node, "sourceRef"))) > 1 and not transformed and not assignments:
        yield sheet.error(
            RULE,
            node,
            "Expected one source of the data that moves, but there are several.",
            "Write a transformation that makes one value of them, or draw an association for each.",
        )
    target = text_of(first(node, "targetRef"))
    if transformed and target not in known:
        yield sheet.error(
            RULE,
            node,
            "Expected data to go to a data object, property or declared input or output, but %(name)s is none.",
            "Draw the association to the data object again.",
            name=target or "(empty)",
        )
    for one in assignments:
        yield from _assignment(sheet, node, one, known)


def _first_value(sheet: Sheet, node: Node) -> Iterator[Finding]:
    if next(extensions(node, "value"), None) is not None and not _begins(node.getparent()):
        yield sheet.error(
            RULE,
            node,
            "Expected a start event that gives %(id)s its first value, but nothing here begins so.",
            "Draw a start event, or set the value in the first step.",
            id=identity(node),
        )


def _begins(scope: Node | None) -> bool:
    """Whether a start event sets the data of a process or sub-process; those of event sub-processes stand outside."""
    return scope is not None and first(scope, "startEvent") is not None and scope.get("triggeredByEvent") != "true"


def _sets(sheet: Sheet) -> Iterator[Finding]:
    """Sets of data are not waited for and not chosen between, which matters where there are several."""
    for node in sheet.nodes("ioSpecification"):
        if max(len(list(children(node, kind))) for kind in ("inputSet", "outputSet")) > 1:
            yield sheet.warning(
                RULE,
                node.getparent(),
                "Expected one set of inputs and one of outputs, but %(id)s has several, between which nothing chooses.",
                "A step takes what there is when it begins, and does not wait for data: draw what it waits for.",
                id=_named(node.getparent()),
            )


def _named(node: Node | None) -> str:
    return "" if node is None else identity(node)


def _assignment(sheet: Sheet, node: Node, one: Node, known: set[str]) -> Iterator[Finding]:
    to, given = unwrap(text_of(first(one, "to"))), text_of(first(one, "from"))
    if not given or not (to in known or to.isidentifier()):
        yield sheet.error(
            RULE,
            node,
            "Expected an assignment of FEEL to one variable, but it assigns %(given)s to %(to)s.",
            "Name a variable under <to>; to change a part of a value, build the whole with context put().",
            given=given or "(nothing)",
            to=to or "(nothing)",
        )
