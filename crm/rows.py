"""Lists of a record that live in one column: what people answered in rows, kept as plain JSON."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any


def stored(value: Any) -> Any:
    """A value as a JSON column holds it: whole numbers as such, other decimals, days and moments as text."""
    if isinstance(value, list | tuple):
        return [stored(each) for each in value]
    if isinstance(value, dict):
        return {name: stored(each) for name, each in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
