"""Decision tables: their parts as people see them, and the code that looks rows up (DMN 8)."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn.hits import Policy, resolve
from engine.dmn.results import DecisionRun, FiredRow
from engine.dmn.table_index import TableIndex
from engine.feel import Function, Range, UnaryTests, spelled
from engine.feel.run import Code, Run, Scope
from engine.feel.values import kind


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions: label, expression, type and allowed values as written."""

    label: str
    names: Mapping[str, str]
    expression: str
    type: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results: name, label, type, allowed values and default as written."""

    name: str
    label: str
    names: Mapping[str, str]
    type: str
    allowed: str
    default: str


@dataclass(frozen=True, slots=True)
class Row:
    """One rule as written; ``number`` counts from 1, ``annotations`` by column name."""

    number: int
    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: Mapping[str, str]
    description: str
    descriptions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table as written, for people and for proofs."""

    hit_policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CompiledRow:
    """A row ready to be looked up: the tests that are not ``-`` by column, and its outputs."""

    tests: tuple[tuple[int, UnaryTests], ...]
    outputs: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """A table ready to be evaluated. ``index`` finds the rows that may match; None: all may."""

    table: Table
    policy: Policy
    inputs: tuple[Code, ...]
    allowed: tuple[UnaryTests | None, ...]
    rows: tuple[CompiledRow, ...]
    defaults: tuple[Code, ...]
    index: TableIndex | None


def table_code(compiled: CompiledTable) -> Code:
    """The code that evaluates a table.

    It raises DecisionError when UNIQUE or ANY is violated.
    """

    def evaluate(scope: Scope, run: Run) -> object:
        values = [expression(scope, run) for expression in compiled.inputs]
        if not _admitted(compiled, values, scope, run):
            return None
        candidates = None if compiled.index is None else compiled.index.candidates(values)
        places = range(len(compiled.rows)) if candidates is None else candidates
        hits = [place + 1 for place in places if _matches(compiled.rows[place], values, scope, run)]
        fired = [_fired(compiled, number, values, scope, run) for number in hits]
        result = resolve(compiled.policy, fired, lambda: _default(compiled, scope, run), run)
        if isinstance(run, DecisionRun):
            run.fired.extend(result.rows)
        return result.value

    return evaluate


def _quoted(value: object) -> str:
    """A value as a sentence names it: the beginning of a text, the kind of what has parts."""
    if isinstance(value, str):
        return value[:80]
    return kind(value) if isinstance(value, list | dict | Range | Function) else spelled(value)


def _admitted(compiled: CompiledTable, values: list[object], scope: Scope, run: Run) -> bool:
    for column, (value, allowed) in enumerate(zip(values, compiled.allowed, strict=True)):
        if allowed is not None and value is not None and allowed.run(value, scope, run) is not True:
            source = compiled.table.inputs[column]
            run.fail(
                "'%(expression)s' is %(value)s, which is not among its allowed values %(allowed)s.",
                expression=source.expression,
                value=_quoted(value),
                allowed=source.allowed,
            )
            return False
    return True


def _matches(row: CompiledRow, values: list[object], scope: Scope, run: Run) -> bool:
    run.charge(1 + len(row.tests))
    return all(tests.run(values[column], scope, run) is True for column, tests in row.tests)


def _fired(compiled: CompiledTable, number: int, values: list[object], scope: Scope, run: Run) -> FiredRow:
    outputs = {
        output.name: cell(scope, run)
        for output, cell in zip(compiled.table.outputs, compiled.rows[number - 1].outputs, strict=True)
    }
    inputs = {source.expression: value for source, value in zip(compiled.table.inputs, values, strict=True)}
    decision = run.decision if isinstance(run, DecisionRun) else ""
    return FiredRow(decision, number, compiled.table.rows[number - 1].id, inputs, outputs)


def _default(compiled: CompiledTable, scope: Scope, run: Run) -> Mapping[str, object] | None:
    if not any(output.default for output in compiled.table.outputs):
        return None
    return {
        output.name: cell(scope, run) for output, cell in zip(compiled.table.outputs, compiled.defaults, strict=True)
    }
