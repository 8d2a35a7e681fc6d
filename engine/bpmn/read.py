"""Reads a BPMN file that a stranger may have written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from engine.bpmn.processes import RULE, chosen, executable, refuse_unrunnable
from engine.bpmn.translating import translate
from engine.bpmn.vocabulary import BPMN, SCOPES, Node, bpmn, children, identity, line_of
from engine.errors import Finding, Rejected, Sentence
from engine.files import Bounds, Unreadable, kind_of_root, other_kind, parse_xml

BOUNDS = Bounds(50 * 1024 * 1024, 2_000_000, 100, 40, frozenset(bpmn(name) for name in SCOPES))
"""How large a drawing may be; what is nested deeper could not be run either."""
EXPANDED = replace(BOUNDS, size=20 * BOUNDS.size, elements=20 * BOUNDS.elements, depth=120, scopes=60)
"""How large it may become when the shared patterns are drawn in."""
_DRAWING = Sentence("a BPMN 2.0 drawing")
_NEARLY = "/spec/bpmn/20100524/mode"
"""In a namespace that somebody meant to be that of BPMN 2.0: with https, a slash behind it, a letter lost."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """One process of a BPMN file: the file's name, its bytes as they came, and the tree that was read from them.

    `process_id` tells which of several executable processes is meant; empty: the one the file is named after.
    `further` drawings of a file come beside a first one, with which the whole file is looked at.
    `told` is what was understood in other words than it is drawn (`engine.bpmn.translating`).
    """

    file: str
    xml: bytes
    tree: etree._ElementTree
    process_id: str = ""
    told: tuple[Finding, ...] = ()
    further: bool = False

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
        if len(ids) == 1:
            return (self,)
        return tuple(replace(self, process_id=ident, further=number > 0) for number, ident in enumerate(ids))


def read(xml: bytes, file: str, bounds: Bounds = BOUNDS, *, as_drawn: bool = False) -> Drawing:
    """Parses a BPMN 2.0 file in its declared encoding.

    Entities, document types, network access and what is out of bounds are refused; so is a file of
    another kind, with one sentence that says what it is. What the standard lets one say in several words
    is put into the simplest of them, without the comments that may stand within a text, unless the tree is
    wanted `as_drawn`. Raises Rejected.
    """
    tree = _parsed(xml, file, bounds, comments=as_drawn)
    refuse_unrunnable(tree.getroot(), file)
    return Drawing(file, xml, tree, told=() if as_drawn else translate(tree.getroot(), file))


def only_process(xml: bytes, file: str) -> str:
    """The id of the process that a file is named after, also while it is not marked executable; else empty.

    A file of several processes may have any name. Raises Rejected for what is no BPMN 2.0 drawing.
    """
    root = _parsed(xml, file, BOUNDS).getroot()
    found = executable(root) or list(children(root, "process"))
    return identity(found[0]) if len(found) == 1 else ""


def _parsed(xml: bytes, file: str, bounds: Bounds, comments: bool = False) -> etree._ElementTree:
    try:
        tree = parse_xml(xml, _DRAWING, bounds, comments)
        _refuse_by_root(tree.getroot())
    except Unreadable as found:
        raise Rejected([Finding(file, "", found.line, RULE, found.message, found.remedy)]) from found
    return tree


def _refuse_by_root(root: Node) -> None:
    name = etree.QName(root)
    if root.tag == bpmn("definitions"):
        return
    if name.localname == "definitions" and (not name.namespace or _NEARLY in name.namespace.lower()):
        template = "Expected a BPMN 2.0 drawing, but its elements are in the namespace %(found)s."
        message = Sentence(template, found=name.namespace)
        if not name.namespace:
            message = Sentence("Expected a BPMN 2.0 drawing, but its elements are in no namespace.")
        raise Unreadable(message, Sentence('Write xmlns="%(space)s" in <definitions>.', space=BPMN), line_of(root))
    if name.namespace == BPMN:
        template = "Expected <definitions> around everything, but the file begins with <%(name)s>."
        message = Sentence(template, name=name.localname)
        raise Unreadable(message, Sentence("Export the whole drawing from its editor."), line_of(root))
    raise other_kind(_DRAWING, kind_of_root(root))
