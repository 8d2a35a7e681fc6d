"""The table from kinds of syntax nodes to the functions that compile them."""

from collections.abc import Callable
from typing import TypeVar

from engine.feel.nodes import Node
from engine.feel.run import Code

_RULES: dict[type[Node], Callable[..., Code]] = {}
N = TypeVar("N", bound=Node)


def compiles(kind: type[N]) -> Callable[[Callable[[N], Code]], Callable[[N], Code]]:
    """Register the function that turns nodes of this kind into code."""

    def register(rule: Callable[[N], Code]) -> Callable[[N], Code]:
        _RULES[kind] = rule
        return rule

    return register


def code(node: Node) -> Code:
    """The compiled form of a tree."""
    return _RULES[type(node)](node)
