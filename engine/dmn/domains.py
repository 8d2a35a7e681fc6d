"""Columns of conditions as finite sets: every way in which the cells of a column can tell values apart."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engine.feel import FeelSyntaxError, UnaryTests, compile_unary_tests
from engine.feel.nodes import Const, Node, RangeOf, Test

OTHER = "(any other value)"
"""Stands for all texts that no cell of the column names."""


@dataclass(frozen=True, slots=True)
class Column:
    """``samples``: one value for every part of the domain; ``covers``: per row the parts that its cell accepts.

    ``closed``: the samples stand for the whole domain. A row's entry is None where the cell is not simple enough
    to tell.
    """

    expression: str
    samples: tuple[object, ...]
    covers: tuple[frozenset[int] | None, ...]
    closed: bool


def _constants(node: Node) -> Iterator[object] | None:
    """The values that a simple test names; None when the test is not simple."""
    if isinstance(node, Const) and isinstance(node.value, int | Decimal | str | None):
        return iter((node.value,))
    if isinstance(node, Test):
        return _constants(node.operand)
    if isinstance(node, RangeOf) and isinstance(node.start, Const) and isinstance(node.end, Const):
        return iter((node.start.value, node.end.value))
    return None


def _simple(text: str) -> tuple[UnaryTests, list[object]] | None:
    try:
        tests = compile_unary_tests(text or "-")
    except FeelSyntaxError:
        return None
    values: list[object] = []
    for node in tests.nodes:
        found = _constants(node)
        if found is None:
            return None
        values.extend(found)
    return tests, values


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _between(low: int | Decimal, high: int | Decimal) -> int | Decimal | None:
    """A number strictly between two others: a whole one if possible; None between neighbouring whole numbers."""
    whole = math.floor(low) + 1
    if whole < high:
        return whole
    if low == int(low) and high == int(high):
        return None
    return (Decimal(low) + Decimal(high)) / 2


def _number_samples(constants: list[int | Decimal]) -> list[object]:
    bounds = sorted(set(constants))
    samples: list[object] = [math.floor(bounds[0]) - 1]
    for place, bound in enumerate(bounds):
        samples.append(bound)
        inside = _between(bound, bounds[place + 1]) if place + 1 < len(bounds) else math.floor(bound) + 1
        if inside is not None:
            samples.append(inside)
    return samples


def _samples(constants: list[object], boolean: bool) -> list[object] | None:
    """Values that stand for all: of numbers, the bounds and one in between; of texts, those named and one other."""
    if boolean:
        return [True, False]
    if constants and all(map(_is_number, constants)):
        return _number_samples([value for value in constants if isinstance(value, int | Decimal)])
    if all(isinstance(value, str) for value in constants):
        return [*dict.fromkeys(constants), OTHER]
    return None


def read_column(expression: str, type_name: str, allowed: str, cells: list[str]) -> Column | None:
    """The column as a finite set; None when its values cannot be told apart by their constants."""
    simple = [_simple(cell) for cell in cells]
    domain = _simple(allowed) if allowed else None
    constants = [value for found in (*simple, domain) if found is not None for value in found[1]]
    boolean = type_name == "boolean" or (bool(constants) and all(isinstance(value, bool) for value in constants))
    samples = _samples(constants, boolean)
    if samples is None:
        return None
    if domain is not None:
        samples = [value for value in samples if domain[0](value, {}) is True]
    covers = tuple(
        None if found is None else frozenset(n for n, value in enumerate(samples) if found[0](value, {}) is True)
        for found in simple
    )
    return Column(expression, tuple(samples), covers, boolean or domain is not None)
