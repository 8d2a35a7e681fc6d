"""Off-page references: one process hands over to the next, deployed or not, and tells its caller which one that is."""

from __future__ import annotations

from engine import Database, handovers, incidents, instances, jobs, repairs, verify, work, worker
from engine.states import HandoverState
from engine.testing import Kit, Run
from tests.engine.demo import chain, drawing, end, properties, start, timer, user

OFF = end("off", properties(handover="next-step", payload="{amount: total}"))
FIRST = drawing("first", start() + user("go") + OFF + chain("start", "go", "off"))
LOOK = start() + user("look") + end() + chain("start", "look", "end")
NEXT, ALONE = drawing("next_step", LOOK), drawing("next_step", properties(alone="true") + LOOK)


def handed(run: Run) -> list[handovers.HandoverRow]:
    with run.kit.database.read() as connection:
        return handovers.of_record(connection, "case:1")


def begun(run: Run) -> list[Run]:
    with run.kit.database.read() as connection:
        rows = instances.for_record(connection, "case:1")
    return [Run(run.kit, row.id) for row in rows if row.key == "next-step"]


def waiting(database: Database) -> Run:
    run = Kit(database, files={"bpmn/first.bpmn": FIRST}).start("first", total=7, secret="x")
    run.complete("go")
    return run


def test_a_handover_to_a_process_not_deployed_yet_waits_visibly(database: Database) -> None:
    run = waiting(database)

    (row,) = handed(run)

    assert run.ended_at("off")
    assert (row.target_key, row.state, row.target_instance) == ("next-step", HandoverState.WAITING, None)
    assert [event.detail["deployed"] for event in run.events("handover.waiting")] == [False]


def test_it_starts_by_itself_once_the_target_is_deployed(database: Database) -> None:
    run = waiting(database)

    run.kit.deploy({"bpmn/next-step.bpmn": NEXT})
    worker.run_due(run.kit.engine)

    (started,), (row,) = begun(run), handed(run)
    assert started.open_tasks() == ["look"] and started.variables["amount"] == 7
    assert "secret" not in started.variables
    assert (row.state, row.target_instance) == (HandoverState.STARTED, started.instance_id)
    assert started.row()["source_instance"] == run.instance_id
    assert started.variables["source_key"] == "first"
    with database.read() as connection:
        assert verify.check(run.kit.engine, connection) == []


def test_it_starts_only_once_however_often_it_is_released(database: Database) -> None:
    run = waiting(database)
    run.kit.deploy({"bpmn/next-step.bpmn": NEXT})
    other = drawing("next_step", start() + user("see") + end() + chain("start", "see", "end"))
    run.kit.deploy({"bpmn/next-step.bpmn": other})  # a second release before anybody worked the first

    worker.run_due(run.kit.engine)
    run.kit.deploy({"bpmn/next-step.bpmn": NEXT})
    worker.run_due(run.kit.engine)

    assert len(begun(run)) == 1


def test_a_deployed_target_starts_at_once(sqlite: Database) -> None:
    run = Kit(sqlite, files={"bpmn/first.bpmn": FIRST, "bpmn/next-step.bpmn": NEXT}).start("first", total=7)

    run.complete("go")

    assert [one.open_tasks() for one in begun(run)] == [["look"]]


def test_without_a_payload_all_variables_go_along(sqlite: Database) -> None:
    off = end("off", properties(handover="next-step"))
    whole = drawing("first", start() + user("go") + off + chain("start", "go", "off"))
    run = Kit(sqlite, files={"bpmn/first.bpmn": whole, "bpmn/next-step.bpmn": NEXT}).start("first", total=7, rows=[1])

    run.complete("go")

    (started,) = begun(run)
    assert (started.variables["total"], started.variables["rows"]) == (7, [1])


