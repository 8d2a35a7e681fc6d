"""`salesflow tck`: the DMN conformance kit, case by case and by level."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import click

from engine import dmn

WORST = (dmn.kit.PASS, dmn.kit.FAIL, dmn.kit.ERROR)
Case = tuple[str, str, str]


@click.command("tck")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--failures", is_flag=True, help="leave out the cases that pass")
def tck_command(folder: Path, failures: bool) -> None:
    """Run the cases of the DMN conformance kit below FOLDER (*-test-*.xml beside *.dmn): pass, fail or error."""
    outcomes = list(dmn.kit.run(folder))
    if not outcomes:
        click.echo(f"Expected files named *-test-*.xml below {folder}, but there are none.", err=True)
        sys.exit(1)
    cases: list[tuple[Case, str]] = []
    for place, results in groupby(outcomes, key=_place):
        cases.append((place, _print_case(place, list(results), failures)))
    for level in sorted({place[0] for place, _ in cases}):
        click.echo(_summary(level, [verdict for place, verdict in cases if place[0] == level], outcomes))


def _place(outcome: dmn.kit.Outcome) -> Case:
    return outcome.level, outcome.folder, outcome.case


def _print_case(place: Case, results: list[dmn.kit.Outcome], failures: bool) -> str:
    """Prints a case and what is wrong with it; gives its verdict, the worst of its results."""
    verdict = max((result.verdict for result in results), key=WORST.index)
    if verdict != dmn.kit.PASS or not failures:
        level, folder, case = place
        click.echo(f"{verdict:5}  level {level or '-'}  {folder}  {case}")
    for result in results:
        if result.verdict != dmn.kit.PASS:
            note = f" ({_short(result.note)})" if result.note else ""
            click.echo(f"       {result.node}: expected {_short(result.expected)}, got {_short(result.found)}{note}")
    return verdict


def _short(value: object) -> str:
    text = "null" if value is None else " ".join(str(value).split())
    return text if len(text) <= 200 else f"{text[:199]}…"


def _summary(level: str, verdicts: Iterable[str], outcomes: Iterable[dmn.kit.Outcome]) -> str:
    counts = Counter(verdicts)
    results = [outcome for outcome in outcomes if outcome.level == level]
    values = [outcome for outcome in results if outcome.expected is not None]
    parts = ", ".join(f"{counts[verdict]} {verdict}" for verdict in WORST)
    return (
        f"level {level or '-'}: cases {parts}; results {_share(results)}; of those that are not null {_share(values)}"
    )


def _share(results: list[dmn.kit.Outcome]) -> str:
    right = sum(result.verdict == dmn.kit.PASS for result in results)
    return f"{right}/{len(results)} = {right / len(results):.1%}" if results else "0/0"
