"""Item definitions: the types a model declares, and what fits them (DMN 7.3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.document import Document, Element, attribute
from engine.errors import Sentence
from engine.feel import FeelSyntaxError, UnaryTests, compile_unary_tests
from engine.feel.nodes import TypeName
from engine.feel.run import Run
from engine.feel.types import SIMPLE, conforms, conversions
from engine.feel.values import Function, kind

_ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
_MOST_NESTED = 30


@dataclass(frozen=True, slots=True)
class ItemType:
    """One item definition or component of one.

    ``allowed`` holds for every element of a collection, ``constraint`` for the whole value.
    """

    name: str
    base: str
    collection: bool
    allowed: UnaryTests | None
    constraint: UnaryTests | None
    components: dict[str, "ItemType"] = field(default_factory=dict)
    function: bool = False
    result: str = ""


def plain_name(reference: str) -> str:
    """A type reference without its prefix, in today's spelling."""
    name = reference.strip()
    if name.startswith(("feel:", "{")):
        name = name.replace("}", ":").rpartition(":")[2]
    return _ALIASES.get(name, name)


class ItemTypes:
    """The types of one model. ``imported``: those of the files that it imports, by the name it calls them."""

    def __init__(self, document: Document, imported: "Mapping[str, ItemTypes]") -> None:
        self._document = document
        self._imported = imported
        self._types: dict[str, ItemType] = {}
        self.component_names: set[str] = set()
        for element in document.children(document.root, "itemDefinition"):
            self._types[attribute(element, "name")] = self._read(element)

    def _read(self, element: Element) -> ItemType:
        document = self._document
        reference = document.child(element, "typeRef")
        components = {attribute(part, "name"): self._read(part) for part in document.children(element, "itemComponent")}
        self.component_names |= components.keys()
        function = document.child(element, "functionItem")
        base = plain_name(reference.text or "") if reference is not None else ""
        return ItemType(
            attribute(element, "name"),
            base,
            attribute(element, "isCollection") == "true",
            self._tests(element, "allowedValues"),
            self._tests(element, "typeConstraint"),
            components,
            function is not None,
            "" if function is None else attribute(function, "outputTypeRef"),
        )

    def _tests(self, element: Element, part: str) -> UnaryTests | None:
        text = self._document.text(self._document.child(element, part))
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
        name, seen = plain_name(reference), set[str]()
        while name in self._types and name not in seen and not self._types[name].collection:
            seen.add(name)
            tests = self._types[name].allowed or self._types[name].constraint
            if tests is not None:
                return tests.text
            name = self._types[name].base
        return ""

    def result_of(self, reference: str) -> str:
        """The type of what a function of this type gives; other types are those of the result themselves."""
        found = self._types.get(plain_name(reference))
        return found.result if found is not None and found.function else reference

    def simple_type(self, reference: str) -> TypeName | None:
        """The simple type of the language behind a declared one; None when it is none of them."""
        name = self.base_name(reference)
        return TypeName(name) if name in SIMPLE else None

    def base_name(self, reference: str) -> str:
        """The type of the language behind a declared one, or the name as it is."""
        name, seen = plain_name(reference), set[str]()
        while name in self._types and name not in seen:
            seen.add(name)
            name = "list" if self._types[name].collection else self._types[name].base
        return name

    def fitted(self, value: object, reference: str, run: Run) -> object:
        """The value as the type wants it (DMN 10.3.2.9.4); null when it does not fit.

        A list of one stands for its element and back, a date for its first moment.
        """
        name = plain_name(reference)
        if not name or name == "Any" or value is None or self._fits(value, name, run, 0):
            return value
        for candidate in conversions(value):
            if self._fits(candidate, name, run, 0):
                return candidate
        return run.fail(
            "Expected a value of the type %(name)s, but got a %(kind)s that is none.",
            name=name,
            kind=kind(value),
        )

    def holds(self, value: object, name: str, run: Run) -> bool | None:
        """Whether the value is of a type declared here or in an imported file; None when there is no such type."""
        if name in self._types:
            return self._fits(value, name, run, 0)
        for space, types in self._imported.items():
            if space and name.startswith(f"{space}."):
                return types.holds(value, name.removeprefix(f"{space}."), run)
        return None

    def _fits(self, value: object, name: str, run: Run, depth: int) -> bool:
        if depth > _MOST_NESTED:
            return False
        if name in self._types:
            return self._fits_item(value, self._types[name], run, depth + 1)
        if name in SIMPLE or name == "list" or name == "context":
            return bool(conforms(value, TypeName(name), run))
        space, dot, rest = name.partition(".")
        while dot and space not in self._imported:
            more, dot, rest = rest.partition(".")
            space = f"{space}.{more}"
        return self._imported[space]._fits(value, rest, run, depth) if dot else True

    def _fits_item(self, value: object, wanted: ItemType, run: Run, depth: int) -> bool:
        if not wanted.collection:
            fits = self._fits_single(value, wanted, run, depth)
        elif isinstance(value, list):
            run.charge(1 + len(value))
            fits = all(item is None or self._fits_single(item, wanted, run, depth) for item in value)
        else:
            return False
        return fits and (wanted.constraint is None or wanted.constraint.run(value, {}, run) is True)

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
