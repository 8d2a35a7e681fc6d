"""Files of decisions that were damaged at random: findings and refusals, never another exception."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.dmn import DecisionError, RejectedDecisions, check, read_with_findings
from engine.feel import BudgetExceeded
from tests.engine.dmn.builders import FOLDER

RUNS = int(os.environ.get("SALESFLOW_FUZZ", "6000")) // 100
SAMPLES = sorted(FOLDER.glob("*.dmn")) + sorted((Path(__file__).parents[3] / "processes" / "dmn").glob("*.dmn"))
TEXTS = [
    "",
    "-",
    "?",
    "null",
    "1",
    '"a"',
    "[1..",
    "[3..1]",
    "> 5",
    "not(1)",
    "a + b",
    "f(1)",
    "x",
    "{a: 1}",
    "\u4e2d",
    "date(1)",
]
VALUES = [None, 1, "a", True, [1, "a"], {"a": [1]}, 10**40, float("nan")]


def damaged(root, chance):
    """Deletes, doubles, moves or rewrites some elements and attributes of a file."""
    for _ in range(chance.randint(1, 6)):
        element = chance.choice([each for each in root.iter() if isinstance(each.tag, str)])
        other = chance.choice([each for each in root.iter() if isinstance(each.tag, str)])
        action = chance.randrange(6)
        if action == 0 and element.getparent() is not None:
            element.getparent().remove(element)
        elif action == 1:
            element.append(etree.fromstring(etree.tostring(other)))
        elif action == 2:
            element.text = chance.choice(TEXTS)
        elif action == 3 and element.attrib:
            element.set(
                chance.choice(sorted(element.attrib)), chance.choice([*TEXTS, *map(str, other.attrib.values())])
            )
        elif action == 4 and other.attrib:
            name = chance.choice(sorted(other.attrib))
            element.set(name, str(other.get(name)))
        else:
            element.tag = other.tag
    return etree.tostring(root)


def asked(model, chance):
    names = sorted({data.name for data in model.input_data.values()} | {"a", "x", "amount_band"})
    inputs = {name: chance.choice(VALUES) for name in names}
    for decision in model.decisions:
        try:
            model.evaluate(decision, inputs)
        except (DecisionError, BudgetExceeded) as refused:
            assert str(refused)
    for service in (*model.services, *model.knowledge):
        try:
            model.call(service, inputs)
        except (DecisionError, BudgetExceeded) as refused:
            assert str(refused)


@pytest.mark.parametrize("sample", SAMPLES[:1], ids=lambda path: path.stem)
def test_the_sample_is_whole(sample):
    assert [each for each in check(sample.read_bytes(), sample.name) if each.severity == "error"] == []


@settings(max_examples=RUNS, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 10**9))
def test_a_damaged_file_gives_findings_and_never_breaks_out(sample, seed):
    chance = random.Random(seed)
    xml = damaged(etree.parse(str(sample)).getroot(), chance)

    try:
        model, findings = read_with_findings(xml, sample.name)
    except RejectedDecisions as refused:
        assert refused.findings
        return
    asked(model, chance)
    assert [each for each in check(xml, sample.name) if not str(each.message) or not str(each.remedy)] == []
    assert all(str(each.message) for each in findings)
