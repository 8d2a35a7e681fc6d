"""The methods and functions that JUEL expressions call, as far as FEEL has something that means the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from engine.bpmn.notations.juel import Invoke, Member, Name, Tree, Value
from engine.bpmn.notations.juel_text import (
    ADD,
    ATOM,
    CHOOSE,
    COMPARE,
    ONLY_THERE,
    PROGRAM,
    WORDING,
    WRITES,
    Text,
    Unsayable,
    element_of,
    empty,
    negated,
    variable,
)

Method = Callable[..., Text]

ENGINE_OBJECTS = frozenset("execution task delegateTask processInstance variableScope authenticatedUserId".split())
"""Names that mean a part of the other engine, not a variable."""
_BUSINESS_KEY = ("processBusinessKey", "businessKey", "processInstanceBusinessKey")
_SIGNS = {"plus": "+", "minus": "-"}
_UNITS = {
    "Years": ("P", "Y", 1),
    "Months": ("P", "M", 1),
    "Weeks": ("P", "D", 7),
    "Days": ("P", "D", 1),
    "Hours": ("PT", "H", 1),
    "Minutes": ("PT", "M", 1),
    "Seconds": ("PT", "S", 1),
}
_MOVING = re.compile(f"({'|'.join(_SIGNS)})({'|'.join(_UNITS)})")


def engine_value(owner: str, name: str) -> Text:
    """A property of the execution: which record the process is about."""
    if owner in ("execution", "processInstance") and name in _BUSINESS_KEY:
        return Text("business_key")
    raise Unsayable(f"{owner}.{name}", ONLY_THERE)


def written(call: Invoke, base: Text | None, arguments: Sequence[Text]) -> Text:
    """A call in FEEL. `base` is None for a function, and where the call is one of an engine's object."""
    if isinstance(call.base, Name) and call.base.name in ENGINE_OBJECTS:
        return _of_engine(call.base.name, call)
    if base is None:
        return _function(call, arguments)
    moved = _moved(call, base, arguments)
    if moved is not None:
        return moved
    method = _METHODS.get((call.name, len(arguments)))
    if method is None:
        raise Unsayable(f"{_source(call.base)}.{call.name}()", PROGRAM)
    return method(base, *arguments)


def _of_engine(owner: str, call: Invoke) -> Text:
    name = f"{owner}.{call.name}"
    if call.name.startswith(("setVariable", "removeVariable", "setTransient")):
        raise Unsayable(name, WRITES)
    if call.name.startswith("get") and not call.arguments and len(call.name) > 3:
        return engine_value(owner, call.name[3].lower() + call.name[4:])
    if call.name in ("getVariable", "getVariableLocal", "hasVariable", "hasVariableLocal"):
        found = _named(call)
        return found if call.name.startswith("get") else Text(f"{found.text} != null", COMPARE, certain=True)
    raise Unsayable(name, ONLY_THERE)


def _named(call: Invoke) -> Text:
    """The variable that is named by a literal text in a call."""
    if len(call.arguments) == 1 and isinstance(call.arguments[0], Value) and not call.arguments[0].number:
        return variable(str(call.arguments[0].value))
    raise Unsayable(call.name, WORDING)


def _function(call: Invoke, arguments: Sequence[Text]) -> Text:
    if call.name in ("dateTime", "now") and not arguments:
        return Text("now()")
    prefix, _, name = call.name.rpartition(":")
    known = _VARIABLE_FUNCTIONS.get((name, len(arguments))) if prefix else None
    if known is None:
        raise Unsayable(f"{call.name}()", PROGRAM)
    first = call.arguments[0]
    found = variable(str(first.value)) if isinstance(first, Value) and not first.number else arguments[0]
    return known(found, *arguments[1:])


def _moved(call: Invoke, base: Text, arguments: Sequence[Text]) -> Text | None:
    """`plusDays(3)` and its like, on a moment."""
    found = _MOVING.fullmatch(call.name)
    if found is None or len(arguments) != 1:
        return None
    sign, (before, after, factor) = _SIGNS[found[1]], _UNITS[found[2]]
    amount = arguments[0].text
    if amount.isdecimal() and len(amount) < 10:
        span = f'"{before}{int(amount) * factor}{after}"'
    else:
        times = f"{factor} * {arguments[0].at(ATOM)}" if factor > 1 else amount
        span = f'"{before}" + string({times}) + "{after}"'
    return Text(f"{base.at(ADD)} {sign} duration({span})", ADD)


