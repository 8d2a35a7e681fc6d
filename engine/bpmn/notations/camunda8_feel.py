"""Camunda 8's own functions in FEEL, in terms of those of the standard."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.bpmn.notations.expression_places import EXPRESSION_ELEMENTS
from engine.bpmn.notations.translation import Translation
from engine.bpmn.vocabulary import Node, is_bpmn, local
from engine.feel import FeelSyntaxError
from engine.feel.names import KEYWORDS
from engine.feel.tokens import Token, tokenize

_FUNCTIONS: dict[tuple[str, ...], Callable[..., str]] = {
    ("is", "defined"): lambda value: f"({value} != null)",
    ("get", "or", "else"): lambda value, other: f"(if {value} = null then {other} else {value})",
    ("is", "empty"): lambda items: f"(count({items}) = 0)",
    ("is", "blank"): lambda text: f'(trim({text}) = "")',
    ("put",): lambda context, key, value: f"context put({context}, {key}, {value})",
    ("put", "all"): lambda *contexts: f"context merge([{', '.join(contexts)}])",
}
NAMES = tuple(f"{' '.join(words)}()" for words in _FUNCTIONS) + ("cycle()",)
_COUNTS = {("is", "defined"): 1, ("get", "or", "else"): 2, ("is", "empty"): 1, ("is", "blank"): 1, ("put",): 3}
_DURATION = re.compile(r'(?:duration\(\s*"([^"]+)"\s*\)|@"([^"]+)")')
_ZONED = re.compile(r"([-\dT:.]+(?:Z|[+-]\d\d:\d\d))\[[\w/+-]+\]")
_ZONED_CALL = re.compile(rf'(date and time\(\s*"){_ZONED.pattern}"')
"""A moment with its offset and its zone, of which the offset says all."""
MOST_CALLS, LONGEST = 50, 4_096
"""How many calls are written anew, in an expression of how many characters; what is left is refused by name."""
_OPENING, _CLOSING = "([{", ")]}"


def translate_functions(work: Translation) -> None:
    """Rewrites the calls of these functions wherever an expression stands after `=`."""
    for top in work.tops():
        for node in top.iter("*"):
            for name, value in list(node.attrib.items()):
                text = str(value)
                if text.startswith("="):
                    node.set(str(name), _written(work, node, text))
            text = (node.text or "").strip()
            if is_bpmn(node) and local(node) == "timeDate" and _ZONED.fullmatch(text):
                node.text = _ZONED.sub(r"\1", text)
                work.read_as(node, text, node.text)
            if text.startswith("=") and is_bpmn(node) and local(node) in EXPRESSION_ELEMENTS:
                node.text = _repetition(text) if local(node) == "timeCycle" else _written(work, node, text)


def _written(work: Translation, node: Node, text: str) -> str:
    written = standard(text[1:])
    if written != text[1:]:
        work.read_as(node, text, f"={written}")
        return f"={written}"
    return text


def _repetition(text: str) -> str:
    """`=cycle(3, duration("PT10M"))` as `R3/PT10M`; as it is where something is worked out."""
    call = re.fullmatch(rf"=\s*cycle\(\s*(?:(\d+)\s*,\s*)?{_DURATION.pattern}\s*\)", text)
    return f"R{call[1] or ''}/{call[2] or call[3]}" if call else text


def standard(text: str) -> str:
    """A FEEL expression in which only functions of the standard are called, as far as they say the same."""
    text = _ZONED_CALL.sub(r'\1\2"', text)
    for _ in range(MOST_CALLS if len(text) <= LONGEST else 0):
        written = _last_call_written(text)
        if written is None:
            break
        text = written
    return text


def _last_call_written(text: str) -> str | None:
    """The text with the last of the calls written anew, None when there is none."""
    try:
        tokens = tokenize(text)
    except FeelSyntaxError:
        return None
    for start in reversed(range(len(tokens))):
        for words, write in _FUNCTIONS.items():
            after = start + len(words)
            if tuple(one.text for one in tokens[start:after] if one.kind == "name") != words or _goes_on(tokens, start):
                continue
            call = _arguments(text, tokens, after)
            if call is not None and _COUNTS.get(words, len(call[0])) == len(call[0]):
                return text[: tokens[start].position] + write(*call[0]) + text[call[1] :]
    return None


def _goes_on(tokens: list[Token], start: int) -> bool:
    """Whether the word at a token belongs to a name that began before it (`context put`)."""
    before = tokens[start - 1] if start else None
    return before is not None and before.kind == "name" and before.text not in KEYWORDS


def _arguments(text: str, tokens: list[Token], at: int) -> tuple[list[str], int] | None:
    """The texts between the commas of the parentheses that open at a token, and where they close."""
    if at >= len(tokens) or tokens[at].text != "(" or tokens[at].kind != "op":
        return None
    found, depth, begin = [], 0, tokens[at].end
    for token in tokens[at:]:
        if token.kind == "op":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 or (depth == 1 and token.kind == "op" and token.text == ","):
            found.append(text[begin : token.position].strip())
            begin = token.end
        if depth == 0:
            return [one for one in found if one], token.end
    return None
