"""Which ways out of every gateway the tests of processes take; a whole run that leaves one out fails, and names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine import Database, plain
from engine.tables import history_event
from tests.processes.drawing import DRAWINGS, Drawing, kind

CHOOSING = ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway")
FILES = frozenset(Path(__file__).parent.glob("test_*.py"))

Way = tuple[str, str]


def ways_out(key: str) -> dict[Way, str]:
    """The outcomes of a drawing's gateways, by process and flow; a gateway with one way out chooses nothing."""
    drawing = Drawing(key)
    choosing = {name for name, node in drawing.nodes.items() if kind(node) in CHOOSING}
    found: dict[str, list[tuple[str, str]]] = {}
    for (source, target), flow in drawing.flows.items():
        if source in choosing:
            found.setdefault(source, []).append((flow.get("id"), f"{source} -> {target}"))
    return {(drawing.process.get("id"), way): told for ways in found.values() if len(ways) > 1 for way, told in ways}


class Outcomes:
    """Gathers the ways taken from the history that each company leaves, in every process of the run (pytest-xdist)."""

    def __init__(self) -> None:
        self._taken: set[Way] = set()
        self._whole = False
        self._deselected = 0

    def note(self, database: Database) -> None:
        """Reads which flows the instances of a database followed."""
        columns = history_event.c.process, history_event.c.detail
        with database.read() as connection:
            left = connection.execute(select(*columns).where(history_event.c.kind == "element.left").distinct()).all()
        for process, detail in left:
            self._taken |= {(process, flow) for flow in plain.read(detail)["flows"]}

    def missing(self) -> list[str]:
        """The outcomes that were not taken, each with its process."""
        return [f"{key}: {told}" for key in DRAWINGS for way, told in ways_out(key).items() if way not in self._taken]

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """A run with tests left out is not a whole one."""
        self._deselected += len(items)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Finds out whether all tests of processes are going to run."""
        named = any("::" in each for each in session.config.args) or session.config.option.collectonly
        collected = {item.path for item in session.items}
        self._whole = not named and not self._deselected and collected >= FILES

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Takes over what a process of the run noted; one that broke down says nothing, and its tests fail."""
        said = getattr(node, "workeroutput", {}).get("outcomes", ([], False))
        self._taken |= {(process, flow) for process, flow in said[0]}
        self._whole |= said[1]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hands over to the process that reports, or fails a run that should have taken every way."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["outcomes"] = ([list(way) for way in sorted(self._taken)], self._whole)
        elif self._whole and session.exitstatus == pytest.ExitCode.OK and self.missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Prints the table after a whole run."""
        if self._whole:
            terminalreporter.section("outcomes of gateways: taken, of all, process")
            for line in self._lines():
                terminalreporter.write_line(line)

    def _lines(self) -> Iterator[str]:
        taken = every = 0
        for key in DRAWINGS:
            ways = ways_out(key)
            left = [told for way, told in ways.items() if way not in self._taken]
            taken, every = taken + len(ways) - len(left), every + len(ways)
            yield f"{len(ways) - len(left):4} {len(ways):4}  {key}"
            yield from (f"{'':11}not taken: {told}" for told in left)
        yield f"{taken:4} {every:4}  all {len(DRAWINGS)} processes"
