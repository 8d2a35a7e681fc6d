"""Drafts: kept while wrong, handed in when right, deployed by a second person."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import Database, bundles, drafts, notices
from engine.errors import Conflict, NotAllowed, NotFound, Rejected
from engine.states import DraftState
from engine.testing import Kit, People
from tests.engine.demo import chain, drawing, end, flow, start, user

TRADE = (Path(__file__).parent / "behaviour" / "collaborations" / "buying-and-selling.bpmn").read_bytes()
PEOPLE = People(groups={"rep": ("rep",), "ann": ("anl",), "bob": ("anl",), "root": ("adm",)})


def rule(limit: int) -> bytes:
    """A drawing that needs a second look from an amount of `limit`."""
    gate = '<exclusiveGateway id="gw" default="gw_end"/>'
    body = start() + user("ask") + gate + user("look") + end() + chain("start", "ask", "gw", "end")
    return drawing("rule", body + flow("gw", "look", f"amount &gt;= {limit}") + flow("look", "end"))


@pytest.fixture
def kit(database: Database) -> Kit:
    return Kit(database, people=PEOPLE, files={"bpmn/rule.bpmn": rule(100)})


@pytest.fixture
def one(sqlite: Database) -> Kit:
    return Kit(sqlite, people=PEOPLE, files={"bpmn/rule.bpmn": rule(100)})


def drafted(kit: Kit, content: bytes = rule(1)) -> str:
    return drafts.save(kit.engine, "ann", "bpmn", "rule", content).id


def submitted(kit: Kit, content: bytes = rule(1)) -> str:
    draft_id = drafted(kit, content)
    drafts.submit(kit.engine, "ann", draft_id, "lower limit")
    return draft_id


def state_of(kit: Kit, draft_id: str) -> DraftState:
    with kit.database.read() as connection:
        return drafts.get(connection, draft_id).state


def version(kit: Kit) -> int:
    with kit.database.read() as connection:
        found = bundles.latest(connection, "rule")
    assert found is not None
    return found.version


def told(kit: Kit, user_name: str) -> list[str]:
    with kit.database.read() as connection:
        return [str(row.sentence) for row in notices.for_user(connection, user_name)]


def test_new_instances_follow_the_new_rule_and_running_ones_the_old(kit: Kit) -> None:
    old = kit.start("rule", amount=50)
    drafts.deploy(kit.engine, "root", submitted(kit))
    new = kit.start("rule", "case:2", amount=50)

    old.complete("ask")
    new.complete("ask")

    assert old.ended_at("end")
    assert new.open_tasks() == ["look"]


def test_the_author_may_not_deploy_the_own_change(kit: Kit) -> None:
    draft_id = submitted(kit)

    with pytest.raises(NotAllowed, match="four eyes"):
        drafts.deploy(kit.engine, "ann", draft_id)

    assert state_of(kit, draft_id) == DraftState.SUBMITTED and version(kit) == 1


def test_a_submission_is_told_to_the_administrators_and_its_deployment_to_the_author(one: Kit) -> None:
    draft_id = submitted(one)
    assert told(one, "root") == ["A change of rule waits for you to deploy it."]

    drafts.deploy(one.engine, "root", draft_id)

    assert told(one, "ann") == ["Your change of rule was deployed."]
    with one.database.read() as connection:
        row = bundles.latest(connection, "rule")
    assert row is not None and (row.created_by, row.note) == ("root", "lower limit")


def test_a_wrong_draft_is_kept_but_not_accepted(one: Kit) -> None:
    draft_id = drafted(one, b"<definitions")

    with pytest.raises(Rejected, match="rule.bpmn"):
        drafts.submit(one.engine, "ann", draft_id)

    with one.database.read() as connection:
        kept = drafts.get(connection, draft_id)
    assert (kept.content, kept.state) == (b"<definitions", DraftState.DRAFT)


def test_a_change_is_sent_back_with_a_reason_and_handed_in_again(kit: Kit) -> None:
    draft_id = submitted(kit)
    drafts.reject(kit.engine, "root", draft_id, "too low")
    assert told(kit, "ann") == ["Your change of rule was sent back: too low"]

    drafts.save(kit.engine, "ann", "bpmn", "rule", rule(10), draft_id)
    drafts.submit(kit.engine, "ann", draft_id)
    drafts.deploy(kit.engine, "root", draft_id)

    assert version(kit) == 2 and state_of(kit, draft_id) == DraftState.DEPLOYED


def test_sending_back_needs_a_reason(one: Kit) -> None:
    draft_id = submitted(one)

    with pytest.raises(NotAllowed, match="reason"):
        drafts.reject(one.engine, "root", draft_id, "  ")

    assert state_of(one, draft_id) == DraftState.SUBMITTED


def test_nothing_is_deployed_that_was_not_handed_in_or_was_decided_already(one: Kit) -> None:
    draft_id = drafted(one)
    with pytest.raises(Conflict, match="draft"):
        drafts.deploy(one.engine, "root", draft_id)
    drafts.submit(one.engine, "ann", draft_id)
    drafts.deploy(one.engine, "root", draft_id)

    with pytest.raises(Conflict, match="deployed"):
        drafts.deploy(one.engine, "root", draft_id)
    with pytest.raises(Conflict, match="deployed"):
        drafts.reject(one.engine, "root", draft_id, "too late")

    assert version(one) == 2


def test_an_edit_after_handing_in_takes_the_change_back(one: Kit) -> None:
    draft_id = submitted(one)

    drafts.save(one.engine, "ann", "bpmn", "rule", rule(7), draft_id)

    assert state_of(one, draft_id) == DraftState.DRAFT
    with pytest.raises(Conflict):
        drafts.deploy(one.engine, "root", draft_id)


def test_somebody_elses_draft_is_not_changed(one: Kit) -> None:
    draft_id = drafted(one)

    with pytest.raises(NotAllowed, match="ann"):
        drafts.save(one.engine, "bob", "bpmn", "rule", rule(7), draft_id)
    with pytest.raises(NotAllowed, match="ann"):
        drafts.submit(one.engine, "bob", draft_id)


def test_a_change_that_no_longer_fits_stays_handed_in(kit: Kit) -> None:
    call = '<callActivity id="call" calledElement="part"/>'
    kit.deploy({"bpmn/part.bpmn": drawing("part", start() + user("go") + end() + chain("start", "go", "end"))})
    draft_id = submitted(kit, drawing("rule", start() + call + end() + chain("start", "call", "end")))
    ring = '<callActivity id="back" calledElement="rule"/>'
    kit.deploy({"bpmn/part.bpmn": drawing("part", start() + ring + end() + chain("start", "back", "end"))})

    with pytest.raises(Rejected, match="call each other"):
        drafts.deploy(kit.engine, "root", draft_id)

    assert state_of(kit, draft_id) == DraftState.SUBMITTED and version(kit) == 1
    assert told(kit, "ann") == []


def test_unknown_kinds_and_drafts_are_refused(one: Kit) -> None:
    with pytest.raises(NotFound, match="bpmn, dmn or form"):
        drafts.save(one.engine, "ann", "exe", "rule", b"")
    with pytest.raises(NotFound, match="there is none"):
        drafts.submit(one.engine, "ann", "nothing")


def by_bob(kit: Kit, limit: int) -> str:
    """Another analyst's change, handed in."""
    draft_id = drafts.save(kit.engine, "bob", "bpmn", "rule", rule(limit)).id
    drafts.submit(kit.engine, "bob", draft_id)
    return draft_id


