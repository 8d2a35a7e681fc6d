"""Which conditions have to be looked at: those that are new, and those that name a variable that was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from engine.spiff.tokens import RunScope, Scope, Token

CLOCK = frozenset({"now", "today"})
"""The functions that make a condition depend on the time."""


class Watch:
    """Knows, during one command, which tokens wait for conditions about which variables.

    When a command ends, every condition has been looked at with the values that are stored then. So in the next one
    a change costs as much as the conditions that it can concern, however many wait. `inside` are the names in the
    conditions within runs of multi-instance activities: `parked` carry those whose tokens are still packed.
    """

    def __init__(self, inside: frozenset[str], parked: dict[int, Token]) -> None:
        self._inside = inside
        self._parked = parked
        self._readers: dict[tuple[Scope | int, str], list[int]] = {}
        self._due: list[int] = []
        self._noted: set[int] = set()
        self.concerns_runs = not inside.isdisjoint(CLOCK)
        """Whether the packed runs have to be brought back, because something can concern what waits in them."""

    def see(self, token: int, scope: Scope, names: frozenset[str], anew: bool) -> None:
        """A token waits for a condition with these names; it is to be looked at when it does so `anew`."""
        places: list[Scope | int] = [*_chain(scope), *_hosts(scope)]
        for around in places:
            for name in names:
                self._readers.setdefault((around, name), []).append(token)
        if anew or self.concerns_runs or not names.isdisjoint(CLOCK):
            self._note(token)

    def written(self, scope: Scope, names: Iterable[str]) -> None:
        """Variables were written in a scope."""
        for name in names:
            for token in self._readers.get((scope, name), ()):
                self._note(token)
            if name in self._inside and any(scope in _chain(one.scope) for one in self._parked.values()):
                self.concerns_runs = True

    def counted(self, host: Token, names: Iterable[str]) -> None:
        """The numbers of the runs of an activity have changed, which have these names in the runs."""
        for name in names:
            for token in self._readers.get((host.id, name), ()):
                self._note(token)
            if name in self._inside and any(host.id in (one.id, *_hosts(one.scope)) for one in self._parked.values()):
                self.concerns_runs = True

    def _note(self, token: int) -> None:
        if token not in self._noted:
            self._noted.add(token)
            heappush(self._due, token)

    def due(self) -> Iterator[int]:
        """The tokens to be looked at now, the oldest first, also those that come meanwhile."""
        while self._due:
            token = heappop(self._due)
            self._noted.discard(token)
            yield token

    def adopt(self, scope: Scope) -> None:
        """Watches the variables of a called process."""
        for around in _chain(scope):
            around.watch = self


def _hosts(scope: Scope) -> Iterator[int]:
    """The multi-instance activities whose numbers are seen from a scope."""
    return (around.host.id for around in _chain(scope) if isinstance(around, RunScope))


def _chain(scope: Scope | None) -> Iterator[Scope]:
    while scope is not None:
        yield scope
        scope = scope.parent
