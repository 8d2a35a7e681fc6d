"""Reads a BPMN file that a stranger may have written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from lxml import etree

from engine.bpmn.processes import RULE, chosen, executable, refuse_unrunnable
from engine.bpmn.translating import translate
from engine.bpmn.vocabulary import BPMN, Node, identity, line_of
from engine.errors import Finding, Rejected, Sentence

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 100
_KINDS = {
    b"{": "a JSON text (a form?)",
    b"PK": "a ZIP archive",
    b"\x89PNG": "a picture",
    b"%PDF": "a PDF document",
}


@dataclass(frozen=True, eq=False)
class Drawing:
    """One process of a BPMN file: the file's name, its bytes as they came, and the tree that was read from them.

    `process_id` tells which of several executable processes is meant; empty: the one the file is named after.
    `told` is what was understood in other words than it is drawn (`engine.bpmn.translating`).
    """

    file: str
    xml: bytes
    tree: etree._ElementTree
    process_id: str = ""
    told: tuple[Finding, ...] = ()

    @property
    def root(self) -> Node:
        """The `definitions` element."""
        return self.tree.getroot()

    @property
    def process(self) -> Node:
        """The executable process."""
        return chosen(self.root, self.file, self.process_id)

    def parts(self) -> tuple[Drawing, ...]:
        """The same file once for each executable process in it."""
        ids = [identity(process) for process in executable(self.root)]
        return (self,) if len(ids) == 1 else tuple(replace(self, process_id=ident) for ident in ids)


def read(
    xml: bytes, file: str, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH, *, as_drawn: bool = False
) -> Drawing:
    """Parses a BPMN 2.0 file in its declared encoding.

    Entities, document types, network access, more than `max_bytes` and elements nested
    deeper than `max_depth` are refused; so is a file of another kind, with one sentence
    that says what it is. What the standard lets one say in several words is put into the simplest of them,
    unless the tree is wanted `as_drawn`. Raises Rejected.
    """
    _refuse_by_size(xml, file, max_bytes)
    _refuse_by_kind(xml, file)
    try:
        etree.fromstring(xml, _parser(_Gate(file, max_depth)))
        tree = etree.ElementTree(etree.fromstring(xml, _parser()))
    except etree.XMLSyntaxError as error:
        raise _not_xml(error, file) from error
    except (LookupError, ValueError) as error:
        message = Sentence("Expected text in the declared encoding, but decoding failed: %(detail)s.", detail=error)
        raise _refusal(file, message, _SAVE_AGAIN) from error
    _refuse_by_root(tree.getroot(), file)
    return Drawing(file, xml, tree, told=() if as_drawn else translate(tree.getroot(), file))


_SAVE_AGAIN = Sentence("Save the drawing again as BPMN 2.0 XML in UTF-8 from your editor.")
_SPLIT = Sentence("Move inner parts to processes of their own.")


class _Gate:
    """Looks at the parser's events before a tree is built, and stops at the first thing we never accept."""

    def __init__(self, file: str, max_depth: int) -> None:
        self.file, self.max_depth, self.depth = file, max_depth, 0

    def doctype(self, name: str | None, public_id: str | None, system_id: str | None) -> None:
        message = Sentence("Expected plain BPMN, but the file carries a document type, which may hide entities.")
        raise _refusal(self.file, message, Sentence("Remove the DOCTYPE line."))

    def start(self, tag: str, attributes: object) -> None:
        self.depth += 1
        if self.depth > self.max_depth:
            raise _refusal(self.file, _too_deep(self.max_depth), _SPLIT)

    def end(self, tag: str) -> None:
        self.depth -= 1

    def data(self, text: str) -> None:
        """Text is of no interest here."""

    def close(self) -> None:
        """Nothing was built."""


def _parser(gate: _Gate | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        target=cast(Any, gate),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )


def _too_deep(limit: int) -> Sentence:
    return Sentence("Expected elements nested at most %(limit)s deep, but the file goes deeper.", limit=limit)


def _refusal(file: str, message: Sentence, remedy: Sentence, line: int = 0) -> Rejected:
    return Rejected([Finding(file, "", line, RULE, message, remedy)])


def _refuse_by_size(xml: bytes, file: str, max_bytes: int) -> None:
    if not xml.strip():
        raise _refusal(file, Sentence("Expected a BPMN drawing, but the file is empty."), _SAVE_AGAIN)
    if len(xml) > max_bytes:
        message = Sentence(
            "Expected at most %(limit)s bytes, but the file has %(size)s.", limit=max_bytes, size=len(xml)
        )
        raise _refusal(file, message, Sentence("Split the drawing, or remove embedded pictures."))


def _refuse_by_kind(xml: bytes, file: str) -> None:
    head = xml.lstrip()
    for mark, kind in _KINDS.items():
        if head.startswith(mark):
            message = Sentence("Expected a BPMN drawing, but the file is %(kind)s.", kind=kind)
            raise _refusal(file, message, Sentence("Choose the .bpmn file."))


def _not_xml(error: etree.XMLSyntaxError, file: str) -> Rejected:
    line = error.lineno or 0
    if "Excessive depth" in str(error.msg):
        return _refusal(file, _too_deep(MAX_DEPTH), _SPLIT, line)
    message = Sentence("Expected well-formed XML, but reading stopped: %(detail)s.", detail=error.msg)
    return _refusal(file, message, _SAVE_AGAIN, line)


def _refuse_by_root(root: Node, file: str) -> None:
    name = etree.QName(root)
    if name.namespace != BPMN or name.localname != "definitions":
        kind = "a decision table (DMN)" if "DMN" in (name.namespace or "") else f"<{name.localname}>"
        message = Sentence("Expected a BPMN 2.0 drawing, but the file is %(kind)s.", kind=kind)
        raise _refusal(file, message, Sentence("Choose a .bpmn file saved as BPMN 2.0."), line_of(root))
    refuse_unrunnable(root, file)
