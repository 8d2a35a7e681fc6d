"""Decision tables as people read them: rows, columns, and which rows fired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from engine import dmn
from webapp.languages import named

POLICIES: Mapping[str, object] = {
    "UNIQUE": _l("exactly one row fits"),
    "FIRST": _l("the first row that fits counts"),
    "ANY": _l("all rows that fit say the same"),
    "PRIORITY": _l("the most important result counts"),
    "COLLECT": _l("every row that fits adds its result"),
    "RULE ORDER": _l("every row that fits counts, in the order of the rows"),
    "OUTPUT ORDER": _l("every row that fits counts, the most important first"),
}


@dataclass(frozen=True)
class Column:
    """A column: what it is called, and the expression or name behind it."""

    label: str
    expression: str


@dataclass(frozen=True)
class Row:
    """One row as written; `fired` when it decided."""

    number: int
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...]
    fired: bool


@dataclass(frozen=True)
class TableView:
    """A decision for a page; without rows it is an expression, shown as written."""

    id: str
    title: str
    policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]
    expression: str

    @property
    def has_notes(self) -> bool:
        """Whether any row carries a note."""
        return any(row.notes for row in self.rows)


def view(decision: dmn.Decision, fired: frozenset[int] = frozenset()) -> TableView:
    """A decision as a page shows it, with the numbers of the rows that fired."""
    return TableView(
        id=decision.id,
        title=named(decision.names) or decision.name,
        policy=str(POLICIES.get(decision.hit_policy, decision.hit_policy)),
        inputs=tuple(
            Column(named(one.names) or one.label or one.expression, one.expression) for one in decision.inputs
        ),
        outputs=tuple(Column(named(one.names) or one.label or one.name, one.name) for one in decision.outputs),
        rows=tuple(
            Row(row.number, row.inputs, row.outputs, _notes(row), row.number in fired) for row in decision.rules
        ),
        expression="" if decision.table is not None else decision.expression,
    )


def _notes(row: dmn.Row) -> tuple[str, ...]:
    return tuple(text for text in (named(row.descriptions), *row.annotations.values()) if text)


def all_of(model: dmn.DecisionModel) -> list[TableView]:
    """Every decision of a file."""
    return [view(decision) for decision in model.decisions.values()]
