"""What many tests start from, made once in a test run and copied for each of them.

A run with several test processes (pytest-xdist) makes it once for all of them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name` of this run, which `make` filled; whoever comes first makes it, the others wait for it."""
    base = factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, finished = run / f"template-{name}", run / f"template-{name}.done"
    with (run / f"template-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            folder.mkdir()
            make(folder)
            finished.touch()
    return folder


def copy(template: Path, folder: Path) -> None:
    """Lays a copy of a template into a folder of the test's own; its databases must be closed."""
    left = list(template.glob("*-wal"))
    assert not left, f"Expected every database of {template} to be closed, but {left} shows one open."
    shutil.copytree(template, folder, dirs_exist_ok=True)
