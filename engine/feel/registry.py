"""The built-in functions: one table of names, each with its overloads; argument kinds are checked here."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from engine.feel.names import NameTable
from engine.feel.run import Run
from engine.feel.values import KINDS, Function, intake, kind, kind_called

TYPE_NAMES = NameTable(
    (
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "duration",
        "dayTimeDuration",
        "yearMonthDuration",
        "dateTime",
        "Any",
        "Null",
        "list",
        "context",
        "range",
        "function",
    )
)
"""Names of the types of the language."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One parameter of a built-in: name, wanted kind (``any`` for all), whether it may be left out or null."""

    name: str
    kind: str
    optional: bool
    nullable: bool


@dataclass(frozen=True, slots=True)
class Overload:
    """One signature of a built-in. A variadic one hands over its last arguments as one list."""

    function: Callable[..., object]
    arguments: tuple[Argument, ...]
    variadic: bool

    def takes(self, count: int) -> bool:
        """Whether it can be called with that many arguments by position."""
        least = sum(not argument.optional for argument in self.arguments)
        return count >= least and (self.variadic or count <= len(self.arguments))


@dataclass(frozen=True, slots=True)
class Builtin:
    """A built-in function under one name."""

    name: str
    overloads: list[Overload] = field(default_factory=list)

    def by_count(self, count: int) -> list[Overload]:
        """The overloads for a call by position."""
        return [overload for overload in self.overloads if overload.takes(count)]

    def by_names(self, names: Sequence[str]) -> Overload | None:
        """The overload for a call with named arguments; of several, the one that has them in the same order."""
        in_order = [each for each in self.overloads if [argument.name for argument in each.arguments] == list(names)]
        for overload in (*in_order, *self.overloads):
            known = [argument.name for argument in overload.arguments]
            needed = [argument.name for argument in overload.arguments if not argument.optional]
            if len(set(names)) == len(names) and set(needed) <= set(names) <= set(known):
                return overload
        return None

    def value(self) -> Function:
        """The built-in as a value, to be handed to other functions."""
        params = tuple(argument.name for argument in self.overloads[0].arguments)
        return Function(self.name, params, self._invoke, True, self)

    def _invoke(self, run: Run, values: Sequence[object]) -> object:
        return call(self, values, run)


BUILTINS: dict[str, Builtin] = {}
_SIGNATURE = re.compile(r"([^(]+)\((.*)\)")


def builtin(*signatures: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register a function under signatures such as ``substring(string: string, length?: number)``.

    ``name?`` may be left out, ``kind?`` may be null, ``*name`` takes the rest as one list. The function gets
    the run and the arguments in order, None for those left out.
    """

    def register(function: Callable[..., object]) -> Callable[..., object]:
        for signature in signatures:
            match = _SIGNATURE.fullmatch(signature)
            assert match is not None, signature
            arguments = tuple(_argument(text) for text in match[2].split(", ") if text)
            overload = Overload(function, arguments, "*" in match[2])
            BUILTINS.setdefault(match[1], Builtin(match[1])).overloads.append(overload)
        return function

    return register


def _argument(text: str) -> Argument:
    name, _, wanted = text.partition(": ")
    return Argument(name.strip("*?"), wanted.rstrip("?"), "?" in name, wanted.endswith("?"))


@lru_cache(maxsize=1)
def name_table() -> NameTable:
    """All built-in names; asked for first when an expression is compiled, after all have registered."""
    return NameTable(BUILTINS)


class _Misfit:
    """Says that an argument does not fit."""


MISFIT = _Misfit()


def fit(value: object, argument: Argument, run: Run) -> object:
    """The argument in the wanted kind (a list of one for its element, and back), or MISFIT."""
    if type(value) not in KINDS:
        value = intake(value, run)
    wanted = argument.kind
    if type(value) is str:
        run.read(value)
    if value is None:
        return None if argument.nullable or wanted == "any" else MISFIT
    if wanted == "any" or KINDS.get(type(value)) == wanted:
        return _clean(value, run) if type(value) is list else value
    if wanted == "list":
        return [value]
    if type(value) is list and len(value) == 1:
        return fit(value[0], argument, run)
    return MISFIT


def _clean(items: list[object], run: Run) -> list[object]:
    run.charge(1 + len(items) // 8)
    if all(type(item) in KINDS for item in items):
        return items
    return [intake(item, run) for item in items]


def _fit_all(overload: Overload, values: Sequence[object], run: Run) -> tuple[list[object], int]:
    """Fitted arguments and the position of the first misfit (-1 for none)."""
    fitted: list[object] = []
    last = len(overload.arguments) - 1
    for position, value in enumerate(values):
        found = fit(value, overload.arguments[min(position, last)], run)
        if found is MISFIT:
            return fitted, position
        fitted.append(found)
    return fitted, -1


def call(function: Builtin, values: Sequence[object], run: Run) -> object:
    """Call by position; null with a reason when no overload takes these arguments."""
    candidates = function.by_count(len(values))
    if not candidates:
        return run.fail("%(name)s() cannot be called with %(count)s arguments.", name=function.name, count=len(values))
    for overload in candidates:
        fitted, misfit = _fit_all(overload, values, run)
        if misfit < 0:
            return perform(function.name, overload, fitted, run)
    argument = overload.arguments[min(misfit, len(overload.arguments) - 1)]
    return run.fail(
        "%(name)s() expects a %(wanted)s as '%(argument)s', but got a %(found)s.",
        name=function.name,
        wanted=kind_called(argument.kind),
        argument=argument.name,
        found=kind(values[misfit]),
    )


def call_named(function: Builtin, names: Sequence[str], values: Sequence[object], run: Run) -> object:
    """Call with named arguments; null with a reason when no overload takes them."""
    overload = function.by_names(names)
    if overload is None:
        return run.fail(
            "%(name)s() has no form with the arguments %(names)s.", name=function.name, names=", ".join(names)
        )
    given = dict(zip(names, values, strict=True))
    fitted: list[object] = []
    for argument in overload.arguments:
        value = fit(given[argument.name], argument, run) if argument.name in given else None
        if value is MISFIT:
            return run.fail(
                "%(name)s() expects a %(wanted)s as '%(argument)s', but got a %(found)s.",
                name=function.name,
                wanted=kind_called(argument.kind),
                argument=argument.name,
                found=kind(given[argument.name]),
            )
        fitted.append(value)
    if overload.variadic and type(fitted[-1]) is list:
        fitted = [*fitted[:-1], *fitted[-1]]
    return perform(function.name, overload, fitted, run)


def perform(name: str, overload: Overload, fitted: list[object], run: Run) -> object:
    """Run the function behind a built-in; what it cannot compute is null with a reason."""
    run.charge()
    count = len(overload.arguments)
    if overload.variadic:
        fitted = [*fitted[: count - 1], fitted[count - 1 :]]
    try:
        return overload.function(run, *fitted, *[None] * (count - len(fitted)))
    except (ArithmeticError, ValueError):
        return run.fail("The result of %(name)s() is out of range.", name=name)
