"""Boxed expressions: contexts, lists, relations, functions, invocations, conditionals, loops (DMN 10.2)."""

from collections.abc import Callable, Iterable

from engine.dmn.document import Document, Element, attribute, local
from engine.dmn.item_types import ItemTypes, plain_name
from engine.errors import Sentence
from engine.feel import FeelSyntaxError, Function, compile_expression
from engine.feel.boxes import iterate, select
from engine.feel.functions import apply
from engine.feel.run import Code, Frame, Run, Scope

_FEEL = (
    "",
    "feel",
    "https://www.omg.org/spec/dmn/20230324/feel/",
    "https://www.omg.org/spec/dmn/20211108/feel/",
    "https://www.omg.org/spec/dmn/20191111/feel/",
    "http://www.omg.org/spec/dmn/20180521/feel/",
)
LOGIC = (
    "literalExpression",
    "decisionTable",
    "context",
    "list",
    "relation",
    "functionDefinition",
    "invocation",
    "conditional",
    "filter",
    "for",
    "some",
    "every",
)
"""Elements that hold logic, as children of a decision, an entry or a function."""


def null_code(scope: Scope, run: Run) -> object:
    """Logic that is not there."""
    return None


def lost(given: Iterable[object], fitted: Iterable[object]) -> bool:
    """Whether an argument did not fit its parameter, which makes the whole call null."""
    return any(before is not None and after is None for before, after in zip(given, fitted, strict=False))


