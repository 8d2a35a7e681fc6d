"""Built-in functions that look at, change and join lists (DMN 10.3.4.4)."""

from functools import cmp_to_key

from engine.feel.boxes import whole
from engine.feel.comparison import compare, equal
from engine.feel.functions import apply
from engine.feel.problems import BudgetExceeded
from engine.feel.registry import builtin
from engine.feel.run import Run
from engine.feel.values import Function

MAX_ITEMS = 1_000_000
_MOST_SORTED = 20_000


def admitted(run: Run, items: list[object]) -> list[object]:
    """A newly built list; raises BudgetExceeded when it is too long."""
    if len(items) > MAX_ITEMS:
        raise BudgetExceeded("The expression builds a list of more than %(limit)s elements", limit=MAX_ITEMS)
    run.charge(1 + (len(items) >> 3))
    return items


def same(a: object, b: object, run: Run) -> bool:
    """Whether two elements count as the same."""
    run.charge()
    return equal(a, b, run) is True


@builtin("list contains(list: list, element: any)")
def _list_contains(run: Run, items: list[object], element: object) -> object:
    return any(same(item, element, run) for item in items)


@builtin("count(list: list)")
def _count(run: Run, items: list[object]) -> object:
    return len(items)


@builtin("all(list: list)", "all(*list: any)")
def _all(run: Run, items: list[object]) -> object:
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@builtin("any(list: list)", "any(*list: any)")
def _any(run: Run, items: list[object]) -> object:
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


@builtin("sublist(list: list, start position: number, length?: number)")
def _sublist(run: Run, items: list[object], start: object, length: object) -> object:
    first, size = whole(start), None if length is None else whole(length)
    if not first or abs(first) > len(items) or (length is not None and (size is None or size < 0)):
        return run.fail("sublist() needs a position within the list and a length.")
    begin = first - 1 if first > 0 else len(items) + first
    if size is not None and begin + size > len(items):
        return run.fail("The list ends before the part that sublist() asks for.")
    return admitted(run, items[begin:] if size is None else items[begin : begin + size])


@builtin("append(list: list, *item: any)")
def _append(run: Run, items: list[object], more: list[object]) -> object:
    return admitted(run, [*items, *more])


@builtin("concatenate(*list: list)")
def _concatenate(run: Run, lists: list[list[object]]) -> object:
    run.charge(sum(map(len, lists)))
    return admitted(run, [item for items in lists for item in items])


def _distinct(run: Run, items: list[object]) -> list[object]:
    found: list[object] = []
    for item in items:
        if not any(same(item, known, run) for known in found):
            found.append(item)
    return found


@builtin("union(*list: list)")
def _union(run: Run, lists: list[list[object]]) -> object:
    return _distinct(run, [item for items in lists for item in items])


@builtin("distinct values(list: list)")
def _distinct_values(run: Run, items: list[object]) -> object:
    return _distinct(run, items)


@builtin("insert before(list: list, position: number, newItem: any)")
def _insert(run: Run, items: list[object], position: object, item: object) -> object:
    place = whole(position)
    if not place or abs(place) > len(items) + (place > 0):
        return run.fail("insert before() needs a position within the list.")
    begin = place - 1 if place > 0 else len(items) + place
    return admitted(run, [*items[:begin], item, *items[begin:]])


@builtin("remove(list: list, position: number)")
def _remove(run: Run, items: list[object], position: object) -> object:
    place = whole(position)
    if not place or abs(place) > len(items):
        return run.fail("remove() needs a position within the list.")
    begin = place - 1 if place > 0 else len(items) + place
    return admitted(run, [*items[:begin], *items[begin + 1 :]])


@builtin("list replace(list: list, position: number, newItem: any)")
def _replace_at(run: Run, items: list[object], position: object, item: object) -> object:
    place = whole(position)
    if not place or abs(place) > len(items):
        return run.fail("list replace() needs a position within the list.")
    begin = place - 1 if place > 0 else len(items) + place
    return admitted(run, [*items[:begin], item, *items[begin + 1 :]])


@builtin("list replace(list: list, match: function, newItem: any)")
def _replace_matching(run: Run, items: list[object], match: Function, item: object) -> object:
    decisions = [apply(match, (), [each, item], run) for each in items]
    if any(type(found) is not bool for found in decisions):
        return run.fail("The function given to list replace() must answer true or false.")
    return [item if found else each for each, found in zip(items, decisions, strict=True)]


@builtin("reverse(list: list)")
def _reverse(run: Run, items: list[object]) -> object:
    return admitted(run, items[::-1])


@builtin("index of(list: list, match: any)")
def _index_of(run: Run, items: list[object], match: object) -> object:
    return [position for position, item in enumerate(items, 1) if same(item, match, run)]


@builtin("flatten(list: list)")
def _flatten(run: Run, items: list[object]) -> object:
    flat: list[object] = []
    todo = items[::-1]
    while todo:
        run.charge()
        item = todo.pop()
        if type(item) is list:
            todo.extend(reversed(item))
        else:
            flat.append(item)
    return flat


class _NotSortable(Exception):
    """Two elements have no order."""


@builtin("sort(list: list, precedes?: function)")
def _sort(run: Run, items: list[object], precedes: Function | None) -> object:
    if len(items) > _MOST_SORTED:
        raise BudgetExceeded("A list of more than %(limit)s elements cannot be sorted", limit=_MOST_SORTED)

    def before(a: object, b: object) -> bool:
        run.charge()
        found = compare("<", a, b, run) if precedes is None else apply(precedes, (), [a, b], run)
        if type(found) is not bool:
            raise _NotSortable
        return found

    def order(a: object, b: object) -> int:
        return -1 if before(a, b) else int(before(b, a))

    try:
        return sorted(items, key=cmp_to_key(order))
    except _NotSortable:
        return run.fail("The elements of the list have no order.")
