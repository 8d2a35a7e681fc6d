"""Processes that a clock begins: a job waits for the next time of every timer start event of the newest version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import jobs
from engine.bpmn import Drawing, beginnings
from engine.transaction import Transaction

KIND = "clock"
RECORD = "process:"


def arm(transaction: Transaction, definition_id: str, key: str, drawing: Drawing, now: datetime) -> None:
    """Lets the timer start events of a new version wait from now on; those of the version before find out by it."""
    for one in beginnings(drawing):
        if one.kind == "timer":
            about = one.business_key or f"{RECORD}{key}"
            given = {"definition": definition_id, "element": one.element, "part": one.part, "business_key": about}
            wait(transaction, key, {**given, "since": now}, now)


def wait(transaction: Transaction, key: str, given: Mapping[str, Any], due: datetime) -> None:
    """Adds the job of the next time."""
    lock = f"{KIND}:{key}:{given['element']}"[:200]
    jobs.add(transaction, KIND, given, due, name=key, lock_key=lock)
