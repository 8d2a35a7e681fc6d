"""How many tokens an activity begins with, and how many it sends on when it ends (BPMN 2.0, table 10.3)."""

from __future__ import annotations

from engine.bpmn.vocabulary import Node

START_QUANTITY, COMPLETION_QUANTITY = "startQuantity", "completionQuantity"
QUANTITIES = (START_QUANTITY, COMPLETION_QUANTITY)
LARGEST = 1000


def quantity(node: Node, name: str) -> int:
    """One of an activity's quantities; 1 when it says nothing, 0 when it is no whole number."""
    digits = node.get(name, "1").strip().removeprefix("+")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else 0
