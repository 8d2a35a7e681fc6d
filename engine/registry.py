"""Handlers by name. Registration is explicit: the list is given, nothing is searched for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from engine.contract import Handler
from engine.errors import NotFound


class Registry:
    """The handlers that drawings may name. Raises ValueError when two have one name."""

    def __init__(self, handlers: Iterable[Handler] = ()) -> None:
        self._handlers: dict[str, Handler] = {}
        for entry in handlers:
            if entry.name in self._handlers:
                raise ValueError(f"Expected one handler named {entry.name!r}, but found two.")
            self._handlers[entry.name] = entry

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._handlers)

    def find(self, name: str) -> Handler | None:
        """The handler of this name, or None."""
        return self._handlers.get(name)

    def get(self, name: str) -> Handler:
        """The handler of this name; raises `NotFound` with the nearest name."""
        found = self._handlers.get(name)
        if found is None:
            near = difflib.get_close_matches(name, self._handlers, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise NotFound("Expected a handler named %(name)s, but there is none.%(hint)s", name=name, hint=hint)
        return found
