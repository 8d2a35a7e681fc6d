"""Ends this process when code that is not ours hangs inside a transaction: nothing else can stop it.

The database rolls the transaction back, so nothing is half done; whoever started the process
(the web server, an init system) starts it again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

_DEADLINES: dict[int, tuple[float, str]] = {}
LOOK_SECONDS = 0.25


def begin(what: str, seconds: float) -> None:
    """From now on the calling thread must reach `finish` within `seconds`."""
    _DEADLINES[threading.get_ident()] = (time.monotonic() + seconds, what)


def finish() -> None:
    """The calling thread came back."""
    _DEADLINES.pop(threading.get_ident(), None)


def overdue() -> str | None:
    """What hangs: the first thread's work past its deadline, or None."""
    now = time.monotonic()
    return next((what for deadline, what in tuple(_DEADLINES.values()) if deadline < now), None)


def watch() -> threading.Thread:
    """Starts the thread that looks after the deadlines of this process."""
    thread = threading.Thread(target=_look, name="watchdog", daemon=True)
    thread.start()
    return thread


def _look() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        what = overdue()
        if what is not None:
            sys.stderr.write(f"{what} did not come back in time; this process ends itself and rolls back.\n")
            sys.stderr.flush()
            os.kill(os.getpid(), signal.SIGKILL)
