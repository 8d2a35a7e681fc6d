"""Large files are looked at before the transaction that deploys them, and once: nobody else waits for that."""

from __future__ import annotations

from typing import Any

import pytest

from engine import Database, definitions, packages
from engine.cache import OfLarge
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start, user

FILES = {"bpmn/one.bpmn": drawing("one", start() + user("go") + end() + chain("start", "go", "end"))}
OTHER = {"bpmn/two.bpmn": drawing("two", start() + user("go") + end() + chain("start", "go", "end"))}


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch, sqlite: Database) -> list[str]:
    """Each look at files, during which somebody else writes; SQLite has one writer at a time."""
    found: list[str] = []
    look = definitions._findings

    def looking(world: Any) -> Any:
        with sqlite.write():
            found.append(",".join(sorted(world.given)))
        return look(world)

    monkeypatch.setattr(definitions, "_findings", looking)
    return found


def test_others_write_while_files_that_are_deployed_are_looked_at(sqlite: Database, looks: list[str]) -> None:
    made = definitions.deploy(Kit(sqlite).engine, FILES, None)

    assert [row.key for row in made.versions] == ["one"] and looks == ["one"]


def test_files_are_looked_at_once_until_something_else_is_deployed(sqlite: Database, looks: list[str]) -> None:
    engine = Kit(sqlite).engine

    assert definitions.check(engine, FILES) == definitions.check(engine, FILES) == []
    assert looks == ["one"]

    definitions.deploy(engine, OTHER, None)
    definitions.check(engine, FILES)
    assert looks == ["one", "two", "one"]


def test_of_large_drawings_only_the_last_few_are_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    files = many(6)
    monkeypatch.setattr(packages, "LARGE", 100)
    monkeypatch.setattr(packages, "KEPT_LARGE", OfLarge(most=4 * len(files[0])))
    read = [packages.read_drawings(content, "one.bpmn") for content in files]
    again = [packages.read_drawings(content, "one.bpmn") for content in files[::-1]][::-1]

    assert [one is other for one, other in zip(read, again, strict=True)] == [False] * 2 + [True] * 4


def many(count: int) -> list[bytes]:
    return [FILES["bpmn/one.bpmn"] + b"<!-- %d -->" % number for number in range(count)]
