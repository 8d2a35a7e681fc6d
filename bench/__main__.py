"""`python -m bench`: measures against stock SpiffWorkflow and prints a table; `--write FILE` puts it into a page."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import completions, decisions, growth, report

SYNCHRONOUS = ("FULL", "NORMAL")
PEOPLE = (1, 16)
"""Alone, and as many at once as the web server has threads."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    rounds: int = 30
    instances: int = 32
    loop: tuple[int, int] = (10, 1000)
    widths: tuple[int, ...] = (10, 100, 1000)
    samples: int = 60
    calls: int = 20_000
    drawings: tuple[int, ...] = (100, 1000)
    tables: tuple[int, ...] = (100, 1000)
    lookups: int = 2000


QUICK = Size(
    rounds=1,
    instances=2,
    loop=(2, 4),
    widths=(3, 5, 7),
    samples=3,
    calls=100,
    drawings=(5, 10),
    tables=(20, 40),
    lookups=20,
)


def run(size: Size) -> str:
    """Everything, as Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        costs = [
            completions.measure(folder, mode, people, size.instances, size.rounds)
            for mode in SYNCHRONOUS
            for people in PEOPLE
        ]
        loops = growth.loop(folder / "loop.db", size.loop, size.samples)
        wide = growth.multi_instance(folder / "wide.db", size.widths, size.samples)
        condition = growth.condition(size.calls)
        deploys = growth.deploying(folder / "deploy.db", size.drawings)
    lookups = decisions.measure(size.tables, size.lookups)
    parts = (
        report.machine(size.rounds, size.instances),
        report.completions(costs),
        report.verdict(costs),
        report.growth(loops, wide, condition, deploys),
        report.decisions(lookups),
    )
    return "\n\n".join(parts)


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes: only to see that it works")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this page")
    chosen = parser.parse_args(arguments)
    text = run(QUICK if chosen.quick else Size())
    print(text)
    if chosen.write is not None:
        report.write(chosen.write, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
