"""Errors, escalations, event sub-processes, thrown messages and signals, terminate ends, hand-overs."""

import pytest

from engine.port import EventAwaited, EventThrown, TimerArmed
from tests.engine.spiff.player import Player, compiled


def test_an_error_thrown_by_a_call_goes_to_the_boundary_event_with_its_code():
    player = Player(compiled("errors")).start().throw("compute", "MISSING_RECORD", missing="account")
    assert player.tasks == ["repair"]
    assert player.withdrawn == ["compute"]
    assert player.variables == {"missing": "account"}


def test_a_boundary_event_without_a_code_catches_every_other_error():
    assert Player(compiled("errors")).start().throw("compute", "ODD").tasks == ["look"]


def test_an_error_that_nobody_catches_changes_nothing():
    player = Player(compiled("tasks")).start()
    before = player.state
    assert player.execution.throw(player.token("ask"), "ODD", {}) is None
    assert player.execution.save() == before


def test_an_error_end_climbs_to_the_sub_process_that_catches_its_code():
    player = Player(compiled("nested-errors")).start()
    assert player.tasks == ["beside", "work"]
    player.complete("work", bad=True)
    assert player.tasks == ["mend"]
    assert player.withdrawn == ["beside", "deep", "outer"]
    assert player.complete("mend").ended.ends == ("mended",)


def test_without_an_error_the_nested_sub_processes_end_normally():
    player = Player(compiled("nested-errors")).start().complete("work", bad=False)
    assert player.tasks == ["beside"]
    assert player.complete("beside").ended.ends == ("end",)


def test_an_uncaught_error_end_ends_the_whole_instance_with_its_code():
    player = Player(compiled("uncaught-error")).start().complete("a")
    assert player.ended.error == "LOST"
    assert player.withdrawn == ["b"]
    assert not player.execution.waiting()


def test_an_escalation_is_told_without_stopping_when_it_does_not_interrupt():
    player = Player(compiled("escalation")).start().complete("a")
    assert player.tasks == ["b", "told"]


def test_an_interrupting_escalation_stops_the_sub_process():
    player = Player(compiled("escalation")).start().complete("a").complete("b")
    assert player.tasks == ["after_stop", "told"]
    assert "work" in player.withdrawn


def test_an_interrupting_event_sub_process_really_interrupts():
    player = Player(compiled("event-sub")).start().complete("a").catch("withdraw", reason="lost interest")
    assert player.tasks == ["confirm"]
    assert player.withdrawn == ["b", "hint", "late"]
    assert player.waiting == ["confirm"]
    assert player.complete("confirm").ended
    assert player.variables == {"reason": "lost interest"}


def test_a_non_interrupting_event_sub_process_runs_beside_and_waits_again():
    player = Player(compiled("event-sub")).start().catch("hint").catch("hint")
    assert player.tasks == ["a", "read_hint", "read_hint"]
    player.complete("read_hint").complete("a").complete("b")
    assert not player.ended
    assert player.complete("read_hint").ended


def test_a_timer_event_sub_process_fires_as_often_as_its_cycle_says():
    player = Player(compiled("event-sub")).start().later(days=1).due("late").later(days=1).due("late")
    assert player.tasks == ["a", "nudge", "nudge"]
    assert not [one for one in player.execution.waiting() if isinstance(one, TimerArmed)]


def test_an_error_start_catches_what_happens_around_it():
    player = Player(compiled("event-sub")).start().throw("a", "ODD", why="broken")
    assert player.tasks == ["repair"]
    assert "a" in player.withdrawn


def test_event_sub_processes_do_not_keep_a_finished_process_alive():
    player = Player(compiled("event-sub")).start().complete("a").complete("b")
    assert player.ended
    assert player.withdrawn == ["hint", "late", "withdraw"]


def test_an_event_sub_process_inside_a_sub_process_interrupts_only_that():
    player = Player(compiled("event-sub-timer")).start().later(days=1).due("too_late")
    assert player.tasks == ["hurry"]
    assert player.withdrawn == ["slow"]
    assert player.complete("hurry").tasks == ["after"]


def test_the_start_of_an_event_sub_process_inside_is_withdrawn_when_the_inside_ends():
    player = Player(compiled("event-sub-timer")).start().complete("slow")
    assert player.tasks == ["after"]
    assert player.withdrawn == ["too_late"]


def test_a_signal_reaches_everybody_inside_and_goes_outside_in_any_case():
    player = Player(compiled("throws")).start().complete("ask")
    (first,) = [one for one in player.seen if isinstance(one, EventThrown)]
    assert (first.kind, first.name) == ("signal", "news")
    assert {one.place.element for one in player.execution.waiting() if isinstance(one, EventAwaited)} == {
        "hear",
        "hear_too",
    }
    player.complete("go", number=7)
    assert player.entered.count("join") == 1
    thrown = [(one.kind, one.name, one.payload) for one in player.effects if isinstance(one, EventThrown)]
    assert thrown == [
        ("signal", "news", {}),
        ("message", "order.sent", {"order": 7}),
        ("message", "order.done", {}),
    ]
    assert player.ended


def test_a_terminate_end_stops_only_its_own_sub_process():
    player = Player(compiled("terminate")).start().complete("a")
    assert player.tasks == ["after"]
    assert player.withdrawn == ["b", "late"]


def test_a_terminate_end_at_the_top_ends_everything():
    player = Player(compiled("terminate-all")).start().complete("a")
    assert player.ended.ends == ("kill",)
    assert player.withdrawn == ["b"]


def test_an_off_page_reference_hands_over_all_variables_by_default():
    player = Player(compiled("handover")).start(deal="OPP-1").complete("ask", why=None)
    (handed,) = player.handed_over
    assert handed.target == "plan-sales-call"
    assert handed.variables == {"deal": "OPP-1", "why": None}
    assert player.ended.ends == ("plain",)


def test_an_off_page_reference_hands_over_the_drawn_payload():
    (handed,) = Player(compiled("handover")).start(deal="OPP-1").complete("ask", why="lost").handed_over
    assert handed.target == "close-opportunity"
    assert handed.variables == {"opportunity": "OPP-1", "reason": "lost"}


@pytest.mark.parametrize("event", ["withdraw", "hint"])
def test_awaited_events_keep_their_names_after_loading(event):
    player = Player(compiled("event-sub")).start()
    awaited = {one.place.element: one.name for one in player.execution.waiting() if isinstance(one, EventAwaited)}
    assert awaited[event] == event


def test_a_message_may_stop_the_very_task_that_sends_it():
    player = Player(compiled("send-and-stop")).start().complete("tell")
    assert player.tasks == ["after"]
    assert player.waiting == ["after"]
    assert player.complete("after").ended
