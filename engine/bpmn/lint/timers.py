"""Timers and due dates can be read: ISO 8601 literals or FEEL, each in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.expressions import DATE, DATE_TIME, DURATION, expression
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import EVENTS, Node, camunda, children, kind_of, local, text_of
from engine.bpmn.vocabulary import event_definitions as definitions_of
from engine.errors import Finding

RULE = "timers"
_KINDS = ("timeDate", "timeDuration", "timeCycle")
_NAME = re.compile(r"[^\W\d][\w.]*")
_LOOKS_LIKE_DURATION = re.compile(r"-?[Pp]?[\dTYMWDHS.]*\d[\dTYMWDHS.]*", re.IGNORECASE)


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
    if not readable(kind, text):
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
    "timeDate": "a moment such as 2030-01-31T09:00:00Z",
    "timeDuration": "a span such as P1D or PT4H",
    "timeCycle": "a repetition such as R3/PT10M",
}


def readable(kind: str, text: str) -> bool:
    """Whether a timer's text is a literal of its kind, or may be FEEL (which another rule parses)."""
    if expression(text) is not None:
        return True
    if kind == "timeCycle":
        return _cycle(text)
    literal = DURATION if kind == "timeDuration" else DATE_TIME
    if literal.fullmatch(text) or (kind == "timeDate" and DATE.fullmatch(text)):
        return True
    return not _other_literal(text)


def _other_literal(text: str) -> bool:
    patterns = (DURATION, DATE, DATE_TIME, _LOOKS_LIKE_DURATION)
    return text.startswith("R/") or any(pattern.fullmatch(text) for pattern in patterns)


def _cycle(text: str) -> bool:
    parts = text.split("/")
    if not re.fullmatch(r"R\d*", parts[0]):
        return _NAME.fullmatch(text) is not None
    starts_ok = len(parts) == 2 or (len(parts) == 3 and DATE_TIME.fullmatch(parts[1]) is not None)
    return starts_ok and DURATION.fullmatch(parts[-1]) is not None


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
