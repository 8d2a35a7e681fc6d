"""Names and descriptions of tasks for people that hold expressions: those engines put in what the task is about."""

from __future__ import annotations

from engine.bpmn.extensions import properties, set_property
from engine.bpmn.notations.expressions import pieces
from engine.bpmn.notations.translation import Translation
from engine.bpmn.vocabulary import children, text_of
from engine.errors import Sentence

PROPERTY = "worked_out_name"
"""The property of a user task whose expression gives the name that people see in their work."""


def work_out_names(work: Translation) -> None:
    """Names the expression of a user task's name in its property; the name stays as drawn, for the diagram."""
    for node in work.nodes("userTask"):
        name = node.get("name", "")
        if _has_expression(name) and PROPERTY not in properties(node):
            set_property(node, PROPERTY, name)
        for text in map(text_of, children(node, "documentation")):
            if _has_expression(text):
                work.read_as(node, text, Sentence("the text itself; only the name of a task is worked out"))


def _has_expression(text: str) -> bool:
    return any(is_expression for is_expression, _ in pieces(text))
