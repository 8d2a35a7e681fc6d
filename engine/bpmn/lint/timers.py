"""Timers and due dates can be read and kept: ISO 8601, cron expressions or FEEL, each in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from engine.bpmn.expressions import SPEAKS_OF_NULL, expression
from engine.bpmn.lint.set_names import SetNames
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.lint.variables import CONTEXTS, GIVEN, SURE
from engine.bpmn.times import Cycle, NoTime, Span, in_the_calendar, when, written
from engine.bpmn.vocabulary import EVENTS, Node, camunda, children, first, kind_of, local, text_of
from engine.bpmn.vocabulary import event_definitions as definitions_of
from engine.errors import Finding, Sentence
from engine.feel import FeelSyntaxError, compile_expression

RULE = "timers"
_KINDS = ("timeDate", "timeDuration", "timeCycle")
_NEVER = re.compile(r"R0+/")
_PROSE = re.compile(
    r"[^\x00-\x7f]|^(?:today|tonight|tomorrow|yesterday|now|soon|later|never|always|immediately|asap|none|"
    r"(?:hour|dai|night|week|month|quarter|year)ly|noon|midnight|morning|afternoon|evening|night|"
    r"(?:second|minute|hour|day|week|month|quarter|year)s?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)$",
    re.IGNORECASE,
)
"""Words that say a time to people; as the name of a variable they stand in `${...}`."""


def check(sheet: Sheet) -> Iterator[Finding]:
    known = SetNames(sheet)
    for node in sheet.nodes(*EVENTS):
        for definition in definitions_of(node):
            if kind_of(definition) == "timer":
                yield from _timer(sheet, known, node, definition)
    for node in sheet.nodes("userTask"):
        for name in ("dueDate", "followUpDate"):
            yield from _due(sheet, node, name)


def _timer(sheet: Sheet, known: SetNames, node: Node, definition: Node) -> Iterator[Finding]:
    times = list(children(definition, *_KINDS))
    if len(times) != 1:
        yield sheet.error(
            RULE,
            node,
            "Expected the timer to say when, but it gives %(count)s times.",
            "Fill in a date, a duration or a cycle.",
            count=len(times),
        )
    if len(times) != 1 or not text_of(times[0]):  # An empty one is told as an expression.
        return
    kind, text = local(times[0]), text_of(times[0])
    inner = expression(text)
    if inner is None:
        yield from _literal(sheet, known, node, kind, text)
    else:
        yield from _unset(sheet, known, node, kind, inner)


def _literal(sheet: Sheet, known: SetNames, node: Node, kind: str, text: str) -> Iterator[Finding]:
    """A time as it is written, or FEEL without a wrapper."""
    try:
        fits = _fits(kind, text)
    except NoTime as problem:
        remedy = "Write it as ISO 8601 describes, as a cron expression, or as FEEL."
        yield _cannot_be_kept(sheet, node, kind, text, problem, remedy)
        return
    prose = fits and _PROSE.search(text) and _names(text) == {text} and text not in known.names
    if not fits or prose:
        yield sheet.error(
            RULE,
            node,
            "Expected %(kind)s to be %(sample)s or FEEL in ${...}, but it is %(text)s.",
            "Write it as ISO 8601 describes, as a cron expression, or as FEEL: ${%(text)s} if it is a variable."
            if prose
            else "Write it as ISO 8601 describes, as a cron expression, or as FEEL.",
            kind=kind,
            sample=_SAMPLES[kind],
            text=text,
        )
        return
    if _NEVER.match(text):
        yield sheet.warning(
            RULE,
            node,
            "Expected %(kind)s to come at least once, but %(text)s comes 0 times, which is never.",
            "Write how often it comes, as in R3/PT10M, or remove the event.",
            kind=kind,
            text=text,
        )
    yield from _unset(sheet, known, node, kind, text)


def _unset(sheet: Sheet, known: SetNames, node: Node, kind: str, text: str) -> Iterator[Finding]:
    """Variables that no step can have set, so that they would have to be there from the start."""
    if local(node) == "startEvent" and node.getparent() is sheet.process:
        yield from _too_early(sheet, node, kind, text)
        return
    left_open = written(text) or SPEAKS_OF_NULL.search(text) or known.may_be_others
    missing = [] if left_open else sorted(_names(text) - known.names - CONTEXTS - SURE - _numbers_of_runs(node))
    if missing:
        yield sheet.warning(
            RULE,
            node,
            "Expected the time of %(kind)s to be known by then, but nothing in the drawing sets %(name)s.",
            "Write %(sample)s, or see that the process begins with %(name)s.",
            kind=kind,
            sample=_SAMPLES[kind],
            name=", ".join(missing),
        )


def _numbers_of_runs(node: Node) -> frozenset[str]:
    """The names of numbers that an event sees of the runs it stands in; in a loop only which one it is."""
    around = list(node.iterancestors())
    if any(first(one, "multiInstanceLoopCharacteristics") is not None for one in around):
        return GIVEN
    looped = any(first(one, "standardLoopCharacteristics") is not None for one in around)
    return frozenset({"loopCounter"} if looped else ())


def _too_early(sheet: Sheet, node: Node, kind: str, text: str) -> Iterator[Finding]:
    named = [] if written(text) else sorted(_names(text))
    if named:
        yield sheet.error(
            RULE,
            node,
            "Expected %(kind)s to need no variables, but it names %(name)s, and before a process runs there are none.",
            "Write %(sample)s, or an expression of now() and today() only.",
            kind=kind,
            sample=_SAMPLES[kind],
            name=", ".join(named),
        )


def _names(text: str) -> frozenset[str]:
    try:
        return compile_expression(text).names
    except FeelSyntaxError:  # another rule's matter
        return frozenset()


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


def _cannot_be_kept(sheet: Sheet, node: Node, kind: str, text: str, problem: NoTime, remedy: str) -> Finding:
    return sheet.error(
        RULE,
        node,
        "Expected %(kind)s to be a time that can be kept, but %(text)s cannot: %(reason)s.",
        remedy,
        kind=kind,
        text=text,
        reason=problem.reason,
    )


def _due(sheet: Sheet, node: Node, name: str) -> Iterator[Finding]:
    text = node.get(camunda(name), "").strip()
    if not text or expression(text) is not None:
        return
    try:
        found = when(text)
        if isinstance(found, Span):
            in_the_calendar(found)
    except NoTime as problem:
        yield _cannot_be_kept(sheet, node, f"camunda:{name}", text, problem, "Write for example P2D.")
        return
    if not isinstance(found, Span | datetime):
        yield sheet.error(
            RULE,
            node,
            "Expected camunda:%(name)s to be a span such as P2D, a date, or FEEL in ${...}, but it is %(text)s.",
            "Write for example P2D.",
            name=name,
            text=text,
        )
