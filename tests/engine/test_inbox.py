"""Lists of tasks: whose they are, in which order, how many, and at what cost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from engine import Database, inbox, user_tasks
from engine.errors import NotFound
from engine.testing import Kit, People, Run
from tests.engine.demo import chain, drawing, end, properties, start, user
from tests.engine.test_approvals import SLA

PEOPLE = People(
    groups={"ann": ("rep",), "bob": ("rep", "team"), "cy": ("ops",), "dee": ("mgr",), "rep": ("rep",), "mgr": ("mgr",)},
    away={"ann": "cy"},
    below={"dee": ("ann", "mgr")},
)
APPROVAL = properties(approval="true", approval__level="1", approval__requester="owner")
FILES = {
    "bpmn/own.bpmn": drawing("own", start() + user("work", assignee="${who}") + end() + chain("start", "work", "end")),
    "bpmn/offer.bpmn": drawing(
        "offer",
        start()
        + user("look", candidateGroups="rep,team", dueDate="${due}", priority="${weight}")
        + end()
        + chain("start", "look", "end"),
    ),
    "bpmn/ask.bpmn": drawing("ask", start() + user("decide", APPROVAL) + end() + chain("start", "decide", "end")),
    "dmn/sla.dmn": SLA,
}


@pytest.fixture
def kit(database: Database) -> Kit:
    return Kit(database, people=PEOPLE, files=FILES)


@pytest.fixture
def one(sqlite: Database) -> Kit:
    return Kit(sqlite, people=PEOPLE, files=FILES)


def offer(kit: Kit, key: str, days: int | None = None, weight: int = 50, **variables: Any) -> Run:
    due = None if days is None else kit.clock.now() + timedelta(days=days)
    return kit.start("offer", key, due=due, weight=weight, **variables)


def rows(kit: Kit, who: str, scope: Any = "groups", **more: Any) -> list[inbox.InboxRow]:
    with kit.database.read() as connection:
        return inbox.tasks(connection, kit.engine.directory(connection), who, kit.clock.now(), scope=scope, **more)


def keys(kit: Kit, who: str, scope: Any = "groups", **more: Any) -> list[str]:
    return [row.business_key for row in rows(kit, who, scope, **more)]


def counts(kit: Kit, who: str) -> dict[str, int]:
    with kit.database.read() as connection:
        return dict(inbox.counts(connection, kit.engine.directory(connection), who, kit.clock.now()))


def test_overdue_comes_first_then_the_nearest_due_then_weight_then_age(kit: Kit) -> None:
    offer(kit, "undated old")
    kit.clock.advance(timedelta(minutes=1))
    offer(kit, "undated heavy", weight=90)
    offer(kit, "in a week", days=7)
    offer(kit, "tomorrow", days=1)
    offer(kit, "tomorrow heavy", days=1, weight=80)
    late, later = offer(kit, "late", days=-1), offer(kit, "very late", days=-9)
    assert late.open_tasks() == later.open_tasks() == ["look"]

    assert keys(kit, "ann") == [
        "very late",
        "late",
        "tomorrow heavy",
        "tomorrow",
        "in a week",
        "undated heavy",
        "undated old",
    ]
    assert keys(kit, "ann", limit=2, offset=1) == ["late", "tomorrow heavy"]
    assert keys(kit, "ann", overdue_only=True) == ["very late", "late"]
    assert [row.overdue for row in rows(kit, "ann", limit=3)] == [True, True, False]


def test_a_task_is_mine_my_groups_or_only_in_the_list_of_all(kit: Kit) -> None:
    kit.start("own", "mine", who="ann")
    offer(kit, "groups")

    assert (keys(kit, "ann", "mine"), keys(kit, "ann", "groups")) == (["mine"], ["groups"])
    assert (keys(kit, "dee", "mine"), keys(kit, "dee", "groups")) == ([], [])
    assert set(keys(kit, "dee", "all")) == {"mine", "groups"}


def test_a_substitute_sees_the_tasks_of_whom_he_or_she_stands_in_for(kit: Kit) -> None:
    kit.start("own", "mine", who="ann")
    offer(kit, "groups")

    assert (keys(kit, "cy", "mine"), keys(kit, "cy", "groups")) == (["mine"], ["groups"])
    assert counts(kit, "cy") == {"mine": 1, "groups": 1, "overdue": 0, "team": 0}


def test_a_manager_sees_what_the_people_below_have_and_are_asked(kit: Kit) -> None:
    kit.start("own", "with ann", who="ann")
    kit.start("own", "with bob", who="bob")
    offer(kit, "free for reps")
    kit.start("ask", "asked of mgr", owner="rep")

    assert set(keys(kit, "dee", "team")) == {"with ann", "asked of mgr"}
    assert counts(kit, "dee")["team"] == 2
    assert keys(kit, "ann", "team") == []


def test_a_task_of_an_unknown_person_goes_to_the_lane_or_to_operations(one: Kit) -> None:
    one.start("own", "lost", who="nobody")

    (row,) = rows(one, "cy")
    assert (row.business_key, row.assignee, row.groups) == ("lost", None, ("ops",))


def test_an_approval_is_offered_to_its_candidates(kit: Kit) -> None:
    kit.start("ask", "please", owner="ann")

    (row,) = rows(kit, "mgr", "mine")
    assert (row.kind, row.element, row.business_key) == ("approval", "decide", "please")
    assert keys(kit, "dee", "mine") == keys(kit, "dee") == []


def test_the_counts_agree_with_the_lists(kit: Kit) -> None:
    offer(kit, "late", days=-1)
    offer(kit, "later", days=3)
    kit.start("own", "mine", who="bob")

    assert counts(kit, "bob") == {"mine": 1, "groups": 2, "overdue": 1, "team": 0}
    assert counts(kit, "dee") == {"mine": 0, "groups": 0, "overdue": 0, "team": 0}


def test_a_search_looks_at_the_key_and_the_subject_in_any_case(kit: Kit) -> None:
    offer(kit, "opportunity:OPP-7", opportunity_name="Größere Anlage", account_name="上海化工")
    offer(kit, "opportunity:OPP-8")

    assert keys(kit, "ann", text="opp-7") == keys(kit, "ann", text="化工") == ["opportunity:OPP-7"]
    assert keys(kit, "ann", text="nothing") == []


@pytest.mark.parametrize("text", ["%", "_", "\\", "100%"])
def test_signs_of_patterns_in_a_search_are_only_signs(kit: Kit, text: str) -> None:
    offer(kit, "plain")
    offer(kit, f"sign {text} sign")

    assert keys(kit, "ann", text=text) == [f"sign {text} sign"]


def test_a_row_says_everything_a_list_shows(one: Kit) -> None:
    run = offer(one, "opportunity:OPP-7", days=2, weight=70, opportunity_name="Pumps", account_name="ACME")

    (row,) = rows(one, "ann")

    assert (row.instance_id, row.process_key, row.names["en"], row.process_names["en"]) == (
        run.instance_id,
        "offer",
        "look",
        "offer",
    )
    assert (row.subject, row.priority, set(row.groups), row.version) == ("Pumps · ACME", 70, {"rep", "team"}, 1)


def test_a_subject_is_written_as_feel_writes_it(one: Kit) -> None:
    offer(one, "case:1", record_name=Decimal("1E3"), account_name=[True])

    assert rows(one, "ann")[0].subject == "1000 · [true]"


def test_fifty_tasks_cost_as_many_queries_as_one(kit: Kit) -> None:
    offer(kit, "first")
    small = queries(kit)
    for number in range(49):
        offer(kit, f"order:{number}")

    assert len(keys(kit, "ann", limit=50)) == 50
    assert queries(kit) == small == {"list": 2, "counts": 1, "version": 1}


def queries(kit: Kit) -> dict[str, int]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(kit.database.engine, "before_cursor_execute", note)
    found = {}
    with kit.database.read() as connection:
        directory, now = kit.engine.directory(connection), kit.clock.now()
        for name, ask in (
            ("list", lambda: inbox.tasks(connection, directory, "ann", now, scope="groups")),
            ("counts", lambda: inbox.counts(connection, directory, "ann", now)),
            ("version", lambda: inbox.version_of(connection, directory, "ann", now)),
        ):
            seen.clear()
            ask()
            found[name] = len([statement for statement in seen if statement.startswith("SELECT")])
    event.remove(kit.database.engine, "before_cursor_execute", note)
    return found


def test_the_version_changes_with_every_change_of_the_list(kit: Kit) -> None:
    def version() -> str:
        with kit.database.read() as connection:
            return inbox.version_of(connection, kit.engine.directory(connection), "ann", kit.clock.now())

    seen = [version()]
    run = offer(kit, "one")
    seen.append(version())
    user_tasks.claim(kit.engine, run.task_id("look"), "ann")
    seen.append(version())
    run.complete("look", "ann")
    seen.append(version())

    assert len(set(seen[:3])) == 3 and seen[3] == seen[0]


def test_a_page_tells_who_may_work_it_and_what_happened_before(kit: Kit) -> None:
    task = offer(kit, "one", amount=5).task_id("look")

    with kit.database.read() as connection:
        allowed, other = (inbox.page(kit.engine, connection, task, who) for who in ("ann", "dee"))

    assert allowed.right is not None and allowed.refusal is None
    assert other.right is None and "for rep, team" in str(other.refusal)
    assert allowed.values["amount"] == 5 and [step.kind for step in allowed.steps][0] == "instance.started"


def test_a_task_that_is_none_is_said_so(one: Kit) -> None:
    with one.database.read() as connection, pytest.raises(NotFound, match="there is none"):
        inbox.page(one.engine, connection, "nothing", "ann")


def test_finished_tasks_leave_the_lists_but_stay_with_their_instance(one: Kit) -> None:
    run = offer(one, "one")
    run.complete("look", "ann")

    assert keys(one, "ann", "all") == []
    with one.database.read() as connection:
        (row,) = inbox.of_instance(connection, run.instance_id, one.clock.now())
        assert inbox.of_record(connection, "one", one.clock.now()) == []
    assert (row.completed_by, row.overdue, row.state) == ("ann", False, "completed")
