"""The process of the comparison: user tasks, service steps, a choice and a timer, drawn for either engine.

Stock SpiffWorkflow runs all of it right. The two drawings differ only in the language of their
expressions and in how a service step is written: a handler here, a script task there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table

from engine.contract import Done, Outcome, TaskContext, handler

KEY = "order"
ACTOR = "rep"
GROUP = "sales"
ANSWERS: dict[str, dict[str, Any]] = {
    "enter": {"amount": 1200, "kind": "x", "customer": "Müller & Söhne"},
    "check_large": {"decision": "approve", "comment": "Checked against the price list."},
    "sign": {"signed_by": "lin.wei"},
}
"""The user tasks in the order in which they come, and what is answered."""

metadata = MetaData()
deal = Table(
    "deal",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("stage", String(20), nullable=False),
    Column("total", Integer, nullable=False),
)
"""The business record, one for each instance, changed by every service step."""
BOOK = "UPDATE deal SET stage = ?, total = ? WHERE id = ?"
"""That change: the same text for every variant."""


@dataclass(frozen=True)
class Dialect:
    """How one engine wants expressions, timers and service steps."""

    condition: str
    span: str
    service: str


OURS = Dialect(
    '=total &gt;= 1000 and kind = "x"',
    "P2D",
    '<serviceTask id="{id}" camunda:type="external" camunda:topic="order.{id}"/>',
)
STOCK = Dialect(
    'total &gt;= 1000 and kind == "x"',
    '"P2D"',
    '<scriptTask id="{id}" scriptFormat="python"><script>total = book(record, "{id}", amount)</script></scriptTask>',
)

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="defs" targetNamespace="https://salesflow.test">'
)
FLOWS = (
    ("start", "enter"),
    ("enter", "price"),
    ("price", "gw_large"),
    ("gw_large", "check_small"),
    ("gw_large", "check_large"),
    ("check_small", "gw_merge"),
    ("check_large", "gw_merge"),
    ("gw_merge", "book"),
    ("book", "sign"),
    ("sign", "close"),
    ("close", "end"),
    ("late", "remind"),
    ("remind", "reminded"),
)


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow, named after its ends."""
    inner = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>' if condition else ""
    return f'<sequenceFlow id="{source}__{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def process(key: str, body: str) -> bytes:
    """A file with one process."""
    return f'{HEAD}<process id="{key}" isExecutable="true">{body}</process></definitions>'.encode()


def user(element: str, inner: str = "") -> str:
    """A user task of the owner."""
    return f'<userTask id="{element}" name="{element}" camunda:assignee="${{owner}}">{inner}</userTask>'


def drawing(dialect: Dialect) -> bytes:
    """The process as one engine reads it."""
    steps = "".join(dialect.service.format(id=element) for element in STEPS)
    offered = f'<userTask id="check_large" name="check_large" camunda:candidateGroups="{GROUP}"/>'
    gateways = '<exclusiveGateway id="gw_large" default="gw_large__check_small"/><exclusiveGateway id="gw_merge"/>'
    timer = (
        '<boundaryEvent id="late" attachedToRef="sign" cancelActivity="false"><timerEventDefinition>'
        f'<timeDuration xsi:type="tFormalExpression">{dialect.span}</timeDuration>'
        "</timerEventDefinition></boundaryEvent>"
    )
    tasks = user("enter") + user("check_small") + offered + user("sign")
    ends = '<startEvent id="start"/><endEvent id="end"/><endEvent id="reminded"/>'
    large = ("gw_large", "check_large")
    flows = "".join(flow(*one, dialect.condition if one == large else "") for one in FLOWS)
    return process(KEY, ends + tasks + steps + gateways + timer + flows)


def priced(amount: int) -> int:
    """What a service step works out."""
    return amount + amount // 10


def _book(context: TaskContext[Any]) -> Outcome:
    total = priced(int(Decimal(context.variables["amount"])))
    cursor = context.session.connection.cursor()
    cursor.execute(BOOK, (context.element, total, context.variables["record"]))
    return Done({"total": total})


def _book_in_core(context: TaskContext[Any]) -> Outcome:
    total = priced(int(Decimal(context.variables["amount"])))
    change = deal.update().where(deal.c.id == context.variables["record"])
    context.session.execute(change.values(stage=context.element, total=total))
    return Done({"total": total})


STEPS = ("price", "book", "close", "remind")
HANDLERS = [handler(f"{KEY}.{element}")(_book) for element in STEPS]
CORE_HANDLERS = [handler(f"{KEY}.{element}")(_book_in_core) for element in STEPS]
"""The same steps, their record written through SQLAlchemy Core, as most handlers do."""
