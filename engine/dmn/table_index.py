"""An index over the rows of a table, so that looking up takes the same time however long the table is."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.dmn.pieces import ENUMERATED, Cell, Key, Piece, key_of, read_cell
from engine.feel import UnaryTests

FEWEST_ROWS = 16
"""Shorter tables are gone through row by row."""
_MOST_ENTRIES = 40
"""Entries per row on average; a column whose ranges overlap more than that is not indexed."""
Rows = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """Rows by part of a line: below the first key, at it, between it and the next, and so on."""

    keys: list[Key]
    rows: list[Rows]

    def find(self, key: Key) -> Rows:
        place = bisect_left(self.keys, key)  # type: ignore[type-var]
        hit = place < len(self.keys) and self.keys[place] == key
        return self.rows[2 * place + hit]


@dataclass(frozen=True, slots=True)
class ColumnIndex:
    """The rows that a value of one column may match: ``always`` and those of its kind and place."""

    always: Rows
    points: dict[tuple[str, Key], Rows]
    lines: dict[str, _Line]

    def find(self, kind: str, key: Key) -> Rows:
        """The rows, besides ``always``, whose cell accepts the value at this place."""
        line = self.lines.get(kind)
        return self.points.get((kind, key), ()) if line is None else line.find(key)


@dataclass(frozen=True, slots=True)
class TableIndex:
    """The indexed columns of a table, each with its place."""

    columns: tuple[tuple[int, ColumnIndex], ...]

    def candidates(self, values: Sequence[object]) -> Iterable[int] | None:
        """Rows (from 0, in order) among which all that match are; None when the index cannot tell.

        They come from the column that leaves the fewest for these values.
        """
        best: tuple[int, Rows, Rows] | None = None
        for place, column in self.columns:
            where = key_of(values[place])
            if where is None:
                continue
            found = column.find(*where)
            size = len(found) + len(column.always)
            if best is None or size < best[0]:
                best = size, found, column.always
        if best is None:
            return None
        _, found, always = best
        return sorted(found + always) if found and always else found or always


def index_table(rows: Sequence[Sequence[tuple[int, UnaryTests]]], columns: int) -> TableIndex | None:
    """The index of a table from the tests of its rows by column; None when it would not help."""
    if len(rows) < FEWEST_ROWS:
        return None
    cells: list[list[Cell | None]] = [[read_cell(None)] * len(rows) for _ in range(columns)]
    for row, tests in enumerate(rows):
        for column, test in tests:
            cells[column][row] = read_cell(test)
    found = ((place, _index_column(column)) for place, column in enumerate(cells))
    kept = tuple((place, index) for place, index in found if index is not None)
    return TableIndex(kept) if kept else None


def _index_column(cells: Sequence[Cell | None]) -> ColumnIndex | None:
    always: list[int] = []
    points: dict[tuple[str, Key], list[int]] = {}
    pieces: dict[str, list[tuple[Piece, int]]] = {}
    for row, cell in enumerate(cells):
        if cell is None or cell.everything or cell.negated:
            always.append(row)
            continue
        for piece in cell.pieces:
            if piece.kind in ENUMERATED:
                points.setdefault((piece.kind, piece.low), []).append(row)
            else:
                pieces.setdefault(piece.kind, []).append((piece, row))
    if len(always) == len(cells):
        return None
    lines: dict[str, _Line] = {}
    for kind, found in pieces.items():
        line = _line(found)
        if line is None:
            return None
        lines[kind] = line
    return ColumnIndex(tuple(always), {key: _ordered(rows) for key, rows in points.items()}, lines)


def _line(pieces: Sequence[tuple[Piece, int]]) -> _Line | None:
    """The rows by part; None when there are too many to keep."""
    bounds = {key for piece, _ in pieces for key in (piece.low, piece.high) if key is not None}
    keys: list[Key] = [*sorted(bounds)]
    places = {key: place for place, key in enumerate(keys)}
    parts: list[list[int]] = [[] for _ in range(2 * len(keys) + 1)]
    left = _MOST_ENTRIES * len(pieces)
    for piece, row in pieces:
        first = 0 if piece.low is None else 2 * places[piece.low] + (1 if piece.low_in else 2)
        last = 2 * len(keys) if piece.high is None else 2 * places[piece.high] + (1 if piece.high_in else 0)
        left -= max(last - first + 1, 0)
        if left < 0:
            return None
        for part in range(first, last + 1):
            parts[part].append(row)
    return _Line(keys, [_ordered(rows) for rows in parts])


def _ordered(rows: Iterable[int]) -> Rows:
    return tuple(sorted(set(rows)))
