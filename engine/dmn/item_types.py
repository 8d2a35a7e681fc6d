"""Item definitions: the types a model declares, and what fits them (DMN 7.3.3)."""

from dataclasses import dataclass, field

from engine.dmn.document import Document, Element, attribute
from engine.errors import Sentence
from engine.feel import FeelSyntaxError, UnaryTests, compile_unary_tests
from engine.feel.nodes import TypeName
from engine.feel.run import Run
from engine.feel.types import SIMPLE, conforms
from engine.feel.values import Function, kind

_ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
_MOST_NESTED = 30


@dataclass(frozen=True, slots=True)
class ItemType:
    """One item definition or component of one."""

    name: str
    base: str
    collection: bool
    allowed: UnaryTests | None
    components: dict[str, "ItemType"] = field(default_factory=dict)
    function: bool = False


def plain_name(reference: str) -> str:
    """A type reference without its prefix, in today's spelling."""
    name = reference.strip()
    if name.startswith(("feel:", "{")):
        name = name.replace("}", ":").rpartition(":")[2]
    return _ALIASES.get(name, name)


class ItemTypes:
    """The types of one model."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._types: dict[str, ItemType] = {}
        self.component_names: set[str] = set()
        for element in document.children(document.root, "itemDefinition"):
            self._types[attribute(element, "name")] = self._read(element)

    def _read(self, element: Element) -> ItemType:
        document = self._document
        reference = document.child(element, "typeRef")
        components = {attribute(part, "name"): self._read(part) for part in document.children(element, "itemComponent")}
        self.component_names |= components.keys()
        base = plain_name(reference.text or "") if reference is not None else ""
        return ItemType(
            attribute(element, "name"),
            base,
            attribute(element, "isCollection") == "true",
            self._allowed(element),
            components,
            document.child(element, "functionItem") is not None,
        )

    def _allowed(self, element: Element) -> UnaryTests | None:
        text = self._document.text(self._document.child(element, "allowedValues", "typeConstraint"))
        if not text:
            return None
        try:
            return compile_unary_tests(text)
        except FeelSyntaxError as error:
            where = Sentence("Allowed values of the type %(name)s", name=attribute(element, "name"))
            self._document.syntax(element, where, text, error)
            return None

    def allowed_text(self, reference: str) -> str:
        """The allowed values of a type as written, or ""."""
        found = self._types.get(plain_name(reference))
        return found.allowed.text if found is not None and found.allowed is not None else ""

    def fitted(self, value: object, reference: str, run: Run) -> object:
        """The value as the type wants it (a list of one for its element and back); null when it does not fit."""
        name = plain_name(reference)
        if not name or name == "Any" or value is None:
            return value
        if self._fits(value, name, run, 0):
            return value
        if type(value) is list and len(value) == 1 and self._fits(value[0], name, run, 0):
            return value[0]
        if type(value) is not list and self._fits([value], name, run, 0):
            return [value]
        return run.fail(
            "Expected a value of the type %(name)s, but got a %(kind)s that is none.",
            name=name,
            kind=kind(value),
        )

    def _fits(self, value: object, name: str, run: Run, depth: int) -> bool:
        if name in self._types and depth < _MOST_NESTED:
            return self._fits_item(value, self._types[name], run, depth + 1)
        if name in SIMPLE or name == "list" or name == "context":
            return bool(conforms(value, TypeName(name), run))
        return True

    def _fits_item(self, value: object, wanted: ItemType, run: Run, depth: int) -> bool:
        if not wanted.collection:
            return self._fits_single(value, wanted, run, depth)
        if not isinstance(value, list):
            return False
        run.charge(1 + len(value))
        return all(item is None or self._fits_single(item, wanted, run, depth) for item in value)

    def _fits_single(self, value: object, wanted: ItemType, run: Run, depth: int) -> bool:
        if wanted.function:
            return isinstance(value, Function)
        if wanted.components:
            return isinstance(value, dict) and all(
                key in value and (value[key] is None or self._fits_item(value[key], part, run, depth))
                for key, part in wanted.components.items()
            )
        if wanted.base and not self._fits(value, wanted.base, run, depth):
            return False
        return wanted.allowed is None or wanted.allowed.run(value, {}, run) is True
