"""Built-in relations between points and ranges (DMN 10.3.4.9), and ``range``."""

from collections.abc import Callable

from engine.feel.comparison import compare, equal
from engine.feel.nodes import Call, Const, Node, RangeOf
from engine.feel.operators import constant
from engine.feel.parser import parse_expression
from engine.feel.problems import FeelSyntaxError
from engine.feel.registry import BUILTINS, builtin, call
from engine.feel.run import Run
from engine.feel.values import Range


class _NoOrder(Exception):
    """Two values cannot be compared."""


class _Beyond:
    """The bound of an open end: before or after every value."""


_LOWEST, _HIGHEST = _Beyond(), _Beyond()


class _Order:
    """Comparisons that always answer; values without an order stop the whole relation."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def less(self, a: object, b: object) -> bool:
        """a < b."""
        if isinstance(a, _Beyond) or isinstance(b, _Beyond):
            return a is not b and (a is _LOWEST or b is _HIGHEST)
        found = compare("<", a, b, self._run)
        if found is None:
            raise _NoOrder
        return found

    def same(self, a: object, b: object) -> bool:
        """a = b."""
        if isinstance(a, _Beyond) or isinstance(b, _Beyond):
            return a is b
        found = equal(a, b, self._run)
        if found is None:
            raise _NoOrder
        return found


def _as_range(value: object) -> Range:
    if not isinstance(value, Range):
        return Range(value, value, True, True)
    start = _LOWEST if value.start is None else value.start
    end = _HIGHEST if value.end is None else value.end
    return Range(start, end, value.start_included, value.end_included)


def _before(order: _Order, a: Range, b: Range) -> bool:
    touching = a.end_included and b.start_included
    return order.less(a.end, b.start) or (order.same(a.end, b.start) and not touching)


def _meets(order: _Order, a: Range, b: Range) -> bool:
    return a.end_included and b.start_included and order.same(a.end, b.start)


def _starts_not_after(order: _Order, a: Range, b: Range) -> bool:
    same = order.same(a.start, b.start)
    return order.less(a.start, b.start) or (same and (a.start_included or not b.start_included))


def _ends_not_before(order: _Order, a: Range, b: Range) -> bool:
    same = order.same(a.end, b.end)
    return order.less(b.end, a.end) or (same and (a.end_included or not b.end_included))


def _includes(order: _Order, a: Range, b: Range) -> bool:
    return _starts_not_after(order, a, b) and _ends_not_before(order, a, b)


def _overlaps(order: _Order, a: Range, b: Range) -> bool:
    return not _before(order, a, b) and not _before(order, b, a)


def _overlaps_before(order: _Order, a: Range, b: Range) -> bool:
    starts = order.less(a.start, b.start) or (
        order.same(a.start, b.start) and a.start_included and not b.start_included
    )
    ends = order.less(a.end, b.end) or (order.same(a.end, b.end) and (not a.end_included or b.end_included))
    return starts and ends and _overlaps(order, a, b)


def _finishes(order: _Order, a: Range, b: Range) -> bool:
    return order.same(a.end, b.end) and a.end_included == b.end_included and _starts_not_after(order, b, a)


def _starts(order: _Order, a: Range, b: Range) -> bool:
    return order.same(a.start, b.start) and a.start_included == b.start_included and _ends_not_before(order, b, a)


def _coincides(order: _Order, a: Range, b: Range) -> bool:
    return (
        order.same(a.start, b.start)
        and order.same(a.end, b.end)
        and (a.start_included, a.end_included) == (b.start_included, b.end_included)
    )


Relation = Callable[[_Order, Range, Range], bool]
_POINT, _RANGE = False, True
_RELATIONS: dict[str, tuple[tuple[str, str], Relation, bool, set[tuple[bool, bool]]]] = {}


def _swap(relation: Relation) -> Relation:
    return lambda order, a, b: relation(order, b, a)


def _relation(name: str, first: str, second: str, relation: Relation, *shapes: tuple[bool, bool]) -> None:
    """Register a relation for the given shapes of its two sides (a range, or a point)."""

    def decide(run: Run, a: object, b: object) -> object:
        if (isinstance(a, Range), isinstance(b, Range)) not in shapes or a is None or b is None:
            return run.fail("%(name)s() does not take these arguments.", name=name)
        try:
            return relation(_Order(run), _as_range(a), _as_range(b))
        except _NoOrder:
            return None

    builtin(*(f"{name}({left}: any, {right}: any)" for left, right in _argument_names(first, second, shapes)))(decide)


def _argument_names(first: str, second: str, shapes: tuple[tuple[bool, bool], ...]) -> list[tuple[str, str]]:
    pairs = [(first, second)]
    for left, right in shapes:
        one, other = ("range" if side is _RANGE else "point" for side in (left, right))
        pairs.append((f"{one}1", f"{other}2") if left == right else (one, other))
    return list(dict.fromkeys(pairs))


_ALL = ((_POINT, _POINT), (_POINT, _RANGE), (_RANGE, _POINT), (_RANGE, _RANGE))
_RANGES = (_RANGE, _RANGE)
_relation("before", "point1", "point2", _before, *_ALL)
_relation("after", "point1", "point2", _swap(_before), *_ALL)
_relation("meets", "range1", "range2", _meets, _RANGES)
_relation("met by", "range1", "range2", _swap(_meets), _RANGES)
_relation("overlaps", "range1", "range2", _overlaps, _RANGES)
_relation("overlaps before", "range1", "range2", _overlaps_before, _RANGES)
_relation("overlaps after", "range1", "range2", _swap(_overlaps_before), _RANGES)
_relation("finishes", "point", "range", _finishes, (_POINT, _RANGE), _RANGES)
_relation("finished by", "range", "point", _swap(_finishes), (_RANGE, _POINT), _RANGES)
_relation("includes", "range", "point", _includes, (_RANGE, _POINT), _RANGES)
_relation("during", "point", "range", _swap(_includes), (_POINT, _RANGE), _RANGES)
_relation("starts", "point", "range", _starts, (_POINT, _RANGE), _RANGES)
_relation("started by", "range", "point", _swap(_starts), (_RANGE, _POINT), _RANGES)
_relation("coincides", "point1", "point2", _coincides, (_POINT, _POINT), _RANGES)

_BOUND_MAKERS = ("date", "time", "date and time", "duration")


def _bound(node: Node, run: Run) -> object:
    """The value of a bound, which must be a literal or a call of date() and the like with literals."""
    if isinstance(node, Const):
        return node.value
    if isinstance(node, Call) and node.builtin in _BOUND_MAKERS and all(map(constant, node.arguments)):
        return call(BUILTINS[node.builtin], [item.value for item in node.arguments if isinstance(item, Const)], run)
    return None


@builtin("range(from: string)")
def _range(run: Run, text: str) -> object:
    try:
        node = parse_expression(text.strip(), ()).nodes[0]
    except FeelSyntaxError:
        node = Const(None)
    if isinstance(node, RangeOf):
        start, end = _bound(node.start, run), _bound(node.end, run)
        if start is not None and end is not None and compare("<=", start, end, run):
            return Range(start, end, node.start_included, node.end_included)
    return run.fail("'%(text)s' is no range.", text=text[:80])
