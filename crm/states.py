"""The life cycles of the business records (catalogue 8.2), each one table of legal moves."""

from __future__ import annotations

from collections.abc import Mapping

from crm.errors import IllegalMove

Moves = Mapping[str, frozenset[str]]

OPEN_OPPORTUNITY = ("draft", "prequalified", "assessed", "active", "pended")
TERMINAL_OPPORTUNITY = ("lost", "no_decision", "cancelled", "disqualified", "closed")


def _moves(**table: str) -> Moves:
    return {old: frozenset(new.split()) for old, new in table.items()}


# prequalified -> active is the fast track of 3.3.3.4.3; draft -> active is the simple sales mode.
OPPORTUNITY = _moves(
    draft="prequalified active lost cancelled disqualified",
    prequalified="assessed active pended lost cancelled disqualified",
    assessed="active pended lost cancelled disqualified",
    active="won pended lost no_decision cancelled",
    pended="assessed lost cancelled disqualified",
    won="closed",
    lost="assessed",
    no_decision="assessed",
    cancelled="assessed",
    disqualified="assessed",
    closed="",
)

ACCOUNT_PLAN = _moves(
    draft="in_review",
    in_review="rework approved",
    rework="draft",
    approved="active",
    active="revising retired expired",
    revising="in_review",
    retired="",
    expired="",
)

PENDED_ITEM = _moves(waiting="resumed dropped", resumed="", dropped="")


def may_move(moves: Moves, old: str, new: str) -> bool:
    """Whether the table allows going from one state to another; an unknown state allows nothing."""
    return new in moves.get(old, frozenset())


def move(moves: Moves, record: str, old: str, new: str) -> str:
    """The new state; raises `IllegalMove` naming the record, both states and what is possible instead."""
    if not may_move(moves, old, new):
        possible = ", ".join(sorted(moves.get(old, frozenset()))) or "-"
        raise IllegalMove(record=record, old=old, new=new, possible=possible)
    return new
