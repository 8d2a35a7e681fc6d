"""What is left of a tool's words after translation: known ones stay, others are refused by name."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.notations.reasons import UNKNOWN
from engine.bpmn.notations.translation import Translation, Words, drop
from engine.bpmn.vocabulary import Node


def refuse_leftovers(work: Translation, space: str, words: Words, prefix: str) -> None:
    """Refuses each word of a namespace that cannot run or is not known, and takes it out of the tree."""
    for top in work.tops():
        gone = set[Node]()
        for node in list(top.iter("*")):
            if node in gone:
                continue
            for name in _attributes(node, space):
                if _is_refused(work, node, words, f"@{name}", f"{prefix}:{name}"):
                    del node.attrib[f"{{{space}}}{name}"]
            found = etree.QName(node)
            if found.namespace == space and node.getparent() is not None:
                if _is_refused(work, node, words, found.localname, f"{prefix}:{found.localname}"):
                    gone.update(node.iter("*"))
                    drop(node)


def _attributes(node: Node, space: str) -> Iterator[str]:
    for name in list(node.attrib):
        found = etree.QName(str(name))
        if found.namespace == space:
            yield found.localname


def _is_refused(work: Translation, node: Node, words: Words, key: str, found: str) -> bool:
    word = words.get(key)
    refusal = UNKNOWN if word is None else word.refusal
    if refusal is not None:
        work.refuse(node, found, refusal)
    return refusal is not None
