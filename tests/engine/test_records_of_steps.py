"""Which record a step is about: the instance's, one that a step turns to, or the one that a call names."""

from __future__ import annotations

from typing import Any

from engine import Database, handovers, inbox, instances, messages, verify, worker
from engine.contract import Done, HandOn, Message, Outcome, Start, TaskContext, handler
from engine.testing import Kit, Run
from tests.engine.demo import chain, drawing, end, properties, service, start, user


@handler("first.make")
def make(context: TaskContext[Any]) -> Outcome:
    """Creates a record and turns to it."""
    return Done({"made": True}, business_key="deal:7")


@handler("first.seen")
def seen(context: TaskContext[Any]) -> Outcome:
    """Says what it is about."""
    return Done({"about": context.business_key})


@handler("first.spread")
def spread(context: TaskContext[Any]) -> Outcome:
    """Starts two processes about one record, and tells another."""
    wanted = [Start("next-step", "deal:8", {"number": number}) for number in (1, 2)]
    return Done(starts=wanted, messages=[Message("news", "case:1", {"text": "hello"})])


@handler("first.pass_on")
def pass_on(context: TaskContext[Any]) -> Outcome:
    """Gives the work on the second item to somebody else."""
    return Done(handed_on=[HandOn("work", "boss", {"one": 2})])


HANDLERS = (make, seen, spread, pass_on)
NEXT = drawing("next_step", start() + user("look") + end() + chain("start", "look", "end"))


def about(kit: Kit, key: str) -> list[Run]:
    with kit.database.read() as connection:
        return [Run(kit, row.id) for row in instances.for_record(connection, key)]


def kit_of(database: Database, **drawings: bytes) -> Kit:
    files = {f"bpmn/{name.replace('_', '-')}.bpmn": content for name, content in drawings.items()}
    return Kit(database, files=files, handlers=HANDLERS)


def keys_of_tasks(run: Run) -> set[str]:
    with run.kit.database.read() as connection:
        return {row.business_key for row in inbox.of_instance(connection, run.instance_id, run.kit.clock.now())}


def test_a_step_that_creates_the_record_turns_the_whole_instance_to_it(database: Database) -> None:
    ahead = user("before") + service("make", "first.make") + user("after")
    kit = kit_of(
        database, first=drawing("first", start() + ahead + end() + chain("start", "before", "make", "after", "end"))
    )
    run = kit.start("first")

    run.complete("before")

    assert [one.instance_id for one in about(kit, "deal:7")] == [run.instance_id]
    assert about(kit, "case:1") == []
    assert (run.variables["business_key"], keys_of_tasks(run)) == ("deal:7", {"deal:7"})
    assert [event.detail["before"] for event in run.events("record.changed")] == ["case:1"]
    with database.read() as connection:
        assert verify.check(kit.engine, connection) == []


def test_a_call_about_another_record_leaves_the_caller_with_its_own(database: Database) -> None:
    inner = drawing(
        "inner", start() + service("seen", "first.seen") + user("ask") + end() + chain("start", "seen", "ask", "end")
    )
    call = (
        '<callActivity id="call" calledElement="inner"><extensionElements><camunda:in variables="all"/>'
        '<camunda:in businessKey="${&quot;account:&quot; + string(number)}"/><camunda:out variables="all"/>'
        "</extensionElements></callActivity>"
    )
    ahead = call + user("after")
    kit = kit_of(
        database, inner=inner, outer=drawing("outer", start() + ahead + end() + chain("start", "call", "after", "end"))
    )
    run = kit.start("outer", number=9)
    assert (run.variables.get("business_record"), keys_of_tasks(run)) == (None, {"account:9"})

    run.complete("ask")

    assert (run.variables["about"], run.variables.get("business_record")) == ("account:9", None)
    assert keys_of_tasks(run) == {"account:9", "case:1"}


