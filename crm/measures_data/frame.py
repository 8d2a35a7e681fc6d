"""What stands in a row about a measure."""

from __future__ import annotations

Row = tuple[str, str, str, str, str, str, str, str | None, str]
"""key, group, name, name_zh, formula, unit, direction, target (None: none that holds for all), cycle."""
