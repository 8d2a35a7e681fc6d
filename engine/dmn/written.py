"""Everything that a file of decisions says, so that two of them can be compared wholly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.dmn.document import Document, Element

DIAGRAM, FILE, ROWS = "DMNDI", "", "rows"


def written(xml: bytes, file: str) -> dict[str, dict[str, str]]:
    """What is said, by what it is about and by the way to it.

    It is about a decision, an input or the like (its id), a row (`decision.row`), the diagram, or the file itself.
    Raises RejectedDecisions when the file is no DMN at all.
    """
    root = Document(xml, file).root
    found: dict[str, dict[str, str]] = {FILE: {f"@{name!s}": str(value) for name, value in root.attrib.items()}}
    for number, node in enumerate(root.iterchildren("*"), 1):
        name = etree.QName(node).localname
        about = DIAGRAM if name == DIAGRAM else node.get("id") or FILE
        _take(node, about, f"{name} {number} / " if about == FILE else "", found)
    return found


def _take(node: Element, about: str, way: str, found: dict[str, dict[str, str]]) -> None:
    """Takes what an element says; the rows of a table are taken by themselves."""
    facts = found.setdefault(about, {})
    for name, value in node.attrib.items():
        facts[f"{way}@{name!s}"] = str(value)
    text = " ".join(filter(None, ((piece or "").strip() for piece in (node.text, *(one.tail for one in node)))))
    if text or not (len(node) or node.attrib):
        facts[f"{way}text"] = text
    rows: list[str] = []
    for step, child in _steps(node):
        if etree.QName(child).localname == "rule":
            rows.append(child.get("id") or str(len(rows) + 1))
            _take(child, f"{about}.{rows[-1]}", "", found)
        else:
            _take(child, about, f"{way}{step} / ", found)
    if rows:
        facts[f"{way}{ROWS}"] = " ".join(rows)


def _steps(node: Element) -> Iterator[tuple[str, Element]]:
    """The children with what each is called: its name, and its number where there are several."""
    names = [(etree.QName(child).localname, child) for child in node.iterchildren("*")]
    several, numbers = Counter(name for name, _ in names), Counter[str]()
    for name, child in names:
        numbers[name] += 1
        yield f"{name} {numbers[name]}" if several[name] > 1 else name, child
