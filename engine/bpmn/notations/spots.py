"""The places of a file where expressions stand, and their translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn.notations.expressions import FEEL_LANGUAGE, Language, declared_language, is_juel, is_only_feel, pieces
from engine.bpmn.notations.juel import Invoke, NotJuel, parse
from engine.bpmn.notations.juel_text import Unsayable
from engine.bpmn.notations.reasons import unsayable
from engine.bpmn.notations.translation import Translation, attribute
from engine.bpmn.vocabulary import CAMUNDA, Node, camunda, is_bpmn, line_of, local

ATTRIBUTES = frozenset("assignee owner dueDate followUpDate priority collection expression decisionRef".split())
LISTS = frozenset({"candidateUsers", "candidateGroups"})
MAPPINGS = frozenset({"sourceExpression", "businessKey", "defaultValue", "default"})
CONDITIONS = frozenset("conditionExpression loopCondition completionCondition condition activationCondition".split())
TEXTS = CONDITIONS | frozenset("timeDate timeDuration timeCycle loopCardinality loopDataInputRef script".split())
LANGUAGES = frozenset({"", "feel", "juel"})
LEAVES = frozenset({"inputParameter", "outputParameter", "value", "entry"})
SAME_RECORD = ("#{execution.processBusinessKey}", "${execution.processBusinessKey}")
"""The business key of a call that stays about the record of its caller."""
STARTER = "started_by"
"""The variable that holds who started a process."""
NOTHING = "${null}"
"""What stands in place of an expression that was refused."""
_SETS = re.compile(r"""execution\s*\.\s*setVariable\s*\(\s*(['"])(\w+)\1\s*,(.*)\)""", re.DOTALL)


@dataclass(frozen=True)
class Spot:
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
        """Whether it holds or does not; a property is one that says when a step is skipped."""
        return local(self.node) in CONDITIONS or local(self.node) == "property"

    def write(self, text: str) -> None:
        """Puts something else there."""
        if self.attribute:
            self.node.set(self.attribute, text)
        else:
            self.node.text = text


def spots(work: Translation) -> Iterator[Spot]:
    """Every place with `${...}` or `#{...}` in the process and in what it refers to."""
    for top in work.tops():
        for node in top.iter("*"):
            for found in _of_node(node):
                if any(is_expression for is_expression, _ in pieces(found.text)) and not found.is_same_record:
                    yield found


def _of_node(node: Node) -> Iterator[Spot]:
    name = local(node)
    if is_bpmn(node):
        yield from (Spot(node, camunda(one)) for one in ATTRIBUTES | LISTS if node.get(camunda(one)))
        if name in ("message", "signal"):
            yield Spot(node, "name")
        if name in TEXTS and not _is_program(node):
            yield Spot(node)
    elif node.tag == camunda(name):
        yield from (Spot(node, one) for one in MAPPINGS if node.get(one))
        if name == "property" and node.get("name") == "skip_when":
            yield Spot(node, "value")
        if not len(node) and (name in LEAVES or (name == "script" and not _is_program(node))):
            yield Spot(node)


def _is_program(node: Node) -> bool:
    """Whether the text of a script or a condition is in a language that is not run."""
    around = node if node.get("scriptFormat") is not None else node.getparent()
    language = node.get("language", "" if around is None else around.get("scriptFormat", ""))
    return language.lower() not in LANGUAGES and not is_address(language)


def is_address(language: str) -> bool:
    """Whether a language is named by an address, which editors fill in without being asked."""
    return "://" in language


def translate_expressions(work: Translation) -> None:
    """Leaves FEEL wherever an expression stands, and says so in the tree, so that it is not done twice."""
    found = sorted(spots(work), key=lambda spot: (line_of(spot.node), spot.attribute))
    if not found:
        return
    starters = [attribute(node, "initiator") for node in work.nodes("startEvent") if attribute(node, "initiator")]
    language = Language(_speaks_juel(work, found), dict.fromkeys(starters, STARTER))
    changed = [_translate(work, language, spot) for spot in found]
    if any(changed):
        work.root.set("expressionLanguage", FEEL_LANGUAGE)


def _speaks_juel(work: Translation, found: list[Spot]) -> bool:
    """Whether what both languages can read means what JUEL says: as the file says, else by what it holds."""
    declared = declared_language(work.root)
    if declared is not None or work.prefix != "camunda":
        return declared != "feel"
    insides = [inner for spot in found for is_expression, inner in pieces(spot.text) if is_expression]
    return any(map(is_juel, insides)) and not any(map(is_only_feel, insides))


def _translate(work: Translation, language: Language, spot: Spot) -> bool:
    """Writes the FEEL of an expression in its place; whether that changed anything."""
    text = spot.text
    try:
        value = _set_by(spot)
        listed = spot.attribute.removeprefix(f"{{{CAMUNDA}}}") in LISTS
        new = language.listed(text) if listed else language.whole(value or text, spot.is_condition)
    except Unsayable as problem:
        work.refuse(spot.node, f"{problem.part} ({text.strip()})", unsayable(problem.reason))
        new = NOTHING
    else:
        if new != text:
            work.read_as(spot.node, text.strip(), new)
    if new == text:
        return False
    spot.write(new)
    return True


def _set_by(spot: Spot) -> str | None:
    """The value in a step's expression that sets a variable (`${execution.setVariable("x", 1)}`): it is its result."""
    found = pieces(spot.text)
    matched = _SETS.fullmatch(found[0][1]) if len(found) == 1 and found[0][0] else None
    if matched is None or spot.attribute != camunda("expression") or attribute(spot.node, "resultVariable"):
        return None
    try:
        call = parse(matched[0])
    except NotJuel:
        return None
    if not isinstance(call, Invoke) or len(call.arguments) != 2:
        return None
    spot.node.set(camunda("resultVariable"), matched[2])
    return f"${{{matched[3].strip()}}}"
