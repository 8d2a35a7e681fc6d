"""What would never end, or needs too much, ends as an incident that says what and where; nothing else is touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import Database, Limits, incidents, verify
from engine.errors import Stuck
from engine.testing import Kit
from tests.engine.bad_inputs.made import END, GOOD, START, chain, flow, text
from tests.engine.bad_inputs.runs import RUNS, BadRun, nested
from tests.engine.bad_inputs.test_bad_inputs import INSIDES


def kit_with(sqlite: Database, inside: str, before: str = "", limits: Limits | None = None) -> Kit:
    """An engine with the drawing, and a harmless one beside it."""
    other = GOOD.replace('id="bad"', 'id="good"').encode()
    bad = text(START + END + inside, before).encode()
    return Kit(sqlite, files={"bpmn/bad.bpmn": bad, "bpmn/good.bpmn": other}, limits=limits)


@pytest.mark.parametrize("one", RUNS, ids=[one.name for one in RUNS])
def test_a_bad_run_ends_as_an_incident_and_nothing_else_is_touched(sqlite: Database, one: BadRun) -> None:
    kit = kit_with(sqlite, one.inside, one.before)
    other = kit.start("good", "case:other")
    seen = dict(other.row())

    try:
        kit.start("bad", "case:bad", **one.variables).pass_time(timedelta(hours=2))
    except Stuck as stuck:
        assert one.code != "HANDLER_FAILED", stuck

    with sqlite.read() as connection:
        (told,) = incidents.listing(connection)
        assert verify.check(kit.engine, connection) == []
    assert (told.code, told.element) == (one.code, one.element)
    assert one.says in str(told.sentence) and not INSIDES.search(str(told.sentence))
    assert dict(other.row()) == seen
    other.complete("step")
    assert other.ended_at("end")


def test_runs_inside_runs_are_stopped_before_all_of_them_are_there(sqlite: Database) -> None:
    kit = kit_with(sqlite, nested("50", "50"), limits=Limits(live_tokens=100))

    with pytest.raises(Stuck, match=r"at most 100 tokens at once in a process, but there are 20\d\d,"):
        kit.start("bad")


def test_many_steps_in_a_row_are_not_called_a_loop(sqlite: Database) -> None:
    names = [f"s{number}" for number in range(60)]
    steps = "".join(f'<intermediateThrowEvent id="{name}"/>' for name in names)
    kit = kit_with(sqlite, steps + chain("start", *names, "end"), limits=Limits(steps_per_command=40))

    with pytest.raises(Stuck, match=r"within 40 steps, but it passes more of them in a row, among the last: "):
        kit.start("bad")


def test_a_loop_of_timers_that_wait_for_nothing_comes_to_rest(sqlite: Database) -> None:
    wait = "<timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition>"
    gate = '<exclusiveGateway id="g" default="g_t"/>'
    loop = f'{gate}<intermediateCatchEvent id="t">{wait}</intermediateCatchEvent>' + chain("start", "g", "t", "g")
    run = kit_with(sqlite, loop + flow("g", "end", "${stop = true}")).start("bad")

    before = len(run.path())
    run.pass_time(timedelta(seconds=10))

    assert len(run.path()) - before == 20 and run.state == "running"
