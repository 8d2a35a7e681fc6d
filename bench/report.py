"""The measurements as a table in Markdown, with the machine they come from."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pysqlite3.dbapi2

from bench.completions import Costs
from bench.decisions import Lookups
from bench.growth import Growth

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NAMES = {
    "ours": "this engine",
    "stock": "stock SpiffWorkflow with its own serializer",
    "core": "this engine, handlers writing through SQLAlchemy Core",
    "floor": "the bare transaction, no engine",
}
HOLD_SPEED, AIM_SPEED, HOLD_LOOP, HOLD_WIDTH, HOLD_CONDITION = 3.0, 5.0, 1.1, 2.0, 1000.0
HOLD_LOOKUP = 1.2
HOLD_DEPLOY = 1.2
"""Per element: the time for one element of the large drawing against one of the small drawing."""


def completions(found: Sequence[Costs]) -> str:
    """Completions per second, and how they compare with stock in the same rounds."""
    lines = [
        "| SQLite | people at once | variant | completions per second | against stock "
        "| in the best round | against stock | processor time of one | against stock |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for costs in found:
        for name in costs.rounds:
            clock = f"{costs.per_second(name):,.0f} | {costs.ratio(name):.2f} x"
            best = f"{costs.best(name):,.0f} | {costs.best(name) / costs.best('stock'):.2f} x"
            processor = f"{costs.microseconds(name):,.0f} µs | {costs.processor_ratio(name):.2f} x"
            lines.append(f"| {costs.synchronous} | {costs.people} | {NAMES[name]} | {clock} | {best} | {processor} |")
    return "\n".join(lines)


def growth(loops: Growth, wide: Growth, condition: float, deploys: Mapping[int, float]) -> str:
    """What must not grow, with what is held."""
    early, late = sorted(loops.microseconds)
    narrow, *wider = sorted(wide.microseconds)
    small, large = sorted(deploys)
    bytes_ratio = loops.state_bytes[late] / loops.state_bytes[early]
    element = deploys[large] / large / (deploys[small] / small)
    rows = [
        (f"completion in round {late:,} of a loop against round {early}", loops.ratio(late, early), HOLD_LOOP),
        (f"stored state in round {late:,} against round {early}", bytes_ratio, HOLD_LOOP),
        *(
            (f"completion in a {width:,}-wide multi-instance against {narrow}-wide", wide.ratio(width, narrow), hold)
            for width, hold in zip(wider, (HOLD_WIDTH, None), strict=False)
        ),
        (f"deploying: an element of {large:,} against one of {small}", element, HOLD_DEPLOY),
    ]
    lines = ["| what, in processor time | measured | held |", "|---|---:|---:|"]
    lines += [f"| {what} | {ratio:.2f} x | {_hold(hold)} |" for what, ratio, hold in rows]
    lines.append(f'| FEEL condition `a >= 1 and b = "x"` | {condition:,.0f} ns | < {HOLD_CONDITION:,.0f} ns |')
    lines.append(f"| deploying {large:,} user tasks | {deploys[large] / 1000:.1f} s | linear |")
    return "\n".join(lines)


def decisions(found: Lookups) -> str:
    """One evaluation of a decision table by its rows and by who looks it up."""
    sizes = sorted(found.microseconds["indexed"])
    titles = {"indexed": "by the index", "scanned": "row by row", "stock": "stock SpiffWorkflow"}
    head = " | ".join(f"{size:,} rows" for size in sizes)
    lines = [
        f"| decision table, one evaluation, in processor time | {head} | growth | held |",
        f"|---|{'---:|' * (len(sizes) + 2)}",
    ]
    for name, title in titles.items():
        times = " | ".join(f"{found.microseconds[name][size]:,.0f} µs" for size in sizes)
        held = _hold(HOLD_LOOKUP if name == "indexed" else None)
        lines.append(f"| {title} | {times} | {found.growth(name):.2f} x | {held} |")
    return "\n".join(lines)


def _hold(limit: float | None) -> str:
    return "reported" if limit is None else f"<= {limit} x"


def verdict(found: Sequence[Costs]) -> str:
    """Whether the speed held and aimed at was reached in this run."""
    sentences = []
    for costs in found:
        ratio = costs.ratio()
        held = "held" if ratio >= HOLD_SPEED else f"NOT held (at least {HOLD_SPEED:.0f} x)"
        aimed = "reached" if ratio >= AIM_SPEED else "not reached"
        sentence = (
            f"{costs.synchronous}, {_people(costs.people)}: {ratio:.2f} x stock; {HOLD_SPEED:.0f} x is {held}, "
            f"the aim of {AIM_SPEED:.0f} x is {aimed}."
        )
        if costs.people == 1:
            sentence += (
                f" The bare transaction is {costs.ratio('floor'):.2f} x stock: no engine can be faster on this machine."
            )
        sentences.append(sentence)
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _people(number: int) -> str:
    return "one person after the other" if number == 1 else f"{number} people at once"


def machine(rounds: int, instances: int) -> str:
    """Where and how this was measured."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {sys.version.split()[0]}, SQLite {pysqlite3.dbapi2.sqlite_version}, "
        f"SpiffWorkflow {version('spiffworkflow')}, SQLAlchemy {version('sqlalchemy')}; "
        f"load of the machine at the end {load}; {rounds} rounds of {instances} instances, medians."
    )


def write(file: Path, text: str) -> None:
    """Puts the measurements between the two marks of a page; raises ValueError when it has none."""
    page = file.read_text(encoding="utf-8")
    head, begin, rest = page.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"Expected the lines {BEGIN} and {END} in {file}, but they are missing.")
    file.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")
