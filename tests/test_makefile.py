"""Every target of the Makefile calls something that exists, and `make help` names it."""

import importlib.util
import re
import subprocess
from pathlib import Path

import cli

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text()


def test_every_command_of_salesflow_that_make_calls_exists() -> None:
    called = re.findall(r"/salesflow (\w+)", MAKEFILE)

    assert {"run", "work"} <= set(called)
    assert [name for name in called if name not in cli.main.commands] == []


def test_every_module_that_make_runs_exists() -> None:
    called = [name for name in re.findall(r"python -m ([\w.]+)", MAKEFILE) if name.startswith(("bench", "tests"))]

    assert {"bench.fuzz", "bench.kill", "tests.browser"} <= set(called)
    assert [name for name in called if not runnable(name)] == []


def runnable(name: str) -> bool:
    spec = importlib.util.find_spec(name)
    is_package = spec is not None and spec.submodule_search_locations is not None
    return importlib.util.find_spec(f"{name}.__main__") is not None if is_package else spec is not None


def test_help_names_every_target() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)

    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert re.findall(r"^  make ([a-z-]+) ", shown, re.MULTILINE) == phony.split()
