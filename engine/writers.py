"""SQLite's writers in this process: they queue for their turn, and wait for the disk together.

SQLite lets one writer in at a time. The others look again after growing pauses, and under FULL each commit waits for
the disk while it still keeps them out. Here they are served in the order in which they came; they commit into the
write-ahead log, and then the log is written through to the disk, once for all who committed meanwhile. Nobody is told
that a change is made before that. PostgreSQL does the same by itself.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from engine.errors import Busy, Unconfirmed

COMPANY_SECONDS = 0.005
"""How long a commit waits for others to share the wait for the disk with, and how long one thread works for others."""
_through_to_disk = getattr(os, "fdatasync", os.fsync)
log = logging.getLogger(__name__)
T = TypeVar("T")


class _Waiting:
    """A thread that wants to write: it is `called` to take its turn, or its work is `taken` over by another thread.

    Entered, it is working; what the work raises is kept in `error`, to be raised where it was wanted.
    """

    def __init__(self, state: threading.Lock, work: Callable[[], Any] | None = None) -> None:
        self.work = work
        self.called = self.taken = self.over = False
        self.result: Any = None
        self.error: BaseException | None = None
        self.news = threading.Condition(state)

    def __enter__(self) -> None:
        self.taken = True

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        self.error = error
        return True


class Writers:
    """The queue of one database's writers. `log` is its write-ahead log, empty where nobody waits for the disk."""

    def __init__(self) -> None:
        self.log = ""
        self._state = threading.Lock()
        self._queue: deque[_Waiting] = deque()
        self._busy = False
        self._flushing = False
        self._quiet = threading.Condition(self._state)
        self._flushed = threading.Condition(self._state)
        self._committed = self._confirmed = 0
        self._failure: Exception | None = None

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """The time in which only the caller writes. Raises `Busy` when it does not come within `patience` seconds."""
        self._enter(_Waiting(self._state), patience)
        try:
            self.refuse_after_failure()
            yield
        finally:
            self._leave()

    def _enter(self, waiting: _Waiting, patience: float) -> None:
        """Returns with the turn, or once another thread took the work over and is done with it."""
        with self._state:
            if not self._busy:
                self._busy = waiting.called = True
                return
            self._queue.append(waiting)
            stays = False
            try:
                waiting.news.wait_for(lambda: waiting.called or waiting.taken, patience)
                waiting.news.wait_for(lambda: waiting.called or waiting.over or not waiting.taken)
                stays = True
            finally:
                if waiting in self._queue:
                    self._queue.remove(waiting)
                if waiting.called and not stays:
                    self._call_next()
        if not (waiting.called or waiting.taken):
            raise Busy(
                "The database cannot take the change now (%(reason)s). Nothing was changed; try again in a moment.",
                reason="database is locked",
            )

    def _leave(self) -> None:
        with self._state:
            self._call_next()

    def _call_next(self) -> None:
        if self._queue:
            following = self._queue.popleft()
            following.called = True
            following.news.notify()
        else:
            self._busy = False
            self._quiet.notify()

    def committed(self) -> None:
        """Tells of a commit that changed something, in the writer's turn."""
        self._committed += 1

    def perform(self, work: Callable[[], T], patience: float) -> T:
        """Has `work`, which commits, done in a turn, and gives its result once the disk holds what it changed.

        Who has the turn does the work of those who follow in the queue as well, for some milliseconds: so a busy
        server does not change threads, and warm its processor anew, for each small change.
        Raises what `work` raises, `Busy` as `turn` does, `Unconfirmed` as `confirm` does.
        """
        waiting = _Waiting(self._state, work)
        self._enter(waiting, patience)
        if waiting.called:
            self._lead(waiting)
        if waiting.error is not None:
            raise waiting.error
        result: T = waiting.result
        return result

    def _lead(self, own: _Waiting) -> None:
        done: list[_Waiting] = []
        told = False
        try:
            try:
                self.refuse_after_failure()
                self._work(own, done)
            finally:
                self._leave()
            self.confirm()
            told = True
        finally:
            self._tell(done, told)

    def _work(self, own: _Waiting, done: list[_Waiting]) -> None:
        enough = time.monotonic() + COMPANY_SECONDS
        following: _Waiting | None = own
        while following is not None:
            done.append(following)
            with following:
                assert following.work is not None
                following.result = following.work()
            following = self._next_work() if time.monotonic() < enough else None

    def _next_work(self) -> _Waiting | None:
        with self._state:
            if not self._queue or self._queue[0].work is None:
                return None
            following = self._queue.popleft()
            following.taken = True
            return following

    def _tell(self, done: list[_Waiting], confirmed: bool) -> None:
        with self._state:
            for waiting in done:
                if not confirmed and waiting.error is None:
                    waiting.error = _unconfirmed(self._failure or "interrupted")
                waiting.over = True
                waiting.news.notify()

    def confirm(self) -> None:
        """Returns once the disk holds all that is committed. Raises `Unconfirmed` when the disk fails.

        Whether a failed disk keeps later changes, nobody knows: from then on nobody gets a turn.
        """
        if not self.log:
            return
        with self._state:
            wanted = self._committed
            while self._confirmed < wanted and self._failure is None:
                if self._flushing:
                    self._flushed.wait()
                else:
                    self._flush()
            if self._confirmed < wanted:
                raise _unconfirmed(self._failure)

    def _flush(self) -> None:
        """Writes the log through with the state unlocked meanwhile, and before that waits for others to come along."""
        self._flushing = True
        try:
            self._quiet.wait_for(lambda: not self._busy, COMPANY_SECONDS)
            covered = self._committed
            self._state.release()
            try:
                write_through(self.log)
            except OSError as error:
                self.fail(error)
            finally:
                self._state.acquire()
            if self._failure is None:
                self._confirmed = covered
        finally:
            self._flushing = False
            self._flushed.notify_all()

    def fail(self, error: Exception) -> None:
        """Takes note that the disk did not keep what it was told to keep."""
        log.critical("The disk failed, so nothing is changed any more until Salesflow is started again: %s", error)
        self._failure = error

    def refuse_after_failure(self) -> None:
        """Raises `Busy` when the disk has failed."""
        if self._failure is not None:
            raise Busy(
                "Nothing was changed: the disk failed (%(reason)s). "
                "Have it mended and Salesflow started again; until then nothing can be changed.",
                reason=str(self._failure),
            )


def _unconfirmed(reason: object) -> Unconfirmed:
    return Unconfirmed(
        "The disk did not confirm the change (%(reason)s). It was made, but may be lost when the power fails. "
        "Nothing more is changed until the disk is mended and Salesflow is started again; tell operations.",
        reason=str(reason),
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
