"""JUEL, the expression language of Camunda 7, Flowable and Activiti, as text to a syntax tree.

A subset of the Java Unified Expression Language (JSR 341, chapter 1): everything that reads values. The
precedence of operators is that of section 1.14 there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, NoReturn


class NotJuel(ValueError):
    """The text is no JUEL expression that is read here."""


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: text, number (as written), boolean or null."""

    value: str | bool | None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a word that the other engine gives a meaning."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """`!x`, `-x` or `empty x`."""

    op: str
    operand: Tree


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; the operator in its sign form (`&&`, never `and`)."""

    op: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Choice:
    """`condition ? then : otherwise`."""

    condition: Tree
    then: Tree
    otherwise: Tree


@dataclass(frozen=True, slots=True)
class Member:
    """`base.name`."""

    base: Tree
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """`base[key]`."""

    base: Tree
    key: Tree


@dataclass(frozen=True, slots=True)
class Invoke:
    """`base.name(arguments)`, or a function when there is no base."""

    base: Tree | None
    name: str
    arguments: tuple[Tree, ...]


Tree = Value | Name | Unary | Binary | Choice | Member | Index | Invoke


class _Token(NamedTuple):
    kind: str
    text: str


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
      | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<name>(?:variables|vars|var):\w+(?=\s*\()|[^\W\d][\w$]*|\$[\w$]+)
      | (?P<op>==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()\[\]])
      | (?P<end>\Z))""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {
    "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
    "and": "&&", "or": "||", "not": "!", "div": "/", "mod": "%", "empty": "empty",
}  # fmt: skip
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_BINDING = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
MAX_DEPTH = 60
"""How deep an expression may nest."""
MAX_TOKENS = 300
"""How long one may be; what is longer is a program rather than an expression."""


def parse(text: str) -> Tree:
    """The tree of one expression without its `${...}`. Raises `NotJuel`."""
    parser = _Parser(_tokens(text))
    tree = parser.expression()
    parser.take("end", "")
    return tree


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while not found or found[-1].kind != "end":
        match = _TOKEN.match(text, position)
        if match is None or len(found) > MAX_TOKENS:
            raise NotJuel(text[position:])
        kind, word = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "name" and word in _WORDS:
            kind, word = "op", _WORDS[word]
        found.append(_Token(kind, word))
        position = match.end()
    return found


class _Parser:
    """Operator precedence by binding power (a Pratt parser)."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def expression(self) -> Tree:
        """Any expression, choices included."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotJuel("nested too deeply")
        tree = self.operations(1)
        if self.accept("?"):
            then = self.expression()
            self.take("op", ":")
            tree = Choice(tree, then, self.expression())
        self.depth -= 1
        return tree

    def operations(self, least: int) -> Tree:
        """Operators that bind at least so strongly, from left to right."""
        left = self.unary()
        while self.here.kind == "op" and _BINDING.get(self.here.text, 0) >= least:
            op = self.next().text
            left = Binary(op, left, self.operations(_BINDING[op] + 1))
        return left

    def unary(self) -> Tree:
        """A value with the signs before it."""
        signs: list[str] = []
        while self.here.kind == "op" and self.here.text in ("!", "-", "empty"):
            signs.append(self.next().text)
        tree = self.postfix()
        for sign in reversed(signs):
            tree = Unary(sign, tree)
        return tree

    def postfix(self) -> Tree:
        """A value with the properties, indexes and calls behind it."""
        tree = self.primary()
        while True:
            if self.accept("."):
                name = self.take("name").text
                tree = Invoke(tree, name, self.arguments()) if self.accept("(") else Member(tree, name)
            elif self.accept("["):
                tree = Index(tree, self.expression())
                self.take("op", "]")
            else:
                return tree

    def primary(self) -> Tree:
        """A literal, a name, a function call or something in parentheses."""
        token = self.next()
        if token.kind == "number":
            return Value(token.text, number=True)
        if token.kind == "text":
            return Value(re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL))
        if token.kind == "name":
            if token.text in _CONSTANTS:
                return Value(_CONSTANTS[token.text])
            return Invoke(None, token.text, self.arguments()) if self.accept("(") else Name(token.text)
        if token == _Token("op", "("):
            tree = self.expression()
            self.take("op", ")")
            return tree
        self.refuse(token)

    def arguments(self) -> tuple[Tree, ...]:
        """What stands in the parentheses of a call, the closing one included."""
        found: list[Tree] = []
        if not self.accept(")"):
            found.append(self.expression())
            while self.accept(","):
                found.append(self.expression())
            self.take("op", ")")
        return tuple(found)

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def next(self) -> _Token:
        """The token at hand; goes on to the one after it."""
        token = self.here
        self.at += token.kind != "end"
        return token

    def accept(self, sign: str) -> bool:
        """Takes this sign if it comes next."""
        if self.here != _Token("op", sign):
            return False
        self.at += 1
        return True

    def take(self, kind: str, text: str | None = None) -> _Token:
        """The next token, which must be of this kind."""
        token = self.next()
        if token.kind != kind or text not in (None, token.text):
            self.refuse(token)
        return token

    def refuse(self, token: _Token) -> NoReturn:
        raise NotJuel(token.text)
