"""Every one of the 60 phrases of 3.3.3.4.4 can be found in its drawing, where the phrase map puts it."""

import re

import pytest
from lxml import etree

from tests.processes import document
from tests.processes.drawing import NAMES, Drawing, kind, properties, translation

PHRASES = document.phrases("Seed phrase map 3.3.3.4.4", "Q")
DRAWING = Drawing("develop-update-opportunity-plan")
# What must remain of the phrases that are whole sentences, which the drawing says in words of its own.
ESSENTIALS = {
    "Q02": ("definition", "customer's business", "sales team"),
    "Q07": ("market intelligence", "products, services, partners and price", "strengths and weaknesses", "strategy"),
    "Q23": ("important", "potential needs", "challenges"),
    "Q28": ("tasks in this box are iterative activities",),
    "Q29": ("account team", "size and complexity", "deal"),
    "Q30": ("lead decision-maker",),
    "Q33": ("opportunity plan report", "opportunities status report", "management", "sales operations"),
    "Q35": ("evaluation, approval, purchasing, legal and implementation",),
    "Q52": ("forecast", "pipeline reports", "probability of close", "expected close date", "3) revenue potential"),
    "Q53": ("follow-up on open items or missing information",),
    "Q54": ("sales team", "input", "area of expertise"),
    "Q55": ("business case", "with the customer", "to gain buy-in"),
    "Q56": ("strategic tactics", "sales team", "environment changes"),
    "Q57": ("critical", "resources", "to sales representatives"),
    "Q58": ("dynamically translate tactics into a repeatable process",),
    "Q60": ("level 3: 3.3.",),
}


def marked(number: str) -> list[etree._Element]:
    """The elements of the drawing that carry a phrase."""
    return [node for node in DRAWING.by_id.values() if number in properties(node).get("seed_phrases", "").split()]


def said(node: etree._Element) -> str:
    """What an element says in English: name, text, documentation."""
    parts = (node.get("name"), node.findtext("b:text", "", NAMES), node.findtext("b:documentation", "", NAMES))
    return " ".join(part for part in parts if part)


def test_the_map_has_60_phrases_and_the_drawing_marks_exactly_those() -> None:
    carried = [number for node in DRAWING.by_id.values() for number in properties(node).get("seed_phrases", "").split()]

    assert list(PHRASES) == [f"Q{number:02}" for number in range(1, 61)]
    assert sorted(carried) == list(PHRASES)


@pytest.mark.parametrize("number", PHRASES)
def test_the_phrase_can_be_read_on_the_element_that_carries_it(number: str) -> None:
    phrase = re.sub(r"^-\s*", "", PHRASES[number][0])
    (node,) = marked(number)

    if number in ESSENTIALS:
        for words in ESSENTIALS[number]:
            assert words.lower() in said(node).lower(), words
    elif number == "Q01":
        found = properties(node)
        assert phrase == (
            f"Level {found['documented_level']}: {found['documented_number']} {found['documented_title']} Process Flow"
        )
    elif number in ("Q10", "Q22"):
        assert said(node).startswith(f"{phrase}: ")
    else:
        first, _, last = phrase.partition(" … ")  # the catalogue shortens the longest name
        name = node.get("name") or node.findtext("b:text", "", NAMES)
        assert name == phrase or (last and name.startswith(first) and name.endswith(last))


@pytest.mark.parametrize("number", PHRASES)
def test_the_phrase_stands_where_the_map_puts_it(number: str) -> None:
    (node,) = marked(number)
    place = PHRASES[number][1]

    if match := re.match(r"(step|off-page reference|pre-defined task) `(\w+)`", place):
        assert node.get("id") == match[2]
    elif match := re.match(r"annotation on `(\w+)`", place):
        assert kind(node) == "textAnnotation"
        ties = [each for each in DRAWING.all(".//b:association") if each.get("targetRef") == node.get("id")]
        assert [each.get("sourceRef") for each in ties] == [match[1]]
    elif match := re.match(r"(input|output) ([IO]\d)", place):
        assert kind(node) == "dataObjectReference"
        assert (properties(node)["io"], properties(node)["catalog_no"]) == (match[1], match[2])
    elif match := re.match(r"lane (\w+)", place):
        assert (kind(node), node.get("id")) == ("lane", f"lane_{match[1].lower()}")
    else:
        assert kind(node) == document.kind_of_place(place)


def test_six_inputs_and_five_outputs_are_drawn_in_both_languages() -> None:
    data = DRAWING.all(".//b:dataObjectReference")

    numbers = [f"I{number}" for number in range(1, 7)] + [f"O{number}" for number in range(1, 6)]
    assert sorted(properties(each)["catalog_no"] for each in data) == numbers
    assert all(translation(each, "@name") for each in data)
