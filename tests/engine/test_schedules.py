"""Schedules: work begins at its times, once, and a change of the times counts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine import Database, incidents, instances, notices, schedules, worker
from engine.contract import Done, Message, Notice, Occasion, Schedule, Sentence, Start
from engine.errors import InvalidForm, NotFound
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start, timer, user

LOOK = drawing("look", start() + user("see") + end() + chain("start", "see", "end"))
STUCK = '<intermediateCatchEvent id="late">' + timer("timeDate", "=nothing") + "</intermediateCatchEvent>"
BROKEN = drawing("broken", start() + STUCK + end() + chain("start", "late", "end"))
FILES = {"bpmn/look.bpmn": LOOK, "bpmn/broken.bpmn": BROKEN}
NAMES = {"en": "Weekly look", "zh-Hans": "每周查看"}


def wanted(occasion: Occasion[Any]) -> Done:
    """Two records to look at, one process that cannot start, one that is not deployed, a message and a notice."""
    starts = [Start(name, key) for name, key in (("broken", "deal:1"), ("look", "deal:1"), ("look", "deal:2"))]
    return Done(
        starts=[*starts, Start("unknown", "deal:3")],
        messages=[Message("news", "deal:9", {"at": occasion.now})],
        notices=[Notice("rep", None, Sentence("Look at your deals."))],
    )


MONDAYS = Schedule("weekly_look", "0 8 * * 1", NAMES, wanted)


def kit_at(database: Database, schedule: Schedule = MONDAYS, zone: str = "UTC") -> Kit:
    kit = Kit(database, files=FILES, schedules=[schedule])
    kit.engine = replace(kit.engine, zone=lambda _: zone)
    schedules.arm_all(kit.engine)
    return kit


def pass_days(kit: Kit, days: float) -> None:
    kit.clock.advance(timedelta(days=days))
    worker.run_due(kit.engine)


def looking(kit: Kit) -> list[str]:
    with kit.database.read() as connection:
        return sorted(row.business_key for row in instances.running(connection) if row.key == "look")


def next_at(kit: Kit) -> datetime | None:
    with kit.database.read() as connection:
        (row,) = schedules.listing(kit.engine, connection)
    return row.next_at


def test_it_starts_its_processes_at_its_time_and_waits_for_the_next(database: Database) -> None:
    kit = kit_at(database)  # a Monday, 09:00
    assert next_at(kit) == datetime(2026, 3, 9, 8, tzinfo=UTC)
    pass_days(kit, 6.9)
    assert looking(kit) == []

    pass_days(kit, 0.1)

    assert looking(kit) == ["deal:1", "deal:2"]
    assert next_at(kit) == datetime(2026, 3, 16, 8, tzinfo=UTC)
    with database.read() as connection:
        assert [str(one.sentence) for one in notices.for_user(connection, "rep")] == ["Look at your deals."]


def test_a_process_that_still_runs_is_not_started_a_second_time(sqlite: Database) -> None:
    kit = kit_at(sqlite)
    pass_days(kit, 7)

    pass_days(kit, 7)

    assert looking(kit) == ["deal:1", "deal:2"]


def test_one_that_cannot_start_holds_up_no_other_and_becomes_an_incident(sqlite: Database) -> None:
    kit = kit_at(sqlite)

    pass_days(kit, 7)

    assert looking(kit) == ["deal:1", "deal:2"]
    with sqlite.read() as connection:
        (trouble,) = incidents.listing(connection)
    assert (trouble.code, trouble.element) == ("TIMER", "late")
    assert (trouble.process_key, trouble.business_key) == ("broken", "deal:1")


def test_the_times_are_those_of_the_companys_zone(sqlite: Database) -> None:
    kit = kit_at(sqlite, zone="Asia/Shanghai")

    assert next_at(kit) == datetime(2026, 3, 9, 0, tzinfo=UTC)


def test_arming_again_adds_nothing_and_a_missed_time_happens_once(sqlite: Database) -> None:
    kit = kit_at(sqlite)
    assert schedules.arm_all(kit.engine) == 0

    pass_days(kit, 30)

    assert looking(kit) == ["deal:1", "deal:2"]


def test_other_times_count_at_once_and_can_be_taken_back(sqlite: Database) -> None:
    kit = kit_at(sqlite)

    schedules.configure(kit.engine, "ops", "weekly_look", "30 6 * * *")
    assert next_at(kit) == datetime(2026, 3, 3, 6, 30, tzinfo=UTC)
    schedules.configure(kit.engine, "ops", "weekly_look", None)

    assert next_at(kit) == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_what_is_no_cron_expression_or_no_schedule_is_refused(sqlite: Database) -> None:
    kit = kit_at(sqlite)

    for wrong in ("every monday", "* * * * * *", "0 0 */29 2 1#5", "0 8 30 2 *"):
        with pytest.raises(InvalidForm) as refused:
            schedules.configure(kit.engine, "ops", "weekly_look", wrong)
        assert wrong in str(refused.value.errors["cron"])
    with pytest.raises(NotFound):
        schedules.run_now(kit.engine, "monthly_look")


def test_it_can_be_run_now_without_losing_its_next_time(sqlite: Database) -> None:
    kit = kit_at(sqlite)

    schedules.run_now(kit.engine, "weekly_look")
    worker.run_due(kit.engine)

    assert looking(kit) == ["deal:1", "deal:2"]
    assert next_at(kit) == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_its_messages_come_again_at_the_next_time_after_it_was_run_now(sqlite: Database) -> None:
    wait = '<receiveTask id="wait" messageRef="news"/>'
    hears = drawing("hears", start() + wait + end() + chain("start", "wait", "end"), '<message id="news" name="news"/>')
    kit = kit_at(sqlite)
    kit.deploy({**FILES, "bpmn/hears.bpmn": hears})
    first = kit.start("hears", "deal:9")
    schedules.run_now(kit.engine, "weekly_look")
    worker.run_due(kit.engine)
    second = kit.start("hears", "deal:9")

    pass_days(kit, 7)

    assert first.ended_at("end") and second.ended_at("end")


def test_what_runs_inside_another_process_is_not_started_again(sqlite: Database) -> None:
    call = '<callActivity id="call" calledElement="look"/>'
    outer = drawing("outer", start() + call + end() + chain("start", "call", "end"))
    kit = kit_at(sqlite)
    kit.deploy({**FILES, "bpmn/outer.bpmn": outer})
    run = kit.start("outer", "deal:1")
    assert run.open_tasks() == ["see"]

    pass_days(kit, 7)

    assert looking(kit) == ["deal:2"]
