"""The places of a file where expressions stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn.notations.expressions import pieces
from engine.bpmn.notations.task_names import PROPERTY
from engine.bpmn.notations.translation import Translation
from engine.bpmn.vocabulary import Node, camunda, is_bpmn, local

SINGLE_ATTRIBUTES = frozenset(
    "assignee owner dueDate followUpDate priority collection expression decisionRef errorMessage".split()
)
LIST_ATTRIBUTES = frozenset({"candidateUsers", "candidateGroups"})
MAPPING_ATTRIBUTES = frozenset({"sourceExpression", "businessKey", "defaultValue", "default"})
CONDITIONS = frozenset("conditionExpression loopCondition completionCondition condition activationCondition".split())
EXPRESSION_ELEMENTS = CONDITIONS | frozenset(
    "timeDate timeDuration timeCycle loopCardinality loopDataInputRef script".split()
)
LANGUAGES_READ = frozenset({"", "feel", "juel"})
VALUE_ELEMENTS = frozenset({"inputParameter", "outputParameter", "value", "entry"})
SAME_RECORD = ("#{execution.processBusinessKey}", "${execution.processBusinessKey}")
"""The business key of a call that stays about the record of its caller."""


@dataclass(frozen=True)
class ExpressionPlace:
    """One expression: in an attribute of an element, or (without one) in its text."""

    node: Node
    attribute: str = ""

    @property
    def text(self) -> str:
        """What stands there."""
        return str(self.node.get(self.attribute, "")) if self.attribute else self.node.text or ""

    @property
    def is_same_record(self) -> bool:
        """Whether it says that what is called stays about the record of its caller."""
        return self.attribute == "businessKey" and self.text in SAME_RECORD

    @property
    def is_condition(self) -> bool:
        """Whether it holds or does not."""
        return local(self.node) in CONDITIONS or self.node.get("name") == "skip_when"

    @property
    def is_name(self) -> bool:
        """Whether it only says what people read."""
        return self.node.get("name") == PROPERTY

    def write(self, text: str) -> None:
        """Puts something else there."""
        if self.attribute:
            self.node.set(self.attribute, text)
        else:
            self.node.text = text


def expression_places(work: Translation) -> Iterator[ExpressionPlace]:
    """Every place with `${...}` or `#{...}` in the process and in what it refers to."""
    for top in work.tops():
        for node in top.iter("*"):
            for found in _of_node(node):
                if any(is_expression for is_expression, _ in pieces(found.text)) and not found.is_same_record:
                    yield found


def _of_node(node: Node) -> Iterator[ExpressionPlace]:
    name = local(node)
    if is_bpmn(node):
        yield from (
            ExpressionPlace(node, camunda(one)) for one in SINGLE_ATTRIBUTES | LIST_ATTRIBUTES if node.get(camunda(one))
        )
        if name in ("message", "signal"):
            yield ExpressionPlace(node, "name")
        if name in EXPRESSION_ELEMENTS and not _is_program(node):
            yield ExpressionPlace(node)
    elif node.tag == camunda(name):
        yield from (ExpressionPlace(node, one) for one in MAPPING_ATTRIBUTES if node.get(one))
        if name == "formProperty" and node.get("expression"):
            yield ExpressionPlace(node, "expression")
        if name == "property" and node.get("name") in ("skip_when", PROPERTY):
            yield ExpressionPlace(node, "value")
        if not len(node) and (name in VALUE_ELEMENTS or (name == "script" and not _is_program(node))):
            yield ExpressionPlace(node)


def _is_program(node: Node) -> bool:
    """Whether the text of a script or a condition is in a language that is not run."""
    around = node if node.get("scriptFormat") is not None else node.getparent()
    language = node.get("language", "" if around is None else around.get("scriptFormat", ""))
    return language.lower() not in LANGUAGES_READ and not is_address(language)


def is_address(language: str) -> bool:
    """Whether a language is named by an address, which editors fill in without being asked."""
    return "://" in language
