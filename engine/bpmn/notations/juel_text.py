"""Pieces of FEEL as they are put together from JUEL, and what cannot be put so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from engine.errors import Sentence
from engine.feel.names import KEYWORDS

CHOOSE, OR, AND, COMPARE, ADD, MULTIPLY, SIGN, ATOM = range(8)
"""How tightly a piece of FEEL holds together."""


class Text(NamedTuple):
    """A piece of FEEL.

    `certain`: it is true or false, whatever is missing. `parts`: the pieces that it joins to a text.
    """

    text: str
    level: int = ATOM
    certain: bool = False
    parts: tuple[str, ...] = ()

    def at(self, level: int) -> str:
        """The text where something so tight is wanted, in parentheses if it must be."""
        return self.text if self.level >= level else f"({self.text})"


class Unsayable(ValueError):
    """A part of a JUEL expression that FEEL cannot say; `part` is what, `reason` why."""

    def __init__(self, part: str, reason: Sentence) -> None:
        self.part, self.reason = part, reason
        super().__init__(f"{part} {reason}")


PROGRAM = Sentence("it is a program that only the other engine has")
WRITES = Sentence("it changes variables while it is read")
ONLY_THERE = Sentence("only the other engine knows it")
WORDING = Sentence("it cannot be said in FEEL")


def literal(value: str) -> Text:
    """A text in quotation marks."""
    quoted = json.dumps(value, ensure_ascii=False)
    return Text(quoted, parts=(quoted,))


def variable(name: str) -> Text:
    """A variable, if FEEL can name it."""
    if name in KEYWORDS or not name.isidentifier():
        raise Unsayable(name, WORDING)
    return Text(name)


def joined(pieces: Iterable[Text]) -> Text:
    """Texts and other values one behind the other; a missing one adds nothing."""
    parts = [part for piece in pieces for part in piece.parts or (f"string({piece.text})",)]
    return Text(f"string join([{', '.join(parts)}])", parts=tuple(parts))


def empty(of: Text) -> Text:
    """Whether something is missing, an empty text or an empty list."""
    return Text(f'list contains([null, "", [], {{}}], {of.text})', certain=True)


def negated(of: Text) -> Text:
    """What is true when the other is not, even when it is missing."""
    if of.certain:
        return Text(f"not({of.text})", certain=True)
    return Text(f"{of.at(ADD)} != true", COMPARE, certain=True)


def decided(of: Text) -> Text:
    """A condition that is false, not null, where something is missing; anything else as it is."""
    if of.certain or of.level not in (OR, AND, COMPARE):
        return of
    return Text(f"{of.at(ADD)} = true", COMPARE, certain=True)


def property_of(base: Text, name: str) -> Text:
    """A value by its name in another."""
    if name in KEYWORDS or not name.isidentifier():
        return Text(f"get value({base.text}, {literal(name).text})")
    return Text(f"{base.at(ATOM)}.{name}")


def element_of(base: Text, position: Text) -> Text:
    """An element of a list by its position from 0; FEEL counts from 1."""
    given = position.text
    text = str(int(given) + 1) if given.isdecimal() and len(given) < 10 else f"{position.at(ADD)} + 1"
    return Text(f"{base.at(ATOM)}[{text}]")
