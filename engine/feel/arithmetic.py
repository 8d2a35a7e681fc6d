"""Numbers and the six arithmetic operators (DMN 10.3.2.7): decimal, 34 digits, half even."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from engine.feel import calendar, far
from engine.feel.far import FarDate, FarMoment, FarSpan, Span
from engine.feel.problems import Reason
from engine.feel.run import Run
from engine.feel.values import YearsMonths, kind

DIGITS = 34
WIDE = 10**DIGITS
"""Whole numbers below this are exact and stay ``int``."""
CONTEXT = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""Shared between threads: only its methods are used, and they change nothing but status flags nobody reads.
"""
POWER_STEPS = 20
"""A power, a logarithm or a root takes as long as this many other operations."""
MAX_BITS = 20_412
"""A whole number of more bits does not fit the exponent range of a FEEL number."""

Number = int | Decimal


def is_number(value: object) -> bool:
    """Whether the value is a FEEL number (booleans are not)."""
    return type(value) is int or type(value) is Decimal


def decimal(value: Number) -> Decimal:
    """The number as a decimal of at most 34 digits; raises decimal.Overflow when it is out of range."""
    if type(value) is int and value.bit_length() > MAX_BITS:
        raise Overflow
    return CONTEXT.create_decimal(value)


def narrow(value: int) -> Number:
    """A whole result: kept as int while exact, rounded to 34 digits beyond."""
    return value if -WIDE < value < WIDE else decimal(value)


def settle(value: Decimal) -> Number:
    """A whole decimal result of an operation on whole numbers, as int again."""
    if value.as_tuple().exponent == 0 and value.adjusted() < DIGITS:
        return int(value)
    return value


def parse_number(text: str) -> Number | None:
    """The number that a literal or a text writes, or None when it is out of range or no number."""
    if text.isdecimal() and text.isascii() and len(text) <= DIGITS:
        return int(text)
    try:
        value = CONTEXT.create_decimal(text)
    except ArithmeticError:
        return None
    return value if value.is_finite() else None


def _numbers_add(a: Number, b: Number) -> object:
    if type(a) is int and type(b) is int:
        return narrow(a + b)
    return CONTEXT.add(decimal(a), decimal(b))


def _numbers_subtract(a: Number, b: Number) -> object:
    if type(a) is int and type(b) is int:
        return narrow(a - b)
    return CONTEXT.subtract(decimal(a), decimal(b))


def _numbers_multiply(a: Number, b: Number) -> object:
    if type(a) is int and type(b) is int and -WIDE < a < WIDE and -WIDE < b < WIDE:
        return narrow(a * b)
    return CONTEXT.multiply(decimal(a), decimal(b))


def _numbers_divide(a: Number, b: Number) -> object:
    if type(a) is int and type(b) is int and b != 0 and -WIDE < a < WIDE and a % b == 0:
        return a // b
    return CONTEXT.divide(decimal(a), decimal(b))


def _numbers_power(a: Number, b: Number) -> object:
    if b == 0:
        return 1
    result = CONTEXT.power(decimal(a), decimal(b))
    return settle(result) if type(a) is int and type(b) is int and b > 0 else result


def _scale(a: object, factor: Number) -> object:
    if isinstance(a, YearsMonths):
        return YearsMonths(int(CONTEXT.multiply(Decimal(a.months), decimal(factor))))
    assert isinstance(a, timedelta | FarSpan)
    return calendar.from_seconds(CONTEXT.multiply(calendar.seconds(a), decimal(factor)))


def _shrink(a: object, divisor: Number) -> object:
    if isinstance(a, YearsMonths):
        return YearsMonths(int(CONTEXT.divide(Decimal(a.months), decimal(divisor))))
    assert isinstance(a, timedelta | FarSpan)
    return calendar.from_seconds(CONTEXT.divide(calendar.seconds(a), decimal(divisor)))


def _ratio(a: Span, b: Span) -> object:
    return CONTEXT.divide(calendar.seconds(a), calendar.seconds(b))


