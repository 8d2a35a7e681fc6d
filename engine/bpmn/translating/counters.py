"""From where the runs of a repeated activity are counted: the standard begins with 1, Camunda 7 and its kin with 0."""

from __future__ import annotations

from engine.bpmn.extensions import set_property
from engine.bpmn.notations.flowable import SPACES
from engine.bpmn.vocabulary import ACTIVITIES, CAMUNDA, Node, first, within

COUNTS_FROM = "counts_from"
"""The property of a repeated activity that says with which number `loopCounter` begins; without it, with 0."""
_FROM_ZERO = frozenset({CAMUNDA, *SPACES})


def count_from_one(root: Node) -> None:
    """Lets `loopCounter` be what the standard says it is (10.2.8), unless the file is of a tool that begins with 0."""
    if _FROM_ZERO.isdisjoint(root.nsmap.values()):
        for node in within(root, *ACTIVITIES):
            if first(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics") is not None:
                set_property(node, COUNTS_FROM, "1")
