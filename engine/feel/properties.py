"""What may stand after a dot: entries of contexts and the properties of dates, times, durations and ranges."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from engine.feel import far
from engine.feel.far import FarDate, FarMoment, FarSpan, Span
from engine.feel.run import Run
from engine.feel.temporal import zone_name
from engine.feel.values import KINDS, Range, YearsMonths, intake, kind


def _offset(value: time | datetime) -> object:
    if isinstance(value, time) and value.tzinfo is not None:
        return value.tzinfo.utcoffset(datetime.combine(date(1970, 1, 1), time()))
    return value.utcoffset()


def _days_part(divisor: int, modulus: int | None) -> Callable[[Span], int]:
    def part(value: Span) -> int:
        micros = far.micros_of(value)
        units = abs(micros) // 1_000_000 // divisor
        if modulus is not None:
            units %= modulus
        return -units if micros < 0 else units

    return part


def _sign(value: YearsMonths) -> int:
    return -1 if value.months < 0 else 1


_DAY: dict[str, Callable[..., object]] = {
    "year": lambda value: value.year,
    "month": lambda value: value.month,
    "day": lambda value: value.day,
    "weekday": lambda value: far.near(far.day_of(value)).isoweekday(),
}
_CLOCK: dict[str, Callable[..., object]] = {
    "hour": lambda value: value.hour,
    "minute": lambda value: value.minute,
    "second": lambda value: value.second,
    "time offset": _offset,
    "timezone": lambda value: zone_name(value.tzinfo),
}
_MIDNIGHT: dict[str, Callable[..., object]] = {
    "hour": lambda value: 0,
    "minute": lambda value: 0,
    "second": lambda value: 0,
    "time offset": lambda value: timedelta(),
    "timezone": lambda value: None,
}
_SPAN: dict[str, Callable[..., object]] = {
    "days": _days_part(86_400, None),
    "hours": _days_part(3_600, 24),
    "minutes": _days_part(60, 60),
    "seconds": _days_part(1, 60),
}


def _of(whole: Callable[..., object], part: Callable[..., object]) -> Callable[..., object]:
    return lambda value: part(whole(value))


PROPERTIES: dict[type, dict[str, Callable[..., object]]] = {
    date: {**_DAY, **_MIDNIGHT},
    time: _CLOCK,
    datetime: {**_DAY, **_CLOCK},
    FarDate: {**_DAY, **_MIDNIGHT},
    FarMoment: {
        **{name: _of(far.day_of, part) for name, part in _DAY.items()},
        **{name: _of(far.clock_of, part) for name, part in _CLOCK.items()},
    },
    timedelta: _SPAN,
    FarSpan: _SPAN,
    YearsMonths: {
        "years": lambda value: abs(value.months) // 12 * _sign(value),
        "months": lambda value: abs(value.months) % 12 * _sign(value),
    },
    Range: {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}
"""Property names of each kind of value (DMN tables 65 and 66)."""


def member(value: object, name: str, run: Run) -> object:
    """``value.name``; of a list, the members of its elements. Null with a reason when there is none."""
    if type(value) is dict:
        if name not in value:
            return run.fail("The context has no entry '%(name)s'.", name=name)
        return intake(value[name], run)
    if type(value) is list:
        run.charge(len(value))
        return [member(item if type(item) in KINDS else intake(item, run), name, run) for item in value]
    properties = PROPERTIES.get(type(value), {})
    if name in properties:
        return properties[name](value)
    if value is None:
        return run.fail("'%(name)s' was asked of null.", name=name)
    return run.fail("A %(kind)s has no property '%(name)s'.", kind=kind(value), name=name)
