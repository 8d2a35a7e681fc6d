"""Retry cycles can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.extensions import attributes
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.times import NoTime, in_the_calendar, span
from engine.bpmn.vocabulary import FLOW_NODES
from engine.errors import Finding

RULE = "retries"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*FLOW_NODES):
        cycle = attributes(node).get("failedJobRetryTimeCycle")
        if cycle is not None and not readable(cycle):
            yield sheet.error(
                RULE,
                node,
                "Expected retries such as R3/PT5M or PT1M,PT5M,PT30M, but they are %(cycle)s.",
                "Write how often and after how long, as ISO 8601 describes.",
                cycle=cycle or "(empty)",
            )


def readable(cycle: str) -> bool:
    """Whether a retry cycle is `R<n>/<duration>` or a list of durations, of exact times that the calendar reaches."""
    repeated = re.fullmatch(r"R[0-9]{1,4}/(.+)", cycle.strip())
    parts = [repeated[1]] if repeated else [part.strip() for part in cycle.split(",")]
    return all(map(_waits, parts))


def _waits(text: str) -> bool:
    try:
        found = span(text)
        return found is not None and not found.months and in_the_calendar(found) is not None
    except NoTime:
        return False
