"""Gathers what the page of an opportunity shows, within what its reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm import access, accounts, choices, forecast, opportunities, orders, pended, pursue, stage_history, stages
from crm.accounts import Account
from crm.forecast import ForecastLine
from crm.opportunities import Opportunity
from crm.pended import PendedItem
from crm.pursue import PursueDecision
from crm.stage_history import Move
from crm.stages import Stage
from engine import approvals, handovers, history, inbox, instances
from webapp.current import now, person, reader
from webapp.languages import language, named
from webapp.names import Names
from webapp.records import starts
from webapp.records.words import RATINGS
from webapp.scopes import Seen, seen
from webapp.tables import Connection
from webapp.tellable import Message
from webapp.timeline import Line, Timeline

EVENTS = 60


@dataclass(frozen=True)
class Step:
    """One stage on the stage bar: `place` is past, here or ahead."""

    stage: Stage
    name: str
    place: str


@dataclass(frozen=True)
class DealPage:
    """An opportunity for one reader; `account_open` tells whether the account's page is, too.

    `handed` are the processes that are to follow, and whether they are deployed.
    """

    deal: Opportunity
    record: Seen
    account: Account
    account_open: bool
    names: Names
    steps: list[Step]
    ratings: list[tuple[str, int | None]]
    forecast: ForecastLine | None
    pended: PendedItem | None
    decisions: tuple[PursueDecision, ...]
    moves: tuple[Move, ...]
    runs: list[instances.InstanceRow]
    tasks: list[inbox.InboxRow]
    asked: list[Any]
    handed: Mapping[str, bool]
    lines: list[Line]
    stage_names: Mapping[str, str]
    source: str
    sales_mode: str
    offers: list[starts.Start]
    tellable: list[Message]


def load(connection: Connection, number: str) -> DealPage:
    """The page of an opportunity; raises NotFound when it is missing or not visible to the reader."""
    record = seen(connection, f"opportunity:{number}")
    deal = opportunities.get(connection, number)
    names = Names(connection)
    rows = instances.for_record(connection, record.business_key)
    account = accounts.by_id(connection, deal.account_id)
    ladder = stages.listing(connection, deal.sales_mode)
    return DealPage(
        deal=deal,
        record=record,
        account=account,
        account_open=_account_open(connection, account),
        names=names,
        steps=_steps(deal, ladder),
        ratings=[(str(text), getattr(deal, name)) for name, text in RATINGS.items() if not record.hides(name)],
        forecast=forecast.current(connection, deal.id),
        pended=pended.waiting(connection, deal.id),
        decisions=pursue.listing(connection, deal.id),
        moves=stage_history.listing(connection, deal.id),
        runs=rows,
        tasks=inbox.of_record(connection, record.business_key, now()),
        asked=approvals.of_record(connection, record.business_key),
        handed={
            one.target_key: handovers.is_deployed(connection, one.target_key)
            for one in handovers.of_record(connection, record.business_key)
            if one.state == "waiting"
        },
        lines=_lines(connection, record, names, rows),
        stage_names={stage.key: stage.display_name(language()) for stage in ladder},
        source=_called(connection, "opportunity_source", deal.source),
        sales_mode=_called(connection, "sales_mode", deal.sales_mode),
        offers=starts.offered(connection, deal),
        tellable=starts.messages(connection, deal),
    )


def _called(connection: Connection, reference: str, code: str) -> str:
    """What people call a choice that the record holds as a code; the code itself where it was taken away."""
    return next((named(labels) for value, labels in choices.of(connection, reference) if value == code), code)


def _account_open(connection: Connection, account: Account) -> bool:
    readable = access.may_read(connection, reader(connection), f"account:{account.number}")
    return person().may("account.read") and readable


def _steps(deal: Opportunity, ladder: tuple[Stage, ...]) -> list[Step]:
    shown = [stage for stage in ladder if not stage.retired or stage.key == deal.stage]
    held = deal.stage or f"{deal.sales_mode}.{deal.status}"  # the first stages are held as statuses (catalogue 8.3)
    last = max((stage.position for stage in shown), default=0)
    here = last + 1 if deal.status in orders.SOLD else next((stage.position for stage in shown if stage.key == held), 0)
    return [Step(stage, stage.display_name(language()), _place(stage.position, here)) for stage in shown]


def _place(position: int, here: int) -> str:
    if position == here:
        return "here"
    return "past" if position < here else "ahead"


def _lines(connection: Connection, record: Seen, names: Names, rows: list[instances.InstanceRow]) -> list[Line]:
    definitions = {row.id: row.definition_id for row in rows}
    events = history.of_record(connection, record.business_key, limit=5 * EVENTS)
    known = [event for event in events if event.instance_id in definitions]
    return Timeline(names, record, definitions).lines(known, minor=False)[:EVENTS]
