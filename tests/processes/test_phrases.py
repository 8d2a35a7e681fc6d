"""Every one of the 49 phrases of 3.3.3.4.3 can be found in its drawing, where the phrase map puts it."""

import re

import pytest
from lxml import etree

from tests.processes import document
from tests.processes.drawing import NAMES, Drawing, kind, properties, translation

PHRASES = document.phrases("Seed phrase map 3.3.3.4.3", "P")
DRAWING = Drawing("prioritize-opportunity")
# What must remain of the phrases that are whole sentences, which the drawing says in words of its own.
ESSENTIALS = {
    "P02": ("definition", "opportunity", "pipeline"),
    "P44": (
        "potential revenue",
        "credit standing",
        "willingness to buy",
        "desirable or target client",
        "prior revenue or margin",
        "strength of relationships",
    ),
    "P45": ("major opportunities or deals", "sales reps", "experience", "level of priority"),
    "P46": ("target segment", "win probability", "market segment", "Loyalist", "Easy Win"),
    "P47": ("management reports", "sales reps are measured", "forecast information", "pipeline reports"),
    "P48": ("flags", "later date"),
    "P49": ("Note", "decided to pursue", "Lead Management", "fast-track", "E.g. RFP"),
}
FLOWS = {
    "P08": ("gw_pursue", "record_pursue_decision"),
    "P10": ("gw_pursue", "off_close_opportunity"),
    "P18": ("gw_approval_required", "review_priority"),
    "P19": ("gw_approval_required", "add_to_pipeline"),
    "P24": ("gw_approve", "identify_priority"),
    "P25": ("gw_approve", "add_to_pipeline"),
    "P41": ("gw_pursue", "defer_opportunity"),
}


def marked(number: str) -> list[etree._Element]:
    """The elements of the drawing that carry a phrase."""
    everything = [*DRAWING.by_id.values()]
    return [node for node in everything if number in properties(node).get("seed_phrases", "").split()]


def said(node: etree._Element) -> str:
    """What an element says in English: name, text, documentation."""
    return " ".join(
        filter(
            None, (node.get("name"), node.findtext("b:text", "", NAMES), node.findtext("b:documentation", "", NAMES))
        )
    )


def test_the_map_has_49_phrases_and_the_drawing_marks_exactly_those() -> None:
    carried = [number for node in DRAWING.by_id.values() for number in properties(node).get("seed_phrases", "").split()]

    assert list(PHRASES) == [f"P{number:02}" for number in range(1, 50)]
    assert sorted(carried) == list(PHRASES)


@pytest.mark.parametrize("number", PHRASES)
def test_the_phrase_can_be_read_on_the_element_that_carries_it(number: str) -> None:
    phrase = re.sub(r"^-\s*", "", PHRASES[number][0])
    (node,) = marked(number)

    if number in ESSENTIALS:
        for words in ESSENTIALS[number]:
            assert words.lower() in said(node).lower(), words
    elif number == "P01":
        found = properties(node)
        assert phrase == (
            f"Level {found['documented_level']}: {found['documented_number']} {found['documented_title']} Process Flow"
        )
    elif number in ("P14", "P15"):
        assert node.get("name").startswith(f"{phrase}: ")
    else:
        assert (node.get("name") or node.findtext("b:text", "", NAMES)) == phrase


@pytest.mark.parametrize("number", PHRASES)
def test_the_phrase_stands_where_the_map_puts_it(number: str) -> None:
    (node,) = marked(number)
    place = PHRASES[number][1]

    if number in FLOWS:
        assert (node.get("sourceRef"), node.get("targetRef")) == FLOWS[number]
        assert all(f"`{end}`" in place for end in FLOWS[number])
    elif match := re.match(r"(step|decision|off-page reference) `(\w+)`", place):
        assert node.get("id") == match[2]
    elif match := re.match(r"annotation on `(\w+)`", place):
        assert kind(node) == "textAnnotation"
        assert associated(node) == match[1]
    elif match := re.match(r"(input|output) ([IO]\d)", place):
        assert kind(node) == "dataObjectReference"
        assert (properties(node)["io"], properties(node)["catalog_no"]) == (match[1], match[2])
        assert uses_or_makes(node.get("id"))
    elif match := re.match(r"lane (\w+)", place):
        assert (kind(node), node.get("id")) == ("lane", f"lane_{match[1].lower()}")
    else:
        assert kind(node) == document.kind_of_place(place)


def associated(note: etree._Element) -> str | None:
    """The element that an annotation is tied to."""
    return next(
        each.get("sourceRef") for each in DRAWING.all(".//b:association") if each.get("targetRef") == note.get("id")
    )


def uses_or_makes(data: str) -> list[str]:
    """The elements that read or write a data object."""
    return [
        line.target if line.source == data else line.source
        for line in DRAWING.lines
        if line.kind.startswith("data") and data in (line.source, line.target)
    ]


def test_seven_inputs_and_seven_outputs_are_drawn_in_both_languages() -> None:
    data = DRAWING.all(".//b:dataObjectReference")

    assert sorted(properties(each)["catalog_no"] for each in data) == sorted(
        [f"I{number}" for number in range(1, 8)] + [f"O{number}" for number in range(1, 8)]
    )
    assert all(translation(each, "@name") for each in data)
