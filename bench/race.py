"""Many processes complete the same task at the same moment: one winner each, and clear conflicts for the others.

    python -m bench.race 1000                      on SQLite
    python -m bench.race 1000 postgresql+psycopg://…   on a PostgreSQL database that may be emptied

Every process tries every task, and they begin each one together. What each of them was told is
compared with what the database says afterwards.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import select

from bench.kill_process import HEAD
from engine import Database, user_tasks, verify
from engine.errors import Conflict, EngineError
from engine.tables import history_event, user_task
from engine.testing import Kit, People

FORK = multiprocessing.get_context("fork")
SENTENCE = re.compile(r"Expected an open task, but (\S+) already made it completed at [-0-9]{10} [:0-9]{8}\+00:00\.")
DRAWING = (
    f'{HEAD}<process id="race" isExecutable="true"><startEvent id="start"/>'
    '<userTask id="check" camunda:candidateGroups="rep"/><userTask id="again" camunda:candidateGroups="rep"/>'
    '<endEvent id="end"/><sequenceFlow id="f1" sourceRef="start" targetRef="check"/>'
    '<sequenceFlow id="f2" sourceRef="check" targetRef="again"/>'
    '<sequenceFlow id="f3" sourceRef="again" targetRef="end"/></process></definitions>'
).encode()
PATIENCE = 300.0


@dataclass
class Result:
    """What a race found. `broken` holds one sentence for each task without exactly one winner and clear conflicts."""

    tasks: int = 0
    wins: int = 0
    conflicts: int = 0
    broken: list[str] = field(default_factory=list)


class Race:
    """A database with open tasks, and runners who all want each of them."""

    def __init__(self, url: str, runners: int = 20) -> None:
        self._names = [f"runner-{number}" for number in range(runners)]
        database = Database(url, synchronous="NORMAL", pool_size=2)
        self.kit = Kit(database, people=People(groups={name: ("rep",) for name in ["rep", *self._names]}))
        self.kit.deploy({"bpmn/race.bpmn": DRAWING})

    def run(self, tasks: int) -> Result:
        """Lets every runner complete every one of `tasks` tasks, and compares what they were told."""
        wanted = [self.kit.start("race", f"case:{number}").task_id("check") for number in range(tasks)]
        told = self._race(wanted)
        result = Result(tasks)
        with self.kit.database.read() as connection:
            tasks_done = connection.execute(select(user_task.c.id, user_task.c.completed_by))
            done = {row.id: row.completed_by for row in tasks_done}
            finished = select(history_event.c.instance_id, history_event.c.element)
            often = Counter(map(tuple, connection.execute(finished.where(history_event.c.kind == "task.completed"))))
            result.broken += verify.check(self.kit.engine, connection)
        result.broken += [f"{place} was completed {count} times" for place, count in often.items() if count != 1]
        for number, task in enumerate(wanted):
            self._compare(task, done[task], [answers[number] for answers in told], result)
        self.kit.database.dispose()
        return result

    def _race(self, wanted: list[str]) -> list[list[str]]:
        self.kit.database.dispose()
        start, pipes = FORK.Barrier(len(self._names)), []
        for name in self._names:
            ours, theirs = FORK.Pipe(duplex=False)
            FORK.Process(target=self._run_one, args=(name, wanted, start, theirs), daemon=True).start()
            theirs.close()
            pipes.append(ours)
        return [self._answers(pipe, len(wanted)) for pipe in pipes]

    def _answers(self, pipe: Connection, count: int) -> list[str]:
        try:
            answers: list[str] = pipe.recv()
        except EOFError:
            answers = ["the process ended without an answer"] * count
        pipe.close()
        return answers

    def _run_one(self, name: str, wanted: list[str], start: Barrier, pipe: Connection) -> None:
        answers = []
        for task in wanted:
            start.wait(PATIENCE)
            answers.append(self._complete(task, name))
        pipe.send(answers)

    def _complete(self, task: str, name: str) -> str:
        try:
            user_tasks.complete(self.kit.engine, task, name, {"by": name})
        except Conflict as conflict:
            return str(conflict)
        except EngineError as other:
            return f"{type(other).__name__}: {other}"
        return f"won by {name}"

    def _compare(self, task: str, winner: str | None, told: Iterable[str], result: Result) -> None:
        wins = [answer for answer in told if answer == f"won by {winner}"]
        named = [found for answer in told if (found := SENTENCE.fullmatch(answer)) and found[1] == winner]
        result.wins += len(wins)
        result.conflicts += len(named)
        if len(wins) != 1 or len(named) != len(self._names) - 1:
            others = Counter(told).most_common(4)
            result.broken.append(f"task {task}: completed by {winner}, {len(wins)} winners, told: {others}")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", type=int, nargs="?", default=1000)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--runners", type=int, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite:///{Path(folder) / 'race.db'}"
        began = time.monotonic()
        result = Race(url, chosen.runners).run(chosen.tasks)
    print(
        f"{chosen.runners} processes, {result.tasks} tasks: {result.wins} winners, {result.conflicts} clear conflicts, "
        f"{len(result.broken)} broken, {time.monotonic() - began:.0f} s"
    )
    for line in result.broken[:20]:
        print(line)
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
