"""Timers and due dates can be read and kept: ISO 8601, cron expressions or FEEL, each in its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.bpmn.expressions import DATE, DATE_TIME, DURATION, expression
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.times import Cycle, NoTime, Span, in_the_calendar, when, written
from engine.bpmn.vocabulary import EVENTS, Node, camunda, children, kind_of, local, text_of
from engine.bpmn.vocabulary import event_definitions as definitions_of
from engine.errors import Finding, Sentence

RULE = "timers"
_KINDS = ("timeDate", "timeDuration", "timeCycle")


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*EVENTS):
        for definition in definitions_of(node):
            if kind_of(definition) == "timer":
                yield from _timer(sheet, node, definition)
    for node in sheet.nodes("userTask"):
        for name in ("dueDate", "followUpDate"):
            yield from _due(sheet, node, name)


def _timer(sheet: Sheet, node: Node, definition: Node) -> Iterator[Finding]:
    times = list(children(definition, *_KINDS))
    if len(times) != 1 or not text_of(times[0]):
        yield sheet.error(
            RULE,
            node,
            "Expected the timer to say when, but it gives %(count)s times.",
            "Fill in a date, a duration or a cycle.",
            count=len([time for time in times if text_of(time)]),
        )
        return
    kind, text = local(times[0]), text_of(times[0])
    if expression(text) is not None:
        return
    try:
        fits = _fits(kind, text)
    except NoTime as problem:
        yield sheet.error(
            RULE,
            node,
            "Expected %(kind)s to be a time that can be kept, but %(text)s cannot: %(reason)s.",
            "Write it as ISO 8601 describes, as a cron expression, or as FEEL.",
            kind=kind,
            text=text,
            reason=problem.reason,
        )
        return
    if not fits:
        yield sheet.error(
            RULE,
            node,
            "Expected %(kind)s to be %(sample)s or FEEL in ${...}, but it is %(text)s.",
            "Write it as ISO 8601 describes, or as a FEEL expression.",
            kind=kind,
            sample=_SAMPLES[kind],
            text=text,
        )


_SAMPLES = {
    "timeDate": Sentence("a moment such as 2030-01-31T09:00:00Z"),
    "timeDuration": Sentence("a span such as P1D or PT4H"),
    "timeCycle": Sentence("a repetition such as R3/PT10M or 0 9 * * MON-FRI"),
}
_MEANT: dict[str, type] = {"timeDate": datetime, "timeDuration": Span, "timeCycle": Cycle}


def _fits(kind: str, text: str) -> bool:
    """Whether a timer's text is a literal of its kind, or may be FEEL (which another rule parses). Raises `NoTime`."""
    found = when(text)
    if found is None:
        return not written(text)
    if isinstance(found, Span):
        in_the_calendar(found)
    return isinstance(found, _MEANT[kind])


def _due(sheet: Sheet, node: Node, name: str) -> Iterator[Finding]:
    text = node.get(camunda(name), "").strip()
    if not text or expression(text) is not None:
        return
    if not any(pattern.fullmatch(text) for pattern in (DURATION, DATE, DATE_TIME)):
        yield sheet.error(
            RULE,
            node,
            "Expected camunda:%(name)s to be a span such as P2D, a date, or FEEL in ${...}, but it is %(text)s.",
            "Write for example P2D.",
            name=name,
            text=text,
        )