def weight(element: Element) -> int:
    """What one evaluation of boxed logic costs in steps."""
    return 1 + sum(1 + len(each.text or "") // 64 for each in element.iter()) // 8


class BoxedReader:
    """Turns the elements that hold logic into code. ``names``: every name of the model that a text may use."""

    def __init__(self, document: Document, types: ItemTypes, names: frozenset[str]) -> None:
        self.document = document
        self.types = types
        self.names = names
        self.imports = frozenset(attribute(one, "name") for one in document.children(document.root, "import"))
        self.readers: dict[str, Callable[[Element, Sentence, frozenset[str]], Code]] = {
            "literalExpression": self._literal,
            "context": self._context,
            "list": self._list,
            "relation": self._relation,
            "functionDefinition": self.function,
            "invocation": self._invocation,
            "conditional": self._conditional,
            "filter": self._filter,
            "for": self._loop,
            "some": self._loop,
            "every": self._loop,
        }

    def logic(self, parent: Element | None, where: Sentence, names: frozenset[str]) -> Code:
        """The code of the first element below ``parent`` that holds logic."""
        found = None if parent is None else self.document.child(parent, *LOGIC)
        return null_code if found is None else self.element(found, where, names)

    def element(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        """The code of one element, its value fitted to the element's type."""
        code = self.readers[local(element)](element, where, names)
        reference = plain_name(attribute(element, "typeRef"))
        if not reference or reference == "Any" or local(element) == "functionDefinition":
            return code
        fitted = self.types.fitted
        return lambda scope, run: fitted(code(scope, run), reference, run)

    def text(self, element: Element, text: str, where: Sentence, names: frozenset[str]) -> Code:
        """The code of an expression; a finding when it does not parse."""
        if not text or not self.speaks_feel(element):
            return null_code
        try:
            found = compile_expression(text, self.all_names(names))
        except FeelSyntaxError as error:
            self.document.syntax(element, where, text, error)
            return null_code
        self.check_calls(element, where, found.called - names)
        return found.run

    def all_names(self, names: frozenset[str]) -> frozenset[str]:
        """The names of the model and these; those of the model are not copied for each text that has no others."""
        return self.names if names <= self.names else self.names | names

    def speaks_feel(self, element: Element) -> bool:
        """Whether the texts of an element are FEEL, by what it says; a finding when they are not."""
        language = attribute(element, "expressionLanguage")
        if language.lower() in _FEEL:
            return True
        self.document.unsupported(element, Sentence("The expression language '%(language)s'", language=language))
        return False

    def check_calls(self, element: Element, where: Sentence, called: frozenset[str]) -> None:
        """Note the functions that an expression calls and that are nowhere: it could only be null.

        What is wrong with an import is told of the import.
        """
        for name in sorted(called - self.names - self.imports):
            self.document.find(
                element,
                "dmn.unknown-function",
                Sentence("%(where)s: there is no function named '%(name)s'.", where=where, name=name),
                Sentence("Correct the name, or draw the business knowledge that it means."),
            )

    def _literal(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        if self.document.child(element, "importedValues") is not None:
            self.document.unsupported(element, Sentence("A literal expression with imported values"))
            return null_code
        return self.text(element, self.document.text(element), where, names)

    def _context(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        entries: list[tuple[str, Code]] = []
        for entry in self.document.children(element, "contextEntry"):
            variable = self.document.child(entry, "variable")
            name = "" if variable is None else attribute(variable, "name")
            code = self.logic(entry, where, names)
            if variable is not None and plain_name(attribute(variable, "typeRef")):
                code = self._typed(code, attribute(variable, "typeRef"))
            entries.append((name, code))
            names = names | {name}

        def build(scope: Scope, run: Run) -> object:
            frame = Frame(scope, {})
            for name, code in entries:
                value = code(frame, run)
                if not name:
                    return value
                frame[name] = value
            return dict(frame)

        return build

    def _typed(self, code: Code, reference: str) -> Code:
        return lambda scope, run: self.types.fitted(code(scope, run), reference, run)

    def _list(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        items = [self.element(child, where, names) for child in self.document.children(element, *LOGIC)]
        return lambda scope, run: [item(scope, run) for item in items]

    def _relation(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        columns = [attribute(column, "name") for column in self.document.children(element, "column")]
        for number, row in enumerate(self.document.children(element, "row"), 1):
            cells = len(list(self.document.children(row, *LOGIC)))
            if cells != len(columns):
                self.document.find(
                    row,
                    "dmn.table",
                    Sentence(
                        "Expected row %(row)s of a relation to have %(columns)s cells, one for each column, but it has "
                        "%(cells)s.",
                        row=number,
                        columns=len(columns),
                        cells=cells,
                    ),
                    Sentence("Correct the table in the decision editor."),
                )
        rows = [
            [self.element(cell, where, names) for cell in self.document.children(row, *LOGIC)]
            for row in self.document.children(element, "row")
        ]
        return lambda scope, run: [
            {name: cell(scope, run) for name, cell in zip(columns, row, strict=False)} for row in rows
        ]

    def function(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        """A function with formal parameters and a body (also ``encapsulatedLogic``)."""
        if attribute(element, "kind", "FEEL") != "FEEL":
            self.document.unsupported(
                element, Sentence("A function of the kind %(kind)s", kind=attribute(element, "kind"))
            )
            return null_code
        params = [
            (attribute(param, "name"), attribute(param, "typeRef"))
            for param in self.document.children(element, "formalParameter")
        ]
        body = self.logic(element, where, names | {name for name, _ in params})
        reference = self.types.result_of(attribute(element, "typeRef"))
        cost = weight(element)
        types = tuple(self.types.simple_type(type_name) for _, type_name in params)
        result_type = self.types.simple_type(reference)

        def define(scope: Scope, run: Run) -> object:
            def perform(run: Run, values: list[object]) -> object:
                given = {
                    name: self.types.fitted(value, type_name, run)
                    for (name, type_name), value in zip(params, values, strict=True)
                }
                if lost(values, given.values()):
                    return None
                run.enter(cost)
                outer, run.types = run.types, self.types
                result = body(Frame(scope, given), run)
                run.types = outer
                run.leave()
                return self.types.fitted(result, reference, run)

            return Function("function", tuple(name for name, _ in params), perform, types=types, result=result_type)

        return define

    def _invocation(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        callee = self.logic(element, where, names)
        bindings: list[tuple[str, Code]] = []
        for binding in self.document.children(element, "binding"):
            parameter = self.document.child(binding, "parameter")
            name = "" if parameter is None else attribute(parameter, "name")
            bindings.append((name, self.logic(binding, where, names)))

        def invoke(scope: Scope, run: Run) -> object:
            function = callee(scope, run)
            if not isinstance(function, Function):
                return run.fail("What is invoked is not a function.")
            values = [value(scope, run) for _, value in bindings]
            return apply(function, tuple(name for name, _ in bindings), values, run)

        return invoke

    def _conditional(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        condition, then, otherwise = (
            self.logic(self.document.child(element, part), where, names) for part in ("if", "then", "else")
        )

        def choose(scope: Scope, run: Run) -> object:
            found = condition(scope, run)
            if found is not None and type(found) is not bool:
                return run.fail("A condition must be true or false.")
            return (then if found else otherwise)(scope, run)

        return choose

    def _filter(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        source = self.logic(self.document.child(element, "in"), where, names)
        condition = self.logic(self.document.child(element, "match"), where, names | {"item"})
        cost = weight(element)

        return lambda scope, run: select(source(scope, run), condition, cost, scope, run)

    def _loop(self, element: Element, where: Sentence, names: frozenset[str]) -> Code:
        kind, name = local(element), attribute(element, "iteratorVariable")
        inner = names | {name, "partial"}
        source = self.logic(self.document.child(element, "in"), where, names)
        body = self.logic(self.document.child(element, "return", "satisfies"), where, inner)
        cost = weight(element)

        def loop(scope: Scope, run: Run) -> object:
            items = iterate(source(scope, run), run)
            if items is None:
                return None
            results: list[object] = []
            for item in items:
                run.charge(cost + len(results) // 16)
                results.append(body(Frame(scope, {name: item, "partial": results.copy()}), run))
            return results if kind == "for" else _quantified(results, kind == "every")

        return loop


def _quantified(answers: list[object], every: bool) -> bool | None:
    decisive = not every
    if any(answer is decisive for answer in answers):
        return decisive
    return every if all(type(answer) is bool for answer in answers) else None
