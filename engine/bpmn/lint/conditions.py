"""Conditions give true or false: one that can only give something else would stop the process, or never hold."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.expressions import KINDS
from engine.bpmn.lint.places import places
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import identity
from engine.errors import Finding
from engine.feel import FeelSyntaxError, compile_expression
from engine.feel.expression import bounded
from engine.feel.nodes import Arithmetic, Const, ContextOf, For, FunctionOf, If, ListOf, Negate, Node, RangeOf
from engine.feel.parser import parse_expression
from engine.feel.values import kind

RULE = "conditions"
CONDITIONS = frozenset({"condition", "completionCondition", "loopCondition", "activationCondition", "skip_when"})
TRUTH, OPEN = "boolean", "?"
_GIVES: dict[type[Node], str] = {
    Arithmetic: "number",
    Negate: "number",
    ListOf: "list",
    For: "list",
    ContextOf: "context",
    RangeOf: "range",
    FunctionOf: "function",
}


def check(sheet: Sheet) -> Iterator[Finding]:
    for place in places(sheet):
        if place.name not in CONDITIONS:
            continue
        kinds = _kinds_given(place.text)
        wrong = sorted(kinds - {TRUTH, OPEN, "null"})
        if (wrong or kinds == {"null"}) and sheet.is_refused(identity(place.node)):
            continue
        if wrong:
            told = sheet.warning if kinds & {TRUTH, OPEN} else sheet.error
            yield told(
                RULE,
                place.node,
                "Expected %(place)s to give true or false, but %(text)s gives %(kind)s.",
                'Compare it with what is meant, as in status = "won", or give true and false.',
                place=place.name,
                text=place.text,
                kind=KINDS[wrong[0]],
            )
        elif kinds == {"null"}:
            yield sheet.warning(
                RULE,
                place.node,
                "Expected %(place)s to give true or false, but %(text)s always gives null, which counts as false.",
                "Compare values of the same kind: a number with a number, a text with a text.",
                place=place.name,
                text=place.text,
            )


def _kinds_given(text: str) -> set[str]:
    """The kinds of value that a condition can give; `?` stands for all that only a run can tell."""
    try:
        parsed = parse_expression(text, ())
    except FeelSyntaxError:  # another rule's matter
        return {OPEN}
    (node,) = parsed.nodes
    if not parsed.names and bounded(parsed.nodes):
        return {kind(compile_expression(text)({}))}
    found, todo = set[str](), [node]
    while todo:
        one = todo.pop()
        if isinstance(one, If):
            todo += [one.then, one.otherwise]
        elif isinstance(one, Const):
            found.add(kind(one.value))
        else:
            found.add(_GIVES.get(type(one), OPEN))
    return found
