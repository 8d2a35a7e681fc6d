"""Tests of a cell as pieces of what values there are: points and stretches of one kind (DMN 8.2.8)."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.feel import UnaryTests, YearsMonths, calendar, far
from engine.feel.compiling import code
from engine.feel.nodes import Arithmetic, Call, Const, Negate, Node, RangeOf, Test, children
from engine.feel.run import QUIET
from engine.feel.values import kind

_MICRO = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1) // _MICRO
_MAKERS = frozenset({"date", "time", "date and time", "duration", "number"})
_ZONE = " with zone"
Key = int | Decimal | str | bool | None
ENUMERATED = frozenset({"string", "boolean", "null"})
"""Kinds whose values are told apart one by one; all others lie on a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The values of one kind between two keys, on a line; None is no bound. A point has its key twice."""

    kind: str
    low: Key
    high: Key
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell accepts. ``negated``: of the kinds named, everything but the pieces (and null)."""

    pieces: tuple[Piece, ...]
    everything: bool = False
    negated: bool = False


EVERYTHING = Cell((), everything=True)


def key_of(value: object) -> tuple[str, Key] | None:
    """The kind of a value and its place among its kind; None for values that have no such place."""
    name = kind(value)
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    if name == "number" or name in ENUMERATED:
        return name, value  # type: ignore[return-value]
    if isinstance(value, datetime):
        return f"{name}{_zoned(value)}", far.instant(value)
    if isinstance(value, date):
        return name, value.toordinal()
    if isinstance(value, time):
        return f"{name}{_zoned(value)}", calendar.instant_of_day(value) // _MICRO
    if isinstance(value, timedelta):
        return name, value // _MICRO
    return (name, value.months) if isinstance(value, YearsMonths) else None


def _zoned(value: datetime | time) -> str:
    return "" if value.tzinfo is None else _ZONE


def read_cell(tests: UnaryTests | None) -> Cell | None:
    """What the tests accept; None when they are more than constants, ranges and comparisons with them."""
    if tests is None or not tests.nodes:
        return EVERYTHING
    only = tests.nodes[0]
    if len(tests.nodes) == 1 and isinstance(only, Test) and only.op == "!=" and not tests.negated:
        place = _constant(only.operand)
        return None if place is None else Cell((Piece(place[0], place[1], place[1]),), negated=True)
    pieces: list[Piece] = []
    for node in tests.nodes:
        found = _pieces(node)
        if found is None:
            return None
        pieces.extend(found)
    return Cell(tuple(pieces), negated=tests.negated)


def _constant(node: Node) -> tuple[str, Key] | None:
    """The place of a value that is written out, also as date("2024-01-01") or -5."""
    todo = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, Call):
            if current.builtin not in _MAKERS:
                return None
            todo.extend(current.arguments)
        elif isinstance(current, Const | Negate | Arithmetic):
            todo.extend(children(current))
        else:
            return None
    return key_of(node.value if isinstance(node, Const) else code(node)({}, QUIET))


def _pieces(node: Node) -> list[Piece] | None:
    if isinstance(node, RangeOf):
        return _stretch(node)
    found = _constant(node.operand if isinstance(node, Test) else node)
    if found is None:
        return None
    name, key = found
    op = node.op if isinstance(node, Test) else "="
    if op == "=":
        return [Piece(name, key, key)]
    if name in ENUMERATED or op == "!=":
        return None
    return [Piece(name, None, key, True, op == "<=") if op.startswith("<") else Piece(name, key, None, op == ">=")]


def _stretch(node: RangeOf) -> list[Piece] | None:
    low, high = _constant(node.start), _constant(node.end)
    if low is None or high is None or low[0] != high[0] or low[0] in ENUMERATED:
        return None
    return [Piece(low[0], low[1], high[1], node.start_included, node.end_included)]


def write_key(name: str, key: Key) -> object:
    """The value at a place, for people and for evaluation."""
    writer = _WRITERS.get(name.removesuffix(_ZONE))
    if writer is None or not isinstance(key, int):
        return key
    value = writer(key)
    return value.replace(tzinfo=UTC) if name.endswith(_ZONE) and isinstance(value, datetime | time) else value


_DAY = 86_400 * _SECOND
_START = datetime.combine(date(1, 1, 1), time())
_WRITERS: dict[str, Callable[[int], object]] = {
    "date": far.from_ordinal,
    "date and time": lambda key: far.later(_START, (key - far.instant(_START)) * _MICRO),
    "time": lambda key: (_START + key % _DAY * _MICRO).time(),
    "days and time duration": lambda key: key * _MICRO,
    "years and months duration": YearsMonths,
}
_STEPS: dict[str, tuple[int, ...]] = {
    "date and time": (_SECOND, 1),
    "time": (_SECOND, 1),
    "days and time duration": (_SECOND, 1),
}


def between(name: str, low: Key, high: Key, whole: bool) -> Key:
    """A key strictly between two others (None: no bound), a round one if possible; None when there is none.

    ``whole``: only whole numbers count.
    """
    plain = name.removesuffix(_ZONE)
    if plain == "number":
        return _number_between(low, high, whole)
    for step in _STEPS.get(plain, (1,)):
        for found in _steps(low, high, step):
            if _inside(found, low, high) and not (plain == "time" and not 0 <= found < _DAY):
                return found
    return None


def _steps(low: Key, high: Key, step: int) -> Iterator[int]:
    if isinstance(low, int):
        yield low + step
    if isinstance(high, int):
        yield high - step


def _inside(key: Key, low: Key, high: Key) -> bool:
    return (low is None or key > low) and (high is None or key < high)  # type: ignore[operator]


def _number_between(low: Key, high: Key, whole: bool) -> Key:
    assert not isinstance(low, str) and not isinstance(high, str)
    if low is None:
        return 0 if high is None else math.ceil(high) - 1
    following = math.floor(low) + 1
    if high is None or following < high:
        return following
    return None if whole else (Decimal(low) + Decimal(high)) / 2
