"""Searches all combinations of parts of a table's columns, rows as bits of whole numbers."""

from collections.abc import Callable, Sequence

from engine.dmn.domains import Column, Parts

MAX_COLUMNS = 100
MAX_STEPS = 200_000
"""Combinations looked at in one table; beyond, nothing more is claimed."""
Combination = tuple[int, ...]
Clash = Callable[[int, int], bool]
"""Whether two rows must not accept the same."""


class TooMany(Exception):
    """There are more combinations than are looked at."""


class Search:
    """All rows of a table over all combinations.

    ``free``: what a cell counts for whose cover is not known: everything, or else nothing. Raises TooMany.
    """

    def __init__(self, columns: Sequence[Column], rows: int, free: bool) -> None:
        if len(columns) > MAX_COLUMNS:
            raise TooMany
        self._everything = (1 << rows) - 1
        self._columns = columns
        self._accepts = [_accepting(column, free) for column in columns]
        self._answered = [self._spoken(place) for place in range(len(columns))]
        self._always = self._always_from()
        self._steps = 0

    def _spoken(self, place: int) -> list[tuple[int, int]]:
        """Parts that must be answered with the rows that accept them; of those with the same rows, the first."""
        first: dict[int, int] = {}
        for part in self._columns[place].spoken:
            first.setdefault(self._accepts[place][part], part)
        return [(part, rows) for rows, part in first.items()]

    def _always_from(self) -> list[int]:
        """For every column the rows that accept all that must be answered, in it and in all after it."""
        always = [self._everything]
        for answered in reversed(self._answered):
            rows = always[-1]
            for _, accepting in answered:
                rows &= accepting
            always.append(rows)
        return always[::-1]

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooMany

    def gap(self) -> Combination | None:
        """A combination that no row accepts; None when there is none. Raises TooMany."""
        return self._gap(self._everything, (), set())

    def _gap(self, rows: int, chosen: Combination, covered: set[tuple[int, int]]) -> Combination | None:
        depth = len(chosen)
        self._step()
        if not rows:
            rest = [answered[0][0] if answered else 0 for answered in self._answered[depth:]]
            return (*chosen, *rest)
        if rows & self._always[depth] or depth == len(self._columns) or (depth, rows) in covered:
            return None
        for part, accepting in self._answered[depth]:
            found = self._gap(rows & accepting, (*chosen, part), covered)
            if found is not None:
                return found
        covered.add((depth, rows))
        return None

    def overlaps(self, clash: Clash, most: int) -> list[tuple[int, int, Combination]]:
        """Pairs of rows that accept the same combination and clash, with it; at most so many. Raises TooMany."""
        found: dict[tuple[int, int], Combination] = {}
        self._overlaps(self._everything, (), set(), found, clash, most)
        return [(*pair, combination) for pair, combination in sorted(found.items())][:most]

    def _overlaps(
        self,
        rows: int,
        chosen: Combination,
        seen: set[tuple[int, int]],
        found: dict[tuple[int, int], Combination],
        clash: Clash,
        most: int,
    ) -> None:
        depth = len(chosen)
        self._step()
        if rows & (rows - 1) == 0 or (depth, rows) in seen or len(found) >= most:
            return
        seen.add((depth, rows))
        if depth == len(self._columns):
            for pair in _pairs(rows, most):
                if clash(*pair):
                    found.setdefault(pair, chosen)
            return
        accepting: dict[int, int] = {}
        for part in sorted(self._columns[depth].allowed):
            accepting.setdefault(self._accepts[depth][part], part)
        for accepted, part in accepting.items():
            self._overlaps(rows & accepted, (*chosen, part), seen, found, clash, most)

    def shadowed(self, row: int) -> bool:
        """Whether the rows above accept every combination that this row accepts. Raises TooMany."""
        above = (1 << row) - 1
        own = [
            [(part, accepts[part]) for part in sorted(column.allowed) if accepts[part] >> row & 1]
            for column, accepts in zip(self._columns, self._accepts, strict=True)
        ]
        return all(own) and not self._free(above, 0, own, set())

    def _free(self, rows: int, depth: int, own: list[list[tuple[int, int]]], covered: set[tuple[int, int]]) -> bool:
        self._step()
        if not rows:
            return True
        if depth == len(own) or (depth, rows) in covered:
            return False
        masks = dict.fromkeys(accepting for _, accepting in own[depth])
        if any(self._free(rows & accepting, depth + 1, own, covered) for accepting in masks):
            return True
        covered.add((depth, rows))
        return False


def _pairs(rows: int, most: int) -> list[tuple[int, int]]:
    places: list[int] = []
    while rows and len(places) <= most:
        places.append((rows & -rows).bit_length() - 1)
        rows &= rows - 1
    return list(
        dict.fromkeys([*zip(places[:-1], places[1:], strict=True), *((places[0], last) for last in places[1:])])
    )


def _accepting(column: Column, free: bool) -> list[int]:
    """Per part of the column, the rows that accept it."""
    changes = [0] * (len(column.parts) + 1)
    for row, cover in enumerate(column.covers):
        unknown: Parts = ((0, len(column.parts) - 1),) if free else ()
        parts = unknown if cover is None else cover
        for first, last in parts:
            changes[first] ^= 1 << row
            changes[last + 1] ^= 1 << row
    found, rows = [], 0
    for change in changes[:-1]:
        rows ^= change
        found.append(rows)
    return found
