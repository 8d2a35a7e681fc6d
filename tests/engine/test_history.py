"""History: everything that happened, in order, linked so that nobody can change it unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, update

from engine import Database, history, user_tasks
from engine.history import Journal
from engine.tables import history_event, process_instance
from engine.testing import START, Kit, Run
from engine.transaction import Transaction
from tests.engine.demo import chain, drawing, end, start, user
from tests.engine.test_definitions import RULE, table

BODY = start() + user("check") + RULE.format("band") + user("look") + end()
FILES = {
    "bpmn/demo.bpmn": drawing("demo", BODY + chain("start", "check", "rule", "look", "end")),
    "dmn/band.dmn": table("band"),
}


def finished(database: Database) -> Run:
    run = Kit(database, files=FILES).start("demo", amount=5)
    user_tasks.claim(run.kit.engine, run.task_id("check"), "rep")
    run.complete("check", amount=50, note="checked")
    run.complete("look")
    return run


def broken(run: Run) -> int | None:
    with run.kit.database.read() as connection:
        return history.first_broken(connection, run.instance_id)


def test_every_step_is_one_event_with_who_when_and_what(database: Database) -> None:
    run = finished(database)

    kinds = [event.kind for event in run.events()]
    (claimed,), (first, second) = run.events("task.claimed"), run.events("task.completed")

    assert kinds[0] == "instance.started" and kinds[-1] == "instance.ended"
    assert [event.seq for event in run.events()] == list(range(1, len(kinds) + 1))
    assert (claimed.actor, claimed.element, claimed.at) == ("rep", "check", START)
    assert first.detail["values"] == {"amount": 50, "note": "checked"} and first.detail["before"] == {"amount": 5}
    assert second.element == "look"


def test_a_decision_says_which_row_fired_with_which_inputs(database: Database) -> None:
    (event,) = finished(database).events("decision.evaluated")

    assert (event.element, event.detail["decision"], event.detail["result"]) == ("rule", "band", "low")
    (row,) = event.detail["rows"]
    assert (row["row"], row["inputs"], row["outputs"]) == (1, {"amount": 50}, {"band": "low"})
    assert event.detail["steps"] == [{"decision": "band", "value": "low"}]


def test_an_untouched_chain_holds(database: Database) -> None:
    assert broken(finished(database)) is None


Tampering = Callable[[Transaction, Any], object]
ROW = history_event.c
TAMPERINGS: dict[str, Tampering] = {
    "another actor": lambda tx, mine: tx.execute(update(history_event).where(mine, ROW.seq == 4).values(actor="boss")),
    "another time": lambda tx, mine: tx.execute(
        update(history_event).where(mine, ROW.seq == 4).values(at=START.replace(year=2025))
    ),
    "another value": lambda tx, mine: tx.execute(update(history_event).where(mine, ROW.seq == 4).values(detail="{}")),
    "a removed event": lambda tx, mine: tx.execute(delete(history_event).where(mine, ROW.seq == 4)),
}


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found_at_its_place(database: Database, tamper: Tampering) -> None:
    run = finished(database)
    with database.write() as transaction:
        tamper(transaction, ROW.instance_id == run.instance_id)

    assert broken(run) == 4


def test_a_cut_off_end_is_found(sqlite: Database) -> None:
    run = finished(sqlite)
    last = len(run.events())
    with sqlite.write() as transaction:
        transaction.execute(delete(history_event).where(ROW.instance_id == run.instance_id, ROW.seq == last))

    assert broken(run) == last


def test_a_well_linked_event_added_behind_the_end_is_found(sqlite: Database) -> None:
    run = finished(sqlite)
    head = run.row()
    journal = Journal(run.instance_id, head["history_seq"], head["history_hash"], START, "ghost")
    journal.record("task.completed", "demo", "check")
    with sqlite.write() as transaction:
        journal.write(transaction)

    assert broken(run) == head["history_seq"] + 2


def test_a_rewritten_head_is_found(sqlite: Database) -> None:
    run = finished(sqlite)
    with sqlite.write() as transaction:
        transaction.execute(update(process_instance).values(history_hash="0" * 64))

    assert broken(run) == len(run.events()) + 1


def test_the_events_of_a_record_come_newest_first_over_all_its_instances(database: Database) -> None:
    run = finished(database)
    run.kit.clock.advance(run.kit.engine.limits.lease)
    other = run.kit.start("demo", amount=5)
    run.kit.start("demo", "case:2", amount=5)

    with database.read() as connection:
        found = history.of_record(connection, "case:1", limit=1000)

    assert {event.instance_id for event in found} == {run.instance_id, other.instance_id}
    assert found[0].instance_id == other.instance_id and found[-1].seq == 1
    assert [event.at for event in found] == sorted((event.at for event in found), reverse=True)
