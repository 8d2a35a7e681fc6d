"""Compiles constants, names, arithmetic and comparisons; the common pairs get code of their own.

Each function returned here is called once per evaluation of its node, so what can be decided
beforehand is decided while compiling.
"""

import operator
from collections.abc import Callable
from decimal import Decimal

from engine.feel.arithmetic import WIDE, calculate, negate
from engine.feel.comparison import ORDER, compare, equal
from engine.feel.compiling import code, compiles
from engine.feel.nodes import Arithmetic, Compare, Const, Name, Negate, Node
from engine.feel.registry import BUILTINS
from engine.feel.run import Code, Run, Scope
from engine.feel.values import KINDS, intake

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@compiles(Const)
def _const(node: Const) -> Code:
    value = node.value
    return lambda scope, run: value


@compiles(Name)
def _name(node: Name) -> Code:
    name = node.name
    fallback = BUILTINS[name].value() if name in BUILTINS else None

    def read(scope: Scope, run: Run) -> object:
        try:
            value = scope[name]
        except KeyError:
            return run.unknown(name) if fallback is None else fallback
        kind = type(value)
        if isinstance(value, Decimal) and not value.is_finite():
            return run.fail("An infinite number is not a value.")
        return value if kind in KINDS else intake(value, run)

    return read


def constant(node: Node) -> bool:
    """Whether the node is a literal value."""
    return isinstance(node, Const)


@compiles(Compare)
def _compare(node: Compare) -> Code:
    op, left, right = node.op, node.left, node.right
    if isinstance(left, Const) and not isinstance(right, Const):
        op, left, right = _FLIPPED[op], right, left
    if isinstance(left, Name) and isinstance(right, Const):
        return name_with_constant(op, left.name, right.value)
    return any_with_any(op, code(left), code(right))


def name_with_constant(op: str, name: str, value: object) -> Code:
    """``name op value`` with the check for the constant's own kind first."""
    if type(value) is int or type(value) is Decimal:
        test = ORDER.get(op) or (operator.eq if op == "=" else operator.ne)
        return _name_with_number(op, test, name, value)
    if type(value) is str and op in ("=", "!="):
        return _name_with_text(op, name, value)
    return any_with_any(op, _name(Name(name)), _const(Const(value)))


def _name_with_number(op: str, test: Callable[..., bool], name: str, value: object) -> Code:
    decide = decision(op)

    def number(scope: Scope, run: Run) -> object:
        try:
            found = scope[name]
            kind = type(found)
            if kind is int or kind is Decimal:
                return test(found, value)
        except KeyError:
            found = run.unknown(name)
        except ArithmeticError:
            found = None
        return decide(found, value, run)

    return number


def _name_with_text(op: str, name: str, value: str) -> Code:
    decide, same = decision(op), op == "="

    def text(scope: Scope, run: Run) -> object:
        try:
            found = scope[name]
        except KeyError:
            found = run.unknown(name)
        if type(found) is str:
            return (found == value) is same
        return decide(found, value, run)

    return text


def decision(op: str) -> Callable[[object, object, Run], bool | None]:
    """The comparison behind an operator."""
    if op == "=":
        return equal
    if op == "!=":
        return unequal
    return lambda a, b, run: compare(op, a, b, run)


def unequal(a: object, b: object, run: Run) -> bool | None:
    """``a != b``."""
    same = equal(a, b, run)
    return None if same is None else not same


def any_with_any(op: str, left: Code, right: Code) -> Code:
    """The comparison of two computed values."""
    decide, test = decision(op), ORDER.get(op) or (operator.eq if op == "=" else operator.ne)

    def compared(scope: Scope, run: Run) -> object:
        a, b = left(scope, run), right(scope, run)
        if type(a) is int and type(b) is int:
            return test(a, b)
        return decide(a, b, run)

    return compared


@compiles(Arithmetic)
def _arithmetic(node: Arithmetic) -> Code:
    if len(node.ops) == 1 and node.ops[0] in ("+", "-", "*"):
        return _pair(node.ops[0], code(node.first), code(node.terms[0]))
    first = code(node.first)
    steps = tuple(zip(node.ops, map(code, node.terms), strict=True))

    def chain(scope: Scope, run: Run) -> object:
        value = first(scope, run)
        for op, term in steps:
            value = calculate(op, value, term(scope, run), run)
        return value

    return chain


def _pair(op: str, left: Code, right: Code) -> Code:
    exact = {"+": operator.add, "-": operator.sub, "*": operator.mul}[op]

    def pair(scope: Scope, run: Run) -> object:
        a, b = left(scope, run), right(scope, run)
        if type(a) is int and type(b) is int and -WIDE < a < WIDE and -WIDE < b < WIDE:
            value = exact(a, b)
            if -WIDE < value < WIDE:
                return value
        return calculate(op, a, b, run)

    return pair


@compiles(Negate)
def _negate(node: Negate) -> Code:
    operand = code(node.operand)
    return lambda scope, run: negate(operand(scope, run), run)
