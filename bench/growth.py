"""What must not grow: long loops, wide multi-instance tasks, conditions, large drawings. In processor time."""

from __future__ import annotations

import statistics
import time
import timeit
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from bench.orders import ACTOR, flow, process, user
from engine import Database, definitions, instances, user_tasks
from engine.core import Engine
from engine.feel import compile_expression
from engine.tables import metadata, process_instance, user_task
from engine.testing import People

T = TypeVar("T")
CONDITION = 'a >= 1 and b = "x"'
DATA: Mapping[str, object] = {
    "record": "opportunity:OPP-1042",
    "customer": {"name": "Müller & Söhne", "segment": "mid", "country": "DE", "contacts": ["A. Weiß", "B. Grün"]},
    "amount": Decimal("125000.00"),
    "stage": "proposal",
    "lines": [{"product": f"P-{number}", "quantity": number, "price": Decimal("99.90")} for number in range(6)],
    "notes": "The customer asks for delivery in two parts and for the longer warranty. " * 2,
}
"""What an instance of the sales processes carries: about 0.6 kB."""
LOOP = process(
    "loop",
    '<startEvent id="start"/><endEvent id="end"/><exclusiveGateway id="gw" default="gw__end"/>'
    + user("step")
    + flow("start", "step")
    + flow("step", "gw")
    + flow("gw", "step", "=again")
    + flow("gw", "end"),
)
MANY = process(
    "many",
    '<startEvent id="start"/><endEvent id="end"/>'
    + user(
        "vote",
        '<multiInstanceLoopCharacteristics isSequential="false">'
        '<loopCardinality xsi:type="tFormalExpression">=width</loopCardinality></multiInstanceLoopCharacteristics>',
    )
    + flow("start", "vote")
    + flow("vote", "end"),
)


class Bench:
    """A new SQLite database with an engine and a user."""

    def __init__(self, file: Path) -> None:
        self.database = Database(f"sqlite:///{file}", synchronous="FULL")
        metadata.create_all(self.database.engine)
        people = People(groups={ACTOR: ()})
        self.engine = Engine(self.database, lambda _connection: people)
        self._cases = 0

    def deploy(self, key: str, drawing: bytes) -> None:
        """Deploys one drawing."""
        definitions.deploy(self.engine, {f"bpmn/{key}.bpmn": drawing}, ACTOR)

    def start(self, key: str, **variables: object) -> str:
        """Starts an instance; gives its id."""
        self._cases += 1
        return instances.start(self.engine, key, f"case:{self._cases}", {"owner": ACTOR, **variables}, ACTOR)

    def tasks(self, instance: str) -> list[str]:
        """The open tasks of an instance."""
        query = select(user_task.c.id).where(user_task.c.instance_id == instance, user_task.c.state == "open")
        with self.database.read() as connection:
            return list(connection.execute(query).scalars())

    def complete(self, task: str, **answers: object) -> str | None:
        """Completes a task; gives the next one, if there is one."""
        following = user_tasks.complete(self.engine, task, ACTOR, answers).next_tasks
        return following[0] if following else None

    def state_bytes(self, instance: str) -> int:
        """The size of an instance's stored state."""
        query = select(func.length(process_instance.c.blob)).where(process_instance.c.id == instance)
        with self.database.read() as connection:
            return int(connection.execute(query).scalar_one())


@dataclass(frozen=True)
class Growth:
    """Microseconds of processor time of one completion, and the bytes stored, by how far or how wide an instance is."""

    microseconds: Mapping[int, float]
    state_bytes: Mapping[int, int]

    def ratio(self, late: int, early: int) -> float:
        """How much longer the later or wider one takes."""
        return self.microseconds[late] / self.microseconds[early]


def loop(file: Path, rounds: tuple[int, int] = (10, 1000), samples: int = 60) -> Growth:
    """A completion in an early and in a late round of a loop, measured in turn."""
    bench = Bench(file)
    bench.deploy("loop", LOOP)
    early, late = rounds
    old, old_task = _in_round(bench, late)
    found: dict[int, list[float]] = {early: [], late: []}
    sizes = {late: bench.state_bytes(old)}
    for _ in range(samples):
        young, task = _in_round(bench, early)
        sizes[early] = bench.state_bytes(young)
        found[early].append(_timed(partial(bench.complete, task, again=True))[0])
        seconds, following = _timed(partial(bench.complete, old_task, again=True))
        found[late].append(seconds)
        assert following is not None
        old_task = following
    bench.database.dispose()
    return _growth(found, sizes)


def _in_round(bench: Bench, number: int) -> tuple[str, str]:
    instance = bench.start("loop", again=True, **DATA)
    task: str | None = bench.tasks(instance)[0]
    for _ in range(number):
        assert task is not None
        task = bench.complete(task, again=True)
    assert task is not None
    return instance, task


def multi_instance(file: Path, widths: tuple[int, ...] = (10, 100, 1000), samples: int = 60) -> Growth:
    """One of many parallel tasks completed, for several widths in turn; never the last one of an instance."""
    bench = Bench(file)
    bench.deploy("many", MANY)
    found: dict[int, list[float]] = {width: [] for width in widths}
    open_tasks: dict[int, list[str]] = {width: [] for width in widths}
    sizes: dict[int, int] = {}
    for _ in range(samples):
        for width in widths:
            if len(open_tasks[width]) < 2:
                instance = bench.start("many", width=width)
                open_tasks[width] = bench.tasks(instance)
                sizes[width] = bench.state_bytes(instance)
            task = open_tasks[width].pop(len(open_tasks[width]) // 2)
            found[width].append(_timed(partial(bench.complete, task))[0])
    bench.database.dispose()
    return _growth(found, sizes)


def condition(calls: int = 20_000, repeats: int = 15) -> float:
    """Nanoseconds of one compiled FEEL condition, the median of the repeats."""
    expression = compile_expression(CONDITION)
    variables, now = {"a": 5, "b": "x"}, datetime(2026, 3, 2, tzinfo=UTC)
    assert expression(variables, now) is True
    found = timeit.repeat(lambda: expression(variables, now), timer=time.process_time, number=calls, repeat=repeats)
    return 1e9 * statistics.median(found) / calls


def deploying(file: Path, sizes: tuple[int, ...] = (100, 1000), rounds: int = 3) -> Mapping[int, float]:
    """Milliseconds to deploy a drawing of so many user tasks, the median of the rounds."""
    bench = Bench(file)
    bench.deploy("loop", LOOP)  # the first deployment of a process loads what all others share
    found: dict[int, list[float]] = {size: [] for size in sizes}
    for number in range(rounds):
        for size in sizes:
            drawing = _chain(f"chain_{size}", size, number)
            found[size].append(_timed(partial(bench.deploy, f"chain-{size}", drawing))[0])
    bench.database.dispose()
    return {size: 1e3 * statistics.median(times) for size, times in found.items()}


def _chain(key: str, size: int, number: int) -> bytes:
    names = ["start", *(f"step_{one}" for one in range(size)), f"end_{number}"]
    tasks = "".join(user(name) for name in names[1:-1])
    flows = "".join(flow(source, target) for source, target in zip(names, names[1:], strict=False))
    return process(key, f'<startEvent id="start"/><endEvent id="end_{number}"/>{tasks}{flows}')


def _timed(action: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    result = action()
    return time.process_time() - began, result


def _growth(found: Mapping[int, list[float]], sizes: Mapping[int, int]) -> Growth:
    return Growth({name: 1e6 * statistics.median(times) for name, times in found.items()}, dict(sizes))