def _months_ratio(a: YearsMonths, b: YearsMonths) -> object:
    return CONTEXT.divide(Decimal(a.months), Decimal(b.months))


Operation = Callable[..., object]
Pairs = dict[tuple[type, type], Operation]


def _for_numbers(operation: Operation) -> Pairs:
    return {(a, b): operation for a in (int, Decimal) for b in (int, Decimal)}


_DATES = (date, datetime, FarDate, FarMoment)
_SPANS = (timedelta, FarSpan)


def _for_spans(operation: Operation) -> Pairs:
    return {(a, b): operation for a in _SPANS for b in _SPANS}


def _for_durations(operation: Operation, *others: type) -> Pairs:
    return {(a, b): operation for a in (*_SPANS, YearsMonths) for b in others}


def _moved(operation: Operation) -> Pairs:
    pairs: Pairs = {(a, b): operation for a in _DATES for b in (*_SPANS, YearsMonths)}
    return {**pairs, **{(time, b): operation for b in _SPANS}}


def _turned(pairs: Pairs, operation: Operation) -> Pairs:
    return {(b, a): operation for a, b in pairs}


_SCALED = _for_durations(_scale, int, Decimal)
_LATER = _moved(calendar.add)
_TABLE: dict[str, Pairs] = {
    "+": {
        **_for_numbers(_numbers_add),
        **_LATER,
        **_turned(_LATER, lambda duration, moment: calendar.add(moment, duration)),
        **_for_spans(lambda a, b: far.span(far.micros_of(a) + far.micros_of(b))),
        (YearsMonths, YearsMonths): lambda a, b: YearsMonths(a.months + b.months),
    },
    "-": {
        **_for_numbers(_numbers_subtract),
        **_moved(calendar.subtract),
        **{(a, b): calendar.between for a in _DATES for b in _DATES},
        (time, time): calendar.between,
        **_for_spans(lambda a, b: far.span(far.micros_of(a) - far.micros_of(b))),
        (YearsMonths, YearsMonths): lambda a, b: YearsMonths(a.months - b.months),
    },
    "*": {
        **_for_numbers(_numbers_multiply),
        **_SCALED,
        **_turned(_SCALED, lambda factor, a: _scale(a, factor)),
    },
    "/": {
        **_for_numbers(_numbers_divide),
        **_for_durations(_shrink, int, Decimal),
        **_for_spans(_ratio),
        (YearsMonths, YearsMonths): _months_ratio,
    },
    "**": _for_numbers(_numbers_power),
}
_REFUSED = {
    "+": Reason("A %(left)s and a %(right)s cannot be added."),
    "-": Reason("A %(left)s and a %(right)s cannot be subtracted."),
    "*": Reason("A %(left)s and a %(right)s cannot be multiplied."),
    "/": Reason("A %(left)s and a %(right)s cannot be divided."),
    "**": Reason("A %(left)s and a %(right)s cannot be raised to a power."),
}


def calculate(op: str, a: object, b: object, run: Run) -> object:
    """``a op b`` for every pair of kinds that the standard allows; null with a reason for the others."""
    if type(a) is str and type(b) is str and op == "+":
        return run.text(a + b)
    operation = _TABLE[op].get((type(a), type(b)))
    if op == "**":
        run.charge(POWER_STEPS)
    if operation is None:
        return run.fail(_REFUSED[op], left=kind(a), right=kind(b))
    try:
        result = operation(a, b)
    except ZeroDivisionError:
        return run.fail("Division by zero.")
    except (ArithmeticError, ValueError):
        return run.fail("The result of '%(op)s' is out of range.", op=op)
    return result if result is not None else run.fail("The result of '%(op)s' is not defined.", op=op)


def negate(value: object, run: Run) -> object:
    """``- value`` for numbers and durations."""
    if type(value) is int:
        return -value
    if type(value) is Decimal:
        return value.copy_negate()
    if isinstance(value, timedelta | FarSpan):
        return -value
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    return run.fail("A %(kind)s cannot be negated.", kind=kind(value))
