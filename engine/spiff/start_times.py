"""When a clock begins a process: the times of a timer start event (BPMN 2.0, 10.4.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from engine.spiff.timers import Due, Timer


def start_time(
    timer: Timer, since: datetime, after: tuple[datetime, int | None] | None, zone: Callable[[], str]
) -> Due | None:
    """The first time that is not over at `since`, or the one `after` a time with so many left; None without one."""
    first = timer.due({}, since, zone)
    if first is None or after is None:
        return first if first is None or first.at >= since else None
    return replace(first, at=after[0], again=after[1]).next()
