"""Incidents: what operations see, what they do about it, and when one closes by itself."""

from __future__ import annotations

import pytest

from engine import Database, Limits, incidents, instances, notices, repairs, work
from engine.contract import Done, Fail, Outcome, TaskContext, handler
from engine.errors import Conflict, NotAllowed, NotFound, Sentence, Stuck
from engine.states import IncidentState
from engine.testing import Kit, Run
from tests.engine.demo import chain, drawing, end, flow, service, start, timer, user

WORKS: list[bool] = []


@handler("demo.act")
def act(context: TaskContext[object]) -> Outcome:
    if WORKS and context.variables.get("price") != 0:
        return Done()
    return Fail(Sentence("no price of %(part)s", part="P-7"), retry=False)


ASKS = service("act", "demo.act").replace('name="act"', 'name="Ask the price"')
BODY = start() + ASKS + end() + chain("start", "act", "end")
LATER = '<intermediateCatchEvent id="later">' + timer("timeDate", "=due") + "</intermediateCatchEvent>"
STUCK = start() + user("go") + LATER + end() + chain("start", "go", "later", "end")


@pytest.fixture
def run(database: Database) -> Run:
    WORKS.clear()
    files = {"bpmn/demo.bpmn": drawing("demo", BODY), "bpmn/stuck.bpmn": drawing("stuck", STUCK)}
    return Kit(database, handlers=[act], files=files, limits=Limits(steps_per_command=300)).start("demo", "order:7")


def listed(run: Run, state: IncidentState | None = IncidentState.OPEN) -> list[incidents.IncidentRow]:
    with run.kit.database.read() as connection:
        return incidents.listing(connection, state)


def test_an_incident_says_what_where_and_about_which_record_and_operations_are_told(run: Run) -> None:
    (found,) = listed(run)

    assert (found.code, found.element, found.process_key, found.business_key) == (
        "HANDLER_FAILED",
        "act",
        "demo",
        "order:7",
    )
    assert str(found.sentence).startswith("Step Ask the price cannot go on: ") and "no price of P-7" in str(
        found.sentence
    )
    assert found.instance_id == run.instance_id
    with run.kit.database.read() as connection:
        (notice,) = notices.for_user(connection, "ops")
    assert "no price of P-7" in str(notice.sentence) and notice.link == f"/incidents/{found.id}"


def test_a_repair_that_works_keeps_who_did_it_and_the_verdict(run: Run) -> None:
    (found,) = listed(run)
    WORKS.append(True)

    repairs.retry(run.kit.engine, found.id, "ops", {"price": 5})

    assert run.ended_at("end") and listed(run) == []
    (closed,) = listed(run, None)
    assert (closed.state, closed.resolved_by, closed.verdict) == (
        IncidentState.RESOLVED,
        "ops",
        "tried again: it worked",
    )
    (edited,) = run.events("variables.edited")
    assert (edited.actor, edited.detail["values"], edited.detail["before"]) == ("ops", {"price": 5}, {"price": None})


def test_failing_again_keeps_one_incident_with_the_newest_cause(run: Run) -> None:
    (found,) = listed(run)

    for _ in range(2):
        with pytest.raises(repairs.StillFailing, match="no price"):
            repairs.retry(run.kit.engine, found.id, "ops", {"price": 0})

    assert [row.id for row in listed(run, None)] == [found.id]


def test_a_resolved_incident_cannot_be_repaired_again(run: Run) -> None:
    (found,) = listed(run)
    WORKS.append(True)
    repairs.retry(run.kit.engine, found.id, "ops")

    with pytest.raises(Conflict, match="resolved already"):
        repairs.retry(run.kit.engine, found.id, "ops")
    with pytest.raises(NotFound):
        repairs.retry(run.kit.engine, "nothing", "ops")


