"""A process without start and end events, as people meet it (BPMN 2.0, 10.4.2 and 10.4.3)."""

from pathlib import Path

from engine.testing import Kit

FILES = {f"bpmn/{name}.bpmn": (Path(__file__).parent / f"{name}.bpmn").read_bytes() for name in ("people", "called")}


def test_it_is_started_and_called_and_ends_as_any_other(database):
    run = Kit(database, files=FILES).start("people")
    assert sorted(run.open_tasks()) == ["a", "b"]

    run.complete("a")
    assert sorted(run.open_tasks()) == ["b", "inside"]
    run.complete("inside")
    assert run.state == "running"
    run.complete("b")

    assert run.state == "completed"
