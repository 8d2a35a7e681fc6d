"""What a child of the kill harness does until it is killed: random commands, also those of frozen and stale workers."""

from __future__ import annotations

import os
import random
from datetime import timedelta

from sqlalchemy import select, update

from engine import advance, instances, jobs, messages, user_tasks, work, worker
from engine.errors import Conflict
from engine.tables import job, subscription, user_task
from engine.testing import Kit

TOLD_OF = 5
"""One child of so many throws signals: each of them reaches all that runs."""
OPEN = user_task.c.state.in_(["open", "claimed"])


class Worker:
    """A child: does random commands and tells the parent what was acknowledged."""

    def __init__(self, kit: Kit, chance: random.Random, number: int, pipe: int) -> None:
        self.kit, self.chance, self.number, self.pipe = kit, chance, number, pipe

    def work(self, commands: int) -> None:
        """Commands in random order until the fuse ends it, or enough."""
        known = [self.begin, self.complete, self.complete, self.jobs, self.jobs, self.pay, self.frozen, self.stale]
        known += [self.tell] if self.number % TOLD_OF == 0 else []
        for _ in range(commands):
            self.chance.choice(known)()

    def acknowledged(self, what: str) -> None:
        """Tells the parent that a command returned."""
        os.write(self.pipe, f"{what} ".encode())

    def begin(self) -> None:
        again = self.chance.random() < 0.2
        key = f"case:{self.number}-{self.chance.random()}"
        self.acknowledged("start:" + instances.start(self.kit.engine, "work", key, {"again": again}, "rep"))

    def tell(self) -> None:
        key = f"news:{self.number}-{self.chance.random()}"
        self.acknowledged("start:" + instances.start(self.kit.engine, "tell", key, {}, "rep"))

    def complete(self) -> None:
        task = self._open_task()
        if task is not None:
            user_tasks.complete(self.kit.engine, task, "rep", {"again": self.chance.random() < 0.1})
            self.acknowledged(f"task:{task}")

    def _open_task(self) -> str | None:
        with self.kit.database.read() as connection:
            found = connection.execute(select(user_task.c.id).where(OPEN).limit(50)).scalars().all()
        return self.chance.choice(found) if found else None

    def jobs(self) -> None:
        free_leases(self.kit)
        worker.run_due(self.kit.engine, limit=2)

    def pay(self) -> None:
        with self.kit.database.read() as connection:
            keys = connection.execute(
                select(subscription.c.business_key).where(subscription.c.name == "paid")
            ).scalars()
            found = keys.all()
        if found:
            messages.correlate(self.kit.engine, "paid", self.chance.choice(found))

    def frozen(self) -> None:
        """A worker that sleeps past its lease and then brings its result, while another did the job."""
        first = jobs.claim(self.kit.engine, "frozen")
        if first is None:
            return
        free_leases(self.kit)
        second = jobs.claim(self.kit.engine, "awake")
        if second is not None:
            work.do(self.kit.engine, second)
        work.do(self.kit.engine, first)

    def stale(self) -> None:
        """A writer that read an instance before somebody else changed it, and saves what it made of the old state."""
        task = self._open_task()
        if task is None:
            return
        old = StaleWriter(self.kit, task)
        user_tasks.complete(self.kit.engine, task, "rep", {"again": False})
        self.acknowledged(f"task:{task}")
        try:
            old.save()
        except Conflict:
            return


class StaleWriter:
    """Holds an instance as it was, to save it later over a newer one."""

    def __init__(self, kit: Kit, task: str) -> None:
        self._kit = kit
        with kit.database.read() as connection:
            instance = connection.execute(select(user_task.c.instance_id).where(user_task.c.id == task)).scalar_one()
            self._live = advance.peek(kit.engine, connection, instance)

    def save(self) -> None:
        """Saves the old state; refused by the version check."""
        with self._kit.database.write() as transaction:
            self._live.transaction = transaction
            self._live.journal.record("stale.write")
            advance.save(self._live)


def free_leases(kit: Kit) -> None:
    """Lets every lease end now, as if its worker had been dead for long."""
    with kit.database.write() as transaction:
        past = jobs.database_now(transaction.connection) - timedelta(minutes=1)
        transaction.execute(update(job).where(job.c.state == "leased").values(lease_until=past, crashes=0))
    worker.free_expired(kit.engine)
