"""Ways to begin a process: by hand, by messages, signals and the clock (BPMN 2.0, 10.4.2, 13.1 and 13.4.1)."""

from datetime import UTC, datetime, timedelta

import pytest

from engine import definitions, instances, signals, timers
from engine.errors import NotFound, Rejected
from engine.testing import Kit, Run
from engine.worker import run_due
from tests.engine.behaviour.play import drawing, play, refusals


def kit(database, *names):
    return Kit(database, files={f"bpmn/{name}.bpmn": drawing(__file__, name).xml for name in names})


def running(made, key):
    """The instances of a process, oldest first."""
    with made.database.read() as connection:
        found = [one for one in instances.running(connection) if one.key == key]
    return [Run(made, one.id) for one in sorted(found, key=lambda one: (one.started_at, one.id))]


def pass_time(made, **span):
    """Moves the clock, doing what is due, without an instance to begin with."""
    Run(made, "").pass_time(timedelta(**span))


@pytest.mark.parametrize(("at", "task"), [("visit", "take_visit"), ("call", "take_call")])
def test_one_of_several_plain_starts_is_chosen(sqlite, at, task):
    run = kit(sqlite, "several-plain").start("several-plain", at=at)

    assert run.open_tasks() == [task]


def test_with_several_plain_starts_and_none_named_nothing_begins(sqlite):
    made = kit(sqlite, "several-plain")

    with pytest.raises(NotFound, match="several beginnings: visit, call"):
        made.start("several-plain")

    assert running(made, "several-plain") == []


def test_a_start_that_is_not_there_is_named(sqlite):
    with pytest.raises(NotFound, match="a start event for nowhere"):
        kit(sqlite, "several-plain").start("several-plain", at="nowhere")


def test_a_start_keeps_the_id_it_was_drawn_with():
    assert play(__file__, "reserved-name").start(at="Start").tasks == ["one"]
    assert play(__file__, "reserved-name").start(at="Root").tasks == ["two"]


def test_a_plain_start_stands_beside_starts_by_messages(sqlite):
    made = kit(sqlite, "plain-and-messages")
    by_hand = made.start("plain-and-messages")

    (ordered,) = by_hand.message("ordered", goods="pens").instances
    (asked,) = by_hand.message("asked").instances

    assert [by_hand.open_tasks(), Run(made, ordered).open_tasks(), Run(made, asked).open_tasks()] == [
        ["plan"],
        ["deliver"],
        ["reply"],
    ]
    assert Run(made, ordered).variables["goods"] == "pens"


@pytest.mark.parametrize("message", ["ordered", "asked"])
def test_any_of_several_things_at_one_start_begins_the_process(message):
    assert play(__file__, "by-several").start(message=message).tasks == ["work"]


def test_a_start_that_needs_several_messages_waits_for_the_others(sqlite):
    made = kit(sqlite, "by-all", "several-plain")
    caller = made.start("several-plain", at="call")

    caller.message("paid", amount=7)
    (begun,) = running(made, "by-all")
    assert begun.open_tasks() == []
    caller.message("ordered", goods="pens")

    assert running(made, "by-all")[0].open_tasks() == ["deliver"]
    assert (begun.variables["amount"], begun.variables["goods"]) == (7, "pens")


def test_a_receive_task_without_a_start_before_it_begins_the_process(sqlite):
    made = kit(sqlite, "by-receiving", "several-plain")

    (begun,) = made.start("several-plain", at="call").message("ordered", goods="pens").instances

    assert Run(made, begun).open_tasks() == ["deliver"]
    assert Run(made, begun).variables["goods"] == "pens"


def test_a_receive_task_that_begins_the_process_has_its_own_variables():
    player = play(__file__, "by-receiving-own").start(message="ordered", customer="Ada", text="pens")

    assert player.variables["answer"] == "pens from Ada"
    assert "who" not in player.variables


def test_a_signal_begins_a_process_about_the_record_of_whoever_threw_it(sqlite):
    made = kit(sqlite, "by-signal", "by-several", "throws-signal")

    made.start("throws-signal", "case:5", town="Graz")

    for key in ("by-signal", "by-several"):
        (begun,) = running(made, key)
        assert begun.open_tasks() == ["work"]
        assert (begun.row()["business_key"], begun.variables["place"]) == ("case:5", "Graz")


