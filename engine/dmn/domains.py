"""Columns of conditions as finite lists of parts: every way in which the cells of a column can tell values apart."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.dmn.pieces import ENUMERATED, Cell, Key, Piece, between, write_key

OTHER = "(any other value)"
"""Stands for all values that no cell of the column names."""
_BOOLEANS = (False, True)
Parts = tuple[tuple[int, int], ...]
"""Stretches of parts, first and last, in order and apart from each other."""


@dataclass(frozen=True, slots=True)
class Part:
    """Values that no cell can tell apart. ``sample`` is one of them; ``empty`` when there is none."""

    kind: str
    sample: object
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """``parts`` in order; ``covers``: per row the parts its cell accepts, None where that cannot be told.

    ``named``: per row the parts that its cell writes out; ``spoken``: the parts that must be answered;
    ``allowed``: those that the declared values hold (all, when none are declared).
    """

    expression: str
    parts: tuple[Part, ...]
    covers: tuple[Parts | None, ...]
    named: tuple[tuple[int, ...], ...]
    spoken: tuple[int, ...]
    allowed: frozenset[int]
    places: tuple[int, ...]
    """The allowed parts in order."""

    def reached(self, row: int) -> int | None:
        """The first allowed part that the row accepts; None when there is none."""
        for first, last in self.covers[row] or ():
            place = bisect_left(self.places, first)
            if place < len(self.places) and self.places[place] <= last:
                return self.places[place]
        return None


class _Line:
    """The parts of one kind: below the first bound, the bound, between it and the next, and so on."""

    def __init__(self, name: str, keys: Iterable[Key], offset: int, whole: bool) -> None:
        self.name = name
        self._whole = whole
        self.offset = offset
        self.keys: list[Key] = sorted(set(keys))  # type: ignore[type-var]
        self._places = {key: place for place, key in enumerate(self.keys)}

    def parts(self) -> list[Part]:
        """All parts; of kinds without an order the values named, and after them any other."""
        if self.name in ENUMERATED:
            others = [Part(self.name, OTHER)] if self.name == "string" else []
            return [*(Part(self.name, key) for key in self.keys), *others]
        found: list[Part] = []
        bounds: list[Key] = [None, *self.keys, None]
        for low, high in zip(bounds[:-1], bounds[1:], strict=True):
            if low is not None:
                found.append(Part(self.name, write_key(self.name, low)))
            inside = between(self.name, low, high, self._whole)
            found.append(Part(self.name, None if inside is None else write_key(self.name, inside), inside is None))
        return found

    def stretch(self, piece: Piece) -> tuple[int, int]:
        """First and last part of a piece; the first lies after the last when it holds nothing."""
        if self.name in ENUMERATED:
            place = self.offset + self._places[piece.low]
            return place, place
        first = 0 if piece.low is None else 2 * self._places[piece.low] + (1 if piece.low_in else 2)
        last = 2 * len(self.keys) if piece.high is None else 2 * self._places[piece.high] + (1 if piece.high_in else 0)
        return self.offset + first, self.offset + last


def read_column(
    expression: str, type_name: str, allowed: Cell | None, cells: Sequence[Cell | None], fractions: bool
) -> Column:
    """The column as a list of parts.

    ``allowed``: its declared values, None when there are none to go by; ``fractions``: whether there are numbers
    between neighbouring whole ones even where all bounds are whole.
    """
    lines = _lines(type_name, [cell for cell in (*cells, allowed) if cell is not None], fractions)
    parts = tuple(part for line in lines.values() for part in line.parts())
    covers = tuple(None if cell is None else _cover(cell, lines, len(parts)) for cell in cells)
    inside = range(len(parts)) if allowed is None else _members(_cover(allowed, lines, len(parts)))
    held = frozenset(place for place in inside if not parts[place].empty)
    must = held if allowed is not None else held & _asked(parts, covers)
    places = tuple(sorted(held))
    named = tuple(() if cell is None else _named(cell, lines) for cell in cells)
    return Column(expression, parts, covers, named, tuple(sorted(must)) or places[:1], held, places)


def _named(cell: Cell, lines: dict[str, _Line]) -> tuple[int, ...]:
    """The parts of the values that a cell writes out and means to accept, or to refuse by not(...)."""
    keys = [(piece.kind, piece.low) for piece in cell.pieces if piece.low is not None and piece.low_in]
    keys += [(piece.kind, piece.high) for piece in cell.pieces if piece.high is not None and piece.high_in]
    return tuple(dict.fromkeys(lines[name].stretch(Piece(name, key, key))[0] for name, key in keys))


def _asked(parts: Sequence[Part], covers: Sequence[Parts | None]) -> frozenset[int]:
    """Parts of an undeclared column that must be answered: all on a line, of texts and null those that cells name."""
    loose = {place for place, part in enumerate(parts) if part.kind in ("string", "null")}
    if not loose:
        return frozenset(range(len(parts)))
    whole = ((0, len(parts) - 1),)
    named = {place for cover in covers if cover is not None and cover != whole for place in _members(cover)}
    return frozenset(place for place in range(len(parts)) if place not in loose or place in named)


def _lines(type_name: str, cells: list[Cell], fractions: bool) -> dict[str, _Line]:
    keys: dict[str, list[Key]] = {}
    for cell in cells:
        for piece in cell.pieces:
            keys.setdefault(piece.kind, []).extend(
                key for key in (piece.low, piece.high) if key is not None or piece.kind == "null"
            )
    if type_name == "boolean" or "boolean" in keys:
        keys["boolean"] = list(_BOOLEANS)
    if not keys:
        keys["string"] = []
    lines: dict[str, _Line] = {}
    offset = 0
    for name, found in keys.items():
        lines[name] = _Line(name, found, offset, _counts(cells, found, fractions))
        offset += len(lines[name].parts())
    return lines


def _counts(cells: list[Cell], keys: list[Key], fractions: bool) -> bool:
    """Whether a column is one of whole numbers: no bound has a fraction.

    With ``fractions`` some cell must write numbers one by one, too.
    """
    points = any(piece.kind == "number" and piece.low == piece.high for cell in cells for piece in cell.pieces)
    return (points or not fractions) and all(not isinstance(key, Decimal) or key == int(key) for key in keys)


def _cover(cell: Cell, lines: dict[str, _Line], count: int) -> Parts:
    if cell.everything:
        return ((0, count - 1),)
    stretches = sorted(lines[piece.kind].stretch(piece) for piece in cell.pieces)
    merged = _merged(stretches)
    return _complement(merged, cell, lines) if cell.negated else merged


def _merged(stretches: list[tuple[int, int]]) -> Parts:
    merged: list[tuple[int, int]] = []
    for first, last in stretches:
        if first > last:
            continue
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _complement(merged: Parts, cell: Cell, lines: dict[str, _Line]) -> Parts:
    """What not(...) accepts: of the one kind that it names, all the rest; null too, unless null is named."""
    kinds = {piece.kind for piece in cell.pieces} - {"null"}
    inside = frozenset(_members(merged))
    kept: list[int] = []
    for line in lines.values():
        if line.name == "null" or kinds == {line.name}:
            kept += [place for place in range(line.offset, line.offset + len(line.parts())) if place not in inside]
    return _merged([(place, place) for place in sorted(kept)])


def _members(parts: Parts) -> list[int]:
    return [place for first, last in parts for place in range(first, last + 1)]
