"""Plain values as JSON text and back: what tables keep of variables, forms and history.

Types that JSON lacks are written as one-key objects (`{"$decimal": "1.5"}`); a user's own
object whose single key begins with `$` is wrapped in `{"$object": …}`, so that no data can
be mistaken for a type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "$decimal": Decimal,
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
    "$seconds": lambda seconds: timedelta(seconds=float(seconds)),
    "$integer": int,
    "$object": lambda value: {key: read_value(item) for key, item in value.items()},
}
_SAFE_INTEGER = 2**53
_AS_IS = frozenset({str, bool, type(None)})


def write(value: Any) -> str:
    """JSON text of a plain value; the same value always gives the same text. Anything else is written as its text."""
    return orjson.dumps(_outward(value), option=orjson.OPT_SORT_KEYS).decode()


def read(text: str | bytes) -> Any:
    """The plain value that `write` wrote."""
    return read_value(orjson.loads(text))


def _outward(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_IS:
        return value
    if kind is list or kind is tuple:
        return [_outward(item) for item in value]
    return _outward_nested(value) if kind is dict else _outward_other(value)


def _outward_nested(value: Mapping[Any, Any]) -> Any:
    plain = {str(key): item if type(item) in _AS_IS else _outward(item) for key, item in value.items()}
    return {"$object": plain} if len(plain) == 1 and next(iter(plain)).startswith("$") else plain


def _outward_other(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return value if abs(value) < _SAFE_INTEGER else {"$integer": str(value)}
    if isinstance(value, Mapping):
        return _outward_nested(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_outward(item) for item in value]
    return _outward_special(value)


def _outward_special(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, float):
        return {"$decimal": repr(value)}
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, time):
        return {"$time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$seconds": str(value.total_seconds())}
    return str(value)


def read_value(value: Any) -> Any:
    """The plain value behind parsed JSON."""
    if isinstance(value, list):
        return [read_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((key, item),) = value.items()
        if key in _READERS:
            return _READERS[key](item)
    return {key: read_value(item) for key, item in value.items()}
