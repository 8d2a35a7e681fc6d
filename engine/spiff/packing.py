"""Plain values as bytes and back: msgpack with our own extension types, and nothing named after a Python class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgpack

from engine.errors import EngineError, expected
from engine.feel import YearsMonths

MAX_DEPTH = 60
DECIMAL, BIG, DATETIME, DATE, TIME, SPAN, MONTHS = range(1, 8)
SCALARS = frozenset({type(None), bool, int, str, Decimal, date, datetime, time, timedelta, YearsMonths})


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of variables, down to the last list; raises `EngineError` naming the one that is not a plain value."""
    return {name(key): _copy(value, key, 0) for key, value in values.items()}


def name(key: Any) -> str:
    """A variable's name; raises `EngineError` when it is not text."""
    if type(key) is not str:
        raise EngineError(expected("names of variables to be texts", "one is %(key)s", key=repr(key)))
    return key


def _copy(value: Any, path: str, depth: int) -> Any:
    kind = type(value)
    if kind in SCALARS:
        return _finite(value, path) if kind is Decimal else value
    if depth > MAX_DEPTH:
        raise EngineError(
            expected("values nested at most %(limit)s deep", "'%(path)s' goes deeper", limit=MAX_DEPTH, path=path[:80])
        )
    if isinstance(value, Mapping):
        return {name(key): _copy(item, f"{path}.{key}", depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_copy(item, path, depth + 1) for item in value]
    raise EngineError(
        expected(
            "'%(path)s' to be a plain value (text, number, truth value, date, time, duration, list or context)",
            "it is a %(kind)s",
            path=path[:80],
            kind=kind.__name__.lower(),
        )
    )


def _finite(value: Decimal, path: str) -> Decimal:
    if value.is_finite():
        return value
    raise EngineError(expected("'%(path)s' to be a number", "it is %(value)s", path=path[:80], value=str(value)))


def pack(value: Any) -> bytes:
    """The bytes of a plain value."""
    return msgpack.packb(value, default=_outside, use_bin_type=True, strict_types=True)  # type: ignore[no-any-return]


def unpack(data: bytes) -> Any:
    """The plain value of `pack`; raises `ValueError` for anything that `pack` has not written."""
    return msgpack.unpackb(data, ext_hook=_inside, raw=False, strict_map_key=False)


def _outside(value: Any) -> Any:
    kind = type(value)
    if kind is Decimal:
        return msgpack.ExtType(DECIMAL, str(value).encode())
    if kind is datetime:
        return msgpack.ExtType(DATETIME, value.isoformat().encode())
    if kind is date:
        return msgpack.ExtType(DATE, value.isoformat().encode())
    if kind is timedelta:
        return msgpack.ExtType(SPAN, msgpack.packb((value.days, value.seconds, value.microseconds)))
    if kind is int:
        return msgpack.ExtType(BIG, b"%x" % value)
    if kind is time:
        return msgpack.ExtType(TIME, value.isoformat().encode())
    if kind is YearsMonths:
        return msgpack.ExtType(MONTHS, msgpack.packb(value.months))
    raise EngineError(expected("plain values in the state", "one is a %(kind)s", kind=kind.__name__))


def _inside(code: int, data: bytes) -> Any:
    if code == DECIMAL:
        return Decimal(data.decode())
    if code == DATETIME:
        return datetime.fromisoformat(data.decode())
    if code == DATE:
        return date.fromisoformat(data.decode())
    if code == SPAN:
        days, seconds, micros = msgpack.unpackb(data)
        return timedelta(days, seconds, micros)
    if code == BIG:
        return int(data, 16)
    if code == TIME:
        return time.fromisoformat(data.decode())
    if code == MONTHS:
        return YearsMonths(msgpack.unpackb(data))
    raise ValueError(f"Expected a known type of value, but got the code {code}.")
