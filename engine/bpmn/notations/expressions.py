"""Which language a file's expressions are in, and each of them as FEEL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from engine.bpmn.notations.juel import NotJuel
from engine.bpmn.notations.juel_calls import ENGINE_OBJECTS
from engine.bpmn.notations.juel_feel import to_feel
from engine.bpmn.notations.juel_text import PROGRAM, Text, Unsayable, decided, joined, literal
from engine.bpmn.vocabulary import Node
from engine.feel import FeelSyntaxError
from engine.feel.nodes import Call, Const, Filter, Name, Path, children
from engine.feel.nodes import Node as FeelNode
from engine.feel.parser import parse_expression

FEEL_LANGUAGE = "https://www.omg.org/spec/DMN/20191111/FEEL/"
_JUEL_LANGUAGE = re.compile(r"juel|(?:^|/)u?el$", re.IGNORECASE)
_OPENING = re.compile(r"[$#]\{")
# A text in quotes is looked for so far only: a thousand quotes that never close would each be followed to the end.
_BRACES_AND_TEXTS = re.compile(r"""'(?:[^'\\]|\\.){0,1000}'|"(?:[^"\\]|\\.){0,1000}"|[{}]""")
_OTHERS = ENGINE_OBJECTS - {"task"}  # of which timers have one of their own
_TRIVIAL = re.compile(r"\s+|[()]")


@lru_cache(65_536)
def is_feel(text: str) -> bool:
    """Whether a text makes sense as FEEL: it parses, and calls only functions that FEEL has.

    Two words side by side (`a eq b`) parse as one name, but no variable of ours has a space in it; `execution` and its
    like are parts of another engine; and no list of FEEL has an element 0.
    """
    try:
        parsed = parse_expression(text, ())
    except FeelSyntaxError:
        return False
    known = not any(" " in name or name in _OTHERS for name in parsed.names)
    return known and not any(map(_senseless, _all(parsed.nodes)))


def _all(nodes: tuple[FeelNode, ...]) -> Iterator[FeelNode]:
    todo = list(nodes)
    while todo:
        node = todo.pop()
        yield node
        todo.extend(children(node))


def _senseless(node: FeelNode) -> bool:
    if isinstance(node, Filter):
        return node.condition == Const(0)
    return isinstance(node, Call) and not node.builtin and isinstance(node.callee, Name | Path)


def is_juel(text: str) -> bool:
    """Whether a text is JUEL and cannot be FEEL."""
    if is_feel(text):
        return False
    try:
        to_feel(text)
    except NotJuel:
        return False
    except Unsayable:
        return True
    return True


def is_only_feel(text: str) -> bool:
    """Whether a text is FEEL and cannot be JUEL."""
    if not is_feel(text):
        return False
    try:
        to_feel(text)
    except (NotJuel, Unsayable):
        return True
    return False


def same(feel: str, text: str) -> bool:
    """Whether two texts differ in blanks and parentheses only."""
    return _TRIVIAL.sub("", feel) == _TRIVIAL.sub("", text)


def pieces(text: str) -> list[tuple[bool, str]]:
    """A text cut where `${...}` or `#{...}` begins and ends: (is an expression, its inside or the plain text)."""
    found: list[tuple[bool, str]] = []
    position = 0
    while opening := _OPENING.search(text, position):
        start, end = opening.start(), _closing(text, opening.end())
        if end < 0:
            break
        found += [(False, text[position:start])] if start > position else []
        found.append((True, text[start + 2 : end].strip()))
        position = end + 1
    return found + ([(False, text[position:])] if position < len(text) else [])


def _closing(text: str, position: int) -> int:
    """Where the brace that is open at a position closes; -1 when it does not."""
    depth = 1
    for match in _BRACES_AND_TEXTS.finditer(text, position):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
    return -1


class Language:
    """Reads the expressions of one file.

    `juel` says that what both languages can read means what JUEL says; `renamed` gives variables our name.
    """

    def __init__(self, juel: bool, renamed: Mapping[str, str]) -> None:
        self.juel = juel
        self.renamed = renamed

    def feel(self, text: str, condition: bool = False) -> Text:
        """One expression without its wrapper as FEEL; as it stands when only FEEL, or nothing, can read it.

        Where a `condition` stands, null is as good as false. Raises `Unsayable`.
        """
        renamed = any(re.search(rf"\b{re.escape(name)}\b", text) for name in self.renamed)
        if is_feel(text) and not (self.juel or renamed):
            return Text(text)
        try:
            found = to_feel(text, self.renamed)
        except NotJuel:
            return Text(text)
        except Unsayable as problem:  # perhaps a function that FEEL has
            if is_feel(text) and (problem.reason is PROGRAM or not self.juel):
                return Text(text)
            raise
        found = found if condition else decided(found)
        return Text(text) if same(found.text, text) else found

    def whole(self, text: str, condition: bool = False) -> str:
        """A text with expressions in it as one expression or, without any, as it is. Raises `Unsayable`."""
        parts = pieces(text)
        stripped = [part for part in parts if part[0] or part[1].strip()]
        if not any(is_expression for is_expression, _ in parts):
            return text
        if len(stripped) == 1:
            found = self.feel(stripped[0][1], condition).text
            return text if found == stripped[0][1] else f"${{{found}}}"
        mixed = [self.feel(inner) if is_expression else literal(inner) for is_expression, inner in parts]
        return f"${{{joined(mixed).text}}}"

    def listed(self, text: str) -> str:
        """Names between commas, some of them expressions, as one list. Raises `Unsayable`."""
        parts = pieces(text)
        if len([part for part in parts if part[0] or part[1].strip()]) < 2:
            return self.whole(text)
        cut = _split(parts)
        items = [joined(one).text if len(one) > 1 else one[0].text for one in map(self._item, cut)]
        return f"${{flatten([{', '.join(items)}])}}"

    def _item(self, parts: list[tuple[bool, str]]) -> list[Text]:
        return [self.feel(inner) if is_expression else literal(inner.strip()) for is_expression, inner in parts]


def _split(parts: list[tuple[bool, str]]) -> list[list[tuple[bool, str]]]:
    """The pieces between commas."""
    found: list[list[tuple[bool, str]]] = [[]]
    for is_expression, text in parts:
        if is_expression:
            found[-1].append((True, text))
            continue
        for number, word in enumerate(text.split(",")):
            if number:
                found.append([])
            if word.strip():
                found[-1].append((False, word))
    return [one for one in found if one]


def declared_language(root: Node) -> str | None:
    """The language that a file says its expressions are in, `juel` or `feel`; None when it does not say.

    Our own editor writes FEEL.
    """
    said = root.get("expressionLanguage", "")
    if "feel" in said.lower() or root.get("exporter") == "Salesflow":
        return "feel"
    return "juel" if _JUEL_LANGUAGE.search(said) else None
