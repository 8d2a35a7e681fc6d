"""The bare transaction: the statements of a completion with made-up contents and no engine, as the floor."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from bench.orders import ACTOR, ANSWERS, priced
from bench.rows import Event, Rows

BLOB = os.urandom(220)
"""As large as what the project's engine stores."""
DUE = datetime(2026, 3, 4, 9, tzinfo=UTC)
FOLLOWING = {"enter": "check_large", "check_large": "sign", "sign": None}
SERVICE = {"enter": "price", "check_large": "book", "sign": "close"}
PASSED = {
    "start": ("start",),
    "enter": ("enter", "price", "gw_large"),
    "check_large": ("check_large", "gw_merge", "book"),
    "sign": ("sign", "close", "end"),
}


class Floor:
    """Rows without a process."""

    def __init__(self, file: Path, synchronous: str) -> None:
        self._rows = Rows(file, synchronous)

    def start(self) -> str:
        """Adds an instance; gives the id of its first task."""
        rows = self._rows
        with rows.transaction():
            instance = rows.add_instance()
            events: list[Event] = [("instance.started", "", {"record": instance}), _left("start")]
            task = rows.open_task(instance, "enter", ACTOR, "{}")
            rows.save(instance, BLOB, 1, 0, [*events, _opened(task, "enter")])
        return task

    def complete(self, task_id: str, element: str) -> str | None:
        """Does the statements of one completion; gives the id of the next task."""
        rows, following, task = self._rows, FOLLOWING[element], None
        with rows.transaction():
            instance, _assignee, task_version, _detail, _state = rows.task(task_id)
            _blob, version, seq, _state = rows.instance(instance)
            rows.close_task(task_id, task_version)
            events: list[Event] = [("task.completed", element, {"task": task_id, "values": ANSWERS[element]})]
            rows.book(instance, SERVICE[element], priced(1200))
            events.append(("step.done", SERVICE[element], {"variables": {"total": 1320}}))
            events += [_left(passed) for passed in PASSED[element]]
            if following is not None:
                task = rows.open_task(instance, following, None if following == "check_large" else ACTOR, "{}")
                events.append(_opened(task, following))
            self._timer(instance, element, following, events)
            rows.save(instance, BLOB, version, seq, events)
        return task

    def _timer(self, instance: str, element: str, following: str | None, events: list[Event]) -> None:
        if following == "sign":
            self._rows.arm(instance, "late", "sign", DUE)
            events.append(("timer.armed", "late", {"due": DUE.isoformat(), "guards": "sign"}))
        if element == "sign":
            self._rows.disarm(instance)
            self._rows.end(instance, "end")
            events.append(("instance.ended", "", {"ends": ["end"]}))

    def dispose(self) -> None:
        """Closes the database."""
        self._rows.dispose()


def _left(element: str) -> Event:
    return ("element.left", element, {"kind": "userTask", "flows": [f"{element}__next"]})


def _opened(task: str, element: str) -> Event:
    return ("task.opened", element, {"task": task, "assignee": ACTOR, "users": [], "groups": [], "due": None})
