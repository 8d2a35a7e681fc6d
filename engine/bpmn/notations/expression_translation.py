"""Every expression of a file as FEEL, in its place."""

from __future__ import annotations

import re

from engine.bpmn.notations.expression_places import LIST_ATTRIBUTES, ExpressionPlace, expression_places
from engine.bpmn.notations.expressions import FEEL_LANGUAGE, Language, declared_language, is_juel, is_only_feel, pieces
from engine.bpmn.notations.juel import Invoke, NotJuel, parse
from engine.bpmn.notations.juel_text import Unsayable
from engine.bpmn.notations.reasons import IN_PIECES, NAME_AS_DRAWN, TOO_LONG, Refusal, unsayable
from engine.bpmn.notations.translation import NO_VALUE, Translation, attribute, drop
from engine.bpmn.vocabulary import CAMUNDA, camunda, line_of
from engine.feel.tokens import MAX_LENGTH

STARTER = "started_by"
"""The variable that holds who started a process."""
_SETS = re.compile(r"""execution\s*\.\s*setVariable\s*\(\s*(['"])(\w+)\1\s*,(.*)\)""", re.DOTALL)


def translate_expressions(work: Translation) -> None:
    """Leaves FEEL wherever an expression stands, and says so in the tree, so that it is not done twice."""
    found = sorted(expression_places(work), key=lambda place: (line_of(place.node), place.attribute))
    if not found:
        return
    starters = [attribute(node, "initiator") for node in work.nodes("startEvent") if attribute(node, "initiator")]
    language = Language(_speaks_juel(work, found), dict.fromkeys(starters, STARTER))
    changed = [_translate(work, language, place) for place in found]
    if any(changed):
        work.root.set("expressionLanguage", FEEL_LANGUAGE)


def _speaks_juel(work: Translation, found: list[ExpressionPlace]) -> bool:
    """Whether what both languages can read means what JUEL says: as the file says, else by what it holds."""
    declared = declared_language(work.root)
    if declared is not None or work.prefix != "camunda":
        return declared != "feel"
    insides = [inner for place in found for is_expression, inner in pieces(place.text) if is_expression]
    return any(map(is_juel, insides)) and not any(map(is_only_feel, insides))


def _translate(work: Translation, language: Language, place: ExpressionPlace) -> bool:
    """Writes the FEEL of an expression in its place; whether that changed anything."""
    text = place.text
    several = len(pieces(text.strip())) > 1
    if len(text) > MAX_LENGTH:  # what is one expression is refused by the rule that reads it
        return several and _refuse(work, place, TOO_LONG)
    if place.is_condition and several:
        return _refuse(work, place, IN_PIECES)
    try:
        value = _set_by(place)
        listed = place.attribute.removeprefix(f"{{{CAMUNDA}}}") in LIST_ATTRIBUTES
        new = language.listed(text) if listed else language.whole(value or text, place.is_condition)
    except Unsayable as problem:
        if place.is_name:
            work.warn(place.node, text.strip(), NAME_AS_DRAWN.reason, NAME_AS_DRAWN.remedy)
            drop(place.node)
            return True
        work.refuse(place.node, f"{problem.part} ({text.strip()})", unsayable(problem.reason))
        new = NO_VALUE
    else:
        if new != text:
            work.read_as(place.node, text.strip(), new)
    if new == text:
        return False
    place.write(new)
    return True


def _refuse(work: Translation, place: ExpressionPlace, why: Refusal) -> bool:
    """Notes that an expression as a whole cannot run, and puts null in its place."""
    work.refuse(place.node, place.text.strip(), why)
    place.write(NO_VALUE)
    return True


def _set_by(place: ExpressionPlace) -> str | None:
    """The value in a step's expression that sets a variable (`${execution.setVariable("x", 1)}`): it is its result."""
    found = pieces(place.text)
    matched = _SETS.fullmatch(found[0][1]) if len(found) == 1 and found[0][0] else None
    if matched is None or place.attribute != camunda("expression") or attribute(place.node, "resultVariable"):
        return None
    try:
        call = parse(matched[0])
    except NotJuel:
        return None
    if not isinstance(call, Invoke) or len(call.arguments) != 2:
        return None
    place.node.set(camunda("resultVariable"), matched[2])
    return f"${{{matched[3].strip()}}}"
