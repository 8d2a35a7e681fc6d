"""Equality and order of values (DMN 10.3.2.13 and tables 42, 53): three-valued."""

import operator
from collections.abc import Callable
from datetime import datetime, time

from engine.feel import calendar, far
from engine.feel.far import FarMoment, Moment
from engine.feel.run import Run
from engine.feel.values import KINDS, Range, intake, kind

ORDER: dict[str, Callable[..., bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _same_moment(a: Moment, b: Moment, run: Run) -> bool:
    return calendar.has_zone(a) == calendar.has_zone(b) and far.instant(a) == far.instant(b)


def _same_time(a: time, b: time, run: Run) -> bool:
    return (a.tzinfo is None) == (b.tzinfo is None) and calendar.instant_of_day(a) == calendar.instant_of_day(b)


def _same_list(a: list[object], b: list[object], run: Run) -> bool:
    run.charge(len(a))
    return len(a) == len(b) and all(equal(x, y, run) for x, y in zip(a, b, strict=True))


def _same_context(a: dict[str, object], b: dict[str, object], run: Run) -> bool:
    run.charge(len(a))
    return a.keys() == b.keys() and all(equal(value, b[key], run) for key, value in a.items())


def _same_range(a: Range, b: Range, run: Run) -> bool:
    shape = (a.start_included, a.end_included, a.excludes) == (b.start_included, b.end_included, b.excludes)
    return bool(shape and equal(a.start, b.start, run) and equal(a.end, b.end, run))


def _same_text(a: str, b: str, run: Run) -> bool:
    run.read(a)
    return a == b


_SAME: dict[type, Callable[..., bool]] = {
    str: _same_text,
    list: _same_list,
    dict: _same_context,
    datetime: _same_moment,
    FarMoment: _same_moment,
    time: _same_time,
    Range: _same_range,
}


def equal(a: object, b: object, run: Run) -> bool | None:
    """``a = b``: null is equal to null alone; values of different kinds do not compare (null)."""
    if type(a) not in KINDS:
        a = intake(a, run)
    if type(b) not in KINDS:
        b = intake(b, run)
    if a is None or b is None:
        return a is b
    if KINDS[type(a)] != KINDS[type(b)]:
        return run.fail("A %(left)s and a %(right)s cannot be compared.", left=kind(a), right=kind(b))
    same = _SAME.get(type(a))
    return bool(a == b) if same is None else same(a, b, run)


_KEYS: dict[str, Callable[..., object]] = {
    "date": far.ordinal,
    "date and time": far.instant,
    "time": calendar.instant_of_day,
}
_PLAIN = frozenset({"number", "string", "days and time duration", "years and months duration"})


def _orderable(a: object, b: object) -> tuple[object, object] | None:
    """What stands for two values when they are ordered; None when they have no order."""
    shared = KINDS.get(type(a), "")
    if KINDS.get(type(b)) != shared:
        return None
    if shared in _PLAIN:
        return a, b
    if shared not in _KEYS or _zoned(a) != _zoned(b):
        return None
    return _KEYS[shared](a), _KEYS[shared](b)


def _zoned(value: object) -> bool:
    if isinstance(value, datetime | FarMoment):
        return calendar.has_zone(value)
    return isinstance(value, time) and value.tzinfo is not None


def compare(op: str, a: object, b: object, run: Run) -> bool | None:
    """``a op b`` for one of < <= > >=: null unless both are of one kind that has an order."""
    if type(a) not in KINDS:
        a = intake(a, run)
    if type(b) not in KINDS:
        b = intake(b, run)
    pair = _orderable(a, b)
    if pair is None:
        return run.fail("A %(left)s and a %(right)s have no order.", left=kind(a), right=kind(b))
    try:
        return ORDER[op](*pair)
    except ArithmeticError:
        return run.fail("An infinite number is not a value.")


def within(value: object, interval: Range, run: Run) -> bool | None:
    """Whether the value lies in the range; null when it cannot be compared with a bound."""
    if interval.excludes:
        same = equal(value, interval.start, run)
        return None if same is None else not same
    if interval.start is None and interval.end is None:
        return value is None if interval.start_included and interval.end_included else None
    after = before = True
    if interval.start is not None:
        found = compare(">=" if interval.start_included else ">", value, interval.start, run)
        if found is None:
            return None
        after = found
    if interval.end is not None:
        found = compare("<=" if interval.end_included else "<", value, interval.end, run)
        if found is None:
            return None
        before = found
    return after and before


def belongs(value: object, test: object, run: Run) -> bool | None:
    """``value in test``: in the range, in the list (or in a range of the list), or equal (DMN table 55)."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return within(value, test, run)
    if isinstance(test, list):
        run.charge(len(test))
        found: bool | None = False
        for item in test:
            hit = True if isinstance(value, list) and equal(value, item, run) else belongs_item(value, item, run)
            if hit:
                return True
            if hit is None:
                found = found if found is None else False
        if isinstance(value, list):
            return bool(equal(value, test, run))
        return found
    return equal(value, test, run)


def belongs_item(value: object, item: object, run: Run) -> bool | None:
    """One element of a list against the value: a range holds it, any other value equals it."""
    if type(item) not in KINDS:
        item = intake(item, run)
    if isinstance(item, Range) and not isinstance(value, Range):
        return within(value, item, run)
    return equal(value, item, run)
