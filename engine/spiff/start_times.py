"""When a clock begins a process: the times of a timer start event (BPMN 2.0, 10.4.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.feel import add_duration
from engine.spiff.catching import next_due
from engine.spiff.timers import Due, Timer


def start_time(timer: Timer, since: datetime, after: tuple[datetime, int | None] | None) -> Due | None:
    """The first time that is not over at `since`, or the one `after` a time with so many left; None without one."""
    first = timer.due({}, since)
    if first is None or after is None:
        return first if first is None else upcoming(first, since)
    due, left = after
    return None if left == 0 else next_due({"due": due, "every": first.every}, left)


def upcoming(due: Due, since: datetime) -> Due | None:
    """The first time of a repetition that is not over at `since`; None when none is left."""
    at, left, every = due.at, due.again, due.every
    while at < since:
        if every is None:
            return None
        missed = -((at - since) // every) if isinstance(every, timedelta) else 1
        if left is not None and left < missed:
            return None
        at = at + every * missed if isinstance(every, timedelta) else add_duration(at, every)
        left = None if left is None else left - missed
    return Due(at, left, every)
