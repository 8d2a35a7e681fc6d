"""SQLite's writers in this process: they queue for their turn, and wait for the disk together.

SQLite lets one writer in at a time. The others look again after growing pauses, and under FULL each commit waits for
the disk while it still keeps them out. Here they are served in the order in which they came; they commit into the
write-ahead log, and then the log is written through to the disk, once for all who committed meanwhile. Nobody is told
that a change is made before that. PostgreSQL does the same by itself. Commands given to `perform` even share a commit.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

from engine.database_errors import translated
from engine.errors import Busy, EngineError, Unconfirmed

COMPANY_SECONDS = 0.005
"""How long a commit waits for others to share the wait for the disk with, and how long one thread works for others."""
_through_to_disk = getattr(os, "fdatasync", os.fsync)
log = logging.getLogger(__name__)
T = TypeVar("T")


class Shared(Protocol):
    """A transaction that several commands share."""

    def savepoint(self) -> AbstractContextManager[None]:
        """A part that can be undone by itself."""
        ...

    def is_open(self) -> bool:
        """Whether it goes on: some errors have the database undo all of it."""
        ...


S = TypeVar("S", bound=Shared)


class _Waiting:
    """A thread that wants to write: it is `called` to take its turn, or its work is `taken` over by another thread.

    Entered, it is working; what the work raises is kept in `error`, to be raised where it was wanted.
    """

    news: threading.Condition

    def __init__(self, work: Callable[[Any], Any] | None = None) -> None:
        self.work = work
        self.called = self.taken = self.over = False
        self.result: Any = None
        self.error: BaseException | None = None

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
        self._busy = self._settled = False
        self._flushing = False
        self._quiet = threading.Condition(self._state)
        self._flushed = threading.Condition(self._state)
        self._committed = self._confirmed = 0
        self._failure: Exception | None = None

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """The time in which only the caller writes. Raises `Busy` when it does not come within `patience` seconds."""
        self._enter(_Waiting(), patience)
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
            waiting.news = threading.Condition(self._state)
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
            raise _locked("database is locked")

    def _leave(self) -> None:
        with self._state:
            self._call_next()

    def _call_next(self) -> None:
        self._settled = False
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

    def perform(self, work: Callable[[S], T], together: Callable[[], AbstractContextManager[S]], patience: float) -> T:
        """Has `work` done in a turn, inside of what `together` begins and commits; gives its result once that is kept.

        Who has the turn does the work of those who follow in the queue as well, for some milliseconds, each in a
        savepoint: so many small changes share a commit, and a busy server does not change threads for each.
        Raises what `work` raises, `Busy` as `turn` does or when the commit failed, `Unconfirmed` as `confirm` does.
        """
        waiting = _Waiting(work)
        self._enter(waiting, patience)
        if waiting.called:
            self._lead(waiting, together)
        error, waiting.error = waiting.error, None
        if error is not None:
            try:
                raise error
            finally:
                del error
        result: T = waiting.result
        return result

    def _lead(self, own: _Waiting, together: Callable[[], AbstractContextManager[S]]) -> None:
        done: list[_Waiting] = []
        failed: Callable[[object], EngineError] | None = _locked
        try:
            self.refuse_after_failure()
            with together() as shared:
                own.result = _wanted(own)(shared)
                refuse_ended(shared)
                self._follow(shared, done)
            failed = _unconfirmed
            self._settle()
            self.confirm()
            failed = None
        except EngineError as error:
            failed = _again(error)
            raise
        finally:
            self._leave()
            self._tell(done, failed)

    def _follow(self, shared: S, done: list[_Waiting]) -> None:
        """Does the work of those who follow. Raises `Busy` when the database has undone all of it."""
        enough = time.monotonic() + COMPANY_SECONDS
        while time.monotonic() < enough and (following := self._next_work()) is not None:
            done.append(following)
            with following, translated(), shared.savepoint():
                following.result = _wanted(following)(shared)
            if not shared.is_open():
                reason, following.error = following.error, None
                if isinstance(reason, Busy):
                    raise reason
            refuse_ended(shared)

    def _settle(self) -> None:
        """Keeps the turn, for writing while the disk writes slows both, but has nobody wait for more to come."""
        with self._state:
            self._settled = True
            self._quiet.notify()

    def _next_work(self) -> _Waiting | None:
        with self._state:
            if not self._queue or self._queue[0].work is None:
                return None
            following = self._queue.popleft()
            following.taken = True
            return following

    def _tell(self, done: list[_Waiting], failed: Callable[[object], EngineError] | None) -> None:
        with self._state:
            for waiting in done:
                if failed is not None and waiting.error is None:
                    waiting.error = failed("interrupted")
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
            self._quiet.wait_for(lambda: self._settled or not self._busy, COMPANY_SECONDS)
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


def refuse_ended(shared: Shared) -> None:
    """Raises `Busy` when the database has undone everything, whether or not somebody let that pass."""
    if not shared.is_open():
        raise _locked("the transaction has ended")


def _wanted(waiting: _Waiting) -> Callable[[Any], Any]:
    assert waiting.work is not None
    return waiting.work


def _again(error: EngineError) -> Callable[[object], EngineError]:
    return lambda _reason: type(error)(error.sentence)


def _locked(reason: object) -> Busy:
    return Busy(
        "The database cannot take the change now (%(reason)s). Nothing was changed; try again in a moment.",
        reason=str(reason),
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
