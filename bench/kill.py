"""Kill -9 at every kind of moment: before and after statements, commits and handlers; nothing lost, doubled or stuck.

    python -m bench.kill 10000                      on SQLite
    python -m bench.kill 10000 postgresql+psycopg://…   on a PostgreSQL database that may be emptied

Each point: a child process works commands until the k-th moment, where it kills itself. What a
command acknowledged before is written down; after all points the work is finished without kills
and compared with what was acknowledged, with the invariants of `engine.verify`, and with the
business records that the handlers wrote.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, event, func, select

from bench.kill_process import FILES, HANDLERS, LATER, effect, metadata
from bench.kill_worker import OPEN, Worker, free_leases
from engine import Database, messages, user_tasks, verify, worker
from engine.tables import history_event, process_definition, process_instance, subscription, user_task
from engine.testing import START, Kit, People

MOMENTS = 160
Mutation = Callable[[], None]


@dataclass
class Result:
    """What a run found. `broken` holds one sentence for each lost, doubled or stuck thing."""

    points: int = 0
    killed: int = 0
    acknowledged: int = 0
    instances: int = 0
    broken: list[str] = field(default_factory=list)


class Fuse:
    """Counts moments and kills this process at the chosen one."""

    def __init__(self, at: int) -> None:
        self._left = at

    def burn(self, *_: Any, **__: Any) -> None:
        """One moment has come."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def attach(self, database: Database) -> None:
        """Burns before and after every statement, savepoint and commit of a database."""
        for name in ("before_cursor_execute", "after_cursor_execute", "commit", "savepoint", "release_savepoint"):
            event.listen(database.engine, name, self.burn)
        database.hooks.commit = database.hooks.statement = self.burn


