"""Drawings that lint lets pass and that would never end, or ask for more than there is, when they run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.engine.bad_inputs.made import chain, flow

SIGNAL, MESSAGE = '<signal id="sg" name="x"/>', '<message id="ms" name="x"/>'
BY_SIGNAL = '<signalEventDefinition signalRef="sg"/>'
BY_MESSAGE = '<messageEventDefinition messageRef="ms"/>'


@dataclass(frozen=True)
class BadRun:
    """What stands between start and end event, and the code, element and words of the incident that it ends in."""

    name: str
    inside: str
    code: str
    element: str
    says: str
    before: str = ""
    variables: dict[str, Any] = field(default_factory=dict)


def script(program: str) -> str:
    """A script task."""
    return f'<scriptTask id="s" scriptFormat="feel"><script>{program}</script></scriptTask>'


def turning(program: str) -> str:
    """A script that is run again and again."""
    gate = '<exclusiveGateway id="g" default="g_s"/>'
    return script(program) + gate + chain("start", "s", "g", "s") + flow("g", "end", "${stop = true}")


def repeated(count: str, sequential: bool = False, kind: str = "userTask", inner: str = "") -> str:
    """An activity that is to run so often."""
    order = "true" if sequential else "false"
    loop = f'<multiInstanceLoopCharacteristics isSequential="{order}"><loopCardinality>{count}</loopCardinality>'
    return f'<{kind} id="m">{loop}</multiInstanceLoopCharacteristics>{inner}</{kind}>' + chain("start", "m", "end")


def nested(outer: str, inner: str) -> str:
    """An activity that is to run so often in each run of a sub-process."""
    step = repeated(inner).partition("<sequenceFlow")[0]
    return repeated(outer, kind="subProcess", inner=step.replace('id="m"', 'id="run"'))


def asked(expression: str) -> str:
    """A choice by an expression."""
    gate = '<exclusiveGateway id="g" default="g_end"/><userTask id="w"/>'
    return gate + chain("start", "g", "end") + flow("g", "w", f"${{{expression}}}") + chain("w", "end")


def thrown() -> str:
    """A message that is thrown."""
    return f'<intermediateThrowEvent id="t">{BY_MESSAGE}</intermediateThrowEvent>' + chain("start", "t", "end")


def waiting(kind: str, expression: str) -> str:
    """A timer."""
    definition = f"<timerEventDefinition><{kind}>${{{expression}}}</{kind}></timerEventDefinition>"
    return f'<intermediateCatchEvent id="t">{definition}</intermediateCatchEvent>' + chain("start", "t", "end")


def answering(definition: str) -> str:
    """An event sub-process that throws what it begins with."""
    begin = f'<startEvent id="us" isInterrupting="false">{definition}</startEvent>'
    throw = f'<intermediateThrowEvent id="ut">{definition}</intermediateThrowEvent><endEvent id="ue"/>'
    sub = f'<subProcess id="u" triggeredByEvent="true">{begin}{throw}{chain("us", "ut", "ue")}</subProcess>'
    first = f'<intermediateThrowEvent id="t">{definition}</intermediateThrowEvent><userTask id="w"/>'
    return sub + first + chain("start", "t", "w", "end")


TOGGLE = "<conditionalEventDefinition><condition>${n > 0}</condition></conditionalEventDefinition>"
BLINKING = (
    f'<subProcess id="u" triggeredByEvent="true"><startEvent id="us" isInterrupting="false">{TOGGLE}</startEvent>'
    '<scriptTask id="off" scriptFormat="feel"><script>{n: 0}</script></scriptTask>'
    '<scriptTask id="on" scriptFormat="feel"><script>{n: 1}</script></scriptTask><endEvent id="ue"/>'
    f"{chain('us', 'off', 'on', 'ue')}</subProcess>"
    + script("{n: 1}")
    + '<userTask id="w"/>'
    + chain("start", "s", "w", "end")
)
LOOP = (
    '<standardLoopCharacteristics loopMaximum="100000000"><loopCondition>${1 = 1}</loopCondition>'
    "</standardLoopCharacteristics>"
)
GATE_LOOP = '<exclusiveGateway id="a"/><exclusiveGateway id="b" default="b_a"/>' + chain("start", "a", "b", "a")
DOUBLING = (
    '<exclusiveGateway id="a"/><parallelGateway id="b"/>'
    + chain("start", "a", "b", "a")
    + ('<sequenceFlow id="again" sourceRef="b" targetRef="a"/>' + chain("b", "end"))
)
RUNS = [
    BadRun(
        "gateways that turn", GATE_LOOP + flow("b", "end", "${stop = true}"), "ENDLESS_LOOP", "b", "within 10000 steps"
    ),
    BadRun("tokens that double", DOUBLING, "ENDLESS_LOOP", "a", "within 200000 steps"),
    BadRun("a script that turns", turning("{n: n + 1}"), "ENDLESS_LOOP", "g", "g, s", variables={"n": 0}),
    BadRun(
        "a loop of a hundred million",
        f'<scriptTask id="m" scriptFormat="feel">{LOOP}<script>{{a: 1}}</script></scriptTask>'
        + chain("start", "m", "end"),
        "ENDLESS_LOOP",
        "m",
        "within 10000 steps",
    ),
    BadRun("ten million runs", repeated("10000000"), "MULTI_INSTANCE", "m", "at most 10000 runs"),
    BadRun("ten million runs, one by one", repeated("10000000", True), "MULTI_INSTANCE", "m", "at most 10000 runs"),
    BadRun("more runs than a number holds", repeated("${10 ** 30}"), "MULTI_INSTANCE", "m", "at most 10000 runs"),
    BadRun("a negative number of runs", repeated("${0 - 1}"), "MULTI_INSTANCE", "m", "not negative"),
    BadRun("half a run", repeated("${0.5}"), "MULTI_INSTANCE", "m", "gave something else"),
    BadRun("runs inside runs", nested("200", "200"), "TOO_MANY_TOKENS", "run", "at most 10000 tokens"),
    BadRun(
        "an expression of a hundred million",
        asked("count(for i in 1..10000, j in 1..10000 return i) > 1"),
        "EXPRESSION",
        "g_w",
        "more than 1000000 steps",
    ),
    BadRun(
        "a pattern that tries for ever",
        asked('matches(t, "^(a+)+$")'),
        "EXPRESSION",
        "g_w",
        "too long for this text",
        variables={"t": "a" * 50_000 + "!"},
    ),
    BadRun(
        "a list that grows",
        turning("{n: concatenate(n, n)}"),
        "HANDLER_FAILED",
        "s",
        "more than 1000000 steps",
        variables={"n": [1]},
    ),
    BadRun(
        "a text that grows",
        turning("{n: n + n}"),
        "HANDLER_FAILED",
        "s",
        "more than 1000000 characters",
        variables={"n": "x" * 10},
    ),
    BadRun(
        "a list that deepens",
        turning("{n: [n]}"),
        "HANDLER_FAILED",
        "s",
        "nested at most 60 deep",
        variables={"n": [1]},
    ),
    BadRun(
        "a function as a variable",
        script("{f: function(x) x}") + chain("start", "s", "end"),
        "HANDLER_FAILED",
        "s",
        "it is a function",
    ),
    BadRun(
        "variables that fill the memory",
        script("{c: a, d: b}") + '<userTask id="w"/>' + chain("start", "s", "w", "end"),
        "TOO_LARGE",
        "",
        "at most 2000000 bytes",
        variables={"a": "x" * 900_000, "b": "y" * 900_000},
    ),
    BadRun(
        "a message with a name without end",
        thrown(),
        "NAME",
        "t",
        "a text of at most 200 characters",
        MESSAGE.replace('name="x"', 'name="${string join(for i in 1..201 return &quot;x&quot;)}"'),
    ),
    BadRun(
        "a message with a zero in its name",
        thrown(),
        "NAME",
        "t",
        "a text of at most 200 characters",
        MESSAGE.replace('name="x"', 'name="${&quot;x\\u0000&quot;}"'),
    ),
    BadRun("a signal that answers itself", answering(BY_SIGNAL), "ENDLESS_LOOP", "ut", "ut, ue", SIGNAL),
    BadRun("a message that answers itself", answering(BY_MESSAGE), "ENDLESS_LOOP", "ut", "ut, ue", MESSAGE),
    BadRun("a condition that blinks", BLINKING, "ENDLESS_LOOP", "off", "within 10000 steps"),
    BadRun(
        "a timer beyond the calendar",
        waiting("timeDuration", 'duration("P9000Y")'),
        "TIMER",
        "t",
        "beyond the calendar",
    ),
    BadRun("a date beyond the calendar", waiting("timeDate", 'date("12026-01-01")'), "TIMER", "t", "for the timer 't'"),
    BadRun("a cycle of nothing", waiting("timeCycle", '"R/PT0S"'), "TIMER", "t", "more often than once a second"),
    BadRun("a timer that is a number", waiting("timeDate", "7"), "TIMER", "t", "gave 7"),
    BadRun("a timer that is null", waiting("timeDate", "nothing_of_this_name"), "TIMER", "t", "gave null"),
    BadRun(
        "a correlation key without end",
        '<intermediateCatchEvent id="c"><extensionElements><camunda:properties><camunda:property name="correlation" '
        f'value="t"/></camunda:properties></extensionElements>{BY_MESSAGE}</intermediateCatchEvent>'
        + chain("start", "c", "end"),
        "CORRELATION",
        "c",
        "at most 200 characters",
        MESSAGE,
        {"t": "x" * 201},
    ),
]
