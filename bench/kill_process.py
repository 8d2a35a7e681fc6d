"""What the kill harness runs: gateways, parallel work, timers, messages, signals, conditions, calls and handlers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table

from engine.contract import Done, Outcome, TaskContext, handler

metadata = MetaData()
effect = Table(
    "effect",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("instance_id", String(32), nullable=False),
    Column("element", String(50), nullable=False),
    Column("key", String(120), nullable=False),
)

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="defs" targetNamespace="https://salesflow.test">'
)


def _write(context: TaskContext[Any]) -> Outcome:
    row = {"instance_id": context.instance_id, "element": context.element, "key": context.key}
    context.session.execute(effect.insert(), row)
    return Done({context.element: True})


def local(name: str) -> Any:
    """A handler that writes one business record and nothing else."""
    return handler(name)(_write)


HANDLERS = [local(f"work.{step}") for step in ("prepare", "ship", "bill", "remind", "late", "hear", "react")]
HANDLERS += [local("part.count"), local("listen.note"), local("hourly.tick")]


def _flow(source: str, target: str, condition: str = "") -> str:
    text = f'<conditionExpression xsi:type="tFormalExpression">={condition}</conditionExpression>' if condition else ""
    return f'<sequenceFlow id="{source}__{target}" sourceRef="{source}" targetRef="{target}">{text}</sequenceFlow>'


def _service(element: str, process: str = "work", more: str = "") -> str:
    return f'<serviceTask id="{element}" camunda:type="external" camunda:topic="{process}.{element}"{more}/>'


def _user(element: str, inner: str = "") -> str:
    return f'<userTask id="{element}" camunda:candidateGroups="rep">{inner}</userTask>'


def _process(key: str, body: str, before: str = "") -> bytes:
    return f'{HEAD}{before}<process id="{key}" isExecutable="true">{body}</process></definitions>'.encode()


def _timer(element: str, on: str, interrupting: str) -> str:
    return (
        f'<boundaryEvent id="{element}" attachedToRef="{on}" cancelActivity="{interrupting}"><timerEventDefinition>'
        '<timeDuration xsi:type="tFormalExpression">PT2H</timeDuration></timerEventDefinition></boundaryEvent>'
    )


STIRRED = (
    '<boundaryEvent id="stirred" attachedToRef="check" cancelActivity="false"><conditionalEventDefinition>'
    '<condition xsi:type="tFormalExpression">remind = true or hear = true</condition>'
    "</conditionalEventDefinition></boundaryEvent>"
)
"""Happens when the reminder or the news have come, or have come before."""
SIGNAL, NEWS = '<signal id="s" name="news"/>', '<signalEventDefinition signalRef="s"/>'
MANY = (
    '<multiInstanceLoopCharacteristics isSequential="false">'
    '<loopCardinality xsi:type="tFormalExpression">=3</loopCardinality></multiInstanceLoopCharacteristics>'
)
WORK = _process(
    "work",
    '<startEvent id="start"/>'
    + _service("prepare", more=' camunda:asyncBefore="true"')
    + '<parallelGateway id="split"/><parallelGateway id="join"/>'
    + _user("check")
    + _timer("soon", "check", "false")
    + _service("remind")
    + '<endEvent id="reminded"/>'
    + _user("sign", MANY)
    + '<exclusiveGateway id="gw" default="gw__call"/>'
    + '<callActivity id="call" calledElement="part">'
    '<extensionElements><camunda:in variables="all"/><camunda:out variables="all"/></extensionElements></callActivity>'
    + _service("ship", more=' camunda:asyncBefore="true"')
    + '<intermediateCatchEvent id="paid"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    + _service("bill")
    + '<endEvent id="end"/>'
    + f'<boundaryEvent id="news" attachedToRef="check" cancelActivity="false">{NEWS}</boundaryEvent>'
    + _service("hear")
    + '<endEvent id="heard"/>'
    + STIRRED
    + _service("react")
    + '<endEvent id="reacted"/>'
    + "".join(
        _flow(source, target)
        for source, target in (
            ("start", "prepare"),
            ("prepare", "split"),
            ("split", "check"),
            ("split", "sign"),
            ("soon", "remind"),
            ("remind", "reminded"),
            ("news", "hear"),
            ("hear", "heard"),
            ("stirred", "react"),
            ("react", "reacted"),
            ("check", "join"),
            ("sign", "join"),
            ("join", "gw"),
            ("gw", "call"),
            ("call", "ship"),
            ("ship", "paid"),
            ("paid", "bill"),
            ("bill", "end"),
        )
    )
    + _flow("gw", "prepare", "again = true"),
    f'<message id="m" name="paid"/>{SIGNAL}',
)
PART = _process(
    "part",
    '<startEvent id="begin"/>'
    + _service("count", "part")
    + _user("look")
    + '<endEvent id="done"/>'
    + _flow("begin", "count")
    + _flow("count", "look")
    + _flow("look", "done"),
)
TELL = _process(
    "tell",
    f'<startEvent id="begin"/><endEvent id="told">{NEWS}</endEvent>' + _flow("begin", "told"),
    SIGNAL,
)
LISTEN = _process(
    "listen",
    f'<startEvent id="begin">{NEWS}</startEvent>'
    + _service("note", "listen")
    + '<endEvent id="noted"/>'
    + _flow("begin", "note")
    + _flow("note", "noted"),
    SIGNAL,
)
HOURLY = _process(
    "hourly",
    '<startEvent id="begin"><timerEventDefinition><timeCycle xsi:type="tFormalExpression">R/PT1H</timeCycle>'
    "</timerEventDefinition></startEvent>"
    + _service("tick", "hourly")
    + '<endEvent id="ticked"/>'
    + _flow("begin", "tick")
    + _flow("tick", "ticked"),
)
DRAWINGS = {"work": WORK, "part": PART, "tell": TELL, "listen": LISTEN, "hourly": HOURLY}
FILES = {f"bpmn/{key}.bpmn": drawing for key, drawing in DRAWINGS.items()}
LATER = timedelta(hours=3)
