"""What a file is that is not what was expected: told from its first bytes, its first character, or its root element."""

from __future__ import annotations

import re

from lxml import etree

from engine.errors import Sentence

_MARKS = (
    (b"\x1f\x8b", Sentence("a compressed file (gzip)")),
    (b"7z\xbc\xaf", Sentence("a compressed archive (7z)")),
    (b"Rar!", Sentence("a compressed archive (RAR)")),
    (b"\x89PNG", Sentence("a picture")),
    (b"\xff\xd8\xff", Sentence("a picture")),
    (b"GIF8", Sentence("a picture")),
    (b"%PDF", Sentence("a PDF document")),
    (b"{\\rtf", Sentence("a text document (RTF)")),
    (b"\xd0\xcf\x11\xe0", Sentence("an old Microsoft Office or Visio file")),
    (b"SQLite format 3", Sentence("a database")),
    (b"\x7fELF", Sentence("a program")),
    (b"MZ", Sentence("a program")),
)
_IN_ZIP = (
    (b"word/", Sentence("a Word document")),
    (b"xl/", Sentence("an Excel workbook")),
    (b"ppt/", Sentence("a PowerPoint presentation")),
    (b"visio/", Sentence("a Visio drawing")),
)
_ZIP, _BINARY = Sentence("a ZIP archive"), Sentence("binary data")
_DRAW_IO, _HTML = Sentence("a draw.io diagram"), Sentence("a web page (HTML)")
# In the order of asking: the first whose namespace holds the word, and whose name is among those given, counts.
_ROOTS: tuple[tuple[str, tuple[str, ...], Sentence], ...] = (
    ("/DMN/", (), Sentence("a decision table (DMN)")),
    ("/CMMN/", (), Sentence("a case model (CMMN)")),
    ("/spec/BPMN/20100524/MODEL", (), Sentence("a process drawing (BPMN)")),
    ("/spec/BPMN/20100524/", (), Sentence("only the diagram part of a drawing (BPMN DI)")),
    ("schema.omg.org/spec/BPMN/2.0", (), Sentence("a draft version of BPMN 2.0 from before 2011")),
    ("/BPMN/1", (), Sentence("a BPMN 1.x drawing")),
    ("bpmn", ("BpmnDiagram", "BPMNDiagram", "BusinessProcessDiagram"), Sentence("a BPMN 1.x drawing")),
    ("", ("BpmnDiagram", "BusinessProcessDiagram"), Sentence("a BPMN 1.x drawing")),
    ("XPDL", (), Sentence("an XPDL package")),
    ("", ("Package", "WorkflowProcess"), Sentence("an XPDL package")),
    ("/wsbpel/", (), Sentence("a BPEL process")),
    ("/business-process/", (), Sentence("a BPEL process")),
    ("/svg", (), Sentence("a picture (SVG)")),
    ("", ("svg",), Sentence("a picture (SVG)")),
    ("", ("mxfile", "mxGraphModel"), _DRAW_IO),
    ("visio", (), Sentence("a Visio drawing")),
    ("", ("VisioDocument",), Sentence("a Visio drawing")),
    ("", ("html", "HTML"), _HTML),
    ("wsdl", (), Sentence("a description of web services (WSDL)")),
    ("XMLSchema", ("schema",), Sentence("an XML schema")),
    ("XSL/Transform", (), Sentence("a style sheet (XSLT)")),
    ("", ("stylesheet",), Sentence("a style sheet (XSLT)")),
    ("", ("XMI", "Model"), Sentence("a UML model")),
    ("graphml", (), Sentence("a GraphML diagram")),
    ("jpdl", (), Sentence("a jBPM process (jPDL)")),
    ("", ("process-definition",), Sentence("a jBPM process (jPDL)")),
    ("", ("AML",), Sentence("an ARIS export (AML)")),
    ("", ("epml",), Sentence("an event-driven process chain (EPML)")),
    ("", ("pnml",), Sentence("a Petri net (PNML)")),
)


class Unreadable(Exception):
    """A file cannot be read as what it should be: `message` and `remedy` for people, and the line if one is known."""

    def __init__(self, message: Sentence, remedy: Sentence, line: int = 0) -> None:
        self.message, self.remedy, self.line = message, remedy, line
        super().__init__(str(message))


def kind_of_bytes(content: bytes) -> Sentence | None:
    """What the bytes are when they are no text at all; None for what may be text."""
    if content.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in _IN_ZIP if name in content), _ZIP)
    for mark, kind in _MARKS:
        if content.startswith(mark):
            return kind
    head = content[:1024]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"<\0", b"\0<", b"\0\0\0<"))
    return _BINARY if not wide and any(byte < 32 and byte not in b"\t\n\r\f" for byte in head[:64]) else None


def kind_of_text(text: str) -> Sentence | None:
    """What a text is when it is no XML; None for what may be XML. HTML counts as none."""
    head = text[:2000].lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        return _HTML if re.match(r"<(!doctype\s+)?html\b", head, re.IGNORECASE) else None
    if head.startswith(("{", "[")):
        return Sentence("a JSON text (a form?)")
    if re.match(r"---\s|%YAML|[\w-]+:(\s|$)", head):
        return Sentence("a YAML text")
    return Sentence("plain text")


def kind_of_root(root: etree._Element) -> Sentence:
    """What an XML file is, by the namespace and name of its root element."""
    found = etree.QName(root)
    known = known_kind(found.localname, found.namespace or "")
    return known or Sentence("XML that begins with <%(name)s>", name=found.localname)


def known_kind(name: str, namespace: str = "") -> Sentence | None:
    """What an XML file is whose root element has this name and namespace; None for what is not known."""
    fits = (
        kind for space, names, kind in _ROOTS if space.lower() in namespace.lower() and (not names or name in names)
    )
    return next(fits, None)
