"""A complex gateway as people meet it: tasks that are open, and what the history shows (BPMN 2.0, 13.3.5)."""

from pathlib import Path

from engine.testing import Kit

FILES = {"bpmn/people.bpmn": (Path(__file__).parent / "people.bpmn").read_bytes()}


def test_two_of_three_go_on_while_the_third_is_still_open(database):
    run = Kit(database, files=FILES).start("people")

    run.complete("a")
    run.complete("c")
    assert sorted(run.open_tasks()) == ["after", "b"]
    run.complete("after")
    assert run.state == "running"
    run.complete("b")

    assert run.ended_at("end")
    assert run.path().count("enough") == 1
