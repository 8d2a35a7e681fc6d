"""Drawings of other tools with parts missing, doubled, moved or filled anew: a sentence, never a crash."""

import copy
import random
from pathlib import Path

import pytest
from lxml import etree

from engine.bpmn import Known, lint, normalise, read
from engine.errors import Rejected

FOLDER = Path(__file__).parents[2] / "behaviour" / "notations"
DRAWINGS = sorted(FOLDER.glob("*.bpmn"))
TEXTS = ["", "${", "${}", "=", '="', "a b", "=x(", "${a == }", "#{empty x}", "${a.b('c')}", "-1", "é", '="a\nb"']
NAMES = {"handlers": "send_invoice mailer reserve_stock own_rules", "decisions": "discount", "forms": "review"}
KNOWN = Known(**{kind: frozenset(names.split()) for kind, names in NAMES.items()}, processes=frozenset({"c8_called"}))


def damaged(seed):
    """One of the drawings with one to four damages."""
    chance = random.Random(seed)
    tree = etree.parse(chance.choice(DRAWINGS))
    nodes = list(tree.getroot().iterdescendants("*"))
    for _ in range(chance.randrange(1, 5)):
        node = chance.choice(nodes)
        damage = chance.choice(["lose", "fill", "remove", "double", "text", "move"])
        if damage == "lose" and node.attrib:
            del node.attrib[chance.choice(list(node.attrib))]
        elif damage == "fill" and node.attrib:
            node.set(chance.choice(list(node.attrib)), chance.choice(TEXTS))
        elif damage == "remove" and node.getparent() is not None:
            node.getparent().remove(node)
        elif damage == "double" and node.getparent() is not None:
            node.getparent().append(copy.deepcopy(node))
        elif damage == "text":
            node.text = chance.choice(TEXTS)
        elif damage == "move":
            chance.choice(nodes).append(copy.deepcopy(node))
    return etree.tostring(tree)


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_drawing_is_read_or_refused(seed):
    try:
        one = read(damaged(seed), "damaged.bpmn")
        found = lint(one, KNOWN)
        if all(finding.severity != "error" for finding in found):
            assert read(normalise(one, KNOWN).xml, one.file).told == ()
    except Rejected as refused:
        found = refused.findings
    assert all(str(finding.message) and str(finding.remedy) for finding in found)