def outdated(kit: Kit, draft_id: str) -> bool:
    with kit.database.read() as connection:
        return drafts.is_outdated(connection, drafts.get(connection, draft_id))


def base(kit: Kit) -> str:
    with kit.database.read() as connection:
        return drafts.base_of(connection, "bpmn", "rule")


def test_a_change_begun_before_another_was_deployed_is_neither_handed_in_nor_deployed(kit: Kit) -> None:
    first, second, third = drafted(kit), by_bob(kit, 7), by_bob(kit, 9)
    drafts.deploy(kit.engine, "root", second)

    with pytest.raises(Conflict, match="a newer rule was deployed"):
        drafts.submit(kit.engine, "ann", first)
    with pytest.raises(Conflict, match="a newer rule was deployed"):
        drafts.deploy(kit.engine, "root", third)

    assert outdated(kit, first) and outdated(kit, third) and not outdated(kit, second)
    assert version(kit) == 2 and state_of(kit, third) == DraftState.SUBMITTED


def test_a_change_goes_on_when_its_author_has_taken_over_what_is_new(kit: Kit) -> None:
    first, began_at = submitted(kit), base(kit)
    drafts.deploy(kit.engine, "root", by_bob(kit, 7))

    with pytest.raises(NotAllowed):
        drafts.rebase(kit.engine, "bob", first, base(kit))
    with pytest.raises(Conflict, match="compare again"):
        drafts.rebase(kit.engine, "ann", first, began_at)
    drafts.rebase(kit.engine, "ann", first, base(kit))

    assert state_of(kit, first) == DraftState.DRAFT and not outdated(kit, first)
    drafts.submit(kit.engine, "ann", first)
    drafts.deploy(kit.engine, "root", first)
    assert version(kit) == 3


