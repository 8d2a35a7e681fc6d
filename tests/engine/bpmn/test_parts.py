"""Taken apart, two drawings differ in everything in which their files do, but for spaces, comments and free order."""

import copy
import random
from collections import defaultdict
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from engine.bpmn.parts import parts
from engine.errors import Rejected

ROOT = Path(__file__).resolve().parents[3]
PROCESSES = sorted((ROOT / "processes" / "bpmn").glob("*.bpmn"))
BEHAVIOURS = sorted((ROOT / "tests" / "engine" / "behaviour").rglob("*.bpmn"))
OFTEN = 3
"""How often each kind of change is tried in the drawings of the behaviours."""


def places(root):
    """Every attribute, text and element of a file: what kind of place it is, and which element it is of."""
    for way, node in enumerate(root.iter("*")):
        parent = node.getparent()
        around = None if parent is None else parent.tag
        for name in node.attrib:
            yield ("attribute", node.tag, name), way, name
        if (node.text or "").strip():
            yield ("text", around, node.tag), way, None
        if parent is not None:
            yield ("removed", around, node.tag), way, None
            yield ("added", around, node.tag), way, None


def changed(root, kind, way, name):
    """The file with one thing changed there."""
    made = copy.deepcopy(root)
    node = next(islice(made.iter("*"), way, None))
    if kind[0] == "attribute":
        node.set(name, f"{node.get(name)}1")
    elif kind[0] == "text":
        node.text = f"{node.text.strip()} 1"
    elif kind[0] == "removed":
        node.getparent().remove(node)
    else:
        etree.SubElement(node, node.tag).text = "x"
    return etree.tostring(made)


def unseen(file, root, tried):
    """The changes that make no difference."""
    before = parts(etree.tostring(root), file.name)
    for kind, way, name in tried:
        try:
            if parts(changed(root, kind, way, name), file.name) == before:
                yield kind, way
        except Rejected:
            continue  # a file that cannot be read is told as that


@pytest.mark.parametrize("file", PROCESSES, ids=lambda file: file.stem)
def test_whatever_changes_in_a_process_is_seen(file):
    root = etree.parse(str(file)).getroot()
    chosen = random.Random(file.stem).sample(list(places(root)), 12)

    assert list(unseen(file, root, chosen)) == []


def test_every_kind_of_attribute_text_and_element_is_compared():
    seen = defaultdict(int)
    missed = []
    for file in BEHAVIOURS:
        try:
            root = etree.parse(str(file)).getroot()
            parts(etree.tostring(root), file.name)
        except (etree.XMLSyntaxError, Rejected):
            continue
        tried = []
        for kind, way, name in places(root):
            seen[kind] += 1
            if seen[kind] <= OFTEN:
                tried.append((kind, way, name))
        missed += [(file.name, *one) for one in unseen(file, root, tried)]

    assert missed == []
    assert len(seen) > 500
