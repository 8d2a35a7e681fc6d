"""Built-in functions on dates, times and durations (DMN 10.3.4.1, 10.3.4.7)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from engine.feel import calendar, far, temporal
from engine.feel.boxes import whole
from engine.feel.far import Day, FarDate, FarMoment, FarSpan, Span, make_day
from engine.feel.registry import builtin
from engine.feel.run import Run
from engine.feel.values import YearsMonths, kind

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _alone(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _day(value: object) -> Day | None:
    """The date of a date or a moment; None for anything else."""
    value = _alone(value)
    return far.day_of(value) if isinstance(value, date | FarDate | FarMoment) else None


@builtin("date(from: any)")
def _date(run: Run, value: object) -> object:
    value = _alone(value)
    if isinstance(value, str):
        found = temporal.read_date(value)
        return found if found is not None else run.fail("'%(text)s' is no date.", text=value[:80])
    day = _day(value)
    return day if day is not None else run.fail("A %(kind)s is no date.", kind=kind(value))


@builtin("date(year: number, month: number, day: number)")
def _date_of(run: Run, year: object, month: object, day: object) -> object:
    parts = [whole(part) for part in (year, month, day)]
    if None in parts:
        return run.fail("date() takes whole numbers.")
    return make_day(*[part for part in parts if part is not None])


@builtin("time(from: any)")
def _time(run: Run, value: object) -> object:
    value = _alone(value)
    if isinstance(value, str):
        found = temporal.read_time(value)
        return found if found is not None else run.fail("'%(text)s' is no time.", text=value[:80])
    if isinstance(value, datetime | FarMoment):
        return far.clock_of(value)
    if isinstance(value, date | FarDate):
        return time(tzinfo=UTC)
    return value if isinstance(value, time) else run.fail("A %(kind)s is no time.", kind=kind(value))


@builtin("time(hour: number, minute: number, second: number, offset?: days and time duration?)")
def _time_of(run: Run, hour: object, minute: object, second: object, offset: Span | None) -> object:
    where = None if offset is None else temporal.offset_zone(offset)
    if offset is not None and where is None:
        return run.fail("The offset from UTC is out of range.")
    seconds = whole(second)
    micros = 0
    if seconds is None:
        exact = calendar.from_seconds(second)  # type: ignore[arg-type]
        seconds, micros = divmod(far.micros_of(exact), 1_000_000)
    hours, minutes = whole(hour), whole(minute)
    if hours is None or minutes is None:
        return run.fail("time() takes whole hours and minutes.")
    return time(hours, minutes, seconds, micros, where)


@builtin("date and time(from: any)")
def _moment(run: Run, value: object) -> object:
    value = _alone(value)
    if isinstance(value, str):
        found = temporal.read_date_and_time(value)
        if found is None and (day := temporal.read_date(value)) is not None:
            found = far.combine(day, time())
        return found if found is not None else run.fail("'%(text)s' is no date and time.", text=value[:80])
    if isinstance(value, date | FarDate | FarMoment):
        return calendar.as_moment(value)
    return run.fail("A %(kind)s is no date and time.", kind=kind(value))


@builtin("date and time(date: any, time: time)")
def _moment_of(run: Run, value: object, clock: time) -> object:
    day = _day(value)
    return far.combine(day, clock) if day is not None else run.fail("A %(kind)s is no date.", kind=kind(value))


@builtin("duration(from: any)")
def _duration(run: Run, value: object) -> object:
    value = _alone(value)
    if isinstance(value, str):
        found = temporal.read_duration(value)
        return found if found is not None else run.fail("'%(text)s' is no duration.", text=value[:80])
    if isinstance(value, timedelta | FarSpan | YearsMonths):
        return value
    return run.fail("A %(kind)s is no duration.", kind=kind(value))


@builtin("years and months duration(from: any, to: any)")
def _months(run: Run, start: object, end: object) -> object:
    first, last = _day(start), _day(end)
    if first is None or last is None:
        return run.fail("years and months duration() expects two dates.")
    return calendar.months_between(first, last)


@builtin("now()")
def _now(run: Run) -> object:
    return run.now if run.now is not None else run.fail("now() has no clock here.")


@builtin("today()")
def _today(run: Run) -> object:
    return run.now.date() if run.now is not None else run.fail("today() has no clock here.")


def _of_day(name: str, answer: Callable[[Day], object]) -> None:
    """Register a function of one date."""

    def decide(run: Run, value: object) -> object:
        day = _day(value)
        return answer(day) if day is not None else run.fail("%(name)s() expects a date.", name=name)

    builtin(f"{name}(date: any)")(decide)


_of_day("day of week", lambda day: _DAYS[far.near(day).weekday()])
_of_day("day of year", lambda day: far.near(day).timetuple().tm_yday)
_of_day("week of year", lambda day: far.near(day).isocalendar().week)
_of_day("month of year", lambda day: _MONTHS[day.month - 1])
_of_day("last day of month", lambda day: calendar.month_length(day.year, day.month))