def test_a_change_counts_from_what_its_editor_was_opened_with(one: Kit) -> None:
    opened_with = base(one)
    drafts.deploy(one.engine, "root", by_bob(one, 7))

    saved = drafts.save(one.engine, "ann", "bpmn", "rule", rule(1), base=opened_with)

    assert outdated(one, saved.id)
    with one.database.read() as connection:
        assert bundles.former_content(connection, "bpmn", "rule", saved.base) == rule(100)
        assert bundles.former_content(connection, "bpmn", "rule", "another") is None


def trade(kit: Kit, author: str, content: bytes) -> str:
    """A change of a file with two processes, named after neither."""
    draft_id = drafts.save(kit.engine, author, "bpmn", "trade", content).id
    drafts.submit(kit.engine, author, draft_id)
    return draft_id


def test_a_file_named_after_none_of_its_processes_is_compared_with_what_was_deployed_with_it(one: Kit) -> None:
    first = trade(one, "ann", TRADE)
    drafts.deploy(one.engine, "root", first)
    second, third = (trade(one, who, TRADE.replace(b"pack", who.encode())) for who in ("ann", "bob"))

    drafts.deploy(one.engine, "root", second)

    assert outdated(one, third)
    with pytest.raises(Conflict, match="a newer trade was deployed"):
        drafts.deploy(one.engine, "root", third)
    with one.database.read() as connection:
        begun = drafts.get(connection, third).base
        assert bundles.former_content(connection, "bpmn", "trade", begun) == TRADE
        assert bundles.content(connection, "bpmn", "rade") is None


def test_a_file_that_takes_a_process_over_from_another_says_so(one: Kit) -> None:
    drafts.deploy(one.engine, "root", trade(one, "ann", TRADE))
    hidden = drafts.save(one.engine, "ann", "bpmn", "barter", TRADE.replace(b"buyer", b"rule")).id

    found = [str(one) for one in drafts.submit(one.engine, "ann", hidden) if one.rule == "file-name"]

    assert [one.partition(": ")[2].partition(".bpmn as")[0] for one in found] == [
        "Expected process rule in one file, but it is in bpmn/rule",
        "Expected process seller in one file, but it is in bpmn/trade",
    ]


def test_a_file_opened_by_one_of_its_processes_takes_nothing_over(one: Kit) -> None:
    drafts.deploy(one.engine, "root", trade(one, "ann", TRADE))
    opened = drafts.save(one.engine, "ann", "bpmn", "seller", TRADE).id

    assert [found for found in drafts.submit(one.engine, "ann", opened) if found.rule == "file-name"] == []
