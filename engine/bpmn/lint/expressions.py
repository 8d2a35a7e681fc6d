"""Every expression is FEEL that parses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.lint.places import Place, places
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import identity
from engine.errors import Finding
from engine.feel import FeelSyntaxError, compile_expression

RULE = "expressions"
_FOREIGN = {"==": "=", "&&": "and", "||": "or", "'": '"', "True": "true", "False": "false", "None": "null"}


def check(sheet: Sheet) -> Iterator[Finding]:
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
            expression = compile_expression(place.text)
        except FeelSyntaxError as error:
            yield _unreadable(sheet, place, str(error).rstrip("."))
            continue
        for name in sorted(expression.called):
            yield sheet.error(
                RULE,
                place.node,
                "Expected %(place)s to call functions that FEEL has, but %(name)s is none.",
                "Use a function of FEEL, or let a handler compute the value.",
                place=place.name,
                name=name,
            )
        for name in sorted(name for name in expression.names - expression.called if " " in name):
            # Two words side by side parse as one name, but no variable of ours has a space in it.
            yield _unreadable(sheet, place, f"there is no operator between the words of '{name}'")


def _unreadable(sheet: Sheet, place: Place, detail: str) -> Finding:
    return sheet.error(
        RULE,
        place.node,
        "Expected FEEL in %(place)s, but %(text)s cannot be read: %(detail)s.",
        *_remedy(place),
        place=place.name,
        text=place.text,
        detail=detail,
        **_meant(place.text),
    )


def _remedy(place: Place) -> tuple[str]:
    if _meant(place.text):
        return ("In FEEL write %(meant)s where the text has %(foreign)s.",)
    if place.timer:
        return ("Write it as ISO 8601 describes, or as a FEEL expression.",)
    return ("Mend the expression; FEEL compares with = and writes texts in double quotes.",)


def _meant(text: str) -> dict[str, str]:
    outside = re.sub(r'"[^"]*"', "", text)
    for foreign, meant in _FOREIGN.items():
        if foreign in outside:
            return {"foreign": foreign, "meant": meant}
    return {}
