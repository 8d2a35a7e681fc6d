"""An ad hoc sub-process as people meet it: open tasks, history, an incident by name (BPMN 2.0, 13.2.5)."""

from pathlib import Path

import pytest

from engine import incidents, verify
from engine.errors import Stuck
from engine.states import IncidentState
from engine.testing import Kit

NAMES = ("people", "people-in-turn")
FILES = {f"bpmn/{name}.bpmn": (Path(__file__).parent / f"{name}.bpmn").read_bytes() for name in NAMES}


def test_what_can_be_done_is_an_open_task_and_what_was_chosen_is_in_the_history(database):
    run = Kit(database, files=FILES).start("people", wanted=["c", "a"], enough=False)
    assert sorted(run.open_tasks()) == ["a", "c"]

    run.complete("c", enough=True)
    assert run.open_tasks() == ["a"]
    run.complete("a")
    run.complete("after")

    assert run.ended_at("end")
    assert [step for step in run.path() if step in "abc"] == ["c", "a"]


def test_too_little_is_an_incident_that_names_the_condition_and_can_be_mended(database):
    run = Kit(database, files=FILES).start("people", wanted=["b"], enough=False)

    with pytest.raises(Stuck):
        run.complete("b")

    with database.read() as connection:
        (found,) = incidents.listing(connection, IncidentState.OPEN)
    assert (found.code, found.element) == ("AD_HOC", "box")
    assert "'enough' does not" in str(found.sentence)
    run.complete("b", enough=True)
    assert run.open_tasks() == ["after"]


def test_a_step_whose_turn_has_not_come_is_nobodys_task(database):
    run = Kit(database, files=FILES).start("people-in-turn", enough=False)
    for step in "aba":
        assert run.open_tasks() == [step]
        with database.read() as connection:
            assert verify.check(run.kit.engine, connection) == []
        run.complete(step)

    run.complete("b", enough=True)

    assert run.ended_at("end")
