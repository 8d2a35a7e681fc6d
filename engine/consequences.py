"""What follows from a finished step besides its variables: events, notices, warnings, other processes, messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine import handovers, subscriptions
from engine.contract import Done, HandOn
from engine.live import Live
from engine.notices import send
from engine.offers import warn
from engine.port import RECORD, HandedOver, Place
from engine.states import TaskState
from engine.tables import process_instance, subscription, user_task

KEY = "business_key"


def draw(live: Live, place: Place, outcome: Done) -> Mapping[str, Any]:
    """Draws the consequences of an outcome and gives the variables to set, among them the key of another record."""
    for name in outcome.events:
        live.journal.record(name, place.process, place.element)
    send(live.transaction, live.directory, live.now, outcome.notices, f"/instances/{live.instance_id}")
    for warning in outcome.warnings:
        warn(live, place, warning)
    for number, wanted in enumerate(outcome.starts):
        item = f"{place.round}.{place.token}.{number}"
        handovers.hand_over(live, HandedOver(place, wanted.process, wanted.variables, wanted.business_key, item))
    for message in outcome.messages:
        live.journal.record("message.thrown", place.process, place.element, name=message.name)
        payload = {"payload": dict(message.payload), "instance": message.instance}
        subscriptions.queue(live, "message", message.name, payload, message.business_key)
    for wanted_for in outcome.handed_on:
        _hand_on(live, place, wanted_for)
    if outcome.business_key is None:
        return outcome.variables
    return {**outcome.variables, **_turn_to(live, place, outcome.business_key)}


def _hand_on(live: Live, place: Place, wanted: HandOn) -> None:
    """Gives the open tasks of a step that hold the wanted values to another person."""
    task = user_task.c
    query = select(task.id, task.token, task.row_version).where(
        task.instance_id == live.instance_id,
        task.process == place.process,
        task.element == wanted.element,
        task.state.in_((TaskState.OPEN, TaskState.CLAIMED)),
    )
    for row in live.transaction.execute(query).all():
        known = live.execution.variables(row.token)
        if all(known.get(name) == value for name, value in wanted.holding.items()):
            values = {"assignee": wanted.to, "state": TaskState.CLAIMED, "row_version": row.row_version + 1}
            live.transaction.execute(user_task.update().where(task.id == row.id).values(values))
            live.journal.record("task.reassigned", place.process, wanted.element, task=row.id, assignee=wanted.to)


def _turn_to(live: Live, place: Place, key: str) -> Mapping[str, Any]:
    """Makes the process about another record: a called one that is about its own by itself, else the whole instance.

    What is open in called ones that are about records of their own stays with those.
    """
    live.journal.record("record.changed", place.process, place.element, business_key=key, before=live.business_key)
    if live.execution.variables(place.token).get(RECORD):
        return {RECORD: key, KEY: key}
    before, live.business_key = live.business_key, key
    this = {KEY: key}
    for table, column in (
        (process_instance, process_instance.c.id),
        (user_task, user_task.c.instance_id),
        (subscription, subscription.c.instance_id),
    ):
        mine = (column == live.instance_id, table.c.business_key == before)
        live.transaction.execute(table.update().where(*mine).values(this))
    return this
