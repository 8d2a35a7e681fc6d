"""What a test really looks at: the drawings beside it that it names, and the texts it is written with.

Read off its source: the test, and whatever of its own file it uses (helpers, constants, parameters).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from lxml import etree

from tests.engine.behaviour.schema_parts import model

PLAYS = {"play", "Kit", "deployed"}
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
GAP = "*"


@dataclass(frozen=True)
class Evidence:
    """The drawings that a test names, all texts in its source, and whether it plays anything step by step."""

    drawings: tuple[Path, ...]
    texts: tuple[str, ...]
    plays: bool

    def draws(self, element: str, part: str) -> bool:
        """Whether one of the drawings has the element, or one of its kind with this attribute or child element."""
        return any((element, part) in _drawn(file) for file in self.drawings)

    def mentions(self, element: str, part: str) -> bool:
        """Whether the source has the name of the part, or of the element where no part is named, among its texts."""
        return any((part or element) in text for text in self.texts)


@cache
def evidence(root: Path, test: str) -> Evidence:
    """What the test `file::name` looks at.

    Raises:
        KeyError: the file has no such test.
    """
    file, _, name = test.partition("::")
    path = root / file
    parts = _parts(path)
    nodes = list(_nodes(parts, name))
    texts = tuple(_texts(nodes))
    beside = sorted(path.parent.rglob("*.bpmn"))
    drawings = tuple(one for one in beside if any(_names(text, one.stem) for text in texts))
    return Evidence(drawings, texts, any(isinstance(node, ast.Name) and node.id in PLAYS for node in nodes))


@cache
def _parts(path: Path) -> dict[str, ast.stmt]:
    """The functions, classes and constants of a test file, by name."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id: node for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return found


def _nodes(parts: dict[str, ast.stmt], name: str) -> Iterator[ast.AST]:
    """A part of a file and the parts that it uses, node by node."""
    used, waiting = {name}, [parts[name]]
    while waiting:
        for node in ast.walk(waiting.pop()):
            yield node
            other = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.arg) else ""
            if other in parts and other not in used:
                used.add(other)
                waiting.append(parts[other])


def _texts(nodes: list[ast.AST]) -> Iterator[str]:
    """All texts among the nodes; what is filled in later is a gap."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else GAP for one in node.values)


def _names(text: str, stem: str) -> bool:
    """Whether a text is the name of a drawing, with or without its folder and ending."""
    name = text.rpartition("/")[2].removesuffix(".bpmn")
    return name.strip(GAP) != "" and fnmatchcase(stem, name)


@cache
def _drawn(file: Path) -> frozenset[tuple[str, str]]:
    """The elements of a drawing, each alone and, in the name of each kind that it is of, with what it carries."""
    found: set[tuple[str, str]] = set()
    for node in etree.parse(str(file)).getroot().iter("*"):
        name = etree.QName(node).localname
        parts = {str(one) for one in node.attrib} | {etree.QName(one).localname for one in node.iterchildren("*")}
        found.add((name, ""))
        found |= {(kind, part) for kind in (name, *_kinds(node)) for part in parts}
    return frozenset(found)


def _kinds(node: etree._Element) -> Iterator[str]:
    """The elements of the standard whose parts an element may carry: itself, its type, what these inherit."""
    by_type = {kind.type: kind.name for kind in model().values()}
    written = node.get(TYPE, "").rpartition(":")[2]
    for name in (etree.QName(node).localname, by_type.get(written, "")):
        if name in model():
            yield name
            yield from (one.name for one in model()[name].inherits)
