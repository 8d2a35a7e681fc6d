"""What is worth knowing before a sales call, gathered as lines and kept with the call (3.3.4.1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from crm import account_profiles, call_follow_ups, call_people, sales_calls, stages
from crm.opportunities import Opportunity
from crm.sales_calls import SalesCall

LAST_CALLS = 3
Line = dict[str, Any]


def gather(connection: Connection, call: SalesCall, deal: Opportunity | None) -> list[Line]:
    """Account news, the last calls, open follow-ups, the people, and what the opportunity (if any) needs next.

    A line has a kind, a day as ISO text, a person or number, and a text (a name by language where it has one in
    each); what a kind has not is None.
    """
    return [
        *_news(connection, call),
        *_last_calls(connection, call),
        *_follow_ups(connection, call),
        *_people(connection, call),
        *_opportunity(connection, deal),
    ]


def _line(kind: str, text: str | dict[str, str] | None, *, on: object = None, who: str | None = None) -> Line:
    return {"kind": kind, "on": None if on is None else str(on), "who": who, "text": text}


def _news(connection: Connection, call: SalesCall) -> Iterator[Line]:
    profile = account_profiles.published(connection, call.account_id)
    if profile is not None:
        for text in (*(row["initiative"] for row in profile.initiatives or []), profile.trends, profile.news):
            if text:
                yield _line("news", text)


def _last_calls(connection: Connection, call: SalesCall) -> Iterator[Line]:
    for one in sales_calls.latest(connection, call.account_id, before=call.id, limit=LAST_CALLS):
        held = one.actual_start.date() if one.actual_start else None
        yield _line("last_call", one.summary, on=held, who=one.number)


def _follow_ups(connection: Connection, call: SalesCall) -> Iterator[Line]:
    for item in call_follow_ups.waiting_at(connection, call.account_id):
        kind = "our_follow_up" if item.side == call_follow_ups.US else "their_follow_up"
        yield _line(kind, item.action, on=item.due, who=item.owner or item.contact_name)


def _people(connection: Connection, call: SalesCall) -> Iterator[Line]:
    for one in call_people.contacts(connection, call.id):
        if one.invited:
            yield _line("person", one.title, who=one.name)


def _opportunity(connection: Connection, deal: Opportunity | None) -> Iterator[Line]:
    if deal is not None:
        who = f"{deal.number} {deal.name}"
        yield _line("opportunity", deal.need, who=who)
        if deal.stage:
            stage = stages.get(connection, deal.stage)
            yield _line("stage", {"en": stage.name, "zh-Hans": stage.name_zh}, who=who)
        if deal.next_step:
            yield _line("next_step", deal.next_step, on=deal.next_step_date, who=who)
