"""Proves tables: rows that contradict each other or never decide, and inputs that no row answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from engine.dmn.document import Document, Element, RejectedDecisions, identity
from engine.dmn.domains import Column, read_column
from engine.dmn.elements import Decision
from engine.dmn.misfits import MAX_FINDINGS, misfits, sample_text
from engine.dmn.model import DecisionModel
from engine.dmn.pieces import Cell, read_cell
from engine.dmn.reader import read_model
from engine.dmn.search import Combination, Search, TooMany
from engine.dmn.table import Table
from engine.errors import Finding, Sentence
from engine.feel import FeelSyntaxError, compile_unary_tests

_SINGLE = ("UNIQUE", "FIRST", "ANY", "PRIORITY")
"""Hit policies with one result, for which gaps and contradictions are defects."""


def check(xml: bytes, file: str, beside: Mapping[str, bytes] | None = None) -> list[Finding]:
    """All findings for a file: what read_model refuses; else what can be proved about its tables.

    Overlaps in UNIQUE tables are errors; overlaps with different results under ANY, gaps in tables with one
    hit and no default, rows that never decide, and cells outside of the allowed values are warnings. That
    something cannot be proved is a note; what is found nevertheless is certain.
    """
    try:
        model = read_model(xml, file, beside)
    except RejectedDecisions as rejected:
        return list(rejected.findings)
    document = Document(xml, file)
    elements = {identity(each): each for each in document.children(document.root, "decision")}
    return [
        finding
        for decision in model.decisions.values()
        if decision.table is not None
        for finding in _Proof(model, decision, decision.table, document.file, elements[decision.id]).findings()
    ]


def _always(first: int, second: int) -> bool:
    return True


def _cell(text: str) -> Cell | None:
    try:
        return read_cell(compile_unary_tests(text or "-"))
    except FeelSyntaxError:
        return None


@dataclass(frozen=True, slots=True)
class _Proof:
    model: DecisionModel
    decision: Decision
    table: Table
    file: str
    element: Element

    def findings(self) -> Iterator[Finding]:
        """What can be proved about the table."""
        columns = self._columns(fractions=False)
        yield from misfits(self.decision.name, self.table, columns, self._finding)
        if self.table.hit_policy not in _SINGLE:
            return
        yield from self._free(columns)
        too_many = False
        for found in (self._contradictions(columns), self._gaps(columns)):
            try:
                yield from found
            except TooMany:
                too_many = True
        if too_many:
            yield self._unproved(Sentence("it has too many combinations of values"))

    def _gaps(self, columns: list[Column]) -> Iterator[Finding]:
        if any(output.default for output in self.table.outputs):
            return
        gap = Search(columns, len(self.table.rows), free=True).gap()
        if gap is not None:
            yield self._gap(_witness(columns, gap))
            return
        columns = self._columns(fractions=True)
        gap = Search(columns, len(self.table.rows), free=True).gap()
        if gap is not None:
            yield self._fraction(_witness(columns, gap))

    def _contradictions(self, columns: list[Column]) -> Iterator[Finding]:
        rows = self.table.rows
        search = Search(columns, len(rows), free=False)
        if self.table.hit_policy in ("UNIQUE", "ANY"):
            clash = _always if self.table.hit_policy == "UNIQUE" else self._differ
            for first, second, combination in search.overlaps(clash, MAX_FINDINGS):
                yield self._overlap(first, second, _witness(columns, combination))
        elif self.table.hit_policy == "FIRST":
            yield from islice(
                (self._shadowed(row, columns) for row in range(len(rows)) if search.shadowed(row)), MAX_FINDINGS
            )

    def _differ(self, first: int, second: int) -> bool:
        return self.table.rows[first].outputs != self.table.rows[second].outputs

    def _columns(self, fractions: bool) -> list[Column]:
        return [self._column(place, fractions) for place in range(len(self.table.inputs))]

    def _column(self, place: int, fractions: bool) -> Column:
        source = self.table.inputs[place]
        allowed = source.allowed or self.model.types.allowed_text(source.type)
        cells = [_cell(row.inputs[place]) for row in self.table.rows]
        base = self.model.types.base_name(source.type)
        return read_column(source.expression, base, _cell(allowed) if allowed else None, cells, fractions)

    def _finding(self, rule: str, message: Sentence, remedy: Sentence, severity: str = "warning") -> Finding:
        line: object = self.element.sourceline
        return Finding(
            self.file, self.decision.id, line if isinstance(line, int) else 0, rule, message, remedy, severity
        )

    def _unproved(self, reason: Sentence) -> Finding:
        return self._finding(
            "dmn.unproved",
            Sentence(
                "It cannot be proved that the table %(table)s has no gap and no contradiction: %(reason)s.",
                table=self.decision.name,
                reason=reason,
            ),
            Sentence("Check its rows by hand, or write conditions with constants only."),
            "note",
        )

    def _free(self, columns: list[Column]) -> Iterator[Finding]:
        """A note about the first cell that is more than constants, ranges and comparisons with them."""
        for column, source in zip(columns, self.table.inputs, strict=True):
            for row, cover in zip(self.table.rows, column.covers, strict=True):
                if cover is None:
                    yield self._unproved(
                        Sentence(
                            "row %(row)s, column '%(column)s' holds the expression %(text)s",
                            row=row.number,
                            column=source.label,
                            text=row.inputs[self.table.inputs.index(source)],
                        )
                    )
                    return

    def _overlap(self, first: int, second: int, inputs: str) -> Finding:
        return self._finding(
            "dmn.overlap",
            Sentence(
                "Rows %(first)s and %(second)s of the table %(table)s both match %(inputs)s, "
                "but its hit policy is %(policy)s.",
                policy=self.table.hit_policy,
                first=first + 1,
                second=second + 1,
                table=self.decision.name,
                inputs=inputs,
            ),
            Sentence("Narrow one of the rows, or choose another hit policy."),
            "error" if self.table.hit_policy == "UNIQUE" else "warning",
        )

    def _shadowed(self, row: int, columns: list[Column]) -> Finding:
        parts = [column.reached(row) or 0 for column in columns]
        return self._finding(
            "dmn.shadowed",
            Sentence(
                "Row %(row)s of the table %(table)s never decides: rows above it match all that it matches, "
                "for example %(inputs)s, and its hit policy is FIRST.",
                row=row + 1,
                table=self.decision.name,
                inputs=_witness(columns, tuple(parts)),
            ),
            Sentence("Move the row up, narrow the rows above it, or remove it."),
        )

    def _gap(self, inputs: str) -> Finding:
        return self._finding(
            "dmn.gap",
            Sentence("No row of the table %(table)s matches %(inputs)s.", table=self.decision.name, inputs=inputs),
            Sentence("Add a row for these inputs, or a default output."),
        )

    def _fraction(self, inputs: str) -> Finding:
        return self._finding(
            "dmn.fraction",
            Sentence(
                "No row of the table %(table)s matches %(inputs)s; this matters only if there can be fractions.",
                table=self.decision.name,
                inputs=inputs,
            ),
            Sentence("Let the next row begin where the row before it ends, for example <= 5 and > 5."),
            "note",
        )


def _witness(columns: list[Column], combination: Combination) -> str:
    """The inputs of a combination, as an analyst would write them."""
    pairs = zip(columns, combination, strict=True)
    return ", ".join(f"{column.expression} = {sample_text(column, part)}" for column, part in pairs) or "anything"
