"""What BPMN 2.0 has: every element and attribute that its schema declares, and what inherits them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from engine.spiff import schema_folder

XSD = "{http://www.w3.org/2001/XMLSchema}"
MODEL = ("BPMN20.xsd", "Semantic.xsd")
DIAGRAM = ("BPMNDI.xsd", "DC.xsd")


@dataclass
class Kind:
    """One element of the schema: the attributes and the child elements that it declares itself, and its base."""

    name: str
    type: str
    base: str | None
    attributes: tuple[str, ...]
    children: tuple[str, ...]
    inherits: "list[Kind]" = field(default_factory=list)

    @property
    def parts(self) -> set[str]:
        """The names of all attributes and own child elements, inherited ones too."""
        return {part for kind in (self, *self.inherits) for part in (*kind.attributes, *kind.children)}


@cache
def model() -> dict[str, Kind]:
    """The elements of process, collaboration and choreography models, by name."""
    kinds = {kind.name: kind for kind in _kinds(MODEL)}
    by_type = {kind.type: kind for kind in kinds.values()}
    for kind in kinds.values():
        base = kind.base
        while base in by_type:
            kind.inherits.append(by_type[base])
            base = by_type[base].base
    return kinds


@cache
def diagram() -> frozenset[str]:
    """The elements of diagrams: where things lie, and how they look."""
    return frozenset(kind.name for kind in _kinds(DIAGRAM))


def _kinds(files: tuple[str, ...]) -> Iterator[Kind]:
    roots = [etree.parse(str(schema_folder() / file)).getroot() for file in files]
    types = {node.get("name"): node for root in roots for node in root.findall(f"{XSD}complexType")}
    for element in (node for root in roots for node in root.findall(f"{XSD}element")):
        type_name = element.get("type").rpartition(":")[2]
        yield _kind(element.get("name"), type_name, types[type_name])


def _kind(name: str, type_name: str, node: etree._Element) -> Kind:
    derived = next(node.iter(f"{XSD}extension", f"{XSD}restriction"), None)
    base = derived.get("base").rpartition(":")[2] if derived is not None else None
    attributes = tuple(one.get("name") for one in node.iter(f"{XSD}attribute"))
    children = tuple(one.get("name") for one in node.iter(f"{XSD}element") if one.get("name"))
    return Kind(name, type_name, base, attributes, children)
