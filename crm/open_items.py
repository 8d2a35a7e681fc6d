"""What is still open when a pursuit is to end: quotes, plan actions, sales calls; and how each is settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from crm import account_plans, opportunity_plans, plan_actions, quotes, sales_calls
from crm.errors import InvalidValue
from crm.opportunities import Opportunity
from crm.tables import sales_call
from crm.titles import Names, both

UNFINISHED_ACTION = ("open", "late")
MISSING_QUOTE, APPROVAL, PROCESS = "missing_quote", "approval", "process"


@dataclass(frozen=True)
class OpenItem:
    """One open item: `key` is its kind and number or id (`quote:QUO-0007`), `subject` what people call it."""

    key: str
    kind: str
    subject: str


@dataclass(frozen=True)
class Settlement:
    """How one item is settled: close, cancel or transfer (an action to somebody); for a deal with an outcome."""

    key: str
    resolution: str
    to: str | None
    outcome: str


def of(connection: Connection, deal: Opportunity, outcome: str, *, quoting: bool) -> Sequence[OpenItem]:
    """Everything open about an opportunity. `quoting`: a win needs an accepted quote."""
    found = [*_quotes(connection, deal), *_actions(connection, deal), *_calls(connection, deal)]
    if quoting and outcome == "won" and quotes.accepted(connection, deal.id) is None:
        if not any(item.kind == "quote" for item in found):
            found.append(OpenItem(f"{MISSING_QUOTE}:{deal.number}", MISSING_QUOTE, deal.number))
    return found


def _quotes(connection: Connection, deal: Opportunity) -> list[OpenItem]:
    rows = quotes.of_opportunity(connection, deal.id)
    return [
        OpenItem(f"quote:{row.number}", "quote", f"{row.number} ({row.status})")
        for row in rows
        if row.status in quotes.OPEN
    ]


def _actions(connection: Connection, deal: Opportunity) -> list[OpenItem]:
    plan = opportunity_plans.find(connection, deal.id)
    if plan is None:
        return []
    rows = plan_actions.of_plan(connection, plan_actions.OPPORTUNITY_PLAN, plan.id, UNFINISHED_ACTION)
    return [OpenItem(f"action:{row.id}", "action", f"{row.text} ({row.owner}, {row.due})") for row in rows]


def _calls(connection: Connection, deal: Opportunity) -> list[OpenItem]:
    at = sales_call.c
    query = select(at.number, at.start_at).where(at.opportunity_id == deal.id)
    rows = connection.execute(query.where(at.status.in_(sales_calls.TO_BE_AGREED)).order_by(at.id))
    return [
        OpenItem(f"call:{row.number}", "call", f"{row.number} {row.start_at.date() if row.start_at else ''}".strip())
        for row in rows
    ]


def settle(connection: Connection, deal: Opportunity, wanted: Settlement, *, by: str, at: datetime) -> None:
    """Settles one item; raises `InvalidValue` for a way that its kind does not know, `IllegalMove`."""
    kind, _, number = wanted.key.partition(":")
    SETTLERS[kind](connection, deal, number, wanted, by, at)


Settler = Callable[[Connection, Opportunity, str, Settlement, str, datetime], None]


def _settle_quote(
    connection: Connection, deal: Opportunity, number: str, wanted: Settlement, by: str, at: datetime
) -> None:
    """A quote that the customer has is accepted with a win, else rejected; any other expires."""
    one = quotes.get(connection, number)
    if wanted.resolution == "transfer":
        raise _impossible(deal, number, both("a quote to be finished or cancelled", "报价完成或取消"))
    finished = wanted.resolution == "close" and one.status == "sent"
    status = ("accepted" if wanted.outcome == "won" else "rejected") if finished else "expired"
    quotes.move(connection, one, status, by=by, at=at)


def _settle_action(
    connection: Connection, deal: Opportunity, number: str, wanted: Settlement, by: str, at: datetime
) -> None:
    """An action is done, dropped, or carried into the plan of the account for somebody."""
    action = plan_actions.get(connection, int(number))
    changes: dict[str, Any] = {"status": "dropped"}
    if wanted.resolution == "close":
        changes = {"status": "done", "done_at": at}
    elif wanted.resolution == "transfer":
        plan = account_plans.in_use(connection, deal.account_id)
        if plan is None:
            wanted_plan = both("an account plan in use to carry an action into", "可承接该行动的执行中客户计划")
            raise _impossible(deal, action.text, wanted_plan)
        carried = {"text": action.text, "objective": action.objective, "due": action.due}
        owner = {"owner": wanted.to or action.owner, "carried_from": action.id}
        plan_actions.add(connection, plan_actions.ACCOUNT_PLAN, plan.id, {**carried, **owner}, by=by, at=at)
        changes = {"status": "carried"}
    plan_actions.change(connection, action, changes, by=by, at=at)


def _settle_call(
    connection: Connection, deal: Opportunity, number: str, wanted: Settlement, by: str, at: datetime
) -> None:
    """A call is cancelled, or stays with the account and its owner, without the opportunity."""
    call = sales_calls.get(connection, number)
    if wanted.resolution == "transfer":
        sales_calls.change(connection, call, {"opportunity_id": None}, by=by, at=at)
    else:
        sales_calls.move(connection, call, "cancelled", by=by, at=at)


def _leave_open(*_args: object) -> None:
    """A missing acceptance or an approval is settled where it waits; if it is not, it is found open again."""


def _end_process(
    connection: Connection, deal: Opportunity, number: str, wanted: Settlement, by: str, at: datetime
) -> None:
    """A process ends with the pursuit, by the one who closes it; nobody else can take it over."""
    if wanted.resolution == "transfer":
        raise _impossible(deal, wanted.resolution, both("a process to be finished or cancelled", "流程完成或取消"))


def _impossible(deal: Opportunity, value: str, expected: Names) -> InvalidValue:
    return InvalidValue(expected=expected, field="resolution", record=deal.number, value=value)


SETTLERS: Mapping[str, Settler] = {
    "quote": _settle_quote,
    "action": _settle_action,
    "call": _settle_call,
    MISSING_QUOTE: _leave_open,
    APPROVAL: _leave_open,
    PROCESS: _end_process,
}
