"""Built-in functions that turn one kind of value into another (DMN 10.3.4.1), and ``not``."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel import temporal
from engine.feel.arithmetic import parse_number
from engine.feel.far import FarDate, FarMoment, FarSpan
from engine.feel.problems import BudgetExceeded
from engine.feel.registry import builtin
from engine.feel.run import MAX_TEXT, Run
from engine.feel.values import Function, Range, YearsMonths, intake_deep

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[^\W\d]\w*(?: \w+)*")


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return format(Decimal(value), "f")
    if isinstance(value, datetime | FarMoment):
        return temporal.write_date_and_time(value)
    if isinstance(value, date | FarDate):
        return temporal.write_date(value)
    if isinstance(value, time):
        return temporal.write_time(value)
    if isinstance(value, timedelta | FarSpan | YearsMonths):
        return temporal.write_duration(value)
    return "function" if isinstance(value, Function) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pieces(value: object, run: Run, inside: bool) -> Iterator[str]:
    run.charge()
    if isinstance(value, str):
        yield _quoted(value) if inside else value
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield ", " if position else "["
            yield from _pieces(item, run, True)
        yield "]" if value else "[]"
    elif isinstance(value, dict):
        for position, (key, item) in enumerate(value.items()):
            yield ", " if position else "{"
            yield key if _NAME.fullmatch(key) else _quoted(key)
            yield ": "
            yield from _pieces(item, run, True)
        yield "}" if value else "{}"
    elif isinstance(value, Range):
        yield from _range_pieces(value, run)
    else:
        yield _scalar(value)


def _range_pieces(value: Range, run: Run) -> Iterator[str]:
    if value.start is None or value.end is None or value.excludes:
        sign = "!=" if value.excludes else "<" if value.start is None else ">"
        included = (value.end_included or value.start_included) and not value.excludes
        yield f"({sign}{'=' if included else ''} "
        yield from _pieces(value.end if value.start is None else value.start, run, True)
        yield ")"
        return
    yield "[" if value.start_included else "("
    yield from _pieces(value.start, run, True)
    yield ".."
    yield from _pieces(value.end, run, True)
    yield "]" if value.end_included else ")"


def write(value: object, run: Run) -> str:
    """The value as FEEL text; raises BudgetExceeded when that is too long."""
    return _written(value, run, False)


def write_inside(value: object, run: Run) -> str:
    """The value as it is written within a list: texts in quotes; raises BudgetExceeded when that is too long."""
    return _written(value, run, True)


def _written(value: object, run: Run, inside: bool) -> str:
    parts: list[str] = []
    size = 0
    for piece in _pieces(intake_deep(value, run), run, inside):
        parts.append(piece)
        size += len(piece)
        if size > MAX_TEXT:
            raise BudgetExceeded("The expression builds a text of more than %(limit)s characters", limit=MAX_TEXT)
    return run.text("".join(parts))


@builtin("string(from: any)")
def _string(run: Run, value: object) -> object:
    return None if value is None else write(value, run)


@builtin("number(from: string, grouping separator?: string?, decimal separator?: string?)")
def _number(run: Run, text: str, grouping: str | None, point: str | None) -> object:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping and grouping == point):
        return run.fail("number() takes ' ', ',' or '.' as grouping separator and another ',' or '.' as decimal one.")
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".")
    found = parse_number(text) if _NUMBER.fullmatch(text) else None
    return found if found is not None else run.fail("'%(text)s' is no number.", text=text[:80])


@builtin("number(from: number)")
def _number_itself(run: Run, value: object) -> object:
    return value


@builtin("not(negand: any)")
def _not(run: Run, negand: object) -> object:
    if type(negand) is list and len(negand) == 1:
        negand = negand[0]
    return not negand if type(negand) is bool else run.fail("not() expects true or false.")


@builtin("is(value1?: any, value2?: any)")
def _is(run: Run, value1: object, value2: object) -> object:
    return (
        type(value1) is type(value2)
        and write(value1, run) == write(value2, run)
        or (
            isinstance(value1, int | Decimal)
            and isinstance(value2, int | Decimal)
            and not isinstance(value1, bool)
            and not isinstance(value2, bool)
            and value1 == value2
        )
    )
