"""Literal texts of variables that conditions look at: JUEL takes "5" for a number and "true" for a truth value."""

from __future__ import annotations

import re

from engine.bpmn.notations.expression_places import expression_places
from engine.bpmn.notations.juel_feel import NO_TEXT
from engine.bpmn.notations.reasons import TEXT_ONLY
from engine.bpmn.notations.translation import Translation, elements
from engine.bpmn.vocabulary import CAMUNDA, camunda, text_of

OUR_EDITOR = "Salesflow"


def warn_of_literals(work: Translation) -> None:
    """Tells of each output that is a text and looks like a number or a truth value, where a condition names it."""
    if work.root.get("exporter") == OUR_EDITOR:
        return
    named = set(re.findall(r"\w+", " ".join(place.text for place in expression_places(work) if place.is_condition)))
    for node in work.nodes():
        for holder in elements(node, CAMUNDA, "inputOutput"):
            for one in holder.iterchildren(camunda("outputParameter")):
                name, text = one.get("name", ""), text_of(one)
                if name in named and not len(one) and NO_TEXT.fullmatch(text):
                    work.warn(one, f"{name}: {text}", *TEXT_ONLY)
