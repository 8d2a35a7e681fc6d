"""What expressions give to a task for people: due date, priority, and whether it is skipped (BPMN 2.0, 10.2.3).

The standard leaves them to the engine; the engines that know them refuse a value that is none.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from engine import Database, incidents, repairs
from engine.errors import Conflict, Stuck
from engine.tables import user_task
from engine.testing import START, Kit
from tests.engine.demo import chain, drawing, end, properties, start, user

ATTRIBUTES = {"dueDate": "${when}", "followUpDate": "${later}", "priority": "${rank}", "candidateGroups": "rep"}
WORK = user("work", properties(skip_when="${skip}"), **ATTRIBUTES)
DRAWING = drawing("demo", start() + user("first") + WORK + end() + chain("start", "first", "work", "end"))


@pytest.fixture
def kit(sqlite: Database) -> Kit:
    return Kit(sqlite, files={"bpmn/demo.bpmn": DRAWING})


def opened(kit: Kit, **variables: Any) -> Any:
    run = kit.start("demo", **variables)
    run.complete("first")
    with kit.database.read() as connection:
        return connection.execute(select(user_task).where(user_task.c.element == "work")).one_or_none()


def test_without_values_a_task_has_none(kit: Kit) -> None:
    task = opened(kit)

    assert (task.due_at, task.follow_up_at, task.priority) == (None, None, 50)


@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_text_is_no_value(kit: Kit, nothing: str) -> None:
    task = opened(kit, when=nothing, later=nothing, rank=nothing)

    assert (task.due_at, task.follow_up_at, task.priority) == (None, None, 50)


@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_attribute_is_no_value(sqlite: Database, nothing: str) -> None:
    empty = user("work", dueDate=nothing, followUpDate=nothing, priority=nothing, candidateGroups="rep")
    body = start() + user("first") + empty + end() + chain("start", "first", "work", "end")

    task = opened(Kit(sqlite, files={"bpmn/demo.bpmn": drawing("demo", body)}))

    assert (task.due_at, task.follow_up_at, task.priority) == (None, None, 50)


@pytest.mark.parametrize("rank", [7, Decimal("7.0"), "7", " 7 "])
def test_a_priority_is_a_whole_number(kit: Kit, rank: Any) -> None:
    assert opened(kit, rank=rank).priority == 7


@pytest.mark.parametrize(
    ("rank", "kept"),
    [(Decimal("1E2"), 100), (-5, -5), (" -5 ", -5), (10**30, 999_999_999), (Decimal("-1E30"), -999_999_999)],
)
def test_a_priority_is_kept_as_it_is_or_as_the_nearest_that_can_be_kept(kit: Kit, rank: Any, kept: int) -> None:
    assert opened(kit, rank=rank).priority == kept


@pytest.mark.parametrize("when", [START + timedelta(days=1), timedelta(days=1), "P1D", "2026-03-03T09:00:00Z"])
def test_a_due_date_is_a_moment_or_a_span_also_as_a_text(kit: Kit, when: Any) -> None:
    task = opened(kit, when=when, later=date(2026, 3, 5))

    assert (task.due_at, task.follow_up_at) == (START + timedelta(days=1), datetime(2026, 3, 5, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("variables", "code", "words"),
    [
        ({"when": "soon"}, "DUE_DATE", "as the due date of 'work', but '${when}' gave \"soon\""),
        ({"when": 3}, "DUE_DATE", "'${when}' gave 3"),
        ({"when": Decimal("3E2")}, "DUE_DATE", "'${when}' gave 300"),
        ({"later": ["P1D"]}, "DUE_DATE", "'${later}' gave a list"),
        ({"when": timedelta(days=999_999_999)}, "DUE_DATE", "'${when}' gave a duration"),
        ({"rank": "high"}, "PRIORITY", "a whole number as the priority of 'work', but it is \"high\""),
        ({"rank": Decimal("7.5")}, "PRIORITY", "but it is 7.5"),
        ({"rank": Decimal("-1E-1")}, "PRIORITY", "but it is -0.1"),
        ({"rank": "1E2"}, "PRIORITY", 'but it is "1E2"'),
        ({"rank": True}, "PRIORITY", "but it is true"),
        ({"skip": "yes"}, "CONDITION", "at 'work', but it gave \"yes\""),
        ({"skip": 1}, "CONDITION", "at 'work', but it gave 1"),
    ],
)
def test_a_value_that_is_none_of_these_is_an_incident(
    kit: Kit, variables: dict[str, Any], code: str, words: str
) -> None:
    with pytest.raises(Stuck) as told:
        opened(kit, **variables)

    assert words in str(told.value)
    with kit.database.read() as connection:
        (incident,) = incidents.listing(connection)
    assert (incident.code, incident.element) == (code, "work")


def test_a_task_is_skipped_where_its_condition_holds(kit: Kit) -> None:
    run = kit.start("demo", skip=True)
    run.complete("first")

    assert run.ended_at("end") and run.events("task.skipped")


def test_a_corrected_value_lets_the_task_before_be_finished(kit: Kit) -> None:
    run = kit.start("demo", rank="high")
    with pytest.raises(Stuck):
        run.complete("first")
    with kit.database.read() as connection:
        (incident,) = incidents.listing(connection)

    repairs.correct(kit.engine, incident.id, "ops", {"rank": 7})
    run.complete("first")

    assert run.open_tasks() == ["work"]
    with pytest.raises(Conflict):
        repairs.correct(kit.engine, incident.id, "ops", {"rank": 8})
