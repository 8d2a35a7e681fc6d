"""Durable completions of user tasks per second: the project's engine, stock SpiffWorkflow, and the bare transaction."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Protocol

from bench.floor import Floor
from bench.orders import ANSWERS
from bench.ours import Ours, OursInCore
from bench.stock import Stock


class Variant(Protocol):
    """One way to keep instances of the same process in the same tables."""

    def start(self) -> str:
        """Starts an instance; gives the id of its first task."""
        ...

    def complete(self, task_id: str, element: str) -> str | None:
        """Completes a task; gives the id of the next one, or None at the end."""
        ...

    def dispose(self) -> None:
        """Closes the database."""
        ...


VARIANTS: Mapping[str, Callable[[Path, str], Variant]] = {
    "ours": Ours,
    "stock": Stock,
    "core": OursInCore,
    "floor": Floor,
}
"""Ours and stock stand next to each other, so that both meet the same load of the machine."""


@dataclass(frozen=True)
class Cost:
    """What one completion took in one round: seconds by the clock, and seconds of processor time."""

    wall: float
    processor: float


@dataclass(frozen=True)
class Costs:
    """What a completion cost each variant, round by round, with so many people working at once."""

    synchronous: str
    people: int
    rounds: Mapping[str, list[Cost]]

    def per_second(self, variant: str) -> float:
        """Completions per second by the clock, the median of the rounds."""
        return statistics.median(1 / cost.wall for cost in self.rounds[variant])

    def best(self, variant: str) -> float:
        """Completions per second by the clock in the round that was disturbed least."""
        return max(1 / cost.wall for cost in self.rounds[variant])

    def microseconds(self, variant: str) -> float:
        """Processor time of a completion, the median of the rounds."""
        return statistics.median(1e6 * cost.processor for cost in self.rounds[variant])

    def ratio(self, of: str = "ours", to: str = "stock") -> float:
        """How many times as many completions per second, the median over the rounds (each round against itself)."""
        pairs = zip(self.rounds[of], self.rounds[to], strict=True)
        return statistics.median(other.wall / one.wall for one, other in pairs)

    def processor_ratio(self, of: str = "ours", to: str = "stock") -> float:
        """How many times as many completions for the same processor time, the median over the rounds."""
        pairs = zip(self.rounds[of], self.rounds[to], strict=True)
        return statistics.median(other.processor / one.processor for one, other in pairs)


def play(variant: Variant, instances: int, people: int, threads: Executor) -> Cost:
    """Starts instances, then completes every task of each; only the completions are measured.

    The instances are dealt out to `people`, each one of the threads, which goes from step to step with all of its own.
    """
    tasks = [variant.start() for _ in range(instances)]
    shares = [tasks[person::people] for person in range(people)]
    ready = Barrier(people + 1)

    def work(share: list[str]) -> None:
        ready.wait()
        for element in ANSWERS:
            share = [task for one in share if (task := variant.complete(one, element)) is not None]
        assert not share

    gc.collect()
    working = [threads.submit(work, share) for share in shares]
    ready.wait()
    began, used = time.perf_counter(), time.process_time()
    for done in working:
        done.result()
    wall, processor = time.perf_counter() - began, time.process_time() - used
    return Cost(wall / instances / len(ANSWERS), processor / instances / len(ANSWERS))


def measure(folder: Path, synchronous: str, people: int, instances: int, rounds: int) -> Costs:
    """Plays the variants in turn, round by round, after one round each to warm up."""
    variants = {
        name: make(folder / f"{name}-{synchronous}-{people}.db", synchronous) for name, make in VARIANTS.items()
    }
    found: dict[str, list[Cost]] = {name: [] for name in variants}
    with ThreadPoolExecutor(people) as threads:
        for variant in variants.values():
            play(variant, min(instances, 20), people, threads)
        for _ in range(rounds):
            for name, variant in variants.items():
                found[name].append(play(variant, instances, people, threads))
    for variant in variants.values():
        variant.dispose()
    return Costs(synchronous, people, found)