class _Ending:
    """Ends a child here, whatever it raised: only its parent goes on after the fork."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is not None:
            traceback.print_exception(error)
        os._exit(0 if error is None else 1)


class Harness:
    """A database with the test processes, worked by children that die."""

    def __init__(self, url: str, seed: int, mutate: Mutation | None = None) -> None:
        self._seed, self._mutate = seed, mutate
        self._chance = random.Random(seed)
        self._acknowledged: set[str] = set()
        self.result = Result()
        database = Database(url, synchronous="NORMAL", pool_size=2)
        metadata.create_all(database.engine)
        self.kit = Kit(database, handlers=HANDLERS, people=People(groups={"rep": ("rep",), "ops": ("ops",)}))
        self.kit.deploy(FILES)
        self._warm_up()

    def _warm_up(self) -> None:
        """Works undisturbed for a while, so that every child inherits compiled statements and drawings."""
        with open(os.devnull, "wb") as nobody:
            Worker(self.kit, random.Random(self._seed), -1, nobody.fileno()).work(40)
        self.kit.database.dispose()

    def run(self, points: int) -> Result:
        """Kills `points` more children at random moments, then finishes all work and compares."""
        for _ in range(points):
            self._child(self.result.points, self._chance.randrange(1, MOMENTS), self._chance.random())
            self.result.points += 1
        self._finish()
        return self.result

    def _child(self, number: int, at: int, seed: float) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with _Ending():
                self._die_working(number, at, seed, writing)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self._acknowledge(pipe.read())
        _pid, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            self.result.killed += 1
        elif os.WEXITSTATUS(status) != 0:
            self.result.broken.append(f"point {number}: the child failed instead of being killed")
        self.kit.clock.advance(LATER / 3)

    def _acknowledge(self, text: str) -> None:
        self._acknowledged |= set(text.split())
        self.result.acknowledged = len(self._acknowledged)

    def _die_working(self, number: int, at: int, seed: float, pipe: int) -> None:
        if self._mutate is not None:
            self._mutate()
        Fuse(at).attach(self.kit.database)
        Worker(self.kit, random.Random(seed), number, pipe).work(20)

    def _finish(self) -> None:
        free_leases(self.kit)
        with self.kit.database.read() as connection:
            self.result.broken += verify.check(self.kit.engine, connection)
        if not self.result.broken:
            _complete_everything(self.kit)
            self.result.broken += _compare(self.kit, self._acknowledged)
        with self.kit.database.read() as connection:
            count = select(func.count()).select_from(process_instance)
            self.result.instances = connection.execute(count).scalar_one()
        self.kit.database.dispose()


def _complete_everything(kit: Kit) -> None:
    for _ in range(100_000):
        kit.clock.advance(LATER)
        worker.run_due(kit.engine, limit=100_000)
        with kit.database.read() as connection:
            tasks = connection.execute(select(user_task.c.id).where(OPEN)).scalars().all()
            keys = (
                connection.execute(select(subscription.c.business_key).where(subscription.c.name == "paid"))
                .scalars()
                .all()
            )
        for task in tasks:
            user_tasks.complete(kit.engine, task, "rep", {"again": False})
        for key in set(keys):
            messages.correlate(kit.engine, "paid", key)
        if not tasks and not keys:
            return


def _compare(kit: Kit, acknowledged: set[str]) -> list[str]:
    done_steps = select(history_event.c.instance_id, history_event.c.element).where(history_event.c.kind == "step.done")
    with kit.database.read() as connection:
        found = list(verify.check(kit.engine, connection))
        states = _texts(connection, select(process_instance.c.id, process_instance.c.state))
        tasks = _texts(connection, select(user_task.c.id, user_task.c.state))
        begun = connection.execute(_BEGUN).all()
        done = Counter(map(tuple, connection.execute(done_steps)))
        written = Counter(map(tuple, connection.execute(select(effect.c.instance_id, effect.c.element))))
        keys = Counter(connection.execute(select(effect.c.key)).scalars())
        stirring = connection.execute(_STIRRING).all()
    found += [
        f"instance {one} is {state} after all work was done (lost)"
        for one, state in states.items()
        if state != "completed"
    ]
    found += _by_signal(begun) + _by_clock(begun, kit.clock.now()) + _by_condition(stirring)
    found += [f"acknowledged {what} is missing (lost)" for what in acknowledged if not _kept(what, states, tasks)]
    differing = [place for place in done | written if done[place] != written[place]]
    found += [f"{place}: {written[place]} records for {done[place]} steps (doubled or lost)" for place in differing]
    return found + [
        f"the record of {key} was written {count} times (doubled)" for key, count in keys.items() if count > 1
    ]


_BEGUN = select(process_definition.c.key, process_instance.c.business_key, process_instance.c.started_at).join(
    process_instance, process_instance.c.definition_id == process_definition.c.id
)


def _by_signal(begun: Sequence[Row[Any]]) -> list[str]:
    """Each signal begins its process once."""
    told, heard = (Counter(row.business_key for row in begun if row.key == key) for key in ("tell", "listen"))
    return [
        f"the signal about {key} began {heard[key]} processes for {told[key]} throws (doubled or lost)"
        for key in told | heard
        if told[key] != heard[key]
    ]


def _by_clock(begun: Sequence[Row[Any]], now: datetime) -> list[str]:
    """The clock begins its process once an hour."""
    count, hours = sum(row.key == "hourly" for row in begun), (now - START) // timedelta(hours=1)
    return [] if count == hours else [f"the clock began {count} processes in {hours} hours (doubled or lost)"]


_STIRRING = (
    select(history_event.c.instance_id, history_event.c.element)
    .where(history_event.c.kind == "element.left", history_event.c.element.in_(("remind", "hear", "check", "stirred")))
    .order_by(history_event.c.instance_id, history_event.c.seq)
)


def _by_condition(passed: Iterable[Row[Any]]) -> list[str]:
    """The condition beside a task happens once each time the task is open while or after what makes it true."""
    true: set[str] = set()
    happened, wanted = Counter[str](), Counter[str]()
    for row in passed:
        if row.element in ("remind", "hear"):
            true.add(row.instance_id)
        elif row.element == "stirred":
            happened[row.instance_id] += 1
        elif row.instance_id in true:
            wanted[row.instance_id] += 1
    return [
        f"the condition of {one} happened {happened[one]} times instead of {wanted[one]} (doubled or lost)"
        for one in happened | wanted
        if happened[one] != wanted[one]
    ]


def _texts(connection: Connection, query: Select[tuple[str, str]]) -> dict[str, str]:
    return {first: second for first, second in connection.execute(query)}


def _kept(what: str, states: dict[str, str], tasks: dict[str, str]) -> bool:
    kind, _, identity = what.partition(":")
    return identity in states if kind == "start" else tasks.get(identity) == "completed"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", type=int, nargs="?", default=1000)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite:///{Path(folder) / 'kill.db'}"
        began = time.monotonic()
        result = Harness(url, chosen.seed).run(chosen.points)
    print(
        f"seed {chosen.seed}: {result.points} points, {result.killed} killed, {result.acknowledged} acknowledged, "
        f"{result.instances} instances, {len(result.broken)} broken, {time.monotonic() - began:.0f} s"
    )
    for line in result.broken[:20]:
        print(line)
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
