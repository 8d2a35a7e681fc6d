"""How many runs a person may ask for (BPMN 2.0, 10.2.8)."""

from pathlib import Path

import pytest

from engine import incidents
from engine.errors import Stuck
from engine.states import IncidentState
from engine.testing import Kit

FILES = {"bpmn/people.bpmn": (Path(__file__).parent / "people.bpmn").read_bytes()}


def test_ten_million_runs_are_an_incident_at_once_that_says_how_many_are_allowed(database):
    run = Kit(database, files=FILES).start("people", n=10_000_000)

    with pytest.raises(Stuck):
        run.complete("go")

    with database.read() as connection:
        (found,) = incidents.listing(connection, IncidentState.OPEN)
    assert (found.code, found.element) == ("MULTI_INSTANCE", "vote")
    assert "runs of 'vote', but 'n' asks for 10000000" in str(found.sentence)
    assert run.open_tasks() == ["go"]
    run.complete("go", n=2)
    assert run.open_tasks() == ["vote", "vote"]
