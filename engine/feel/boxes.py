"""Compiles lists, contexts, paths, filters, for, some and every (DMN 10.3.2.5, 10.3.2.14)."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from engine.feel import arithmetic, far
from engine.feel.comparison import compare
from engine.feel.compiling import code, compiles
from engine.feel.far import FarDate
from engine.feel.nodes import (
    Call,
    Const,
    ContextOf,
    External,
    Filter,
    For,
    Iteration,
    ListOf,
    Name,
    Node,
    Path,
    Quantified,
    children,
    weight,
)
from engine.feel.properties import member
from engine.feel.run import Code, Frame, Run, Scope
from engine.feel.values import KINDS, Range, intake, kind


@compiles(ListOf)
def _list(node: ListOf) -> Code:
    items = tuple(map(code, node.items))

    def build(scope: Scope, run: Run) -> object:
        run.charge(len(items))
        return [item(scope, run) for item in items]

    return build


@compiles(ContextOf)
def _context(node: ContextOf) -> Code:
    entries = tuple(zip(node.keys, map(code, node.values), strict=True))
    doubled = len(set(node.keys)) < len(node.keys)

    def build(scope: Scope, run: Run) -> object:
        if doubled:
            return run.fail("The context has two entries with the same name.")
        run.charge(1 + len(entries))
        frame = Frame(scope, {})
        for key, value in entries:
            frame[key] = value(frame, run)
        return dict(frame)

    return build


@compiles(Path)
def _path(node: Path) -> Code:
    base, name = code(node.base), node.name

    def walk(scope: Scope, run: Run) -> object:
        value = base(scope, run)
        if type(value) is dict and name in value:
            found = value[name]
            return found if type(found) in KINDS else intake(found, run)
        return member(value, name, run)

    return walk


@compiles(Filter)
def _filter(node: Filter) -> Code:
    base, condition = code(node.base), code(node.condition)
    position = node.condition.value if isinstance(node.condition, Const) else None
    if arithmetic.is_number(position):
        return lambda scope, run: _at(_items(base(scope, run)), position, run)
    cost = weight(node.condition)
    return lambda scope, run: select(base(scope, run), condition, cost, scope, run)


def _items(value: object) -> list[object]:
    if value is None:
        return []
    return value if type(value) is list else [value]


def _at(items: list[object], position: object, run: Run) -> object:
    if type(position) is Decimal and position == position.to_integral_value():
        position = int(position)
    if type(position) is int and position and -len(items) <= position <= len(items):
        found = items[position - 1 if position > 0 else position]
        return found if type(found) in KINDS else intake(found, run)
    return run.fail("The list has no element number %(position)s.", position=position)


def _item_frame(item: object, scope: Scope) -> Frame:
    """The scope within a filter: the item, and the members of a context under their own names."""
    return Frame(scope, {"item": item, **item} if type(item) is dict else {"item": item})


def select(value: object, condition: Code, cost: int, scope: Scope, run: Run) -> object:
    """``value[condition]``: the items for which it is true, or the one at the position that it gives."""
    items = _items(value)
    chosen: list[object] = []
    for item in items:
        run.charge(cost + (len(item) >> 4 if type(item) is dict else 0))
        if type(item) not in KINDS:
            item = intake(item, run)
        found = condition(_item_frame(item, scope), run)
        if found is True:
            chosen.append(item)
        elif arithmetic.is_number(found):
            return _at(items, found, run)
        elif found is not None and found is not False:
            return run.fail("A filter must be a condition or a position, but this is a %(kind)s.", kind=kind(found))
    if not items and arithmetic.is_number(condition(_item_frame(None, scope), run)):
        return run.fail("The list has no elements.")
    return chosen


Source = tuple[str, Callable[[Scope, Run], Iterator[object] | None]]


def _source(iteration: Iteration) -> Source:
    domain = code(iteration.domain)
    if iteration.end is None:
        return iteration.name, lambda scope, run: iterate(domain(scope, run), run)
    end = code(iteration.end)
    return iteration.name, lambda scope, run: stretch(domain(scope, run), end(scope, run), run)


def iterate(value: object, run: Run) -> Iterator[object] | None:
    """The elements to go through, or None (with a reason) when the value has none."""
    if type(value) is list:
        return (item if type(item) in KINDS else intake(item, run) for item in value)
    if isinstance(value, Range):
        return _inside(value, run)
    if value is None:
        return run.fail("There is nothing to go through: the list is null.")
    return iter([value])


def _inside(value: Range, run: Run) -> Iterator[object] | None:
    if compare("<=", value.start, value.end, run) is not True:
        return run.fail("The range ends before it begins, or has no end.")
    steps = stretch(value.start, value.end, run)
    if steps is None:
        return None
    ends = [
        bound
        for bound, included in ((value.start, value.start_included), (value.end, value.end_included))
        if not included
    ]
    return (item for item in steps if item not in ends)


def stretch(start: object, end: object, run: Run) -> Iterator[object] | None:
    """Whole numbers or days from start to end, upwards or downwards, both included; None for other ends."""
    if arithmetic.is_number(start) and arithmetic.is_number(end):
        low, high = whole(start), whole(end)
        if low is not None and high is not None:
            step = 1 if low <= high else -1
            return iter(range(low, high + step, step))
    if kind(start) == kind(end) == "date":
        assert isinstance(start, date | FarDate) and isinstance(end, date | FarDate)
        first, last = far.ordinal(start), far.ordinal(end)
        step = 1 if first <= last else -1
        return map(far.from_ordinal, range(first, last + step, step))
    if "date and time" in (kind(start), kind(end)):
        return run.fail("Moments cannot be counted one by one; use dates.")
    return run.fail("Only whole numbers or dates can be counted from one to the other.")


def whole(value: object) -> int | None:
    """The number as an int when it has no fraction."""
    if type(value) is int:
        return value
    if type(value) is Decimal and value.is_finite() and value.adjusted() < 40 and value == value.to_integral_value():
        return int(value)
    return None


def _frames(sources: tuple[Source, ...], cost: int, scope: Scope, run: Run) -> Iterator[Frame | None]:
    """One frame per combination, the last source turning fastest; None when a source cannot be gone through."""
    (name, items_of), rest = sources[0], sources[1:]
    items = items_of(scope, run)
    if items is None:
        yield None
        return
    for item in items:
        run.charge(cost)
        frame = Frame(scope, {name: item})
        if rest:
            yield from _frames(rest, cost, frame, run)
        else:
            yield frame


def mentions(node: Node, name: str) -> bool:
    """Whether the name occurs in the tree."""
    todo = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, Name) and current.name == name:
            return True
        todo.extend(children(current))
    return False


def called(*nodes: Node) -> frozenset[str]:
    """The names in the trees that are called, or whose members are, and are not built-in functions."""
    found, todo = set(), list(nodes)
    while todo:
        current = todo.pop()
        if isinstance(current, Call) and not current.builtin:
            callee = current.callee
            while isinstance(callee, Path):
                callee = callee.base
            if isinstance(callee, Name):
                found.add(callee.name)
        todo.extend(children(current))
    return frozenset(found)


def leaves_feel(node: Node) -> bool:
    """Whether a function in the tree is a program in another language."""
    todo = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, External):
            return True
        todo.extend(children(current))
    return False


@compiles(For)
def _for(node: For) -> Code:
    sources = tuple(map(_source, node.iterations))
    body = code(node.body)
    cost = weight(node)
    partial = mentions(node.body, "partial")

    def loop(scope: Scope, run: Run) -> object:
        results: list[object] = []
        for frame in _frames(sources, cost, scope, run):
            if frame is None:
                return None
            if partial:
                run.charge(len(results))
                frame["partial"] = results.copy()
            results.append(body(frame, run))
        return results

    return loop


@compiles(Quantified)
def _quantified(node: Quantified) -> Code:
    sources = tuple(map(_source, node.iterations))
    condition, decides = code(node.condition), not node.every
    cost = weight(node)

    def decide(scope: Scope, run: Run) -> object:
        answer: bool | None = not decides
        for frame in _frames(sources, cost, scope, run):
            if frame is None:
                return None
            found = condition(frame, run)
            if found is decides:
                return decides
            if type(found) is not bool:
                answer = None
        return answer

    return decide
