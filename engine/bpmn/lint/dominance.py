"""Which elements a token must have passed before it comes to another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Following = Mapping[str, Iterable[str]]
OUTSIDE = ""


class Dominance:
    """For each element that can be reached, the last one that every way to it passes (Cooper, Harvey and Kennedy)."""

    def __init__(self, starts: Iterable[str], following: Following) -> None:
        graph = {**following, OUTSIDE: tuple(starts)}
        order = _order(graph)
        self._place = {ident: place for place, ident in enumerate(order)}
        before: dict[str, list[str]] = {}
        for ident in order:
            for target in graph.get(ident, ()):
                before.setdefault(target, []).append(ident)
        self._last = {OUTSIDE: OUTSIDE}
        while any([self._improve(ident, before[ident]) for ident in order[1:]]):
            pass

    def _improve(self, ident: str, before: list[str]) -> bool:
        """Works out the last element before one anew; whether that changed anything."""
        known = [one for one in before if one in self._last]
        last = known[0]
        for one in known[1:]:
            last = self._common(last, one)
        changed = self._last.get(ident) != last
        self._last[ident] = last
        return changed

    def _common(self, one: str, other: str) -> str:
        place, last = self._place, self._last
        while one != other:
            if place[one] > place[other]:
                one = last[one]
            else:
                other = last[other]
        return one

    def passed(self, ident: str, before: str) -> bool:
        """Whether a token that has come to `ident` must have passed `before`; False for what cannot be reached."""
        if ident not in self._place or before not in self._place:
            return False
        while self._place[ident] > self._place[before]:
            ident = self._last[ident]
        return ident == before


def _order(graph: Following) -> list[str]:
    """What can be reached from outside: an element stands before all that only it leads to."""
    found: list[str] = []
    seen = {OUTSIDE}
    stack = [(OUTSIDE, iter(graph[OUTSIDE]))]
    while stack:
        ident, ways = stack[-1]
        target = next((one for one in ways if one not in seen), None)
        if target is None:
            found.append(ident)
            stack.pop()
        else:
            seen.add(target)
            stack.append((target, iter(graph.get(target, ()))))
    return found[::-1]
