"""One change between two versions of a file, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One property of a changed thing: what it is called, before and after (empty: there was none)."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One thing that a draft adds, removes, changes or only moves; `kind` is added, removed, changed or moved."""

    kind: str
    what: str
    id: str
    title: str
    facts: tuple[Fact, ...]