def test_a_call_about_another_record_keeps_its_own_when_the_caller_turns(database: Database) -> None:
    inner = drawing("inner", start() + user("ask") + end() + chain("start", "ask", "end"))
    call = (
        '<callActivity id="call" calledElement="inner"><extensionElements>'
        '<camunda:in businessKey="${&quot;account:9&quot;}"/></extensionElements></callActivity>'
    )
    ahead = '<parallelGateway id="both"/>' + call + user("before") + service("make", "first.make") + user("after")
    flows = chain("start", "both", "call", "end") + chain("both", "before", "make", "after", "end")
    kit = kit_of(database, inner=inner, first=drawing("first", start() + ahead + end() + flows))
    run = kit.start("first")

    run.complete("before")

    assert run.variables["business_key"] == "deal:7"
    assert keys_of_tasks(run) == {"account:9", "deal:7"}


def test_a_handover_may_be_about_another_record(sqlite: Database) -> None:
    off = end(
        "off",
        properties(handover="next-step", payload="{x: 1}", handover__business_key="&quot;deal:&quot; + string(n)"),
    )
    kit = kit_of(sqlite, next_step=NEXT, first=drawing("first", start() + off + chain("start", "off")))

    kit.start("first", n=3)
    worker.run_due(kit.engine)

    assert [one.variables["x"] for one in about(kit, "deal:3")] == [1]


def test_one_handover_for_each_item_of_a_list(database: Database) -> None:
    each = "for n in numbers return {business_key: &quot;deal:&quot; + string(n), n: n}"
    off = end("off", properties(handover="next-step", handover__each=each))
    kit = kit_of(database, next_step=NEXT, first=drawing("first", start() + off + chain("start", "off")))

    kit.start("first", numbers=[1, 2, 2])
    worker.run_due(kit.engine)

    assert [len(about(kit, key)) for key in ("deal:1", "deal:2")] == [1, 2]
    with database.read() as connection:
        assert {row.state for row in handovers.of_record(connection, "deal:2")} == {"started"}


def test_a_handler_starts_other_processes_and_sends_messages_while_its_own_goes_on(database: Database) -> None:
    wait = '<receiveTask id="wait" messageRef="news"/>'
    waiting = drawing(
        "waiting", start() + wait + end() + chain("start", "wait", "end"), '<message id="news" name="news"/>'
    )
    ahead = service("spread", "first.spread") + user("after")
    first = drawing("first", start() + ahead + end() + chain("start", "spread", "after", "end"))
    kit = kit_of(database, next_step=NEXT, waiting=waiting, first=first)
    listener = kit.start("waiting")

    run = kit.start("first", "deal:1")
    worker.run_due(kit.engine)

    assert run.open_tasks() == ["after"]
    assert sorted(one.variables["number"] for one in about(kit, "deal:8")) == [1, 2]
    assert listener.ended_at("end") and listener.variables["text"] == "hello"


def test_a_message_about_the_record_reaches_an_instance_that_turned_to_it(sqlite: Database) -> None:
    catch = '<intermediateCatchEvent id="catch"><messageEventDefinition messageRef="news"/></intermediateCatchEvent>'
    ahead = service("make", "first.make") + catch
    body = start() + ahead + end() + chain("start", "make", "catch", "end")
    kit = kit_of(sqlite, first=drawing("first", body, '<message id="news" name="news"/>'))
    run = kit.start("first")

    messages.correlate(kit.engine, "news", "deal:7")

    assert run.ended_at("end")


def test_a_step_hands_on_those_open_tasks_that_hold_the_values_it_names(sqlite: Database) -> None:
    loop = '<multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="one"/>'
    both = '<parallelGateway id="both"/>' + user("work", loop, assignee="rep") + user("help")
    passing = service("pass_on", "first.pass_on") + end() + end("done")
    flows = chain("start", "both", "work", "end") + chain("both", "help", "pass_on", "done")
    kit = kit_of(sqlite, first=drawing("first", start() + both + passing + flows))
    run = kit.start("first", items=[1, 2])

    run.complete("help")

    with sqlite.read() as connection:
        rows = inbox.of_instance(connection, run.instance_id, kit.clock.now())
    assert sorted(row.assignee for row in rows if row.element == "work" and row.assignee) == ["boss", "rep"]
    (event,) = run.events("task.reassigned")
    assert (event.element, event.detail["assignee"]) == ("work", "boss")
    run.complete("work", "rep")
    run.complete("work", "boss")
    assert run.state == "completed"
