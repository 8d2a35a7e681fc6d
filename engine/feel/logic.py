"""Compiles and, or, if, between, in, ranges and tests: three-valued logic (DMN 10.3.2.6, tables 49-55)."""

import operator
from collections.abc import Callable
from decimal import Decimal

from engine.feel.arithmetic import is_number
from engine.feel.comparison import ORDER, belongs, compare
from engine.feel.compiling import code, compiles
from engine.feel.nodes import And, Between, Const, If, In, Node, Or, RangeOf, Test
from engine.feel.operators import decision
from engine.feel.run import QUIET, Code, Run, Scope
from engine.feel.values import Range, kind

Check = Callable[[object, Scope, Run], object]
"""A compiled test of one value."""


@compiles(And)
def _and(node: And) -> Code:
    return _joined(tuple(map(code, node.terms)), False)


@compiles(Or)
def _or(node: Or) -> Code:
    return _joined(tuple(map(code, node.terms)), True)


def _joined(terms: tuple[Code, ...], decides: bool) -> Code:
    """``and`` (decided by a false term) or ``or`` (decided by a true one)."""
    if len(terms) == 2:
        return _joined_pair(*terms, decides)

    def series(scope: Scope, run: Run) -> object:
        answer: object = not decides
        for term in terms:
            value = term(scope, run)
            if value is decides:
                return decides
            if type(value) is not bool:
                answer = _no_truth(value, run)
        return answer

    return series


def _joined_pair(left: Code, right: Code, decides: bool) -> Code:
    rest = not decides

    def pair(scope: Scope, run: Run) -> object:
        a = left(scope, run)
        if a is decides:
            return decides
        b = right(scope, run)
        if b is decides:
            return decides
        if a is rest and b is rest:
            return rest
        return _no_truth(b if a is rest else a, run)

    return pair


def _no_truth(value: object, run: Run) -> None:
    if value is not None:
        run.fail("A %(kind)s is neither true nor false.", kind=kind(value))


@compiles(If)
def _if(node: If) -> Code:
    condition, then, otherwise = code(node.condition), code(node.then), code(node.otherwise)

    def choose(scope: Scope, run: Run) -> object:
        value = condition(scope, run)
        if value is True:
            return then(scope, run)
        if value is not False:
            _no_truth(value, run)
        return otherwise(scope, run)

    return choose


@compiles(Between)
def _between(node: Between) -> Code:
    value, low, high = code(node.value), code(node.low), code(node.high)

    def between(scope: Scope, run: Run) -> object:
        found = value(scope, run)
        above = compare(">=", found, low(scope, run), run)
        below = compare("<=", found, high(scope, run), run)
        if above is False or below is False:
            return False
        return True if above and below else None

    return between


@compiles(RangeOf)
def _range(node: RangeOf) -> Code:
    start, end = code(node.start), code(node.end)
    left, right = node.start_included, node.end_included

    def build(scope: Scope, run: Run) -> object:
        return bounded(start(scope, run), end(scope, run), left, right, run)

    return build


def bounded(start: object, end: object, left: bool, right: bool, run: Run) -> object:
    """A range between two bounds; null when they have no order or are both null."""
    if start is None or end is None:
        return run.fail("A range needs both of its ends.")
    if compare("<=", start, end, run) is None:
        return None
    return Range(start, end, left, right)


@compiles(Test)
def _test_value(node: Test) -> Code:
    operand, op = code(node.operand), node.op
    return lambda scope, run: test_range(op, operand(scope, run))


def test_range(op: str, bound: object) -> Range:
    """``(< 5)`` as a range value (DMN 1.4, table 54)."""
    if op in ("=", "!="):
        return Range(bound, bound, op == "=", op == "=", excludes=op == "!=")
    if op.startswith("<"):
        return Range(None, bound, False, op == "<=")
    return Range(bound, None, op == ">=", False)


@compiles(In)
def _in(node: In) -> Code:
    value = code(node.value)
    checks = tuple(check(test) for test in node.tests)
    if len(checks) == 1:
        only = checks[0]
        return lambda scope, run: only(value(scope, run), scope, run)

    def member(scope: Scope, run: Run) -> object:
        return any_of(checks, value(scope, run), scope, run)

    return member


def any_of(checks: tuple[Check, ...], value: object, scope: Scope, run: Run) -> bool | None:
    """Whether one of the tests holds; null when none does and one cannot be decided."""
    answer: bool | None = False
    for test in checks:
        found = test(value, scope, run)
        if found is True:
            return True
        if found is not False:
            answer = None
    return answer


def check(node: Node) -> Check:
    """The test that a node stands for on the right of ``in`` or in a cell."""
    if isinstance(node, Test):
        if isinstance(node.operand, Const):
            return _against_constant(node.op, node.operand.value)
        decide, operand = decision(node.op), code(node.operand)
        return lambda value, scope, run: decide(value, operand(scope, run), run)
    if isinstance(node, Const) and not isinstance(node.value, list | Range):
        return _against_constant("=", node.value)
    computed = code(node)
    if isinstance(node, RangeOf):
        if isinstance(node.start, Const) and isinstance(node.end, Const):
            return _inside_constants(computed({}, QUIET))
        return lambda value, scope, run: _within(value, computed(scope, run), run)
    return lambda value, scope, run: belongs(value, computed(scope, run), run)


def _against_constant(op: str, constant: object) -> Check:
    decide = decision(op)
    quick: Callable[..., object] = ORDER.get(op) or (operator.eq if op == "=" else operator.ne)
    kinds = _comparable(constant, op)
    if not kinds:
        return lambda value, scope, run: decide(value, constant, run)

    def compared(value: object, scope: Scope, run: Run) -> object:
        if type(value) in kinds:
            try:
                return quick(value, constant)
            except ArithmeticError:
                return None
        return decide(value, constant, run)

    return compared


def _comparable(constant: object, op: str) -> tuple[type, ...]:
    """The Python types whose values compare with the constant by Python's own operator."""
    if type(constant) is int or type(constant) is Decimal:
        return (int, Decimal)
    return (str,) if type(constant) is str and op in ("=", "!=") else ()


def _inside_constants(interval: object) -> Check:
    if not isinstance(interval, Range) or not is_number(interval.start):
        return lambda value, scope, run: _within(value, interval, run)
    low: Callable[..., object] = operator.le if interval.start_included else operator.lt
    high: Callable[..., object] = operator.le if interval.end_included else operator.lt
    start, end = interval.start, interval.end

    def inside(value: object, scope: Scope, run: Run) -> object:
        if type(value) is int or type(value) is Decimal:
            try:
                return low(start, value) and high(value, end)
            except ArithmeticError:
                return None
        return _within(value, interval, run)

    return inside


def _within(value: object, interval: object, run: Run) -> bool | None:
    # A range whose bounds are null or have no order is null itself, and nothing can be said of it.
    return belongs(value, interval, run) if isinstance(interval, Range) else None
