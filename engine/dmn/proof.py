"""Proves tables: rows that contradict each other, and inputs that no row answers."""

from dataclasses import dataclass

from engine.dmn.document import Document, Element, RejectedDecisions, attribute
from engine.dmn.domains import OTHER, Column, read_column
from engine.dmn.elements import Decision
from engine.dmn.model import DecisionModel
from engine.dmn.reader import read_model
from engine.dmn.table import Table
from engine.errors import Finding, Sentence

MAX_STEPS = 20_000
"""Combinations looked at per table; beyond, nothing is claimed about gaps."""
MAX_OVERLAPS = 20


def check(xml: bytes, file: str) -> list[Finding]:
    """All findings for a file: what read_model refuses; else overlapping rows and gaps that can be proved.

    Overlaps are looked for in UNIQUE tables (errors), gaps in tables with one hit and no default (warnings).
    """
    try:
        model = read_model(xml, file)
    except RejectedDecisions as rejected:
        return list(rejected.findings)
    document = Document(xml, file)
    elements = {attribute(each, "id"): each for each in document.children(document.root, "decision")}
    return [
        finding
        for decision in model.decisions.values()
        if decision.table is not None
        for finding in _Proof(model, decision, decision.table, document, elements[decision.id]).findings()
    ]


@dataclass(frozen=True, slots=True)
class _Proof:
    model: DecisionModel
    decision: Decision
    table: Table
    document: Document
    element: Element

    def findings(self) -> list[Finding]:
        """What can be proved about one table."""
        columns = [self._column(place) for place in range(len(self.table.inputs))]
        known = [column for column in columns if column is not None]
        found: list[Finding] = []
        if self.table.hit_policy == "UNIQUE" and len(known) == len(columns):
            found += self._overlaps(known)
        single = self.table.hit_policy in ("UNIQUE", "FIRST", "ANY", "PRIORITY")
        if single and len(known) == len(columns) and not any(output.default for output in self.table.outputs):
            found += self._gap(known)
        return found

    def _column(self, place: int) -> Column | None:
        source = self.table.inputs[place]
        allowed = source.allowed or self.model.types.allowed_text(source.type)
        cells = [row.inputs[place] for row in self.table.rows]
        return read_column(source.expression, source.type, allowed, cells)

    def _finding(self, rule: str, message: Sentence, remedy: Sentence, severity: str) -> Finding:
        line: object = self.element.sourceline
        return Finding(
            self.document.file, self.decision.id, line if isinstance(line, int) else 0, rule, message, remedy, severity
        )

    def _overlaps(self, columns: list[Column]) -> list[Finding]:
        found: list[Finding] = []
        for second in range(len(self.table.rows)):
            for first in range(second):
                shared = [_shared(column, first, second) for column in columns]
                if all(part is not None for part in shared) and len(found) < MAX_OVERLAPS:
                    found.append(self._overlap(columns, first, second, [part or 0 for part in shared]))
        return found

    def _overlap(self, columns: list[Column], first: int, second: int, parts: list[int]) -> Finding:
        return self._finding(
            "dmn.overlap",
            Sentence(
                "Rows %(first)s and %(second)s of the table %(table)s both match %(inputs)s, "
                "but its hit policy is UNIQUE.",
                first=first + 1,
                second=second + 1,
                table=self.decision.name,
                inputs=_witness(columns, parts),
            ),
            Sentence("Narrow one of the rows, or choose another hit policy."),
            "error",
        )

    def _gap(self, columns: list[Column]) -> list[Finding]:
        if not all(cover is not None for column in columns for cover in column.covers):
            return []
        search = _GapSearch([_spoken(column) for column in columns], columns)
        parts = search.find(frozenset(range(len(self.table.rows))), ())
        if parts is None:
            return []
        return [
            self._finding(
                "dmn.gap",
                Sentence(
                    "No row of the table %(table)s matches %(inputs)s.",
                    table=self.decision.name,
                    inputs=_witness(columns, list(parts)),
                ),
                Sentence("Add a row for these inputs, or a default output."),
                "warning",
            )
        ]


def _shared(column: Column, first: int, second: int) -> int | None:
    """A part of the domain that both rows accept; None when there is none, or it cannot be told."""
    left, right = column.covers[first], column.covers[second]
    if left is None or right is None:
        return None
    return min(left & right, default=None)


def _spoken(column: Column) -> list[int]:
    """The parts to be covered: the whole domain where it is declared, else what the column's own cells name."""
    everything = range(len(column.samples))
    if column.closed:
        return list(everything)
    named = [cover for cover in column.covers if cover is not None and len(cover) < len(column.samples)]
    return sorted(frozenset().union(*named)) if named else list(everything)[:1]


class _GapSearch:
    """Looks for a combination of parts that no row covers."""

    def __init__(self, domains: list[list[int]], columns: list[Column]) -> None:
        self._domains = domains
        self._columns = columns
        self._steps = 0
        self._covered: set[tuple[int, frozenset[int]]] = set()

    def find(self, rows: frozenset[int], parts: tuple[int, ...]) -> tuple[int, ...] | None:
        """Parts for all columns that none of the rows covers; None when there are none, or too many to look at."""
        depth = len(parts)
        self._steps += 1
        if self._steps > MAX_STEPS or (depth, rows) in self._covered:
            return None
        if depth == len(self._domains):
            return None if rows else parts
        covers = self._columns[depth].covers
        for part in self._domains[depth]:
            left = frozenset(row for row in rows if part in (covers[row] or ()))
            found = self.find(left, (*parts, part))
            if found is not None:
                return found
        self._covered.add((depth, rows))
        return None


def _witness(columns: list[Column], parts: list[int]) -> str:
    shown = []
    for column, part in zip(columns, parts, strict=True):
        sample = column.samples[part]
        text = str(sample).lower() if isinstance(sample, bool) else str(sample)
        shown.append(
            f"{column.expression} = {text if sample == OTHER or not isinstance(sample, str) else repr(sample)}"
        )
    return ", ".join(shown)
