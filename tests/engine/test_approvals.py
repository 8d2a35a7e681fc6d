"""Approvals: who decides, what silence does, four eyes, substitutes, nobody to ask."""

from datetime import timedelta

import pytest

from engine import Database, approvals, incidents, notices, user_tasks
from engine.errors import NotAllowed, Stuck
from engine.testing import Kit, People, Run
from tests.engine.demo import chain, drawing, end, flow, properties, start, user

SLA = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="sla" name="sla" namespace="https://example.org">
<decision id="approval_sla" name="approval_sla"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i1" label="approval_level"><inputExpression id="e1" typeRef="number"><text>approval_level</text></inputExpression></input>
<output id="o1" name="sla_hours" typeRef="number"/><output id="o2" name="remind_hours" typeRef="number"/>
<rule id="r1"><inputEntry id="c1"><text>1</text></inputEntry><outputEntry id="c2"><text>24</text></outputEntry><outputEntry id="c3"><text>12</text></outputEntry></rule>
<rule id="r2"><inputEntry id="c4"><text>&gt;1</text></inputEntry><outputEntry id="c5"><text>48</text></outputEntry><outputEntry id="c6"><text>24</text></outputEntry></rule>
</decisionTable></decision></definitions>"""  # noqa: E501

APPROVAL = properties(approval="true", approval__type="priority", approval__level="level", approval__requester="owner")
BODY = (
    start()
    + user("review", APPROVAL, candidateGroups="mgr")
    + '<exclusiveGateway id="gw" default="gw_again"/>'
    + user("again")
    + end()
    + chain("start", "review", "gw", "again", "review")
    + flow("gw", "end", 'decision = "approve"')
)


def approval_kit(database: Database, **people: object) -> Kit:
    files = {"bpmn/ask.bpmn": drawing("ask", BODY), "dmn/sla.dmn": SLA}
    return Kit(database, people=People(**people), files=files)  # type: ignore[arg-type]


@pytest.fixture
def run(database: Database) -> Run:
    return approval_kit(database).start("ask", level=1, owner="rep")


def requests(run: Run) -> list[tuple[int, str]]:
    with run.kit.database.read() as connection:
        return [(row["level"], row["state"]) for row in reversed(approvals.of_record(connection, "case:1"))]


def notices_of(run: Run, user_name: str) -> list[str]:


    with run.kit.database.read() as connection:
        return [str(row.sentence) for row in notices.for_user(connection, user_name)]


def test_the_line_manager_approves(run: Run) -> None:
    run.complete("review", "mgr", decision="approve")

    assert run.ended_at("end")
    assert requests(run) == [(1, "approved")]


def test_a_rejection_goes_back_and_asks_anew(run: Run) -> None:
    run.complete("review", "mgr", decision="reject", comment="no")
    run.complete("again", "rep")

    assert run.open_tasks() == ["review"]
    assert requests(run) == [(1, "rejected"), (1, "open")]


def test_half_of_the_time_reminds_and_the_whole_escalates_to_the_next_level(run: Run) -> None:
    run.pass_time(timedelta(hours=13))
    assert any("still waits" in text for text in notices_of(run, "mgr"))
    assert requests(run) == [(1, "open")]

    run.pass_time(timedelta(hours=12))

    assert requests(run) == [(1, "escalated"), (2, "open")]
    with pytest.raises(NotAllowed, match="boss"):
        run.complete("review", "mgr", decision="approve")
    run.complete("review", "boss", decision="approve")
    assert run.ended_at("end")


def test_the_highest_level_never_escalates_and_operations_hear_of_it_every_day(run: Run) -> None:
    run.pass_time(timedelta(days=1, hours=1))
    run.pass_time(timedelta(days=2, hours=1))
    assert requests(run)[-1] == (3, "open")

    run.pass_time(timedelta(days=10))

    assert requests(run)[-1] == (3, "open")
    assert len([text for text in notices_of(run, "ops") if "highest level" in text]) >= 7


def test_the_requester_may_not_decide_even_as_substitute(sqlite: Database) -> None:
    run = approval_kit(sqlite, away={"mgr": "rep"}).start("ask", level=1, owner="rep")

    with pytest.raises(NotAllowed, match="four eyes"):
        run.complete("review", "rep", decision="approve")


def test_a_substitute_decides_and_both_names_are_kept(sqlite: Database) -> None:
    run = approval_kit(sqlite, away={"mgr": "boss"}).start("ask", level=1, owner="rep")

    run.complete("review", "boss", decision="approve")

    (done,) = run.events("task.completed")
    assert (done.actor, done.on_behalf_of) == ("boss", "mgr")


def test_without_an_approver_operations_pick_one(database: Database) -> None:
    run = approval_kit(database, levels={}).start("ask", level=1, owner="rep")
    with run.kit.database.read() as connection:
        (found,) = incidents.listing(connection)
    assert found.code == "NO_APPROVER"

    user_tasks.pick_approver(run.kit.engine, run.task_id("review"), "ops", "boss")

    with run.kit.database.read() as connection:
        assert incidents.listing(connection) == []
    run.complete("review", "boss", decision="approve")
    assert run.ended_at("end")


def test_operations_may_not_pick_the_requester(sqlite: Database) -> None:
    run = approval_kit(sqlite, levels={}).start("ask", level=1, owner="rep")

    with pytest.raises(NotAllowed, match="four eyes"):
        user_tasks.pick_approver(run.kit.engine, run.task_id("review"), "ops", "rep")


def test_picking_an_approver_takes_the_task_from_who_claimed_it(sqlite: Database) -> None:
    run = approval_kit(sqlite, levels={}).start("ask", level=1, owner="rep")
    user_tasks.pick_approver(run.kit.engine, run.task_id("review"), "ops", "mgr")
    user_tasks.claim(run.kit.engine, run.task_id("review"), "mgr")

    user_tasks.pick_approver(run.kit.engine, run.task_id("review"), "ops", "boss")

    run.complete("review", "boss", decision="approve")
    assert run.ended_at("end")


@pytest.mark.parametrize(("level", "words"), [("2", 'gave "2"'), (True, "gave true"), (None, "gave null")])
def test_a_level_that_is_no_number_is_an_incident(sqlite: Database, level: object, words: str) -> None:
    kit = approval_kit(sqlite)

    with pytest.raises(Stuck, match="a number as the level of the approval 'review', but 'level' gave") as told:
        kit.start("ask", level=level, owner="rep")

    assert words in str(told.value)
    with kit.database.read() as connection:
        assert [(one.code, one.element) for one in incidents.listing(connection)] == [("APPROVAL_LEVEL", "review")]