def test_a_signal_from_outside_begins_the_newest_version_only(sqlite):
    made = kit(sqlite, "by-signal")
    source = drawing(__file__, "by-signal").xml
    made.deploy({"bpmn/by-signal.bpmn": source.replace(b'<userTask id="work"', b'<userTask id="new_work"').replace(
        b'"work"', b'"new_work"')})  # fmt: skip

    signals.broadcast(made.engine, "opened", "case:9", {"place": "Linz"})
    run_due(made.engine)

    (begun,) = running(made, "by-signal")
    assert begun.open_tasks() == ["new_work"]


def test_a_clock_begins_a_process_as_often_as_its_cycle_says(database):
    made = kit(database, "by-cycle")
    assert running(made, "by-cycle") == []

    pass_time(made, days=10)

    begun = running(made, "by-cycle")
    assert [one.row()["started_at"].day for one in begun] == [3, 4, 5]
    assert {one.row()["business_key"] for one in begun} == {"process:by-cycle"}


def test_a_clock_begins_a_process_at_its_date_about_the_record_it_names(sqlite):
    made = kit(sqlite, "by-date")

    pass_time(made, days=30)

    (begun,) = running(made, "by-date")
    assert begun.row()["started_at"] == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert begun.row()["business_key"] == "case:7"


def test_a_time_that_had_passed_when_it_was_deployed_begins_nothing(sqlite):
    made = kit(sqlite, "by-past-date")

    pass_time(made, days=30)

    assert running(made, "by-past-date") == []


def test_a_cycle_that_began_in_the_past_goes_on_with_its_next_time(sqlite):
    made = kit(sqlite, "by-late-cycle")

    pass_time(made, days=2)

    assert [one.row()["started_at"] for one in running(made, "by-late-cycle")] == [
        datetime(2026, 3, 3, 8, tzinfo=UTC),
        datetime(2026, 3, 4, 8, tzinfo=UTC),
    ]


def test_only_the_newest_version_is_begun_by_the_clock(sqlite):
    made = kit(sqlite, "by-cycle")
    pass_time(made, hours=12)
    newer = drawing(__file__, "by-cycle").xml.replace(b"R3/P1D", b"R1/P2D")

    definitions.deploy(made.engine, {"bpmn/by-cycle.bpmn": newer}, "analyst")
    pass_time(made, days=10)

    assert [one.row()["started_at"] for one in running(made, "by-cycle")] == [datetime(2026, 3, 4, 21, tzinfo=UTC)]


def test_a_setting_replaces_the_time_that_is_drawn(sqlite):
    made = kit(sqlite, "several-plain")
    timers.configure(made.engine, "ops", "by_cycle", "daily", "PT2H")

    made.deploy({"bpmn/by-cycle.bpmn": drawing(__file__, "by-cycle").xml})
    pass_time(made, days=10)

    assert [one.row()["started_at"].hour for one in running(made, "by-cycle")] == [11]


def test_a_process_may_be_begun_by_hand_or_by_the_clock(sqlite):
    made = kit(sqlite, "by-hand-or-clock")
    by_hand = made.start("by-hand-or-clock")

    by_hand.pass_time(timedelta(hours=3))

    assert [one.open_tasks() for one in running(made, "by-hand-or-clock")] == [["ask"], ["work"]]


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("condition", ("conditional-event", "begins")),
        ("all", ("start-events", "begins")),
        ("twice", ("start-events", "two")),
        ("entered", ("start-events", "ordered")),
        ("repeated", ("start-events", "ordered")),
        ("escalation", ("start-events", "begins")),
        ("computed", ("messages", "message_x")),
    ],
)
def test_what_cannot_begin_a_process_is_refused_by_name(name, finding):
    assert finding in refusals(__file__, f"refused-{name}")


def test_a_process_with_several_plain_starts_cannot_be_called(sqlite):
    with pytest.raises(Rejected) as refused:
        kit(sqlite, "several-plain", "calls-several")

    assert [(one.rule, one.element) for one in refused.value.findings] == [("calls", "calls")]


def test_a_clock_begins_a_process_by_the_times_of_a_cron_expression(sqlite):
    made = kit(sqlite, "by-cron")

    pass_time(made, days=7)

    days = [one.row()["started_at"].strftime("%a %H") for one in running(made, "by-cron")]
    assert days == ["Tue 08", "Wed 08", "Thu 08", "Fri 08", "Mon 08"]
