"""The real application on a database of its own, with a small company, and browsers without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests import templates
from tests.webapp.world import World, prepare
from webapp import passwords


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are checked as in production, only with less work for the machine."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys_hash.cache_clear()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the company in it, made once and copied for every test."""
    return templates.once(tmp_path_factory, "world", prepare)


@pytest.fixture
def world(prepared: Path, tmp_path: Path) -> Iterator[World]:
    """A copy of the company for one test to change."""
    templates.copy(prepared, tmp_path)
    world = World(tmp_path)
    yield world
    world.application.database.dispose()
