"""XML read safely: no document type, no entities, nothing fetched, bounded in size, depth and number of elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

from engine.errors import Sentence
from engine.files.encoding import decoded
from engine.files.kinds import Unreadable, kind_of_bytes, kind_of_text, known_kind

LONGEST_TEXT = 10_000_000
_SAVE_AGAIN = Sentence("Open the file in its editor and save it again.")
_CHOOSE = Sentence("Choose the right file, or save it in the right format from its editor.")
_SPLIT = Sentence("Split it into several files, or remove embedded pictures.")


@dataclass(frozen=True)
class Bounds:
    """How large a file may be: in bytes, in elements, and in elements inside each other.

    At most `scopes` elements with one of the names `scope_names` may stand inside each other.
    """

    size: int
    elements: int
    depth: int
    scopes: int = 0
    scope_names: frozenset[str] = frozenset()


def parse_xml(content: bytes, what: Sentence, bounds: Bounds, comments: bool = True) -> etree._ElementTree:
    """The tree of a file, in its declared encoding; `what` says what it should be.

    Without `comments`, processing instructions are left out as well. Raises `Unreadable` for
    whatever is no XML or out of bounds.
    """
    _refuse_by_size(content, bounds)
    kind = kind_of_bytes(content)
    if kind is None:
        text = decoded(content)
        if not text.strip("\ufeff \t\r\n\f"):
            raise Unreadable(Sentence("Expected %(what)s, but the file is empty.", what=what), _SAVE_AGAIN)
        kind = kind_of_text(text)
    if kind is not None:
        raise other_kind(what, kind)
    return _parse(text.lstrip("\ufeff").encode(), what, bounds, comments)


def other_kind(what: Sentence, kind: Sentence) -> Unreadable:
    """The refusal of a file that is something else than it should be."""
    return Unreadable(Sentence("Expected %(what)s, but the file is %(kind)s.", what=what, kind=kind), _CHOOSE)


def _parse(utf8: bytes, what: Sentence, bounds: Bounds, comments: bool) -> etree._ElementTree:
    try:
        etree.fromstring(utf8, _parser(_Gate(what, bounds)))
        return etree.ElementTree(etree.fromstring(utf8, _parser(comments=comments)))
    except etree.XMLSyntaxError as error:
        raise _damaged(error) from error


def _parser(gate: _Gate | None = None, comments: bool = True) -> etree.XMLParser:
    return etree.XMLParser(
        target=cast(Any, gate),
        encoding="utf-8",
        remove_comments=not comments,
        remove_pis=not comments,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )


class _Gate:
    """Looks at the parser's events before a tree is built, and stops at the first thing we never accept."""

    def __init__(self, what: Sentence, bounds: Bounds) -> None:
        self.what, self.bounds = what, bounds
        self.depth, self.count, self.scopes = 0, 0, 0

    def doctype(self, name: str | None, public_id: str | None, system_id: str | None) -> None:
        # Its name is that of the root element: some formats always carry a type, and removing it would not help.
        kind = known_kind((name or "").rpartition(":")[2])
        if kind is not None:
            raise other_kind(self.what, kind)
        message = Sentence("Expected plain XML, but the file carries a document type, which may hide entities.")
        raise Unreadable(message, Sentence("Remove the DOCTYPE line."))

    def start(self, tag: str, attributes: object) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > self.bounds.depth:
            raise _too_deep(self.bounds.depth)
        if self.count > self.bounds.elements:
            message = Sentence(
                "Expected at most %(limit)s elements, but the file has more.", limit=self.bounds.elements
            )
            raise Unreadable(message, _SPLIT)
        if tag in self.bounds.scope_names:
            self.scopes += 1
            if self.scopes > self.bounds.scopes:
                raise _too_deep_scopes(self.bounds.scopes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.scopes -= tag in self.bounds.scope_names

    def data(self, text: str) -> None:
        """Text is of no interest here."""

    def close(self) -> None:
        """Nothing was built."""


def _too_deep(limit: int) -> Unreadable:
    message = Sentence("Expected elements nested at most %(limit)s deep, but the file goes deeper.", limit=limit)
    return Unreadable(message, Sentence("Move inner parts to files of their own."))


def _too_deep_scopes(limit: int) -> Unreadable:
    message = Sentence("Expected sub-processes nested at most %(limit)s deep, but the file goes deeper.", limit=limit)
    return Unreadable(message, Sentence("Move inner parts to processes of their own, and call them."))


def _refuse_by_size(content: bytes, bounds: Bounds) -> None:
    if len(content) > bounds.size:
        template = "Expected at most %(limit)s bytes, but the file has %(size)s."
        raise Unreadable(Sentence(template, limit=bounds.size, size=len(content)), _SPLIT)


def _damaged(error: etree.XMLSyntaxError) -> Unreadable:
    """What is wrong with the XML, in plain words."""
    found = error.msg or ""
    for pattern, told in _PLAIN:
        match = re.search(pattern, found)
        if match:
            detail = Sentence(told.template, **match.groupdict(), limit=LONGEST_TEXT)
            break
    else:
        detail = Sentence("the characters there are not XML")
    message = Sentence("Expected well-formed XML, but reading stopped: %(detail)s.", detail=detail)
    return Unreadable(message, _SAVE_AGAIN, error.lineno or 0)


# What the XML library says, and what we say.
_PLAIN = (
    (r"Start tag expected", Sentence("it does not begin with an element")),
    (
        r"Premature end of data in tag (?P<tag>\S+) line (?P<at>\d+)",
        Sentence("the file ends before <%(tag)s> of line %(at)s does"),
    ),
    (
        r"Opening and ending tag mismatch: (?P<tag>\S+) line (?P<at>\d+) and (?P<other>[^\s,]+)",
        Sentence("<%(tag)s> of line %(at)s is closed by </%(other)s>"),
    ),
    (
        r"xmlns\S*: '(?P<space>[^']*)' is not a valid URI",
        Sentence("the namespace %(space)s is not written as an address"),
    ),
    (r"(?P<name>xmlns:\S+): Empty XML namespace", Sentence("%(name)s names no namespace")),
    (
        r"XML encoding name|encoding declaration",
        Sentence("its first line declares an encoding that has no proper name"),
    ),
    (r"Unsupported version '(?P<version>[^']*)'", Sentence("XML has no version %(version)s")),
    (r"Attribute (?P<name>\S+) redefined", Sentence("the attribute %(name)s stands twice in one element")),
    (r"Namespaced Attribute (?P<name>\S+) in", Sentence("the attribute %(name)s stands twice in one element")),
    (r"Entity '(?P<name>[^']+)' not defined", Sentence("it uses the entity &%(name)s;, which is not defined")),
    (r"EntityRef", Sentence("an & stands alone; write &amp; for it")),
    (r"Namespace prefix (?P<name>\S+) ", Sentence("the prefix %(name)s is used but not declared with xmlns:%(name)s")),
    (
        r"AttValue|attributes construct error|Specification mandates value",
        Sentence("an attribute has no value in quotes"),
    ),
    (r"'<' not allowed in attributes", Sentence("a < stands in an attribute; write &lt; for it")),
    (
        r"[Ii]nvalid (Char|character|xmlChar|bytes)|out of allowed range|reference out of bounds",
        Sentence("it holds a character that XML does not allow"),
    ),
    (r"Extra content|only at the start", Sentence("something stands before or behind the document")),
    (r"CData section not finished", Sentence("a CDATA section is not closed")),
    (r"end of Start Tag|StartTag", Sentence("a tag is not written as XML wants it")),
    (r"[Cc]omment", Sentence("a comment is not written as XML wants it")),
    (
        r"Text node too long|Buffer size limit|AttValue length",
        Sentence("a single text is longer than %(limit)s characters"),
    ),
    (r"too long", Sentence("a name is too long")),
    (r"Excessive depth", Sentence("its elements are nested too deep")),
)
