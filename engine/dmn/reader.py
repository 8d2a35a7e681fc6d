"""Reads a DMN file into a model; finds everything that is wrong with it at once."""

from collections import Counter

from engine.dmn.boxed import LOGIC, BoxedReader
from engine.dmn.document import Document, Element, RejectedDecisions, attribute, local, reference
from engine.dmn.graph import check_graph, order_of
from engine.dmn.item_types import ItemTypes
from engine.dmn.model import Decision, DecisionModel, DecisionService, InputData, Knowledge
from engine.dmn.table import Table, table_code
from engine.dmn.table_reader import TableReader
from engine.errors import Sentence
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
    """One reading of one file."""

    def __init__(self, xml: bytes, file: str) -> None:
        self.document = Document(xml, file)
        self.types = ItemTypes(self.document)
        self.boxed = BoxedReader(self.document, self.types, self._names())
        self.boxed.readers["decisionTable"] = self._anonymous_table
        self.tables: dict[str, Table] = {}

    def read(self) -> DecisionModel:
        """The model; raises RejectedDecisions with all findings."""
        document, root = self.document, self.document.root
        self._check_ids()
        self._check_constructs()
        model = DecisionModel(
            document.file,
            attribute(root, "name"),
            document.names(root),
            {attribute(each, "id"): self._decision(each) for each in document.children(root, "decision")},
            {attribute(each, "id"): self._input_data(each) for each in document.children(root, "inputData")},
            {
                attribute(each, "id"): self._knowledge(each)
                for each in document.children(root, "businessKnowledgeModel")
            },
            {attribute(each, "id"): self._service(each) for each in document.children(root, "decisionService")},
            self.types,
            (),
        )
        check_graph(model, document)
        if document.findings:
            raise RejectedDecisions(document.findings)
        return DecisionModel(
            model.file,
            model.name,
            model.names,
            model.decisions,
            model.input_data,
            model.knowledge,
            model.services,
            model.types,
            order_of(model.decisions),
        )

    def _names(self) -> frozenset[str]:
        names = set(self.types.component_names)
        for element in self.document.children(self.document.root, *_NODES):
            names.update((attribute(element, "name"), _variable(self.document, element).get("name", "")))
        return frozenset(names - {""})

    def _check_ids(self) -> None:
        elements = [
            each
            for each in self.document.root.iter()
            if attribute(each, "id") and str(each.tag).startswith(f"{{{self.document.namespace}}}")
        ]
        for identity, count in Counter(attribute(each, "id") for each in elements).items():
            if count > 1:
                again = [each for each in elements if attribute(each, "id") == identity][1]
                self.document.find(
                    again,
                    "dmn.duplicate-id",
                    Sentence("The id '%(id)s' is used %(count)s times.", id=identity, count=count),
                    Sentence("Give every element an id of its own."),
                )

    def _check_constructs(self) -> None:
        for element in self.document.children(self.document.root):
            if local(element) not in _IGNORED:
                self.document.unsupported(element, f"The element '{local(element)}'")
            elif local(element) == "import":
                self.document.unsupported(element, f"An import (of '{element.get('namespace', '')}')")

    def _decision(self, element: Element) -> Decision:
        document = self.document
        name, variable = attribute(element, "name"), _variable(document, element)
        where = Sentence("Decision '%(name)s'", name=name)
        logic = document.child(element, *LOGIC)
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
            attribute(element, "id"),
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

    def _check_logic(self, element: Element) -> None:
        for child in self.document.children(element):
            if local(child) in ("expression", "functionItem"):
                self.document.unsupported(child, f"The element '{local(child)}'")

    def _required(self, element: Element, requirement: str, kind: str) -> tuple[str, ...]:
        found = (self.document.child(each, kind) for each in self.document.children(element, requirement))
        return tuple(reference(each) for each in found if each is not None)

    def _anonymous_table(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        label = attribute(element, "outputLabel") or str(where)
        return table_code(TableReader(self.boxed, element, label, label, "", names).read())

    def _input_data(self, element: Element) -> InputData:
        variable = _variable(self.document, element)
        return InputData(
            attribute(element, "id"),
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
            attribute(element, "id"),
            _variable(self.document, element).get("name") or name,
            self._required(element, "knowledgeRequirement", "requiredKnowledge"),
            code,
        )

    def _service(self, element: Element) -> DecisionService:
        def references(kind: str) -> tuple[str, ...]:
            return tuple(reference(each) for each in self.document.children(element, kind))

        return DecisionService(
            attribute(element, "id"),
            _variable(self.document, element).get("name") or attribute(element, "name"),
            references("outputDecision"),
            references("inputData"),
            references("inputDecision"),
        )


def _variable(document: Document, element: Element) -> Element:
    found = document.child(element, "variable")
    return element if found is None else found


def read_model(xml: bytes, file: str) -> DecisionModel:
    """Read the decisions of a file (DMN 1.2 to 1.5). ``file`` names it in findings.

    Raises RejectedDecisions with everything that is wrong.
    """
    return ModelReader(xml, file).read()
