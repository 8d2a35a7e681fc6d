"""The embedded runner: threads that do due jobs, free those of dead workers, keep house, and show that they live."""

from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta

from sqlalchemy import select

from engine import jobs, messages, schedules, work
from engine.core import Engine
from engine.errors import Busy, Sentence, Trouble, Unconfirmed
from engine.identity import new_id
from engine.incidents import open_incident
from engine.states import JobState
from engine.tables import job, node

BEAT = timedelta(seconds=10)
POLL_SECONDS = 0.5


def run_due(engine: Engine, limit: int = 1000, owner: str = "direct") -> int:
    """Does the jobs that are due now, one after another, including those they add; returns how many."""
    for count in range(limit):
        lease = jobs.claim(engine, owner)
        if lease is None:
            return count
        work.do(engine, lease)
    return limit


def free_expired(engine: Engine) -> int:
    """Frees jobs whose worker died (its lease is over); one that killed too many workers becomes an incident."""
    with engine.database.write() as transaction:
        now = jobs.database_now(transaction.connection)
        query = select(job).where(job.c.state == JobState.LEASED, job.c.lease_until < now)
        rows = transaction.execute(query.with_for_update(skip_locked=True)).mappings().all()
        for row in rows:
            crashes = row["crashes"] + 1
            poison = crashes >= engine.limits.crashes_before_incident
            state = JobState.INCIDENT if poison else JobState.READY
            values = {"state": state, "crashes": crashes, "owner": None, "lease_until": None}
            transaction.execute(job.update().where(job.c.id == row["id"]).values(**values))
            if poison:
                text = Sentence(
                    "A job ended the worker that ran it %(count)s times and is not tried again.", count=crashes
                )
                trouble = Trouble("WORKER_KILLED", row["element"], text)
                open_incident(engine, transaction, trouble, instance_id=row["instance_id"], job_id=row["id"])
    return len(rows)


class Runner:
    """Runs due jobs in threads of this process until it is stopped."""

    def __init__(self, engine: Engine, threads: int = 2) -> None:
        self._engine = engine
        self._name = f"{socket.gethostname()}:{os.getpid()}:{new_id()[-6:]}"
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"jobs-{number}", daemon=True) for number in range(threads)
        ]
        self._threads.append(threading.Thread(target=self._beat, name="jobs-beat", daemon=True))

    def start(self) -> None:
        """Starts the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 10) -> None:
        """Lets the running jobs end, then the threads."""
        self._stopping.set()
        self._wanted.set()
        for thread in self._threads:
            thread.join(timeout)

    def wake(self) -> None:
        """Has the threads look for work at once."""
        self._wanted.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            if not self._one():
                self._wanted.wait(POLL_SECONDS)
                self._wanted.clear()

    def _one(self) -> bool:
        """Does one job; False when there was none, or the database was not there for it."""
        try:
            lease = jobs.claim(self._engine, self._name)
            if lease is None:
                return False
            with _Extended(self._engine, lease):
                work.do(self._engine, lease)
        except (Busy, Unconfirmed):
            return False
        return True

    def _beat(self) -> None:
        while not self._stopping.wait(0 if not self._beaten else BEAT.total_seconds()):
            self._beaten = True
            try:
                self._sign()
                free_expired(self._engine)
                messages.deliver_overlooked(self._engine)
                messages.forget_expired(self._engine)
                schedules.arm_all(self._engine)
            except (Busy, Unconfirmed):
                continue

    _beaten = False

    def _sign(self) -> None:
        with self._engine.database.write() as transaction:
            now = jobs.database_now(transaction.connection)
            transaction.execute(node.delete().where(node.c.id == self._name))
            row = {"id": self._name, "kind": "runner", "beat": now, "started_at": now}
            transaction.execute(node.insert(), row)


class _Extended:
    """Prolongs a lease every third of its time while the work goes on."""

    def __init__(self, engine: Engine, lease: jobs.Lease) -> None:
        self._engine, self._lease = engine, lease
        self._done = threading.Event()
        self._thread: threading.Timer | None = None

    def __enter__(self) -> None:
        self._again()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.cancel()

    def _again(self) -> None:
        self._thread = threading.Timer(self._engine.limits.lease.total_seconds() / 3, self._extend)
        self._thread.daemon = True
        self._thread.start()

    def _extend(self) -> None:
        try:
            kept = jobs.extend(self._engine, self._lease)
        except (Busy, Unconfirmed):
            kept = True
        if kept and not self._done.is_set():
            self._again()
