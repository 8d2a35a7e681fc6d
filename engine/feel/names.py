"""Names with spaces and signs in them: which run of tokens is which known name (DMN 10.3.1.4)."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.feel.problems import FeelSyntaxError
from engine.feel.tokens import Token, tokenize

KEYWORDS = frozenset(
    {
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "function",
        "external",
        "true",
        "false",
        "null",
    }
)
"""Words that end a name, unless a known name contains them."""

Pattern = tuple[str, ...]


@lru_cache(maxsize=4096)
def pattern(name: str) -> Pattern:
    """The token texts of a name; empty when no FEEL text can write it."""
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except FeelSyntaxError:
        return ()


class NameTable:
    """Known names, found by the tokens that write them. A child table sees the names of its parents."""

    __slots__ = ("_parent", "_patterns")

    def __init__(self, names: Iterable[str] = (), parent: "NameTable | None" = None) -> None:
        self._parent = parent
        self._patterns: dict[str, dict[Pattern, str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make one more name known."""
        words = pattern(name)
        if words:
            self._patterns.setdefault(words[0], {})[words] = name

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[str, int]:
        """The longest known name that begins at token ``start`` and its number of tokens; ("", 0) for none."""
        best, size = self._parent.longest(tokens, start) if self._parent else ("", 0)
        for words, name in self._patterns.get(tokens[start].text, {}).items():
            count = len(words)
            if (
                count >= size
                and all(
                    tokens[start + n].text == words[n] and tokens[start + n].kind != "string"
                    for n in range(min(count, len(tokens) - start))
                )
                and start + count < len(tokens)
            ):
                best, size = name, count
        return best, size

    def knows(self, name: str) -> bool:
        """Whether exactly this name is known here or outside."""
        words = pattern(name)
        here = bool(words) and words in self._patterns.get(words[0], {})
        return here or (self._parent is not None and self._parent.knows(name))


@lru_cache(maxsize=64)
def known_names(names: frozenset[str]) -> NameTable:
    """The table of a set of names; shared, so never added to."""
    return NameTable(names)


def spelling(tokens: Sequence[Token]) -> str:
    """A name as its tokens write it: one space where there was any, nothing where there was none."""
    text = ""
    for before, token in zip([None, *tokens[:-1]], tokens, strict=True):
        text += (" " if before is not None and before.end < token.position else "") + token.text
    return text
