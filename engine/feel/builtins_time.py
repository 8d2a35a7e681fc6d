"""Built-in functions on dates, times and durations (DMN 10.3.4.1, 10.3.4.7)."""

from datetime import UTC, date, datetime, time, timedelta

from engine.feel import calendar, temporal
from engine.feel.boxes import whole
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


@builtin("date(from: any)")
def _date(run: Run, value: object) -> object:
    value = _alone(value)
    if isinstance(value, str):
        found = temporal.read_date(value)
        return found if found is not None else run.fail("'%(text)s' is no date.", text=value[:80])
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else run.fail("A %(kind)s is no date.", kind=kind(value))


@builtin("date(year: number, month: number, day: number)")
def _date_of(run: Run, year: object, month: object, day: object) -> object:
    parts = [whole(part) for part in (year, month, day)]
    if None in parts:
        return run.fail("date() takes whole numbers.")
    return date(*[part for part in parts if part is not None])


@builtin("time(from: any)")
def _time(run: Run, value: object) -> object:
    value = _alone(value)
    if isinstance(value, str):
        found = temporal.read_time(value)
        return found if found is not None else run.fail("'%(text)s' is no time.", text=value[:80])
    if isinstance(value, datetime):
        return value.timetz()
    if isinstance(value, date):
        return time(tzinfo=UTC)
    return value if isinstance(value, time) else run.fail("A %(kind)s is no time.", kind=kind(value))


@builtin("time(hour: number, minute: number, second: number, offset?: days and time duration?)")
def _time_of(run: Run, hour: object, minute: object, second: object, offset: timedelta | None) -> object:
    where = None if offset is None else temporal.offset_zone(offset)
    if offset is not None and where is None:
        return run.fail("The offset from UTC is out of range.")
    seconds = whole(second)
    micros = 0
    if seconds is None:
        exact = calendar.from_seconds(second)  # type: ignore[arg-type]
        seconds, micros = divmod(exact // timedelta(microseconds=1), 1_000_000)
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
            found = datetime.combine(day, time())
        return found if found is not None else run.fail("'%(text)s' is no date and time.", text=value[:80])
    if isinstance(value, datetime):
        return value
    return (
        calendar.as_moment(value)
        if isinstance(value, date)
        else run.fail("A %(kind)s is no date and time.", kind=kind(value))
    )


@builtin("date and time(date: any, time: time)")
def _moment_of(run: Run, day: object, clock: time) -> object:
    if isinstance(day, date):
        return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)
    return run.fail("A %(kind)s is no date.", kind=kind(day))


@builtin("duration(from: any)")
def _duration(run: Run, value: object) -> object:
    value = _alone(value)
    if isinstance(value, str):
        found = temporal.read_duration(value)
        return found if found is not None else run.fail("'%(text)s' is no duration.", text=value[:80])
    if isinstance(value, timedelta | YearsMonths):
        return value
    return run.fail("A %(kind)s is no duration.", kind=kind(value))


@builtin("years and months duration(from: any, to: any)")
def _months(run: Run, start: object, end: object) -> object:
    start, end = _alone(start), _alone(end)
    if not isinstance(start, date) or not isinstance(end, date):
        return run.fail("years and months duration() expects two dates.")
    days = [value.date() if isinstance(value, datetime) else value for value in (start, end)]
    return calendar.months_between(*days)


@builtin("now()")
def _now(run: Run) -> object:
    return run.now if run.now is not None else run.fail("now() has no clock here.")


@builtin("today()")
def _today(run: Run) -> object:
    return run.now.date() if run.now is not None else run.fail("today() has no clock here.")


@builtin("day of week(date: any)")
def _day_of_week(run: Run, day: object) -> object:
    return _DAYS[day.weekday()] if isinstance(day := _alone(day), date) else run.fail("day of week() expects a date.")


@builtin("day of year(date: any)")
def _day_of_year(run: Run, day: object) -> object:
    return (
        day.timetuple().tm_yday if isinstance(day := _alone(day), date) else run.fail("day of year() expects a date.")
    )


@builtin("week of year(date: any)")
def _week_of_year(run: Run, day: object) -> object:
    return (
        day.isocalendar().week if isinstance(day := _alone(day), date) else run.fail("week of year() expects a date.")
    )


@builtin("month of year(date: any)")
def _month_of_year(run: Run, day: object) -> object:
    return (
        _MONTHS[day.month - 1] if isinstance(day := _alone(day), date) else run.fail("month of year() expects a date.")
    )


@builtin("last day of month(date: any)")
def _last_day(run: Run, day: object) -> object:
    return (
        calendar.month_length(day.year, day.month)
        if isinstance(day := _alone(day), date)
        else run.fail("last day of month() expects a date.")
    )
