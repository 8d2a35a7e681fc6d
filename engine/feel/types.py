"""Types of the language: whether a value is of one (``instance of``) and what fits a declared one."""

from collections.abc import Iterator
from datetime import date, datetime

from engine.feel import calendar
from engine.feel.far import FarDate, FarMoment
from engine.feel.nodes import TypeName
from engine.feel.run import Run
from engine.feel.values import Function, Range, kind, kind_called

_ALIASES = {
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "dateTime": "date and time",
    "any": "Any",
    "null": "Null",
    "days and time duration": "days and time duration",
}
SIMPLE = frozenset(
    {
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


def conforms(value: object, wanted: TypeName, run: Run) -> bool | None:
    """Whether a value is of the type; null for a type that nobody declared."""
    name = _ALIASES.get(wanted.name, wanted.name)
    if name == "Any":
        return value is not None
    if name == "Null":
        return value is None
    if value is None:
        return False
    if name in SIMPLE:
        return kind(value) == name
    if name == "duration":
        return kind(value).endswith("duration")
    if name in ("list", "context", "range", "function"):
        return kind(value) == name and _parts_conform(value, wanted, run)
    found = None if run.types is None else run.types.holds(value, wanted.name, run)
    return run.fail("The type '%(name)s' is not known.", name=wanted.name) if found is None else found


def _parts_conform(value: object, wanted: TypeName, run: Run) -> bool:
    if isinstance(value, list):
        run.charge(len(value))
        return not wanted.arguments or all(_element(item, wanted.arguments[0], run) for item in value)
    if isinstance(value, dict):
        return all(
            key in value and _element(value[key], part, run)
            for key, part in zip(wanted.keys, wanted.arguments, strict=True)
        )
    if isinstance(value, Range):
        bounds = [bound for bound in (value.start, value.end) if bound is not None]
        return not wanted.arguments or all(conforms(bound, wanted.arguments[0], run) for bound in bounds)
    assert isinstance(value, Function)
    return wanted.result is None or value.variadic or _function_conforms(value, wanted)


def _function_conforms(value: Function, wanted: TypeName) -> bool:
    """Takes at least what is wanted, and gives no more (DMN 10.3.2.9.2)."""
    types = value.types or (None,) * len(value.params)
    return (
        len(value.params) == len(wanted.arguments)
        and all(own is None or _narrower(given, own) for own, given in zip(types, wanted.arguments, strict=True))
        and (value.result is None or wanted.result is None or _narrower(value.result, wanted.result))
    )


def _narrower(one: TypeName, other: TypeName) -> bool:
    """Whether every value of the one type is of the other."""
    names = [_ALIASES.get(each.name, each.name) for each in (one, other)]
    if names[1] == "Any" or names[0] == "Null":
        return True
    if names[0] != names[1]:
        return False
    if one.keys or other.keys:
        parts = dict(zip(one.keys, one.arguments, strict=True))
        wanted = zip(other.keys, other.arguments, strict=True)
        return all(key in parts and _narrower(parts[key], part) for key, part in wanted)
    return all(_narrower(a, b) for a, b in zip(one.arguments, other.arguments, strict=False))


def _element(item: object, wanted: TypeName, run: Run) -> bool:
    # An entry that is there but null belongs to every type.
    return item is None or bool(conforms(item, wanted, run))


def conversions(value: object) -> Iterator[object]:
    """What a value may stand for where another type is wanted (DMN 10.3.2.9.4)."""
    if type(value) is list:
        if len(value) == 1:
            yield value[0]
            yield from (moment for moment in conversions(value[0]) if isinstance(moment, datetime | FarMoment))
        return
    yield [value]
    if isinstance(value, date | FarDate):
        yield calendar.as_moment(value)


def fitted(value: object, wanted: TypeName | None, run: Run) -> object:
    """The value as the declared type wants it (see ``conversions``), null when it cannot."""
    if wanted is None or value is None or conforms(value, wanted, run):
        return value
    for candidate in conversions(value):
        if conforms(candidate, wanted, run):
            return candidate
    return run.fail("Expected a %(wanted)s, but got a %(found)s.", wanted=kind_called(wanted.name), found=kind(value))
