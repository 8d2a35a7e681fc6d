"""What was deployed with an earlier release goes on as it ran, until somebody deploys it again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import Database, bpmn, bundles, called_versions, world
from engine.bpmn import Drawing, Known
from engine.called_versions import LATEST, Binding
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start, user
from tests.engine.test_definitions import CALL, made, ruled, table

MARK = b"<!-- drawn otherwise -->"
PLAIN = {"bpmn/plain.bpmn": drawing("plain", start() + user("go") + end() + chain("start", "go", "end"))}
RULED = {"bpmn/ruled.bpmn": ruled("ruled"), "dmn/band.dmn": table("band")}


@pytest.fixture
def kit(sqlite: Database) -> Kit:
    return Kit(sqlite, files=RULED)


@pytest.fixture
def later(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Kit:
    """With a release that draws what runs otherwise than the one that deployed it."""

    def otherwise(one: Drawing, known: Known) -> Drawing:
        found = bpmn.normalise(one, known)
        return replace(found, xml=found.xml + MARK)

    monkeypatch.setattr(world, "normalise", otherwise)
    return kit


def runs(kit: Kit, key: str) -> bytes:
    """The newest version of a process as it runs."""
    with kit.database.read() as connection:
        newest = bundles.latest(connection, key)
        assert newest is not None
        return bundles.expanded(connection, newest.id).xml


def test_what_is_not_given_goes_on_as_it_ran(later: Kit) -> None:
    assert made(later.deploy(PLAIN)) == {"plain": 1}
    assert MARK in runs(later, "plain") and MARK not in runs(later, "ruled")


def test_a_changed_table_makes_a_version_that_is_drawn_as_before(later: Kit) -> None:
    assert made(later.deploy({"dmn/band.dmn": table("band", '"small"')})) == {"ruled": 2}
    assert MARK not in runs(later, "ruled")


def test_what_is_given_again_is_drawn_anew(later: Kit) -> None:
    assert made(later.deploy(RULED)) == {"ruled": 2}
    assert MARK in runs(later, "ruled")


def test_a_call_that_names_a_version_which_was_never_there_goes_on_calling_what_it_called(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = CALL.format("ruled").replace(
        "<callActivity ", '<callActivity camunda:calledElementBinding="version" camunda:calledElementVersion="9" '
    )
    caller = {"bpmn/outer.bpmn": drawing("outer", start() + bound + end() + chain("start", "call", "end"))}
    with monkeypatch.context() as earlier:
        earlier.setattr(called_versions, "binding", lambda element: Binding(LATEST, ""))
        kit.deploy(caller)

    assert made(kit.deploy(PLAIN)) == {"plain": 1}
    assert kit.start("outer", amount=500).open_tasks() == ["look"]
