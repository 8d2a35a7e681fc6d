"""Variables handed on under another name: into and out of called processes, and of activities with local variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.spiff.expressions import Formula


@dataclass(frozen=True, slots=True)
class Mapped:
    """One mapping: a variable, an expression or a literal text, and its new name (None: all variables).

    A `local` one takes only variables of the step itself, or gives only to those. One that `follows` sees what
    those before it gave. One `at_end` gives only when what is called has completed.
    """

    target: str | None
    source: str | None = None
    formula: Formula | None = None
    literal: str | None = None
    local: bool = False
    follows: bool = False
    at_end: bool = False

    def take(self, variables: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
        """The variables this mapping hands on."""
        if self.target is None:
            return variables
        if self.formula is not None:
            return {self.target: self.formula.value(variables, now)}
        return {self.target: self.literal if self.source is None else variables.get(self.source)}


def mapped(mappings: Sequence[Mapped], variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """All that the mappings hand on, later ones over earlier ones."""
    result: dict[str, Any] = {}
    for mapping in mappings:
        known = {**variables, **result} if mapping.follows and result else variables
        result.update(mapping.take(known, now))
    return result
