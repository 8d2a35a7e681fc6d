"""From JUEL to FEEL: the same value for the same variables, as far as the values of both languages go.

Two differences are bridged: JUEL counts from 0 and FEEL from 1; and JUEL takes a missing value for false, where FEEL
says null, which `not` would keep.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import singledispatchmethod

from engine.bpmn.notations.juel import Binary, Choice, Index, Invoke, Member, Name, Tree, Unary, Value, parse
from engine.bpmn.notations.juel_calls import ENGINE_OBJECTS, engine_value, written
from engine.bpmn.notations.juel_text import (
    ADD,
    AND,
    ATOM,
    CHOOSE,
    COMPARE,
    MULTIPLY,
    ONLY_THERE,
    OR,
    SIGN,
    Text,
    Unsayable,
    decided,
    element_of,
    empty,
    joined,
    literal,
    negated,
    property_of,
    variable,
)

_COMPARISONS = {"==": "=", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
NO_TEXT = re.compile(r"true|false|-?[0-9]+(?:\.[0-9]+)?")
"""A text that JUEL takes for a truth value or a number when it is compared with one."""


def to_feel(text: str, renamed: Mapping[str, str] | None = None) -> Text:
    """The FEEL that means what a JUEL expression means; `renamed` gives variables another name.

    Raises `NotJuel` for a text that is none, and `Unsayable` for one that only another engine can read.
    """
    return _Writer(renamed or {}).feel(parse(text))


class _Writer:
    """Writes trees as FEEL."""

    def __init__(self, renamed: Mapping[str, str]) -> None:
        self.renamed = renamed

    @singledispatchmethod
    def feel(self, tree: Tree) -> Text:
        """The FEEL of a tree."""
        raise TypeError(f"Expected a tree of an expression, but got {tree!r}.")

    @feel.register
    def _value(self, tree: Value) -> Text:
        if tree.number:
            text = str(tree.value)
            return Text(text + "0" if text.endswith(".") else text)
        if isinstance(tree.value, str):
            return literal(tree.value)
        return Text("null") if tree.value is None else Text(str(tree.value).lower(), certain=True)

    @feel.register
    def _name(self, tree: Name) -> Text:
        if tree.name in ENGINE_OBJECTS:
            raise Unsayable(tree.name, ONLY_THERE)
        return variable(self.renamed.get(tree.name, tree.name))

    @feel.register
    def _unary(self, tree: Unary) -> Text:
        operand = self.feel(tree.operand)
        if tree.op == "-":
            return Text(f"-{operand.at(ATOM)}", SIGN)
        return empty(operand) if tree.op == "empty" else negated(operand)

    @feel.register
    def _binary(self, tree: Binary) -> Text:
        left, right = self.feel(tree.left), self.feel(tree.right)
        if tree.op in ("&&", "||"):
            level, word = (AND, "and") if tree.op == "&&" else (OR, "or")
            return Text(f"{left.at(level)} {word} {right.at(level)}", level, left.certain and right.certain)
        if tree.op in _COMPARISONS:
            return _compared(decided(left), _COMPARISONS[tree.op], decided(right))
        if tree.op == "%":  # with the sign of the dividend, where FEEL's modulo takes that of the divisor
            dividend, divisor = left.at(MULTIPLY), right.at(ATOM)
            return Text(f"{dividend} - {divisor} * round down({dividend} / {divisor}, 0)", ADD)
        if tree.op == "+" and (left.parts or right.parts):
            return joined([left, right])
        level = ADD if tree.op in "+-" else MULTIPLY
        return Text(f"{left.at(level)} {tree.op} {right.at(level + 1)}", level)

    @feel.register
    def _choice(self, tree: Choice) -> Text:
        condition, then, otherwise = (self.feel(part) for part in (tree.condition, tree.then, tree.otherwise))
        text = f"if {condition.text} then {then.text} else {otherwise.text}"
        return Text(text, CHOOSE, then.certain and otherwise.certain)

    @feel.register
    def _member(self, tree: Member) -> Text:
        if isinstance(tree.base, Name) and tree.base.name in ENGINE_OBJECTS:
            return engine_value(tree.base.name, tree.name)
        return property_of(self.feel(tree.base), tree.name)

    @feel.register
    def _index(self, tree: Index) -> Text:
        base, key = self.feel(tree.base), self.feel(tree.key)
        if isinstance(tree.key, Value) and not tree.key.number:
            return property_of(base, str(tree.key.value))
        if isinstance(tree.key, Value):
            return element_of(base, key)
        named = f"get value({base.text}, {key.text})"
        return Text(f"if {key.at(ATOM)} instance of string then {named} else {element_of(base, key).text}", CHOOSE)

    @feel.register
    def _invoke(self, tree: Invoke) -> Text:
        of_engine = isinstance(tree.base, Name) and tree.base.name in ENGINE_OBJECTS
        if tree.base is None or of_engine:
            return written(tree, None, [] if of_engine else [self.feel(one) for one in tree.arguments])
        return written(tree, self.feel(tree.base), [self.feel(one) for one in tree.arguments])


def _compared(left: Text, sign: str, right: Text) -> Text:
    """A comparison; one with a text such as "true" or "5" holds for the text and for what the text says."""
    said = [_said(side) for side in (left, right)]
    if said == [None, None] or left.parts and right.parts:
        return Text(f"{left.at(ADD)} {sign} {right.at(ADD)}", COMPARE, certain=sign in ("=", "!="))
    if sign == "!=":
        return negated(_compared(left, "=", right))
    as_text = f"{left.at(ADD)} {sign} {right.at(ADD)}"
    return Text(f"{as_text} or {said[0] or left.at(ADD)} {sign} {said[1] or right.at(ADD)}", OR)


def _said(side: Text) -> str | None:
    """The truth value or number that a literal text says; None for anything else."""
    text = json.loads(side.text) if side.parts == (side.text,) else ""
    return text if NO_TEXT.fullmatch(text) else None
