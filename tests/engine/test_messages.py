"""Messages, signals and their timers: who gets them, when, and what a called process changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import Database, incidents, messages, verify
from engine.errors import NotFound, Stuck
from engine.tables import message, subscription
from engine.testing import Kit, Run
from tests.engine.demo import boundary, chain, drawing, end, properties, start, timer, user

PAID = '<message id="m_paid" name="paid"/>'
ON_PAID = '<messageEventDefinition messageRef="m_paid"/>'


def catch(element: str, event: str, inner: str = "") -> str:
    return f'<intermediateCatchEvent id="{element}">{inner}{event}</intermediateCatchEvent>'


def throw(element: str, event: str, inner: str = "") -> str:
    return f'<intermediateThrowEvent id="{element}">{inner}{event}</intermediateThrowEvent>'


PARTS = start() + catch("paid", ON_PAID) + user("go") + end()
WAITING = drawing("wait", PARTS + chain("start", "paid", "go", "end"), PAID)
LATE = drawing("late", PARTS + user("first") + chain("start", "first", "paid", "go", "end"), PAID)


def kit(database: Database, *files: bytes) -> Kit:
    return Kit(database, files={f"bpmn/{name_of(content)}.bpmn": content for content in files})


def name_of(content: bytes) -> str:
    return content.decode().split('<process id="')[1].split('"')[0].replace("_", "-")


def sound(k: Kit) -> bool:
    with k.database.read() as connection:
        assert verify.check(k.engine, connection) == []
    return True


def kept(k: Kit) -> list[str]:
    with k.database.read() as connection:
        return list(connection.execute(select(message.c.state).order_by(message.c.received_at)).scalars())


def test_a_message_reaches_every_instance_about_its_record_and_no_other(database: Database) -> None:
    k = kit(database, WAITING)
    one, two, other = k.start("wait", "order:1"), k.start("wait", "order:1"), k.start("wait", "order:2")

    sent = one.message("paid", amount=7)

    assert set(sent.instances) == {one.instance_id, two.instance_id} and not sent.kept
    assert one.open_tasks() == two.open_tasks() == ["go"] and other.open_tasks() == []
    assert one.variables["amount"] == 7 and sound(k)


def test_a_message_that_nobody_awaits_is_kept_and_delivered_later_once(database: Database) -> None:
    k = kit(database, LATE)
    run = k.start("late", "order:1")
    assert run.message("paid", amount=7).kept

    run.complete("first")

    assert run.open_tasks() == ["go"] and run.variables["amount"] == 7
    second = k.start("late", "order:1")
    second.complete("first")
    assert second.open_tasks() == [] and kept(k) == ["taken"] and sound(k)


def test_a_message_is_not_kept_for_ever(sqlite: Database) -> None:
    k = kit(sqlite, LATE)
    run = k.start("late", "order:1")
    run.message("paid")

    run.pass_time(k.engine.limits.message_kept + timedelta(seconds=1))
    run.complete("first")

    assert run.open_tasks() == [] and run.state == "running"


def test_two_kept_messages_serve_two_waits_in_their_order(sqlite: Database) -> None:
    body = start() + user("first") + catch("paid", ON_PAID) + catch("again", ON_PAID) + user("go") + end()
    k = kit(sqlite, drawing("twice", body + chain("start", "first", "paid", "again", "go", "end"), PAID))
    run = k.start("twice")
    for amount in (1, 2):
        run.message("paid", amount=amount)
        k.clock.advance(timedelta(seconds=1))

    run.complete("first")

    assert run.open_tasks() == ["go"] and run.variables["amount"] == 2
    assert [event.detail["payload"]["amount"] for event in run.events("message.received")] == [1, 2]


def test_a_message_id_seen_before_does_nothing(database: Database) -> None:
    body = start() + catch("paid", ON_PAID) + catch("again", ON_PAID) + end() + chain("start", "paid", "again", "end")
    run = kit(database, drawing("twice", body, PAID)).start("twice")

    first, second = run.message("paid", "bank-1"), run.message("paid", "bank-1")

    assert (first.duplicate, second.duplicate, second.instances) == (False, True, ())
    assert run.state == "running"


def test_a_start_message_starts_its_process_once(database: Database) -> None:
    k = kit(database, WAITING)

    first = messages.correlate(k.engine, "start.wait", "order:9", {"amount": 3}, message_id="web-1")
    again = messages.correlate(k.engine, "start.wait", "order:9", {"amount": 3}, message_id="web-1")

    run = Run(k, first.instances[0])
    assert run.row()["business_key"] == "order:9" and run.variables["amount"] == 3
    assert again.duplicate and again.instances == ()


def test_a_start_message_for_an_unknown_process_is_refused_and_not_remembered(sqlite: Database) -> None:
    k = kit(sqlite, WAITING)

    with pytest.raises(NotFound, match="deployed process nothing"):
        messages.correlate(k.engine, "start.nothing", "order:9", message_id="web-1")

    assert kept(k) == []


def test_a_declared_key_decides_instead_of_the_business_key(database: Database) -> None:
    declared = properties(correlation="invoice")
    body = start() + catch("paid", ON_PAID, declared) + end() + chain("start", "paid", "end")
    k = kit(database, drawing("keyed", body, PAID))
    run = k.start("keyed", "order:1", invoice="INV-7")

    assert messages.correlate(k.engine, "paid", "order:1").kept
    assert messages.correlate(k.engine, "paid", "INV-7").instances == (run.instance_id,)
    assert run.state == "completed"


def test_a_kept_message_finds_a_declared_key(sqlite: Database) -> None:
    declared = properties(correlation="invoice")
    body = start() + catch("paid", ON_PAID, declared) + end() + chain("start", "paid", "end")
    k = kit(sqlite, drawing("keyed", body, PAID))
    messages.correlate(k.engine, "paid", "INV-7")

    assert k.start("keyed", "order:1", invoice="INV-7").state == "completed"


def test_a_kept_message_is_forgotten_when_its_time_is_over(database: Database) -> None:
    k = kit(database, WAITING)
    messages.correlate(k.engine, "paid", "order:1", message_id="old")
    k.clock.advance(k.engine.limits.message_kept / 2)
    messages.correlate(k.engine, "paid", "order:2", message_id="new")
    run = k.start("wait", "order:3")
    messages.correlate(k.engine, "paid", "order:3", message_id="taken")
    assert messages.forget_expired(k.engine) == 0

    k.clock.advance(k.engine.limits.message_kept / 2)

    assert messages.forget_expired(k.engine) == 1 and messages.forget_expired(k.engine) == 0
    with k.database.read() as connection:
        assert set(connection.execute(select(message.c.id)).scalars()) == {"new", "taken"}
    assert k.start("wait", "order:2").open_tasks() == run.open_tasks() == ["go"]


def test_a_message_overlooked_in_the_same_instant_is_delivered_by_the_next_look(database: Database) -> None:
    k = kit(database, WAITING)
    messages.correlate(k.engine, "paid", "order:1", {"amount": 7})
    with k.database.write() as transaction:  # the waiting step could not see the message yet
        transaction.execute(message.update().values(state="taken"))
    run = k.start("wait", "order:1")
    with k.database.write() as transaction:
        transaction.execute(message.update().values(state="kept"))

    assert messages.deliver_overlooked(k.engine) == 1

    assert run.open_tasks() == ["go"] and messages.deliver_overlooked(k.engine) == 0 and sound(k)


def test_a_thrown_message_wakes_the_process_about_the_same_record(database: Database) -> None:
    note = properties(payload="{amount: total}")
    body = start() + throw("tell", ON_PAID, note) + end() + chain("start", "tell", "end")
    k = kit(database, WAITING, drawing("pay", body, PAID))
    same, other = k.start("wait", "order:1"), k.start("wait", "order:2")

    k.start("pay", "order:1", total=9)

    assert same.open_tasks() == ["go"] and same.variables["amount"] == 9
    assert other.open_tasks() == [] and sound(k)


def test_a_signal_wakes_everybody_who_waits_for_it_whatever_the_record(database: Database) -> None:
    declared, on_close = '<signal id="s" name="year.closed"/>', '<signalEventDefinition signalRef="s"/>'
    body = start() + catch("closed", on_close) + user("go") + end() + chain("start", "closed", "go", "end")
    caller = start() + throw("tell", on_close) + end() + chain("start", "tell", "end")
    k = kit(database, drawing("hear", body, declared), drawing("close", caller, declared))
    runs = [k.start("hear", f"order:{number}") for number in range(3)]

    k.start("close", "year:2026")

    assert [run.open_tasks() for run in runs] == [["go"]] * 3 and sound(k)


CALL = (
    '<callActivity id="call" calledElement="part"><extensionElements><camunda:in variables="all"/>'
    "</extensionElements></callActivity>"
)
PART = drawing("part", start() + user("look") + end() + chain("start", "look", "end"))
WHOLE = drawing("whole", start() + CALL + user("after") + end() + chain("start", "call", "after", "end"))


def test_a_withdrawn_record_ends_the_whole_instance_also_from_inside_a_called_process(database: Database) -> None:
    k = kit(database, PART, WHOLE)
    run = k.start("whole")
    with k.database.read() as connection:
        names = connection.execute(select(subscription.c.name)).scalars().all()
    assert names == ["record_withdrawn"] * 2 and run.open_tasks() == ["look"]

    sent = run.message("record_withdrawn", reason="duplicate")

    assert sent.instances == (run.instance_id,)
    assert (run.state, run.row()["outcome"], run.open_tasks()) == ("completed", "cx_end_cancelled", [])
    assert sound(k)


def test_the_end_of_an_event_sub_process_that_only_accompanies_is_no_outcome(sqlite: Database) -> None:
    sub = (
        '<subProcess id="side" triggeredByEvent="true"><startEvent id="hint" isInterrupting="false">'
        f"{ON_PAID}</startEvent>{end('side_end')}{chain('hint', 'side_end')}</subProcess>"
    )
    body = start() + user("go") + end() + sub + chain("start", "go", "end")
    run = kit(sqlite, drawing("accompanied", body, PAID)).start("accompanied")

    run.message("paid")
    run.complete("go")

    assert run.row()["outcome"] == "end"


GATE = '<eventBasedGateway id="gw"/>'


def first_of(*events: str) -> bytes:
    """A gateway that waits for a message and for two timers; each way ends at its own end."""
    ways = "".join(
        catch(f"e{number}", event) + end(f"end{number}") + chain("gw", f"e{number}", f"end{number}")
        for number, event in enumerate(events)
    )
    return drawing("first", start() + GATE + chain("start", "gw") + ways, PAID)


HOUR, DAY = timer("timeDuration", "PT1H"), timer("timeDuration", "P1D")


@pytest.mark.parametrize(
    ("act", "reached"),
    [
        (lambda run: run.pass_time(timedelta(days=3)), "end1"),
        (lambda run: run.message("paid"), "end2"),
    ],
    ids=["the nearest timer", "the message"],
)
def test_the_first_event_behind_a_gateway_wins_and_the_others_are_gone(
    database: Database, act: Callable[[Run], object], reached: str
) -> None:
    k = kit(database, first_of(DAY, HOUR, ON_PAID))
    run = k.start("first")

    act(run)

    assert run.ended_at(reached) and sound(k)


def test_a_timer_that_is_due_but_not_yet_fired_gives_way_to_the_message(database: Database) -> None:
    k = kit(database, first_of(HOUR, DAY, ON_PAID))
    run = k.start("first")
    k.clock.advance(timedelta(hours=2))

    run.message("paid")
    run.work()

    assert run.ended_at("end2") and run.events("timer.fired") == []


def test_a_message_after_the_timer_fired_is_kept_and_changes_nothing(sqlite: Database) -> None:
    run = kit(sqlite, first_of(HOUR, DAY, ON_PAID)).start("first")
    run.pass_time(timedelta(hours=2))

    assert run.message("paid").kept
    assert run.ended_at("end0")


PAST = [("timeDate", "2020-01-01T09:00:00Z"), ("timeDate", "=due"), ("timeDuration", "PT0S")]


@pytest.mark.parametrize("when", PAST, ids=lambda one: one[1])
def test_a_timer_in_the_past_fires_at_once(database: Database, when: tuple[str, str]) -> None:
    body = start() + catch("later", timer(*when)) + end() + chain("start", "later", "end")
    k = kit(database, drawing("past", body))

    run = k.start("past", due=k.clock.now() - timedelta(days=400))

    assert run.ended_at("end") and sound(k)


def guarded(inner: str, interrupting: bool) -> bytes:
    body = start() + user("work") + boundary("late", "work", inner, interrupting) + user("warn") + end() + end("warned")
    return drawing("guarded", body + chain("start", "work", "end") + chain("late", "warn", "warned"))


def test_an_interrupting_timer_takes_the_task_away(database: Database) -> None:
    k = kit(database, guarded(DAY, True))
    run = k.start("guarded")

    run.pass_time(timedelta(days=2))

    assert run.open_tasks() == ["warn"] and len(run.events("task.cancelled")) == 1 and sound(k)


def test_a_timer_beside_leaves_the_task_and_fires_once(database: Database) -> None:
    k = kit(database, guarded(DAY, False))
    run = k.start("guarded")

    run.pass_time(timedelta(days=5))
    assert run.open_tasks() == ["work", "warn"]
    run.complete("work")
    run.complete("warn")

    assert run.state == "completed" and run.row()["outcome"] == "end, warned" and sound(k)


def test_a_task_finished_in_time_disarms_its_timer(database: Database) -> None:
    k = kit(database, guarded(DAY, True))
    run = k.start("guarded")

    run.complete("work")
    run.pass_time(timedelta(days=2))

    assert run.ended_at("end") and run.events("timer.fired") == []


def test_a_cycle_fires_as_often_as_drawn_counted_from_its_due_times(database: Database) -> None:
    k = kit(database, guarded(timer("timeCycle", "R3/PT10M"), False))
    run = k.start("guarded")
    began = k.clock.now()

    k.clock.advance(timedelta(minutes=25))  # nobody was there to work for two rounds
    run.work()
    assert run.open_tasks() == ["work", "warn", "warn"]
    run.pass_time(timedelta(hours=1))

    assert run.open_tasks() == ["work", "warn", "warn", "warn"]
    armed = [event.detail["due"] - began for event in run.events("timer.armed")]
    assert armed == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=30)] and sound(k)


def test_a_null_time_beside_a_task_never_comes(sqlite: Database) -> None:
    run = kit(sqlite, guarded(timer("timeDate", "=due"), True)).start("guarded", due=None)

    run.pass_time(timedelta(days=400))

    assert run.open_tasks() == ["work"]


def test_a_time_that_is_none_is_an_incident_of_operations(sqlite: Database) -> None:
    body = start() + user("go") + catch("later", timer("timeDate", "=due")) + end()
    k = kit(sqlite, drawing("wrong", body + chain("start", "go", "later", "end")))
    run = k.start("wrong", due="soon")

    with pytest.raises(Stuck, match="later"):
        run.complete("go")

    assert run.open_tasks() == ["go"]
    with sqlite.read() as connection:
        assert [(row.code, row.element) for row in incidents.listing(connection)] == [("TIMER", "later")]


THANKS = f'<startEvent id="on_paid">{ON_PAID}</startEvent>' + user("thank") + end() + chain("on_paid", "thank", "end")


def test_a_message_that_nobody_awaits_starts_the_processes_that_begin_with_it(database: Database) -> None:
    k = kit(database, drawing("thanks", start() + THANKS + chain("start", "thank"), PAID), WAITING)

    sent = messages.correlate(k.engine, "paid", "case:7", {"amount": 5})

    run = Run(k, sent.instances[0])
    assert (run.row()["business_key"], run.open_tasks(), run.variables["amount"]) == ("case:7", ["thank"], 5)
    assert (sent.kept, kept(k), run.path()[0]) == (False, ["taken"], "on_paid")


def test_a_message_that_somebody_awaits_starts_nothing(database: Database) -> None:
    k = kit(database, drawing("thanks", THANKS, PAID), WAITING)
    waiting = k.start("wait", "case:7")

    assert messages.correlate(k.engine, "paid", "case:7").instances == (waiting.instance_id,)
