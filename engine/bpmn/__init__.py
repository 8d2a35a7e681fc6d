"""Drawings as XML: read, check, normalise, describe, lay out, draw. Knows nothing of what executes them.

The way of a drawing: `read` (what bytes say), `translating` and in it `notations` (other tools' words and the
standard's into ours), `lint` (may it run?), `normalise` (into shapes that run right, with the shared patterns).
"""

from engine.bpmn.beginnings import Beginning, beginnings
from engine.bpmn.expressions import expression
from engine.bpmn.layout import layout, to_be_seen, with_diagram
from engine.bpmn.lint import BUILT_IN_TOPICS, RULES, Known, lint
from engine.bpmn.model import Element, Flow, Lane, Model, model
from engine.bpmn.normalise import drawn_alike, normalise
from engine.bpmn.notations import forms_inside
from engine.bpmn.parts import Part, Where, kinds_of_events, parts
from engine.bpmn.read import Drawing, only_process, read
from engine.bpmn.svg import Mark, render_svg

__all__ = [
    "BUILT_IN_TOPICS",
    "RULES",
    "Beginning",
    "Drawing",
    "Element",
    "Flow",
    "Known",
    "Lane",
    "Mark",
    "Model",
    "Part",
    "Where",
    "beginnings",
    "drawn_alike",
    "expression",
    "forms_inside",
    "kinds_of_events",
    "layout",
    "lint",
    "model",
    "normalise",
    "only_process",
    "parts",
    "read",
    "render_svg",
    "to_be_seen",
    "with_diagram",
]
