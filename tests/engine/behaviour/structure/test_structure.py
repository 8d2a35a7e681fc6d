"""What a drawing may leave out, and several flows at one step (BPMN 2.0, 8.3.13, 10.2.1, 10.4.2, 10.4.3, 13.1)."""

import pytest

from engine.bpmn import normalise, read
from engine.errors import Stuck
from engine.spiff import compile_bundle
from tests.engine.behaviour.play import known, play, refusals
from tests.engine.bpmn.drafts import HEAD, chain
from tests.engine.spiff.player import Player


def test_a_process_without_a_start_event_begins_with_all_that_no_flow_leads_to():
    assert play(__file__, "no-start-no-end").start().tasks == ["a", "c"]


def test_a_process_without_an_end_event_ends_when_no_token_is_left():
    player = play(__file__, "no-start-no-end").start().complete("c").complete("a")
    assert player.tasks == ["b"]
    assert player.ended is None
    assert player.complete("b").ended


def test_a_gateway_may_come_first_and_last():
    player = play(__file__, "gateway-first").start()
    assert player.tasks == ["a", "b"]
    assert player.complete("a").complete("b").ended


def test_a_sub_process_without_a_start_event_begins_with_all_that_no_flow_leads_to():
    player = play(__file__, "sub-process-no-start").start()
    assert player.tasks == ["a", "b"]
    assert player.complete("b").complete("a").tasks == ["c"]
    assert player.complete("c").tasks == ["after"]


@pytest.mark.parametrize("name", ["sub-process-empty", "sub-process-only-listens"])
def test_a_sub_process_with_nothing_to_do_inside_is_passed_at_once(name):
    assert play(__file__, name).start().tasks == ["after"]


def test_a_sub_process_ends_when_all_its_ways_have_ended():
    player = play(__file__, "ends-in-box").start().complete("b")
    assert player.tasks == ["a"]
    assert player.complete("a").tasks == ["after"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("sub-process-two-starts", [("start-events", "box")]),
        ("beside-the-start", [("connected", "stray")]),
        ("no-beginning", [("start-events", "no_beginning")]),
    ],
)
def test_a_beginning_that_is_unclear_is_refused_by_name(name, found):
    assert refusals(__file__, name) == found


def test_each_token_that_comes_to_an_activity_runs_it():
    player = play(__file__, "uncontrolled").start().complete("a")
    assert player.tasks == ["b", "both"]
    assert player.complete("b").tasks == ["both", "both"]
    assert player.complete("both").complete("both").ended
    assert player.passed.count("end") == 2


def test_flows_need_no_ids_and_two_may_join_the_same_steps():
    assert play(__file__, "no-flow-ids").start(x=False).complete("b").ended
    player = play(__file__, "no-flow-ids").start(x=True).complete("a")
    assert player.ended
    assert player.passed.count("end") == 2


def test_ids_may_be_those_that_the_executing_library_uses_itself():
    player = play(__file__, "internal-names").start()
    assert len(player.tasks) == 1
    player.complete(player.tasks[0])
    assert player.tasks == ["StartBranch"]
    assert player.complete("StartBranch").ended


def test_several_flows_out_of_an_activity_are_all_taken():
    assert play(__file__, "split-at-activity").start().complete("a").tasks == ["b", "c"]


def test_several_flows_out_of_an_event_are_all_taken():
    assert play(__file__, "split-at-start").start().tasks == ["a", "b"]


@pytest.mark.parametrize(
    ("given", "tasks"),
    [
        ({"x": True, "y": True}, ["b", "c"]),
        ({"x": False, "y": True}, ["c"]),
        ({"x": False, "y": False}, ["d"]),
    ],
)
def test_conditions_out_of_an_activity_choose_every_flow_that_holds_else_the_default(given, tasks):
    assert play(__file__, "conditions-at-activity").start().complete("a", **given).tasks == tasks


def test_a_flow_without_condition_is_taken_beside_those_with_one():
    assert play(__file__, "conditions-beside-plain").start().complete("a", x=True).tasks == ["b", "c"]
    assert play(__file__, "conditions-beside-plain").start().complete("a", x=False).tasks == ["c"]


@pytest.mark.parametrize("name", ["conditions-only", "one-condition"])
def test_an_activity_whose_conditions_are_all_false_is_stuck_by_name(name):
    assert play(__file__, name).start().complete("a", x=True, y=False).tasks == ["b"]
    with pytest.raises(Stuck) as caught:
        play(__file__, name).start().complete("a", x=False, y=False)
    assert caught.value.trouble.code == "NO_FLOW"


def test_five_thousand_steps_in_a_row_compile_and_run():
    ids = [f"step{number}" for number in range(5000)]
    events = "".join(f'<intermediateThrowEvent id="{ident}"/>' for ident in ids)
    process = f'<process id="long" isExecutable="true">{events}<userTask id="last"/>{chain(*ids, "last")}</process>'
    one = read(f"{HEAD}{process}</definitions>".encode(), "long.bpmn")
    player = Player(compile_bundle(normalise(one, known(one)), {}), step_budget=6000).start()
    assert player.tasks == ["last"]
    assert player.complete("last").ended
    assert player.passed[1:5001] == ids


def test_a_path_ends_with_an_event_that_leads_nowhere():
    """10.4.3: without an end event, what has no way on ends its path; the rule `connected` warns."""
    waiting = play(__file__, "events-last").start().complete("work")
    assert waiting.waiting == ["cx_withdrawn", "wait"] and "noted" in waiting.passed
    assert waiting.catch("wait").ended

    stopped = play(__file__, "events-last").start().catch("stopped")
    assert stopped.ended and stopped.withdrawn == ["cx_withdrawn", "part", "work"]
