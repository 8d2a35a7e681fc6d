"""Reads decision tables; every cell that does not parse is a finding with table, row and column."""

from collections import Counter

from engine.dmn.boxed import BoxedReader, null_code
from engine.dmn.document import Element, attribute
from engine.dmn.hits import AGGREGATIONS, POLICIES, Policy
from engine.dmn.table import CompiledRow, CompiledTable, Input, Output, Row, Table
from engine.dmn.table_index import index_table
from engine.errors import Sentence
from engine.feel import FeelSyntaxError, UnaryTests, compile_unary_tests
from engine.feel.nodes import Const
from engine.feel.run import Code

MAX_ROWS = 10_000
"""Rows of one table."""


class TableReader:
    """Reads one table. ``title`` names it in findings, ``name`` is the name of a single output without one."""

    def __init__(
        self,
        boxed: BoxedReader,
        element: Element,
        title: str,
        name: str,
        type_name: str,
        names: frozenset[str],
    ) -> None:
        self._boxed = boxed
        self._document = boxed.document
        self._element = element
        self._title = title
        self._name = name
        self._type = type_name
        self._names = names

    def read(self) -> CompiledTable:
        """The table, as written and as code."""
        inputs = tuple(self._input(each) for each in self._document.children(self._element, "input"))
        elements = tuple(self._document.children(self._element, "output"))
        outputs = tuple(self._output(each, len(elements)) for each in elements)
        if not outputs:
            self._find(
                self._element,
                Sentence(
                    "Expected the table %(table)s to have a column for its result, but there is none.", **self._of
                ),
            )
        self._check_outputs(outputs)
        annotations = [attribute(each, "name") for each in self._document.children(self._element, "annotation")]
        rules = self._rules()
        rows = tuple(self._row(number, rule, annotations) for number, rule in enumerate(rules, 1))
        policy, aggregation = self._policy()
        table = Table(policy, aggregation, inputs, outputs, rows)
        compiled = tuple(self._compile_row(rule, row, table) for rule, row in zip(rules, rows, strict=True))
        return CompiledTable(
            table,
            Policy(self._title, policy, aggregation, len(outputs) == 1, self._ranks(outputs)),
            tuple(self._input_code(each) for each in inputs),
            tuple(
                self._tests(
                    self._element,
                    each.allowed,
                    Sentence(
                        "Allowed values of '%(input)s' in the table %(table)s",
                        input=each.expression,
                        table=self._title,
                    ),
                )
                for each in inputs
            ),
            compiled,
            tuple(
                self._boxed.text(
                    self._element,
                    each.default,
                    Sentence("Default of '%(output)s' in the table %(table)s", output=each.name, table=self._title),
                    self._names,
                )
                for each in outputs
            ),
            index_table([row.tests for row in compiled], len(inputs)),
        )

    def _check_outputs(self, outputs: tuple[Output, ...]) -> None:
        names = Counter(each.name for each in outputs if each.name)
        for name in (name for name, count in names.items() if count > 1):
            self._find(
                self._element,
                Sentence(
                    "Expected the output columns of the table %(table)s to have different names, but several are "
                    "called '%(name)s'.",
                    name=name,
                    **self._of,
                ),
            )
        policy = self._element.get("hitPolicy", "")
        if policy in ("PRIORITY", "OUTPUT ORDER") and not any(each.allowed for each in outputs):
            self._find(
                self._element,
                Sentence(
                    "Expected an output column of the table %(table)s to list its values, because %(policy)s goes by "
                    "their order, but none does.",
                    policy=policy,
                    **self._of,
                ),
            )

    def _rules(self) -> tuple[Element, ...]:
        """The rows; none of a table that is too long."""
        rules = tuple(self._document.children(self._element, "rule"))
        if len(rules) <= MAX_ROWS:
            return rules
        self._document.find(
            self._element,
            "dmn.size",
            Sentence(
                "The table %(table)s has %(count)s rows; at most %(limit)s can be used.",
                table=self._title,
                count=len(rules),
                limit=MAX_ROWS,
            ),
            Sentence("Split the table by one of its inputs, or keep its rows as records and look them up in a step."),
        )
        return ()

    @property
    def _of(self) -> dict[str, object]:
        return {"table": self._title}

    def _find(self, element: Element, message: Sentence) -> None:
        remedy = Sentence("Correct the table in the decision editor.")
        self._document.find(element, "dmn.table", message, remedy)

    def _policy(self) -> tuple[str, str]:
        policy = self._element.get("hitPolicy", "UNIQUE")
        aggregation = attribute(self._element, "aggregation")
        if policy not in POLICIES:
            self._find(
                self._element,
                Sentence(
                    "Expected the table %(table)s to have a hit policy of the standard, but it has '%(policy)s'.",
                    policy=policy,
                    **self._of,
                ),
            )
        if aggregation and (policy != "COLLECT" or aggregation not in AGGREGATIONS):
            self._find(
                self._element,
                Sentence(
                    "Expected the table %(table)s to have an aggregation only with COLLECT, one of SUM, COUNT, MIN, "
                    "MAX, but it has '%(aggregation)s' with %(policy)s.",
                    aggregation=aggregation,
                    policy=policy,
                    **self._of,
                ),
            )
        if aggregation and len(list(self._document.children(self._element, "output"))) > 1:
            self._find(
                self._element,
                Sentence(
                    "Expected the table %(table)s to have one output when it aggregates, but it has several.",
                    **self._of,
                ),
            )
        return policy, aggregation

    def _input(self, element: Element) -> Input:
        expression = self._document.child(element, "inputExpression")
        type_name = "" if expression is None else attribute(expression, "typeRef")
        text = self._document.text(expression)
        if expression is not None:
            self._boxed.speaks_feel(expression)
        if not text:
            self._find(
                element,
                Sentence(
                    "Expected the table %(table)s to have an expression in every input column, but a column has none.",
                    **self._of,
                ),
            )
        label = attribute(element, "label") or text
        return Input(
            label,
            {**self._document.names(element), "en": label},
            text,
            type_name,
            self._document.text(self._document.child(element, "inputValues")),
        )

    def _input_code(self, each: Input) -> Code:
        where = Sentence("Input '%(input)s' of the table %(table)s", input=each.label, table=self._title)
        return self._boxed.text(self._element, each.expression, where, self._names)

    def _output(self, element: Element, count: int) -> Output:
        name = attribute(element, "name") or (self._name if count == 1 else attribute(element, "label"))
        type_name = attribute(element, "typeRef") or (self._type if count == 1 else "")
        allowed = self._document.text(self._document.child(element, "outputValues"))
        default = self._document.text(self._document.child(element, "defaultOutputEntry"))
        if not name:
            self._find(
                element,
                Sentence(
                    "Expected the table %(table)s to have a name for every output column, but a column has none.",
                    **self._of,
                ),
            )
        return Output(
            name,
            attribute(element, "label") or name,
            self._document.names(element),
            type_name,
            allowed or self._boxed.types.allowed_text(type_name),
            default,
        )

    def _row(self, number: int, rule: Element, annotations: list[str]) -> Row:
        inputs, outputs, notes = (
            tuple(self._document.text(cell) for cell in self._document.children(rule, part))
            for part in ("inputEntry", "outputEntry", "annotationEntry")
        )
        named = {annotations[place] if place < len(annotations) else "": note for place, note in enumerate(notes)}
        descriptions = self._document.descriptions(rule)
        identity = attribute(rule, "id")
        return Row(number, identity, inputs, outputs, named, descriptions.get("en", ""), descriptions)

    def _where(self, number: int, column: str) -> Sentence:
        return Sentence(
            "Table %(table)s, row %(row)s, column '%(column)s'", table=self._title, row=number, column=column
        )

    def _compile_row(self, rule: Element, row: Row, table: Table) -> CompiledRow:
        if len(row.inputs) != len(table.inputs) or len(row.outputs) != len(table.outputs):
            self._find(
                rule,
                Sentence(
                    "Expected the table %(table)s to have as many cells in row %(row)s as columns, but it has "
                    "%(inputs)s conditions and %(outputs)s results.",
                    row=row.number,
                    inputs=len(row.inputs),
                    outputs=len(row.outputs),
                    **self._of,
                ),
            )
            return CompiledRow((), (null_code,) * len(table.outputs))
        conditions = tuple(self._document.children(rule, "inputEntry"))
        results = tuple(self._document.children(rule, "outputEntry"))
        tests = [
            (
                column,
                self._tests(conditions[column], text, self._where(row.number, table.inputs[column].label)),
            )
            for column, text in enumerate(row.inputs)
            if text not in ("", "-")
        ]
        outputs = tuple(
            self._boxed.text(
                results[column],
                "" if text == "-" else text,
                self._where(row.number, table.outputs[column].label),
                self._names,
            )
            for column, text in enumerate(row.outputs)
        )
        return CompiledRow(tuple((column, test) for column, test in tests if test is not None), outputs)

    def _tests(self, element: Element, text: str, where: Sentence) -> UnaryTests | None:
        if not text or text == "-" or not self._boxed.speaks_feel(element):
            return None
        try:
            found = compile_unary_tests(text, self._boxed.all_names(self._names))
        except FeelSyntaxError as error:
            self._document.syntax(element, where, text, error)
            return None
        self._boxed.check_calls(element, where, found.called - self._names)
        return found

    def _ranks(self, outputs: tuple[Output, ...]) -> tuple[tuple[object, ...], ...]:
        ranks = []
        for output in outputs:
            tests = self._tests(
                self._element,
                output.allowed,
                Sentence(
                    "Allowed values of '%(output)s' in the table %(table)s",
                    output=output.name,
                    table=self._title,
                ),
            )
            nodes = () if tests is None else tests.nodes
            ranks.append(tuple(node.value for node in nodes if isinstance(node, Const)))
        return tuple(ranks)
