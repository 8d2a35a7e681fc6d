"""FEEL text to tokens (DMN 10.3.1.2, grammar rules 20-40)."""

import re
from typing import NamedTuple

from engine.feel.problems import FeelSyntaxError

MAX_LENGTH = 65_536
"""Characters of one expression."""


class Token(NamedTuple):
    """One token. ``kind`` is number, string, at, name, op or end; ``text`` the token, or a string's contents."""

    kind: str
    text: str
    position: int
    end: int


_TOKEN = re.compile(
    r"""(?P<space>(?:\s|//[^\n]*|/\*.*?\*/)+)
      | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<at>@"(?:[^"\\]|\\.)*")
      | (?P<string>"(?:[^"\\]|\\.)*")
      | (?P<name>[^\W\d][\w\u00b7\u0300-\u036f\u203f-\u2040]*|\?)
      | (?P<op>\*\*|\.\.|->|<=|>=|!=|[-+*/=<>()\[\]{},:.'])
      | (?P<symbol>[\u2190-\u2bff\U00010000-\U000effff]+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else match[0]
    return _LETTERS.get(match[3], match[0])


def unquote(body: str) -> str:
    """The contents of a string literal with its escapes resolved; half a surrogate pair becomes U+FFFD."""
    if "\\" in body:
        body = _ESCAPE.sub(_unescape, body)
        body = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), body)
    if any("\ud800" <= letter <= "\udfff" for letter in body):
        body = re.sub("[\ud800-\udfff]", "\ufffd", body)
    return body


def tokenize(text: str) -> list[Token]:
    """All tokens of the text, closed by one of kind ``end``; raises FeelSyntaxError."""
    if len(text) > MAX_LENGTH:
        raise FeelSyntaxError(text, MAX_LENGTH, "The expression is longer than %(limit)s characters", limit=MAX_LENGTH)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unexpected(text, position)
        if match.lastgroup != "space":
            tokens.append(_token(match))
        position = match.end()
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _token(match: re.Match[str]) -> Token:
    kind, text = str(match.lastgroup), match[0]
    if kind == "string":
        text = unquote(text[1:-1])
    elif kind == "at":
        text = unquote(text[2:-1])
    elif kind == "symbol":
        kind = "name"
    return Token(kind, text, match.start(), match.end())


def _unexpected(text: str, position: int) -> FeelSyntaxError:
    if text[position] == '"' or text.startswith('@"', position):
        return FeelSyntaxError(text, position, "A text begins here, but its closing quotation mark is missing")
    if text.startswith("/*", position):
        return FeelSyntaxError(text, position, "A comment begins here, but its end */ is missing")
    sign = text[position]
    shown = f"'{sign}'" if sign.isprintable() else f"U+{ord(sign):04X}"
    return FeelSyntaxError(text, position, "Unexpected character %(character)s", character=shown)