def test_a_repair_cut_off_after_its_work_is_finished_by_the_next_try(sqlite: Database) -> None:
    WORKS.clear()
    body = start() + service("act", "demo.act") + user("look") + end() + chain("start", "act", "look", "end")
    run = Kit(sqlite, handlers=[act], files={"bpmn/demo.bpmn": drawing("demo", body)}).start("demo", "order:7")
    (found,) = listed(run)
    WORKS.append(True)
    assert found.job_id is not None and work.retry(run.kit.engine, found.job_id, "repair:ops")

    repairs.retry(run.kit.engine, found.id, "ops")

    assert run.open_tasks() == ["look"] and listed(run) == []


def test_ending_the_process_closes_its_incidents_with_the_reason(run: Run) -> None:
    (found,) = listed(run)

    repairs.end_process(run.kit.engine, found.id, "ops", "the order was a test")

    assert run.state == "cancelled" and listed(run) == []
    (closed,) = listed(run, None)
    assert closed.verdict == "cancelled: the order was a test"


def stuck(run: Run) -> Run:
    other = run.kit.start("stuck", "order:8", due="soon")
    with pytest.raises(Stuck, match="later"):
        other.complete("go", note="half an hour of typing")
    return other


def test_a_completion_that_leads_nowhere_changes_nothing_but_is_told_to_operations(run: Run) -> None:
    other = stuck(run)

    (found,) = [row for row in listed(run) if row.instance_id == other.instance_id]
    assert (found.code, found.element, found.process_key, found.business_key) == ("TIMER", "later", "stuck", "order:8")
    assert other.open_tasks() == ["go"] and other.events("task.completed") == []


def test_what_was_typed_before_is_kept_as_a_draft_and_the_next_try_closes_the_incident(run: Run) -> None:
    other = stuck(run)
    with pytest.raises(Stuck):
        other.complete("go")
    assert len([row for row in listed(run) if row.instance_id == other.instance_id]) == 1

    other.complete("go", due=run.kit.clock.now())

    assert other.ended_at("end")
    assert [row for row in listed(run) if row.instance_id == other.instance_id] == []


def test_an_incident_without_a_job_is_not_tried_again(run: Run) -> None:
    other = stuck(run)
    (found,) = [row for row in listed(run) if row.instance_id == other.instance_id]

    with pytest.raises(Conflict, match="what its text says"):
        repairs.retry(run.kit.engine, found.id, "ops")


def starting(run: Run, **variables: object) -> None:
    """A process that turns for ever from its start on, unless it is told to end."""
    gate = '<exclusiveGateway id="gw" default="gw_act"/>' + service("act", "demo.act") + end()
    body = start() + gate + chain("start", "gw", "act", "gw") + flow("gw", "end", "over = true")
    run.kit.deploy({"bpmn/turning.bpmn": drawing("turning", body)})
    WORKS.append(True)
    instances.start(run.kit.engine, "turning", "order:9", {"over": False, **variables}, "rep")


def test_a_process_that_cannot_start_leaves_nothing_behind_but_an_incident(run: Run) -> None:
    for _again in range(2):
        with pytest.raises(Stuck, match="gw|act"):
            starting(run)

    with run.kit.database.read() as connection:
        assert instances.for_record(connection, "order:9") == []
    (found,) = [row for row in listed(run) if row.is_of_start]
    assert (found.code, found.process_key, found.business_key) == ("ENDLESS_LOOP", "turning", "order:9")


def test_the_incident_of_a_start_closes_once_the_process_starts(run: Run) -> None:
    with pytest.raises(Stuck):
        starting(run)

    starting(run, over=True)

    assert [row for row in listed(run) if row.is_of_start] == []


def test_operations_close_the_incident_of_a_start_with_a_reason_and_no_other(run: Run) -> None:
    with pytest.raises(Stuck):
        starting(run)
    (found,) = [row for row in listed(run) if row.is_of_start]
    (other,) = [row for row in listed(run) if not row.is_of_start]

    with pytest.raises(NotAllowed):
        repairs.dismiss(run.kit.engine, found.id, "ops", " ")
    with pytest.raises(Conflict):
        repairs.dismiss(run.kit.engine, other.id, "ops", "Enough of it")
    repairs.dismiss(run.kit.engine, found.id, "ops", "The drawing was mended")

    assert [row.id for row in listed(run)] == [other.id]
