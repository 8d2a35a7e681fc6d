"""Who performs a step: people by the standard's roles (BPMN 2.0, 10.2.1, 10.2.4), handlers by operations (8.4.3)."""

import pytest

from engine import Database, messages, worker
from engine.bpmn import model
from engine.contract import Done, handler
from engine.tables import task_candidate, user_task
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, refusals
from tests.engine.bpmn import drafts


def offered(kit, run, element):
    """The assignee and candidates of an open task."""
    with kit.database.read() as connection:
        query = user_task.select().where(user_task.c.id == run.task_id(element))
        row = connection.execute(query).mappings().one()
        found = connection.execute(task_candidate.select().where(task_candidate.c.task_id == row["id"])).mappings()
        return row["assignee"], sorted((one["kind"], one["name"]) for one in found)


def working(database):
    kit = Kit(database, files={"bpmn/resources.bpmn": drawing(__file__, "resources").xml})
    return kit, kit.start("resources", boss="mgr", teams=["rep", "ops"])


def test_potential_owners_are_users_and_groups(sqlite: Database) -> None:
    """10.2.4: potential owners are persons who may claim and work a task; operations, where nobody of them is known."""
    kit, run = working(sqlite)

    groups = [("group", "accountants"), ("group", "managers"), ("group", "ops")]
    assert offered(kit, run, "both") == (None, [*groups, ("user", "kermit")])


def test_a_human_performer_is_the_one_who_is_to_do_it(sqlite: Database) -> None:
    kit, run = working(sqlite)

    run.complete("both", by="kermit")

    assert offered(kit, run, "one") == ("rep", [])


def test_several_performers_are_candidates() -> None:
    """10.2.2: who performs an activity: a person, a group, a role."""
    either = model(drawing(__file__, "resources")).elements["either"].attributes

    assert (either["candidateUsers"], either["candidateGroups"]) == ("mgr,rep", "ops")
    assert "assignee" not in either


def test_expressions_tell_people_when_the_task_is_opened(sqlite: Database) -> None:
    kit, run = working(sqlite)

    run.complete("both", by="kermit")
    run.complete("one")

    assert offered(kit, run, "worked_out") == (None, [("group", "ops"), ("group", "rep"), ("user", "mgr")])


def test_a_resource_is_a_group_of_its_name_and_a_tasks_own_candidates_go_first(sqlite: Database) -> None:
    """8.3.12: a resource is referred to by its role."""
    elements = model(drawing(__file__, "resources")).elements

    assert elements["by_resource"].attributes["candidateGroups"] == "rep,sales"
    assert elements["own_words"].attributes["assignee"] == "rep"
    assert "candidateUsers" not in elements["own_words"].attributes


def test_handlers_are_found_by_operation_and_implementation(sqlite: Database) -> None:
    """10.2.3: a service task invokes an operation, or what its implementation names; so does a business rule task.

    A send task sends, and a receive task awaits, the message of its operation.
    """
    called = []

    def named(name):
        @handler(name)
        def work(task):
            called.append(task.element)
            return Done({"price": 4} if name.endswith("find") else {})

        return work

    handlers = [named(f"prices.{name}") for name in ("find", "check", "store", "judge", "tell")]
    kit = Kit(sqlite, handlers=handlers, files={"bpmn/operations.bpmn": drawing(__file__, "operations").xml})

    run = kit.start("operations")

    assert called == ["find", "check", "named", "rule", "tell"]
    assert [event.detail["name"] for event in run.events("message.thrown")] == ["question"]
    assert messages.correlate(kit.engine, "answer", "case:1", {}).instances == (run.instance_id,)
    worker.run_due(kit.engine)
    assert run.ended_at("end") and run.variables["total"] == 8


def test_a_message_event_takes_the_message_of_its_operation() -> None:
    """10.4.5: operationRef of a message event definition."""
    assert model(drawing(__file__, "operations")).elements["end"].event_name == "question"


def test_an_operation_without_a_registered_handler_is_refused_by_name():
    """8.4.3: how an operation is implemented is outside the drawing."""
    assert refusals(__file__, "operations") == [
        ("handlers", "find"),
        ("handlers", "check"),
        ("handlers", "named"),
        ("handlers", "rule"),
        ("handlers", "tell"),
    ]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("group(y), group(${append(a, b)})", '${flatten(["y", append(a, b)])}'),
        ("y, ${append(a, b)}", '${flatten(["y", append(a, b)])}'),
        ("y, ${region}-team", '${flatten(["y", string join([string(region), "-team"])])}'),
        ("team-${max(a, b)}, group(y)", '${flatten([string join(["team-", string(max(a,b))]), "y"])}'),
    ],
)
def test_an_owner_that_is_worked_out_stays_one(drawn: str, read: str) -> None:
    """10.2.4: what names a potential owner is an expression."""
    owner = f"<resourceAssignmentExpression><formalExpression>{drawn}</formalExpression></resourceAssignmentExpression>"
    ask = f'<userTask id="ask"><potentialOwner>{owner}</potentialOwner></userTask>'
    found = model(drafts.drawing(ask)).elements["ask"].attributes

    assert found["candidateGroups"] == read
