"""The elements of a requirement graph: decisions, their inputs, knowledge and services (DMN 6.3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn.table import Input, Output, Row, Table
from engine.feel.run import Code


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function by name. ``requires``: keys of what it calls."""

    id: str
    name: str
    requires: tuple[str, ...]
    code: Code


@dataclass(frozen=True, slots=True)
class DecisionService:
    """A part of the graph behind a function: keys of its outputs, and of the inputs that are its parameters."""

    id: str
    name: str
    outputs: tuple[str, ...]
    input_data: tuple[str, ...]
    input_decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputData:
    """A value from outside: its name and type."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``table`` is None for other logic than a decision table.

    ``requires`` and ``knowledge`` are keys: ids of the same file, or ``namespace#id`` of an imported one.
    """

    id: str
    name: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    variable: str
    type: str
    requires: tuple[str, ...]
    knowledge: tuple[str, ...]
    expression: str
    table: Table | None
    code: Code

    @property
    def hit_policy(self) -> str:
        """The table's hit policy; "" when there is no table."""
        return "" if self.table is None else self.table.hit_policy

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The table's columns of conditions."""
        return () if self.table is None else self.table.inputs

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The table's columns of results."""
        return () if self.table is None else self.table.outputs

    @property
    def rules(self) -> tuple[Row, ...]:
        """The table's rows as written."""
        return () if self.table is None else self.table.rows
