"""Built-in functions on numbers (DMN 10.3.4.5)."""

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.arithmetic import CONTEXT, POWER_STEPS, Number, calculate, decimal, settle
from engine.feel.boxes import whole
from engine.feel.far import FarSpan
from engine.feel.registry import builtin
from engine.feel.run import Run
from engine.feel.values import YearsMonths, kind


def _rounded(run: Run, number: Number, scale: object, mode: str) -> object:
    places = whole(scale)
    if places is None and isinstance(scale, Decimal):
        places = int(scale.to_integral_value(ROUND_DOWN)) if scale.adjusted() < 6 else None
    if places is None or not -6_111 <= places <= 6_176:
        return run.fail("The scale must lie between -6111 and 6176.")
    value = decimal(number)
    if value.as_tuple().exponent == -places:
        return number
    if places > 34 - value.adjusted() and number:
        return value
    context = CONTEXT.copy()
    context.rounding = mode
    result = value.quantize(Decimal(1).scaleb(-places), context=context)
    return (
        settle(result)
        if places == 0
        else settle(result.quantize(Decimal(1), context=context))
        if places < 0
        else result
    )


@builtin("decimal(n: number, scale: number)")
def _decimal(run: Run, n: Number, scale: object) -> object:
    return _rounded(run, n, scale, ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number)")
def _floor(run: Run, n: Number, scale: object) -> object:
    return _rounded(run, n, 0 if scale is None else scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number)")
def _ceiling(run: Run, n: Number, scale: object) -> object:
    return _rounded(run, n, 0 if scale is None else scale, ROUND_CEILING)


@builtin("round up(n: number, scale?: number)")
def _round_up(run: Run, n: Number, scale: object) -> object:
    return _rounded(run, n, 0 if scale is None else scale, ROUND_UP)


@builtin("round down(n: number, scale?: number)")
def _round_down(run: Run, n: Number, scale: object) -> object:
    return _rounded(run, n, 0 if scale is None else scale, ROUND_DOWN)


@builtin("round half up(n: number, scale?: number)")
def _round_half_up(run: Run, n: Number, scale: object) -> object:
    return _rounded(run, n, 0 if scale is None else scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale?: number)")
def _round_half_down(run: Run, n: Number, scale: object) -> object:
    return _rounded(run, n, 0 if scale is None else scale, ROUND_HALF_DOWN)


@builtin("abs(n: any)")
def _abs(run: Run, n: object) -> object:
    if type(n) is list and len(n) == 1:
        n = n[0]
    if type(n) is Decimal:
        return n.copy_abs()
    if type(n) is int or isinstance(n, timedelta | FarSpan):
        return abs(n)
    if isinstance(n, YearsMonths):
        return YearsMonths(abs(n.months))
    return run.fail("abs() expects a number or a duration, but got a %(kind)s.", kind=kind(n))


@builtin("modulo(dividend: number, divisor: number)")
def _modulo(run: Run, dividend: Number, divisor: Number) -> object:
    if divisor == 0:
        return run.fail("Division by zero.")
    if type(dividend) is int and type(divisor) is int:
        return dividend % divisor
    a, b = decimal(dividend), decimal(divisor)
    rest = CONTEXT.remainder(a, b)
    return CONTEXT.add(rest, b) if rest and (rest < 0) != (b < 0) else rest


@builtin("sqrt(number: number)")
def _sqrt(run: Run, number: Number) -> object:
    run.charge(POWER_STEPS)
    if number < 0:
        return run.fail("A negative number has no square root.")
    result = CONTEXT.sqrt(decimal(number))
    return settle(result) if type(number) is int else result


@builtin("log(number: number)")
def _log(run: Run, number: Number) -> object:
    run.charge(POWER_STEPS)
    return CONTEXT.ln(decimal(number)) if number > 0 else run.fail("Only positive numbers have a logarithm.")


@builtin("exp(number: number)")
def _exp(run: Run, number: Number) -> object:
    run.charge(POWER_STEPS)
    return CONTEXT.exp(decimal(number))


def _rest_of_two(run: Run, number: Number) -> object:
    if type(number) is int:
        return number % 2
    half = CONTEXT.divide(number, Decimal(2)).to_integral_value(ROUND_FLOOR)
    return calculate("-", number, CONTEXT.multiply(Decimal(2), half), run)


@builtin("odd(number: number)")
def _odd(run: Run, number: Number) -> object:
    return whole(number) is not None and _rest_of_two(run, number) == 1


@builtin("even(number: number)")
def _even(run: Run, number: Number) -> object:
    return whole(number) is not None and _rest_of_two(run, number) == 0