def _source(tree: Tree | None) -> str:
    """What a method is called on, as far as it has a name."""
    if isinstance(tree, Name):
        return tree.name
    if isinstance(tree, Member):
        return f"{_source(tree.base)}.{tree.name}"
    if isinstance(tree, Invoke):
        return f"{_source(tree.base)}.{tree.name}()" if tree.base is not None else f"{tree.name}()"
    return "…"


def _holds(base: Text, item: Text) -> Text:
    """Whether a text or a list has something in it."""
    if base.parts:
        return Text(f"contains({base.text}, {item.text})")
    in_text, in_list = f"contains({base.text}, {item.text})", f"list contains({base.text}, {item.text})"
    return Text(f"if {base.at(ATOM)} instance of string then {in_text} else {in_list}", CHOOSE)


def _get(base: Text, key: Text) -> Text:
    return Text(f"get value({base.text}, {key.text})") if key.parts else element_of(base, key)


def _between(base: Text, start: Text, end: Text) -> Text:
    first = element_of(Text(""), start).text[1:-1]
    return Text(f"substring({base.text}, {first}, {end.at(ADD)} - {start.at(ATOM)})")


def _compared(sign: str) -> Method:
    return lambda left, right: Text(f"{left.at(ADD)} {sign} {right.at(ADD)}", COMPARE)


def _called(name: str) -> Method:
    return lambda *given: Text(f"{name}({', '.join(one.text for one in given)})")


def _or_else(found: Text, other: Text) -> Text:
    return Text(f"if {found.at(ADD)} = null then {other.text} else {found.text}", CHOOSE)


_METHODS: dict[tuple[str, int], Method] = {
    ("size", 0): _called("count"),
    ("length", 0): _called("string length"),
    ("isEmpty", 0): empty,
    ("contains", 1): _holds,
    ("get", 1): _get,
    ("containsKey", 1): lambda base, key: Text(f"get value({base.text}, {key.text}) != null", COMPARE, certain=True),
    ("equals", 1): _compared("="),
    ("equalsIgnoreCase", 1): lambda left, right: Text(f"lower case({left.text}) = lower case({right.text})", COMPARE),
    ("startsWith", 1): _called("starts with"),
    ("endsWith", 1): _called("ends with"),
    ("toLowerCase", 0): _called("lower case"),
    ("toUpperCase", 0): _called("upper case"),
    ("trim", 0): _called("trim"),
    ("concat", 1): lambda left, right: Text(f"{left.at(ADD)} + {right.at(ADD + 1)}", ADD),
    ("substring", 1): lambda base, start: Text(f"substring({base.text}, {element_of(Text(''), start).text[1:-1]})"),
    ("substring", 2): _between,
    ("toString", 0): _called("string"),
    ("toDate", 0): lambda base: base,
}
"""Method and number of arguments: how FEEL says it of a value."""

_VARIABLE_FUNCTIONS: dict[tuple[str, int], Method] = {
    ("get", 1): lambda found: found,
    ("getOrDefault", 2): _or_else,
    **{(name, 1): lambda found: Text(f"{found.text} != null", COMPARE, certain=True) for name in ("exists", "exist")},
    **{(name, 1): empty for name in ("isEmpty", "empty")},
    **{(name, 1): lambda found: negated(empty(found)) for name in ("isNotEmpty", "notEmpty")},
    **{(name, 2): _compared("=") for name in ("equals", "eq")},
    **{(name, 2): _compared("!=") for name in ("notEquals", "ne")},
    **{(name, 2): _compared("<") for name in ("lowerThan", "lessThan", "lt")},
    **{(name, 2): _compared("<=") for name in ("lowerThanOrEquals", "lessThanOrEquals", "lte")},
    **{(name, 2): _compared(">") for name in ("greaterThan", "gt")},
    **{(name, 2): _compared(">=") for name in ("greaterThanOrEquals", "gte")},
}
"""Flowable's functions on variables (`variables:eq(name, 5)`), which take the variable or its name."""

METHODS = tuple(sorted({f"{name}()" for name, _ in _METHODS}))
FUNCTIONS = tuple(sorted({f"variables:{name}()" for name, _ in _VARIABLE_FUNCTIONS}))
