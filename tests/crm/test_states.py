"""The life cycles: exactly the moves of the catalogue, each refusal with its alternatives."""

import re

import pytest
from sqlalchemy import Connection

from crm import opportunities, stage_history, states
from crm.errors import IllegalMove
from crm.tables.opportunities import STATUSES
from crm.titles import both
from tests.crm.factories import NOW, an_opportunity

# Written out once more, from the other end: into each status, from where (catalogue 8.2).
INTO = {
    "draft": set(),
    "prequalified": {"draft"},
    "assessed": {"prequalified", "pended", "lost", "no_decision", "cancelled", "disqualified"},
    "active": {"draft", "prequalified", "assessed"},
    "pended": {"draft", "prequalified", "assessed", "active"},
    "won": {"active"},
    "closed": {"won"},
    "lost": {"draft", "prequalified", "assessed", "active", "pended"},
    "no_decision": {"active"},
    "cancelled": {"draft", "prequalified", "assessed", "active", "pended"},
    "disqualified": {"draft", "prequalified", "assessed", "pended"},
}


@pytest.mark.parametrize("new", STATUSES)
@pytest.mark.parametrize("old", STATUSES)
def test_an_opportunity_moves_as_the_catalogue_says(old: str, new: str) -> None:
    assert states.may_move(states.OPPORTUNITY, old, new) == (old in INTO[new])


LIVES = [life for life in vars(states).values() if isinstance(life, states.LifeCycle)]


@pytest.mark.parametrize("life", LIVES)
def test_every_state_that_can_be_reached_has_a_row(life: states.LifeCycle) -> None:
    reached = set().union(*life.moves.values())

    assert reached <= set(life.moves)


def test_a_forbidden_move_says_what_is_possible() -> None:
    with pytest.raises(IllegalMove) as refused:
        states.move(states.OPPORTUNITY, "OPP-1001", "won", "active")

    assert "OPP-1001 “In the pipeline”, but it is “Won”" in str(refused.value)
    assert re.search(r"only become: Closed", str(refused.value))


def test_a_forbidden_move_has_no_codes_in_either_language() -> None:
    with pytest.raises(IllegalMove) as refused:
        states.move(states.OPPORTUNITY, "OPP-1001", "pended", "active")

    values = refused.value.values
    assert (values["new"], values["old"]) == (both("In the pipeline", "跟进中"), both("Put off", "已暂缓"))
    assert values["possible"] == both("Assessed, Lost, Cancelled, Disqualified", "已评估、失败、已取消、不合格")


def test_a_move_from_a_last_state_says_that_there_is_none() -> None:
    with pytest.raises(IllegalMove, match=r"it is “Closed”, and cannot be moved from there\.$"):
        states.move(states.OPPORTUNITY, "OPP-1001", "closed", "assessed")


@pytest.mark.usefixtures("configured")
def test_a_whole_life_is_kept_in_the_history(connection: Connection) -> None:
    deal = an_opportunity(connection, status="draft", stage=None)

    for status in ("prequalified", "assessed", "pended", "assessed", "active", "lost", "assessed"):
        deal = opportunities.move(connection, deal, status, by="lin.wei", at=NOW, reason="because")

    moves = stage_history.listing(connection, deal.id)[::-1]
    assert [move.to_status for move in moves][:3] == ["draft", "prequalified", "assessed"]
    assert [move.from_status for move in moves][:3] == [None, "draft", "prequalified"]
    assert (len(moves), deal.row_version) == (8, 8)
    assert opportunities.get(connection, deal.number) == deal
