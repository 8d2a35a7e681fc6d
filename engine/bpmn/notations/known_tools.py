"""The tools whose words are known, and the order in which they are read."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.bpmn.notations import camunda7, camunda8, flowable, jbpm, other_engines
from engine.bpmn.notations.leftover_words import refuse_leftovers
from engine.bpmn.notations.names import translate_names
from engine.bpmn.notations.translation import Translation, Words
from engine.bpmn.vocabulary import CAMUNDA, Node
from engine.errors import Finding

KNOWN: Mapping[str, tuple[str, Words]] = {
    CAMUNDA: ("camunda", camunda7.WORDS),
    camunda8.SPACE: (camunda8.PREFIX, camunda8.WORDS),
    **{space: (prefix, flowable.WORDS) for space, prefix in flowable.SPACES.items()},
    other_engines.SPIFF: ("spiffworkflow", other_engines.SPIFF_WORDS),
    jbpm.SPACE: (jbpm.PREFIX, jbpm.WORDS),
}
"""Namespace: the usual prefix, and what becomes of each word."""


def translate_notations(root: Node, file: str) -> tuple[Finding, ...]:
    """Changes the tree of a file into our words; the answer is what was understood and what is refused."""
    work = Translation(file, root)
    spaces = _spaces(root)
    flowable.spell_ad_hoc(work)
    if spaces & flowable.SPACES.keys():
        flowable.translate(work)
    if camunda8.SPACE in spaces:
        camunda8.translate(work)
    if jbpm.wrote(root):
        jbpm.translate(work)
    other_engines.translate(work)
    camunda7.translate(work)
    translate_names(work)
    for space in sorted(spaces & KNOWN.keys() | {CAMUNDA}):
        prefix, words = KNOWN[space]
        refuse_leftovers(work, space, words, work.prefix if space == CAMUNDA else prefix)
    return tuple(work.findings)


def _spaces(root: Node) -> set[str]:
    """The namespaces of all elements and attributes of a file."""
    names = {str(name) for node in root.iter("*") for name in (node.tag, *node.attrib)}
    return {etree.QName(name).namespace or "" for name in names}
