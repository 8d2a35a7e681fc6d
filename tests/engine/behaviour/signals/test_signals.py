"""Signals reach everybody who waits, in every instance, once each (BPMN 2.0, 10.4.5 and 10.4.6)."""

import pytest

from engine import incidents, instances, signals, verify
from engine.core import Limits
from engine.spiff.execution import SpiffExecution
from engine.testing import Kit, Run
from engine.worker import run_due
from tests.engine.behaviour.play import drawing, play


def kit(database, *names):
    return Kit(database, files={f"bpmn/{name}.bpmn": drawing(__file__, name).xml for name in names})


def sound(made):
    with made.database.read() as connection:
        return verify.check(made.engine, connection) == []


def running(made, key):
    with made.database.read() as connection:
        return [Run(made, one.id) for one in instances.running(connection) if one.key == key]


def test_a_signal_reaches_all_tokens_of_its_own_instance_with_its_payload():
    player = play(__file__, "inside").start(word="hello").complete("work")

    assert player.tasks == ["one", "two"]
    assert player.variables["said"] == "hello"


def test_a_signal_reaches_every_other_instance_and_its_own_once_each(database):
    made = kit(database, "inside", "listens")
    thrower, other = made.start("inside", "case:1", word="hello"), made.start("inside", "case:2", word="hi")
    listeners = [made.start("listens", f"case:{number}") for number in range(3)]

    thrower.complete("work")

    assert sorted(thrower.open_tasks()) == ["one", "two"]
    assert sorted(other.open_tasks()) == ["one", "two", "work"]
    assert [one.open_tasks() for one in listeners] == [["after"]] * 3
    assert all(one.variables["said"] == "hello" for one in [other, *listeners])
    assert len(thrower.events("signal.received")) == 0 and len(other.events("signal.received")) == 2
    assert sound(made)


def test_a_signal_end_event_throws_when_its_instance_is_over(sqlite):
    made = kit(sqlite, "ends", "listens")
    listener, thrower = made.start("listens", "case:1"), made.start("ends", "case:2")

    thrower.complete("work")

    assert thrower.state == "completed"
    assert listener.open_tasks() == ["after"] and sound(made)


def test_a_signal_begins_a_process_also_when_somebody_inside_has_caught_it(sqlite):
    made = kit(sqlite, "inside", "begins")

    made.start("inside", "case:1", word="hello").complete("work")

    assert [one.open_tasks() for one in running(made, "begins")] == [["read"]]


def test_a_signal_does_not_reach_who_waits_only_later(sqlite):
    made = kit(sqlite, "ends", "listens")
    made.start("ends", "case:1").complete("work")

    assert made.start("listens", "case:2").open_tasks() == []


def test_a_signal_from_outside_reaches_all_that_wait(sqlite):
    made = kit(sqlite, "listens", "guards")
    listener, guarded = made.start("listens", "case:1"), made.start("guards", "case:2")

    for _ in range(2):
        signals.broadcast(made.engine, "news", "case:3", {"said": "hello"})
        run_due(made.engine)

    assert listener.open_tasks() == ["after"]
    assert sorted(guarded.open_tasks()) == ["react", "react", "work"] and sound(made)


@pytest.mark.parametrize(("place", "tasks"), [("graz", ["after"]), ("linz", [])])
def test_a_name_may_be_worked_out_where_it_is_thrown_and_where_it_is_caught(sqlite, place, tasks):
    made = kit(sqlite, "named", "named-listens")
    listener, thrower = made.start("named-listens", place="graz"), made.start("named", place=place)

    thrower.complete("work")

    assert listener.open_tasks() == tasks


def test_a_receiver_that_cannot_go_on_holds_up_no_other(sqlite):
    made = kit(sqlite, "stuck", "listens", "ends")
    stuck, listener = made.start("stuck", "case:1"), made.start("listens", "case:2")

    made.start("ends", "case:3").complete("work")

    assert listener.open_tasks() == ["after"]
    with sqlite.read() as connection:
        (trouble,) = incidents.of_instance(connection, stuck.instance_id)
    assert trouble.code == "NO_FLOW"


def test_each_of_many_runs_is_looked_up_by_itself(sqlite, monkeypatch):
    """Listing all that waits for each of them would take minutes where thousands wait."""
    made = kit(sqlite, "many")
    run = made.start("many", n=50)
    looked = []
    monkeypatch.setattr(SpiffExecution, "waiting", lambda execution: looked.append(execution) or [])

    signals.broadcast(made.engine, "news", "case:2")
    run.work()

    assert run.path().count("hears") == 50 and run.ended_at("end")
    assert looked == []


@pytest.mark.parametrize("inside", [True, False])
def test_many_receivers_may_take_more_steps_together_than_one_may(sqlite, inside):
    """All are in one instance: 40 runs, each with four steps behind the signal, where 100 are the limit."""
    made = Kit(sqlite, files={"bpmn/busy.bpmn": drawing(__file__, "busy").xml}, limits=Limits(steps_per_command=100))
    run = made.start("busy", n=40)

    if inside:
        run.complete("work")
    else:
        signals.broadcast(made.engine, "news", "case:2")
        run.work()

    assert run.path().count("heard") == 40 and run.path().count("three") == 40
    assert (run.ended_at("end") or run.open_tasks() == ["work"]) and sound(made)


def test_receivers_that_turn_without_end_are_stopped_all_the_same(sqlite):
    made = Kit(sqlite, files={"bpmn/turns.bpmn": drawing(__file__, "turns").xml}, limits=Limits(steps_per_command=100))
    run = made.start("turns", n=20)

    signals.broadcast(made.engine, "news", "case:2")
    run.work()

    with sqlite.read() as connection:
        (trouble,) = incidents.of_instance(connection, run.instance_id)
    assert (trouble.code, trouble.element) == ("ENDLESS_LOOP", "one")
