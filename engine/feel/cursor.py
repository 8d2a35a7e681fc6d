"""The parser's position in the tokens, the names in scope, and how deep it stands."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import reduce
from typing import NoReturn

from engine.feel import registry
from engine.feel.names import KEYWORDS, NameTable, known_names, spelling
from engine.feel.nodes import Node
from engine.feel.problems import FeelSyntaxError, Reason
from engine.feel.tokens import Token, tokenize

MAX_NESTING = 60
"""How deep brackets, functions and conditions may nest in one text."""


class Cursor:
    """Token access and name resolution; the grammar itself is in the subclasses."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.index = 0
        self.used: set[str] = set()
        self._known = known_names(frozenset(names))
        self._builtins = registry.name_table()
        self._locals: NameTable | None = None
        self._keys = NameTable()
        self._nesting = 0
        self._filters = 0

    def expression(self) -> Node:
        """Any expression, up to a token that cannot belong to it."""
        raise AssertionError("the grammar defines expression()")

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.index]

    def peek(self, offset: int = 1) -> Token:
        """A token further on; the end token when there is none."""
        return self.tokens[min(self.index + offset, len(self.tokens) - 1)]

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these operators or words."""
        token = self.token
        return token.text in texts and token.kind in ("op", "name")

    def accept(self, *texts: str) -> str:
        """Read the next token if it is one of these; its text, or ""."""
        if not self.at(*texts):
            return ""
        self.index += 1
        return self.tokens[self.index - 1].text

    def expect(self, *texts: str) -> str:
        """Read the next token, which must be one of these."""
        found = self.accept(*texts)
        if not found:
            self.unexpected(reduce(_either, (f"'{text}'" for text in texts)))
        return found

    def separated(self, closer: str) -> Iterator[None]:
        """One turn for each item between commas; reads the closing sign after the last."""
        if not self.at(closer):
            yield
            while self.accept(","):
                yield
        self.expect(closer)

    def unexpected(self, wanted: str) -> NoReturn:
        """Refuse the next token; ``wanted`` in words is a Reason."""
        token = self.token
        if token.kind == "end":
            raise FeelSyntaxError(
                self.text, token.position, "Expected %(wanted)s, but the text ends here", wanted=wanted
            )
        raise FeelSyntaxError(
            self.text,
            token.position,
            "Expected %(wanted)s, but found '%(found)s'",
            wanted=wanted,
            found=token.text[:40],
        )

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper; refuses texts that nest without end."""
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise FeelSyntaxError(
                self.text,
                self.token.position,
                "The expression nests more than %(limit)s levels",
                limit=MAX_NESTING,
            )
        yield
        self._nesting -= 1

    @contextmanager
    def scope(self) -> Iterator[NameTable]:
        """A scope for local names, which hide all others."""
        outer = self._locals
        self._locals = NameTable(parent=outer)
        yield self._locals
        self._locals = outer

    @contextmanager
    def filtered(self) -> Iterator[None]:
        """Within a filter, where unknown names are most likely members of the filtered items."""
        with self.scope() as names:
            names.add("item")
            self._filters += 1
            yield
            self._filters -= 1

    def name(self) -> tuple[str, bool]:
        """Read a name: the longest known one, else the longest run of words. True when it is a built-in's."""
        local, known = self._longest(self._locals), self._longest(self._known)
        builtin = self._longest(self._builtins)
        found, size = max((local, known, builtin), key=lambda match: match[1])
        run = self._run()
        if run > size and not self._operator_like(size):
            size = run
            found = spelling(self.tokens[self.index : self.index + size])
            local = known = builtin = ("", 0)
        if not size:
            self.unexpected(Reason("a value"))
        self.index += size
        is_builtin = builtin[1] == size and local[1] != size
        if local[1] != size and (known[1] == size or not (self._filters or is_builtin)):
            self.used.add(found)
        return found, is_builtin

    def _longest(self, table: NameTable | None) -> tuple[str, int]:
        return table.longest(self.tokens, self.index) if table is not None else ("", 0)

    def _operator_like(self, size: int) -> bool:
        # A known name with signs in it ("a-b") is not made longer by the words after it.
        return any(token.kind == "op" for token in self.tokens[self.index : self.index + size])

    def _run(self) -> int:
        """Tokens that make one name by themselves: a word, then words and whole numbers."""
        if self.token.kind != "name" or self.token.text in KEYWORDS:
            return 0
        size = 1
        while self.token.text != "?":
            token = self.peek(size)
            word = token.kind == "name" and token.text not in KEYWORDS and token.text != "?"
            if not (word or (token.kind == "number" and token.text.isdigit())):
                break
            size += 1
        return size

    def remember(self, key: str) -> None:
        """Take note of the key of a context, which may stand after a dot further on, signs and all."""
        self._keys.add(key)

    def member(self) -> str:
        """Read a name after a dot: a known name, or the longest run of words."""
        if self.token.kind != "name":
            self.unexpected(Reason("a name"))
        tables = (self._locals, self._known, self._keys)
        found, size = max(map(self._longest, tables), key=lambda match: match[1])
        run = max(self._run(), 1)
        if run > size:
            found, size = spelling(self.tokens[self.index : self.index + run]), run
        self.index += size
        return found

    def key_length(self) -> int:
        """Tokens up to the ':' of an entry or a named argument; 0 when no ':' follows a name."""
        size = 0
        while True:
            token = self.peek(size) if size else self.token
            if token.kind == "op" and token.text == ":":
                return size
            if token.kind not in ("name", "number") and token.text not in (
                "+",
                "-",
                "*",
                "/",
                ".",
                "'",
                "**",
            ):
                return 0
            size += 1

    def key(self) -> str:
        """Read the name before a ':' (the ':' too)."""
        if self.token.kind == "string":
            self.index += 1
            found = self.tokens[self.index - 1].text
        else:
            size = self.key_length()
            if not size:
                self.unexpected(Reason("a name and ':'"))
            found = spelling(self.tokens[self.index : self.index + size])
            self.index += size
        self.expect(":")
        return found


def _either(one: str, other: str) -> Reason:
    return Reason("%(one)s or %(other)s", {"one": one, "other": other})
