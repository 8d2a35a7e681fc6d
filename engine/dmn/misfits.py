"""Cells of a table that speak of values which their column does not allow."""

from collections.abc import Callable, Iterator
from itertools import islice

from engine.dmn.domains import OTHER, Column
from engine.dmn.table import Output, Table
from engine.errors import Finding, Sentence
from engine.feel import BudgetExceeded, FeelSyntaxError, compile_expression, compile_unary_tests
from engine.feel.builtins_conversion import write_inside
from engine.feel.run import QUIET

MAX_FINDINGS = 20
"""Findings of one kind per table."""
Find = Callable[[str, Sentence, Sentence], Finding]
_REMEDY = Sentence("Correct the cell, or add its values to the allowed ones.")


def misfits(name: str, table: Table, columns: list[Column], find: Find) -> Iterator[Finding]:
    """Rows that never match, and values in conditions and results that are not among the allowed ones."""
    yield from islice(_conditions(name, table, columns, find), MAX_FINDINGS)
    yield from islice(_results(name, table, find), MAX_FINDINGS)


def sample_text(column: Column, part: int) -> str:
    """A value of this part of the column, as an analyst would write it."""
    sample = column.parts[part].sample
    return OTHER if sample == OTHER else write_inside(sample, QUIET)


def _conditions(name: str, table: Table, columns: list[Column], find: Find) -> Iterator[Finding]:
    for place, (column, source) in enumerate(zip(columns, table.inputs, strict=True)):
        for row, named in zip(table.rows, column.named, strict=True):
            text = row.inputs[place]
            if column.covers[row.number - 1] is None:
                continue
            if column.reached(row.number - 1) is None:
                yield find(
                    "dmn.unreachable",
                    Sentence(
                        "Row %(row)s of the table %(table)s never matches: in the column '%(column)s', %(text)s holds "
                        "none of the allowed values.",
                        row=row.number,
                        table=name,
                        column=source.label,
                        text=text,
                    ),
                    _REMEDY,
                )
            else:
                yield from (
                    find(
                        "dmn.value",
                        _not_allowed(name, row.number, source.label, sample_text(column, part)),
                        _REMEDY,
                    )
                    for part in named
                    if part not in column.allowed
                )


def _not_allowed(name: str, row: int, label: str, value: str) -> Sentence:
    return Sentence(
        "Row %(row)s of the table %(table)s, column '%(column)s': %(value)s is not among the allowed values.",
        row=row,
        table=name,
        column=label,
        value=value,
    )


def _results(name: str, table: Table, find: Find) -> Iterator[Finding]:
    for place, output in enumerate(table.outputs):
        texts = [(row.number, row.outputs[place]) for row in table.rows]
        for number, text in texts:
            for value in _strangers(output, text):
                yield find("dmn.value", _not_allowed(name, number, output.label, value), _REMEDY)


def _strangers(output: Output, text: str) -> list[str]:
    """The values written out in a result that its column does not allow."""
    if not output.allowed or text in ("", "-"):
        return []
    try:
        expression, allowed = compile_expression(text), compile_unary_tests(output.allowed)
        value = None if expression.names else expression({})
        values = value if isinstance(value, list) else [value]
        return [write_inside(each, QUIET) for each in values if each is not None and allowed(each, {}) is False]
    except (FeelSyntaxError, BudgetExceeded):
        return []