def test_a_target_that_cannot_start_is_an_incident_and_starts_after_the_repair(database: Database) -> None:
    late = '<intermediateCatchEvent id="late">' + timer("timeDate", "=amount") + "</intermediateCatchEvent>"
    broken = drawing("next_step", start() + late + end() + chain("start", "late", "end"))
    run = Kit(database, files={"bpmn/first.bpmn": FIRST, "bpmn/next-step.bpmn": broken}).start("first", total=7)
    run.complete("go")
    assert begun(run) == [] and [row.state for row in handed(run)] == [HandoverState.WAITING]
    with database.read() as connection:
        (found,) = incidents.listing(connection)
    assert (found.code, found.element, found.business_key) == ("TIMER", "late", "case:1")

    run.kit.deploy({"bpmn/next-step.bpmn": NEXT})
    worker.run_due(run.kit.engine)
    repairs.retry(run.kit.engine, found.id, "ops")

    assert [one.open_tasks() for one in begun(run)] == [["look"]]


def test_a_called_process_tells_its_caller_which_process_is_next_instead(database: Database) -> None:
    call = (
        '<callActivity id="call" calledElement="first"><extensionElements><camunda:in variables="all"/>'
        '<camunda:out variables="all"/></extensionElements></callActivity>'
    )
    outer = drawing("outer", start() + call + user("after") + end() + chain("start", "call", "after", "end"))
    files = {"bpmn/first.bpmn": FIRST, "bpmn/outer.bpmn": outer, "bpmn/next-step.bpmn": NEXT}
    run = Kit(database, files=files).start("outer", total=7)

    run.complete("go")

    assert run.open_tasks() == ["after"]
    assert (run.variables["next_key"], run.variables["next_payload"]) == ("next-step", {"amount": 7})
    assert handed(run) == [] and begun(run) == []


def test_a_handover_joins_the_instance_of_a_process_that_runs_once_about_a_record(database: Database) -> None:
    kit = Kit(database, files={"bpmn/first.bpmn": FIRST, "bpmn/next-step.bpmn": ALONE})
    for amount in (7, 8):
        kit.start("first", total=amount).complete("go")
    kit.start("first", "case:2", total=9).complete("go")

    rows = handed(kit.start("first", total=1))
    (only,) = begun(Run(kit, rows[0].source_instance))

    assert [row.target_instance for row in rows] == [only.instance_id] * 2
    assert only.variables["amount"] == 7
    assert [event.detail for event in only.events("handover.joined")] == [
        {"source": rows[1].source_instance, "key": "first"}
    ]
    with database.read() as connection:
        assert verify.check(kit.engine, connection) == []


def test_a_handover_starts_it_again_once_it_has_ended(sqlite: Database) -> None:
    kit = Kit(sqlite, files={"bpmn/first.bpmn": FIRST, "bpmn/next-step.bpmn": ALONE})
    run = kit.start("first", total=7)
    run.complete("go")
    begun(run)[0].complete("look")

    kit.start("first", total=8).complete("go")

    assert sorted(one.variables["amount"] for one in begun(run)) == [7, 8]


def test_each_token_that_reaches_the_end_hands_over(sqlite: Database) -> None:
    split = '<parallelGateway id="split"/>'
    flows = chain("start", "split", "go", "off") + chain("split", "again", "off")
    both = drawing("first", start() + split + user("go") + user("again") + OFF + flows)
    run = Kit(sqlite, files={"bpmn/first.bpmn": both, "bpmn/next-step.bpmn": NEXT}).start("first", total=7)

    run.complete("go")
    run.complete("again")

    assert [one.open_tasks() for one in begun(run)] == [["look"], ["look"]]


def test_the_start_of_a_handover_is_done_once_by_two_workers(sqlite: Database) -> None:
    run = waiting(sqlite)
    run.kit.deploy({"bpmn/next-step.bpmn": NEXT})
    lease = jobs.claim(run.kit.engine, "one")
    assert lease is not None

    first, second = work.do(run.kit.engine, lease), work.do(run.kit.engine, lease)

    assert (first, second) == (True, False) and len(begun(run)) == 1
