"""SQLite's writers in this process: they take turns, and wait for the disk together.

SQLite lets one writer in at a time. The others look again after growing pauses, and under FULL each commit waits for
the disk while it still keeps them out. Here they queue for their turn, commit into the write-ahead log and let the next
one in. Then whoever committed first has the log written through to the disk, once for all who committed meanwhile;
nobody is told that a change is made before that. PostgreSQL does the same by itself.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from engine.errors import Busy, EngineError, Unconfirmed

COMPANY_SECONDS = 0.005
"""How long a commit waits for others to share the wait for the disk with, and how long one thread works for others."""
_through_to_disk = getattr(os, "fdatasync", os.fsync)
T = TypeVar("T")


@dataclass(eq=False)
class _Batch:
    """Commits that are confirmed together; whose commit was the first sees to it."""

    seen_to: bool = False
    over: threading.Event = field(default_factory=threading.Event)
    confirmed: bool = False


class _Wish:
    """A piece of work that a thread wants done, and what came of it; `called` is released when it is its turn."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self._result: Any = None
        self.error: BaseException | None = None
        self.leads = False
        self.called = threading.Lock()
        self.called.acquire()

    def fulfil(self) -> None:
        """Does the work; what it raises is raised where it was wanted."""
        with self:
            self._result = self._work()

    def __enter__(self) -> None:
        self.error = None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        self.error = error
        return True

    def outcome(self) -> Any:
        """What came of it, in the thread that wanted it."""
        if self.error is not None:
            raise self.error
        return self._result


class Writers:
    """The turns of one database's writers. `log` is its write-ahead log, empty where nobody waits for the disk."""

    def __init__(self) -> None:
        self.log = ""
        self._turn = threading.Lock()
        self._flushing = threading.Lock()
        self._state = threading.Lock()
        self._left = threading.Condition(self._state)
        self._inside = 0
        self._batch = _Batch()
        self._wishes: deque[_Wish] = deque()
        self._led = False
        self._failure: OSError | None = None

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """The time in which only the caller writes. Raises `Busy` when it does not come within `patience` seconds."""
        with self._state:
            self._inside += 1
        try:
            if not self._turn.acquire(timeout=patience):
                raise Busy(
                    "The database cannot take the change now (%(reason)s). Nothing was changed; try again in a moment.",
                    reason="database is locked",
                )
            try:
                self._refuse_after_failure()
                yield
            finally:
                self._turn.release()
        finally:
            with self._state:
                self._inside -= 1
                if not self._inside:
                    self._left.notify_all()

    def perform(self, work: Callable[[], T], patience: float) -> T:
        """Has `work`, which commits, done in a turn, and gives its result once the disk holds what it changed.

        Of the threads that want something at the same time, one does it all: the first of them, then the first who
        waits. So a busy server does not change threads, and warm its processor anew, for each small change.
        Raises what `work` raises, `Busy` as `turn` does, `Unconfirmed` as `confirm` does.
        """
        wish = _Wish(work)
        with self._state:
            self._wishes.append(wish)
            wish.leads, self._led = not self._led, True
        if not wish.leads:
            wish.called.acquire()
        if wish.leads:
            self._lead(patience)
        result: T = wish.outcome()
        return result

    def _lead(self, patience: float) -> None:
        done: list[_Wish] = []
        try:
            with self.turn(patience):
                enough = time.monotonic() + COMPANY_SECONDS
                while self._wishes and (not done or time.monotonic() < enough):
                    done.append(self._wishes.popleft())
                    done[-1].fulfil()
            self.confirm()
        except EngineError as error:
            done = done or self._all_wishes()
            for wish in done:
                wish.error = wish.error or error
        finally:
            self._pass_on(done)

    def _all_wishes(self) -> list[_Wish]:
        with self._state:
            found = list(self._wishes)
            self._wishes.clear()
        return found

    def _pass_on(self, done: list[_Wish]) -> None:
        with self._state:
            following = self._wishes[0] if self._wishes else None
            self._led = following is not None
        if following is not None:
            following.leads = True
            following.called.release()
        for wish in done:
            if not wish.leads:
                wish.called.release()

    def confirm(self) -> None:
        """Returns once the disk holds what was committed before. Raises `Unconfirmed` when the disk fails.

        Whether a failed disk keeps later changes, nobody knows: from then on nobody gets a turn.
        """
        if not self.log:
            return
        with self._state:
            batch = self._batch
            first, batch.seen_to = not batch.seen_to, True
        if first:
            self._flush(batch)
        else:
            batch.over.wait()
        if not batch.confirmed:
            raise Unconfirmed(
                "The disk did not confirm the change (%(reason)s). It was made, but may be lost when the power fails. "
                "Nothing more is changed until the disk is mended and Salesflow is started again; tell operations.",
                reason=str(self._failure),
            )

    def _flush(self, batch: _Batch) -> None:
        with self._flushing:  # while the disk is busy with the batch before, this one stays open
            with self._state:
                self._left.wait_for(lambda: not self._inside, COMPANY_SECONDS)
                self._batch = _Batch()
            try:
                write_through(self.log)
                batch.confirmed = self._failure is None
            except OSError as error:
                self._failure = error
            finally:
                batch.over.set()

    def _refuse_after_failure(self) -> None:
        if self._failure is not None:
            raise Busy(
                "Nothing was changed: the disk failed (%(reason)s). "
                "Have it mended and Salesflow started again; until then nothing can be changed.",
                reason=str(self._failure),
            )


def write_through(log: str) -> None:
    """Has the disk hold a log. There is none any more when what it said went into the database itself.

    It is opened each time, because SQLite makes a new one when all connections were closed.
    """
    try:
        opened = os.open(log, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        _through_to_disk(opened)
    finally:
        os.close(opened)
