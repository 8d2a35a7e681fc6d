"""The life cycles of the business records (catalogue 8.2), each one table of legal moves."""

from __future__ import annotations

from collections.abc import Mapping

from crm.errors import IllegalMove

Moves = Mapping[str, frozenset[str]]

OPEN_OPPORTUNITY = ("draft", "prequalified", "assessed", "active", "pended")
TERMINAL_OPPORTUNITY = ("lost", "no_decision", "cancelled", "disqualified", "closed")


def _moves(**table: str) -> Moves:
    return {old: frozenset(new.split()) for old, new in table.items()}


# prequalified -> active is the fast track of 3.3.3.4.3; draft -> active is the simple sales mode;
# draft -> pended is the nurture of 3.3.3.4.1.
OPPORTUNITY = _moves(
    draft="prequalified active pended lost cancelled disqualified",
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

# A review that stops a plan retires it, and a plan may be given up while it is revised.
ACCOUNT_PLAN = _moves(
    draft="in_review retired",
    in_review="rework approved retired",
    rework="draft retired",
    approved="active",
    active="revising retired expired",
    revising="in_review retired",
    retired="",
    expired="",
)

LEAD = _moves(new="scored", scored="converted nurture rejected", nurture="new", converted="", rejected="")

# A quote that never went out expires when the pursuit ends.
QUOTE = _moves(
    draft="in_approval approved expired",
    in_approval="approved draft expired",
    approved="sent expired",
    sent="accepted rejected expired draft",
    accepted="",
    rejected="",
    expired="",
)

ORDER = _moves(entered="partial complete cancelled", partial="complete cancelled", complete="", cancelled="")

# approved -> open is a forecast that operations did not publish; a refused one is open again.
FORECAST = _moves(open="submitted", submitted="approved open", approved="published open", published="")

# agreed -> draft opens the next version when the situation changes before the plan is stale.
OPPORTUNITY_PLAN = _moves(draft="agreed", agreed="stale draft", stale="draft")

MEASURE_RUN = _moves(open="computed", computed="open published", published="")

PENDED_ITEM = _moves(waiting="resumed dropped", resumed="", dropped="")
THRESHOLD = _moves(proposed="published withdrawn", published="", withdrawn="")

# draft -> cancelled ends a request that colleagues stopped before it went out; draft -> scheduled is an unplanned call.
SALES_CALL = _moves(
    draft="proposed scheduled cancelled",
    proposed="scheduled cancelled",
    scheduled="in_progress not_held proposed cancelled",
    in_progress="held",
    held="documented",
    not_held="documented",
    documented="closed",
    closed="",
    cancelled="",
)

CALL_FOLLOW_UP = _moves(
    planned="open done not_done dropped",
    open="done not_done dropped",
    not_done="done dropped",
    done="",
    dropped="",
)


def may_move(moves: Moves, old: str, new: str) -> bool:
    """Whether the table allows going from one state to another; an unknown state allows nothing."""
    return new in moves.get(old, frozenset())


def move(moves: Moves, record: str, old: str, new: str) -> str:
    """The new state; raises `IllegalMove` naming the record, both states and what is possible instead."""
    if not may_move(moves, old, new):
        possible = ", ".join(sorted(moves.get(old, frozenset()))) or "-"
        raise IllegalMove(record=record, old=old, new=new, possible=possible)
    return new
