"""The values of FEEL that Python has no word for, the names of kinds, and what may come in and go out."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.far import FarDate, FarMoment, FarSpan
from engine.feel.nodes import TypeName
from engine.feel.problems import BudgetExceeded, Reason
from engine.feel.run import Run


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration of years and months, counted in months (DMN 10.3.2.3.8)."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval. An open end has the bound None. ``excludes`` marks ``!= x``: everything but its bounds."""

    start: object
    end: object
    start_included: bool
    end_included: bool
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function value: parameter names and what to do with the arguments in that order.

    ``types`` are those declared for the parameters, ``result`` that of the result; None where none is declared.
    """

    name: str
    params: tuple[str, ...]
    call: Callable[[Run, list[object]], object]
    variadic: bool = False
    builtin: object = None
    types: tuple[TypeName | None, ...] = ()
    result: TypeName | None = None


KINDS: dict[type, Reason] = {
    type(None): Reason("null"),
    bool: Reason("boolean"),
    int: Reason("number"),
    Decimal: Reason("number"),
    str: Reason("string"),
    date: Reason("date"),
    time: Reason("time"),
    datetime: Reason("date and time"),
    FarDate: Reason("date"),
    FarMoment: Reason("date and time"),
    FarSpan: Reason("days and time duration"),
    timedelta: Reason("days and time duration"),
    YearsMonths: Reason("years and months duration"),
    list: Reason("list"),
    dict: Reason("context"),
    Range: Reason("range"),
    Function: Reason("function"),
}
"""Kind of each Python type that FEEL works with."""


_NAMES: Mapping[str, Reason] = {name: name for name in KINDS.values()}
_UNKNOWN = Reason("unknown")


def kind(value: object) -> Reason:
    """Name of the value's FEEL type, for sentences and for ``instance of``."""
    return KINDS.get(type(value), _UNKNOWN)


def kind_called(name: str) -> str:
    """The name of a type as a sentence holds it: one of the language can be translated."""
    return _NAMES.get(name, name)


def intake(value: object, run: Run) -> object:
    """A value from outside, one level deep: odd number and container types become ours, anything else null."""
    if type(value) in KINDS:
        return value
    if isinstance(value, float):
        return Decimal(repr(float(value))) if math.isfinite(value) else run.fail("An infinite number is not a value.")
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, str):
        return "".join([value])
    if isinstance(value, Decimal):
        return Decimal(value)
    if isinstance(value, tuple | list):
        return list(value)
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    return run.fail("A value of the Python type %(type)s cannot be used here.", type=type(value).__name__)


def intake_deep(value: object, run: Run) -> object:
    """A value from outside with everything in it; lists and contexts are copied, and paid for."""
    if type(value) not in KINDS:
        value = intake(value, run)
    if type(value) is list:
        run.charge(len(value))
        return [intake_deep(item, run) for item in value]
    if type(value) is dict:
        run.charge(len(value))
        return {str(key): intake_deep(item, run) for key, item in value.items()}
    if type(value) is Decimal and not value.is_finite():
        return run.fail("An infinite number is not a value.")
    return value


def outlet(value: object, run: Run) -> object:
    """A result for the outside: a copy, so that nobody can change a variable through it."""
    try:
        return intake_deep(value, run)
    except RecursionError:
        raise BudgetExceeded("The result is nested too deeply") from None
