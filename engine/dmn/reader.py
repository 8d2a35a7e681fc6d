"""Reads a DMN file into a model; finds everything that is wrong with it at once."""

from collections import Counter
from collections.abc import Mapping

from engine.dmn.boxed import LOGIC, BoxedReader
from engine.dmn.document import Document, Element, RejectedDecisions, attribute, identity, local
from engine.dmn.elements import Decision, DecisionService, InputData, Knowledge
from engine.dmn.graph import check_graph, order_of
from engine.dmn.imports import Library
from engine.dmn.item_types import ItemTypes
from engine.dmn.model import DecisionModel, imported_names
from engine.dmn.table import Table, table_code
from engine.dmn.table_reader import TableReader
from engine.errors import Finding, Sentence
from engine.feel.run import Code

_NODES = ("decision", "inputData", "businessKnowledgeModel", "decisionService", "knowledgeSource")
_IGNORED = (
    *_NODES,
    "description",
    "extensionElements",
    "itemDefinition",
    "elementCollection",
    "textAnnotation",
    "association",
    "group",
    "organizationUnit",
    "performanceIndicator",
    "import",
)


class ModelReader:
    """One reading of one file; ``library`` has the files that it may import."""

    def __init__(self, document: Document, library: Library) -> None:
        self.document = document
        self.imports = library.imports(document)
        self.types = ItemTypes(document, {each.name: each.model.types for each in self.imports.values()})
        self.boxed = BoxedReader(self.document, self.types, self._names())
        self.boxed.readers["decisionTable"] = self._anonymous_table
        self.tables: dict[str, Table] = {}

    def read(self) -> DecisionModel:
        """The model; what is wrong with it is in the document's findings."""
        document, root = self.document, self.document.root
        self._check_ids()
        self._check_constructs()
        decisions = {identity(each): self._decision(each) for each in document.children(root, "decision")}
        model = DecisionModel(
            document.file,
            attribute(root, "name"),
            document.names(root),
            decisions,
            {identity(each): self._input_data(each) for each in document.children(root, "inputData")},
            {identity(each): self._knowledge(each) for each in document.children(root, "businessKnowledgeModel")},
            {identity(each): self._service(each) for each in document.children(root, "decisionService")},
            self.types,
            self.imports,
            order_of(decisions),
            self.boxed.names,
        )
        check_graph(model, document)
        return model

    def _names(self) -> frozenset[str]:
        names = {*self.types.component_names, *imported_names(self.imports.values())}
        for element in self.document.children(self.document.root, *_NODES):
            names.update((attribute(element, "name"), _variable(self.document, element).get("name", "")))
        return frozenset(names - {""})

    def _check_ids(self) -> None:
        elements = [
            each
            for each in self.document.root.iter()
            if attribute(each, "id") and str(each.tag).startswith(f"{{{self.document.namespace}}}")
        ]
        for key, count in Counter(attribute(each, "id") for each in elements).items():
            if count > 1:
                again = [each for each in elements if attribute(each, "id") == key][1]
                self.document.find(
                    again,
                    "dmn.duplicate-id",
                    Sentence("The id '%(id)s' is used %(count)s times.", id=key, count=count),
                    Sentence("Give every element an id of its own."),
                )

    def _check_constructs(self) -> None:
        self.boxed.speaks_feel(self.document.root)
        for element in self.document.children(self.document.root):
            if local(element) not in _IGNORED:
                self.document.unsupported(element, Sentence("The element '%(name)s'", name=local(element)))

    def _decision(self, element: Element) -> Decision:
        document = self.document
        name, variable = attribute(element, "name"), _variable(document, element)
        where = Sentence("Decision '%(name)s'", name=name)
        logic = document.child(element, *LOGIC)
        self._check_one_logic(element, where)
        table = None
        if logic is None:
            code = self.boxed.logic(element, where, frozenset())
            self._check_logic(element)
        elif local(logic) == "decisionTable":
            compiled = TableReader(
                self.boxed,
                logic,
                name,
                attribute(variable, "name") or name,
                attribute(variable, "typeRef"),
                frozenset(),
            ).read()
            code, table = table_code(compiled), compiled.table
        else:
            code = self.boxed.element(logic, where, frozenset())
        return Decision(
            identity(element),
            name,
            document.names(element),
            document.descriptions(element),
            attribute(variable, "name") or name,
            attribute(variable, "typeRef"),
            self._required(element, "informationRequirement", "requiredDecision"),
            self._required(element, "knowledgeRequirement", "requiredKnowledge"),
            document.text(logic) if logic is not None and local(logic) == "literalExpression" else "",
            table,
            code,
        )

    def _check_one_logic(self, element: Element, where: Sentence) -> None:
        found = list(self.document.children(element, *LOGIC))
        if len(found) > 1:
            self.document.find(
                found[1],
                "dmn.expression",
                Sentence("%(where)s: there are %(count)s expressions, but one decides.", where=where, count=len(found)),
                Sentence("Keep one of them, and make decisions of their own of the others."),
            )

    def _check_logic(self, element: Element) -> None:
        for child in self.document.children(element):
            if local(child) in ("expression", "functionItem"):
                self.document.unsupported(child, Sentence("The element '%(name)s'", name=local(child)))

    def _required(self, element: Element, requirement: str, kind: str) -> tuple[str, ...]:
        found = (self.document.child(each, kind) for each in self.document.children(element, requirement))
        return tuple(self.document.reference(each) for each in found if each is not None)

    def _anonymous_table(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        label = attribute(element, "outputLabel") or str(where)
        return table_code(TableReader(self.boxed, element, label, label, "", names).read())

    def _input_data(self, element: Element) -> InputData:
        variable = _variable(self.document, element)
        return InputData(
            identity(element),
            attribute(variable, "name") or attribute(element, "name"),
            attribute(variable, "typeRef"),
        )

    def _knowledge(self, element: Element) -> Knowledge:
        name = attribute(element, "name")
        where = Sentence("Business knowledge model '%(name)s'", name=name)
        logic = self.document.child(element, "encapsulatedLogic")
        code = (
            self.boxed.logic(None, where, frozenset())
            if logic is None
            else self.boxed.function(logic, where, frozenset())
        )
        return Knowledge(
            identity(element),
            _variable(self.document, element).get("name") or name,
            self._required(element, "knowledgeRequirement", "requiredKnowledge"),
            code,
        )

    def _service(self, element: Element) -> DecisionService:
        def references(kind: str) -> tuple[str, ...]:
            return tuple(self.document.reference(each) for each in self.document.children(element, kind))

        return DecisionService(
            identity(element),
            _variable(self.document, element).get("name") or attribute(element, "name"),
            references("outputDecision"),
            references("inputData"),
            references("inputDecision"),
        )


def _variable(document: Document, element: Element) -> Element:
    found = document.child(element, "variable")
    return element if found is None else found


def _read(document: Document, library: Library) -> tuple[DecisionModel, list[Finding]]:
    return ModelReader(document, library).read(), document.findings


def read_with_findings(
    xml: bytes, file: str, beside: Mapping[str, bytes] | None = None
) -> tuple[DecisionModel, list[Finding]]:
    """A file of decisions as far as it can be read, and everything that is wrong with it.

    What is wrong evaluates to null. Raises RejectedDecisions when the file is no DMN at all.
    """
    return Library(beside or {}, _read).read(Document(xml, file))


def read_model(xml: bytes, file: str, beside: Mapping[str, bytes] | None = None) -> DecisionModel:
    """Read the decisions of a file (DMN 1.2 to 1.5). ``file`` names it in findings; ``beside``: files by name
    that it may import.

    Raises RejectedDecisions with everything that is wrong.
    """
    model, findings = read_with_findings(xml, file, beside)
    if findings:
        raise RejectedDecisions(findings)
    return model
