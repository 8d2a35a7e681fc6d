"""A process may call itself, as any process can be called (BPMN 2.0, 10.2.6): the version that runs, not too deep."""

import pytest

from engine import definitions, verify
from engine.bpmn import lint
from engine.errors import Rejected, Stuck
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, known, play, refusals


def test_each_call_has_variables_of_its_own():
    player = play(__file__, "itself").start(n=3).complete("look").complete("look")
    assert player.execution.variables(player.token("look")) == {"n": 1}

    player.complete("look").complete("bottom", below=0)

    assert player.ended.ends == ("end",)
    assert player.variables == {"n": 3, "below": 2}
    assert player.passed.count("below") == 2


def test_it_goes_as_deep_as_the_data_say_for_each_of_several_parts():
    tree = {"parts": [{"parts": []}, {"parts": [{"parts": []}, {"parts": []}]}]}
    player = play(__file__, "itself-each").start(here=tree).complete("look")
    assert player.tasks == ["look", "look"]

    player.complete("look").complete("look")
    assert player.tasks == ["look", "look"]

    assert player.complete("look").complete("look").ended


def test_what_calls_itself_without_end_is_stopped_by_name():
    player = play(__file__, "itself-endless", "inside-endless").start()

    with pytest.raises(Stuck) as caught:
        player.complete("ask")

    assert (caught.value.trouble.code, caught.value.trouble.element) == ("TOO_DEEP", "again")


def test_a_running_instance_calls_its_own_version_though_a_newer_one_is_deployed(database):
    first = drawing(__file__, "itself").xml
    made = Kit(database, files={"bpmn/itself.bpmn": first})
    old = made.start("itself", n=2)
    made.deploy({"bpmn/itself.bpmn": first.replace(b'id="look"', b'id="see"').replace(b'"look"', b'"see"')})
    new = made.start("itself", "case:2", n=2)

    for _ in range(2):
        assert (old.open_tasks(), new.open_tasks()) == (["look"], ["see"])
        old.complete("look")
        new.complete("see")

    assert old.ended_at("end") and old.variables["below"] == 1 and new.ended_at("end")
    with database.read() as connection:
        assert verify.check(made.engine, connection) == []


def test_deploying_the_same_drawing_again_makes_no_new_version(sqlite):
    made = Kit(sqlite, files={"bpmn/itself.bpmn": drawing(__file__, "itself").xml})

    assert made.deploy({"bpmn/itself.bpmn": drawing(__file__, "itself").xml}).versions == ()


def test_another_version_of_itself_cannot_be_called():
    assert refusals(__file__, "itself-by-version") == [("calls", "again")]


def test_a_ring_of_several_processes_is_refused(sqlite):
    files = {f"bpmn/{name}.bpmn": drawing(__file__, name).xml for name in ("round-a", "round-b")}

    with pytest.raises(Rejected, match="call each other"):
        definitions.deploy(Kit(sqlite).engine, files, "analyst")


@pytest.mark.parametrize(("name", "warned"), [("inside-endless", ["again"]), ("itself", []), ("itself-each", [])])
def test_a_process_that_calls_itself_whatever_happens_is_warned_of(name, warned):
    one = drawing(__file__, name)

    assert [finding.element for finding in lint(one, known(one)) if finding.rule == "calls"] == warned
