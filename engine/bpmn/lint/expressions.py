"""Every expression is FEEL that parses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.expressions import expression, shortened
from engine.bpmn.lint.nearly_feel import nearly_feel
from engine.bpmn.lint.places import Place, places
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import camunda, identity
from engine.errors import Finding, Sentence
from engine.feel import FeelSyntaxError, compile_expression

RULE = "expressions"
_WHOLE = re.compile(r"-?[0-9]{1,30}")
_TEXT, _APOSTROPHE = re.compile(r'"[^"]*"'), re.compile(r"\w['’]\w")


def check(sheet: Sheet) -> Iterator[Finding]:
    yield from _priorities(sheet)
    for place in places(sheet):
        if not place.text and sheet.is_refused(identity(place.node)):
            continue
        if not place.text:
            yield sheet.error(
                RULE,
                place.node,
                "Expected %(place)s to hold an expression, but it is empty.",
                "Write a FEEL expression, or remove it.",
                place=place.name,
            )
            continue
        try:
            compiled = compile_expression(place.text)
        except FeelSyntaxError as error:
            yield _unreadable(sheet, place, Sentence.of(error.placed))
            continue
        for name in sorted(compiled.called):
            yield sheet.error(
                RULE,
                place.node,
                "Expected %(place)s to call functions that FEEL has, but %(name)s is none.",
                "Use a function of FEEL, or let a handler compute the value.",
                place=place.name,
                name=name,
            )
        if compiled.leaves_feel:
            yield sheet.error(
                RULE,
                place.node,
                "Expected FEEL alone in %(place)s, but a function there is external: a program, which is not run.",
                "Let a handler compute the value.",
                place=place.name,
            )
        if "?" in compiled.names:
            yield _unreadable(sheet, place, Sentence("? stands for the input of a decision table's cell alone"))
        for name in sorted(name for name in compiled.names - compiled.called if " " in name):
            # Two words side by side parse as one name, but no variable of ours has a space in it.
            yield _unreadable(
                sheet, place, Sentence("there is no operator between the words of '%(name)s'", name=shortened(name))
            )


def _priorities(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("userTask"):
        text = node.get(camunda("priority"), "").strip()
        if text and expression(text) is None and not _WHOLE.fullmatch(text):
            yield sheet.error(
                RULE,
                node,
                "Expected camunda:priority to be a whole number or FEEL in ${...}, but it is %(text)s.",
                "Write for example 50, which is what a task without a priority has.",
                text=text,
            )


def _unreadable(sheet: Sheet, place: Place, detail: Sentence) -> Finding:
    meant = nearly_feel(place.text)
    return sheet.error(
        RULE,
        place.node,
        "Expected FEEL in %(place)s, but %(text)s cannot be read: %(detail)s.",
        _remedy(place, meant),
        place=place.name,
        text=place.text,
        detail=detail,
        **({} if meant is None else {"meant": meant}),
    )


def _remedy(place: Place, meant: str | None) -> str:
    if meant is not None:
        return "Write %(meant)s, if that is what is meant."
    if place.timer:
        return "Write it as ISO 8601 describes, or as a FEEL expression."
    if _APOSTROPHE.search(_TEXT.sub("", place.text)):
        return "Give the variable a name without an apostrophe; texts stand in double quotes."
    return "Mend the expression; FEEL compares with = and writes texts in double quotes."
