"""Boundary timers, intermediate timers, their texts, and event-based gateways."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import Stuck
from engine.port import EventAwaited, Left, TaskOpened, TimerArmed, TimerUnset
from tests.engine.spiff.player import MORNING, Player, compiled


def armed(player):
    return {one.place.element: one.due for one in player.execution.waiting() if isinstance(one, TimerArmed)}


def test_boundary_timers_are_armed_after_their_task_and_a_null_time_never():
    player = Player(compiled("timers")).start(resume_at=None)
    kinds = [type(one) for one in player.effects if isinstance(one, TaskOpened | TimerArmed | TimerUnset)]
    assert kinds == [TaskOpened, TimerArmed, TimerArmed, TimerUnset]
    (unset,) = [one for one in player.effects if isinstance(one, TimerUnset)]
    assert (unset.place.element, unset.expression) == ("never", "resume_at")
    assert armed(player) == {"reminder": MORNING + timedelta(minutes=10), "too_late": MORNING + timedelta(days=2)}
    timers = [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]
    assert {one.attached_to for one in timers} == {"call_customer"}


def test_a_boundary_timer_with_a_time_in_the_variables_is_armed_for_it():
    player = Player(compiled("timers")).start(resume_at=datetime(2026, 5, 1, tzinfo=UTC))
    assert armed(player)["never"] == datetime(2026, 5, 1, tzinfo=UTC)


def test_a_timer_does_not_fire_before_its_time():
    player = Player(compiled("timers")).start(resume_at=None).later(hours=47)
    player.due("too_late")
    assert player.effects == []
    assert player.tasks == ["call_customer"]


def test_an_interrupting_timer_withdraws_the_task_and_its_other_timers():
    player = Player(compiled("timers")).start(resume_at=None).later(days=3).due("too_late")
    assert player.tasks == ["escalate"]
    assert player.withdrawn == ["call_customer", "reminder"]
    assert player.entered[-2:] == ["too_late", "escalate"]


def test_completing_the_task_withdraws_its_timers():
    player = Player(compiled("timers")).start(resume_at=None, pause_for="PT5M").complete("call_customer")
    assert player.withdrawn == ["reminder", "too_late"]
    assert player.waiting == ["pause"]
    player.later(minutes=5).due("pause")
    assert player.ended.ends == ("end",)


def test_a_cycle_fires_as_often_as_it_says_counted_from_its_due_times():
    player = Player(compiled("timers")).start(resume_at=None)
    due = []
    for _ in range(3):
        due.append(armed(player)["reminder"])
        player.later(minutes=12).due("reminder")
    assert due == [MORNING + timedelta(minutes=10 * n) for n in (1, 2, 3)]
    assert player.tasks == ["call_customer", "remind", "remind", "remind"]
    assert list(armed(player)) == ["too_late"]


def test_a_time_in_the_past_is_armed_and_fires_at_once_when_asked():
    player = Player(compiled("timers")).start(resume_at=datetime(2020, 1, 1, tzinfo=UTC)).due("never")
    assert player.tasks == ["resumed"]


def test_every_way_to_write_a_time_is_understood():
    player = Player(compiled("timer-texts"))
    player.around.context = {"config": {"pause": "P3D"}}
    player.start(wait=timedelta(minutes=90))
    assert armed(player) == {
        "by_literal": MORNING + timedelta(hours=1),
        "by_wrapped": MORNING + timedelta(hours=2),
        "by_date": datetime(2026, 3, 2, 12, tzinfo=UTC),
        "by_day": datetime(2026, 3, 3, tzinfo=UTC),
        "by_months": datetime(2026, 4, 2, 9, tzinfo=UTC),
        "by_text": MORNING + timedelta(minutes=90),
        "by_context": MORNING + timedelta(days=3),
        "by_cycle": datetime(2026, 3, 2, 10, tzinfo=UTC),
    }


def test_a_setting_replaces_what_is_drawn():
    player = Player(compiled("timers"))
    player.around.settings["timer.timers.too_late"] = "PT1H"
    assert armed(player.start(resume_at=None))["too_late"] == MORNING + timedelta(hours=1)


def test_a_timer_whose_value_is_no_time_is_stuck_by_name():
    player = Player(compiled("timers")).start(resume_at=None, pause_for=12)
    with pytest.raises(Stuck, match="for the timer 'pause', but its expression gave 12"):
        player.complete("call_customer")


def test_an_intermediate_timer_without_a_time_is_stuck_by_name():
    player = Player(compiled("timers")).start(resume_at=None, pause_for=None)
    with pytest.raises(Stuck, match="a time for the timer 'pause', but its expression gave null"):
        player.complete("call_customer")


def test_a_boundary_timer_whose_time_nothing_has_set_is_stuck_by_name():
    with pytest.raises(Stuck, match="the timer 'never', but 'resume_at' gave null, because nothing has set"):
        Player(compiled("timers")).start()


def test_an_event_gateway_keeps_the_due_time_of_each_timer():
    player = Player(compiled("event-gateway")).start()
    assert armed(player) == {"soon": MORNING + timedelta(minutes=10), "later": MORNING + timedelta(hours=1)}
    assert player.waiting == ["answer", "later", "letter", "soon"]


@pytest.mark.parametrize(("event", "task"), [("soon", "a"), ("later", "b"), ("answer", "c"), ("letter", "d")])
def test_the_first_event_after_a_gateway_wins_and_the_others_are_withdrawn(event, task):
    player = Player(compiled("event-gateway")).start().later(days=1)
    if event in ("answer", "letter"):
        player.catch(event, said="yes")
        assert player.variables == {"said": "yes"}
    else:
        player.due(event)
    assert player.tasks == [task]
    assert player.withdrawn == sorted({"soon", "later", "answer", "letter"} - {event})
    (left,) = [one for one in player.effects if isinstance(one, Left) and one.place.element == "wait"]
    assert left.flows == (f"wait_to_{event}",)
    assert player.complete(task).ended


def test_a_receive_task_waits_for_its_message_with_its_key_and_can_be_late():
    player = Player(compiled("receive")).start(customer={"id": "C-7"})
    (awaited,) = [one for one in player.execution.waiting() if isinstance(one, EventAwaited)]
    assert (awaited.kind, awaited.name, awaited.correlation) == ("message", "customer.answered", "C-7")
    late = Player(compiled("receive")).start().later(days=2).due("late")
    assert late.tasks == ["chase"]
    assert late.withdrawn == ["answer"]
    assert player.catch("answer", said=1).ended
