"""Which fields of a visible record a reader must not see (catalogue 9): credit, margins, prices, coaching, people.

Credit data is for operations, managers and the owner; margins are not for the team and marketing; prices of a lost
deal and what was said on a call not for marketing; coaching notes for the representative and the management line;
personal data not for analysts; in what tells about the representatives of many teams, who of them is weak and why is
for operations and analysts, as managers read results of their own line only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crm.kinds import KINDS
from crm.scopes import Reader

CREDIT_FIELDS = frozenset({"credit_standing", "credit_limit"})
PERSONAL_FIELDS = frozenset({"address", "phone", "email", "need", "notes", "next_step", "primary_contact"})
MARGIN_FIELDS = frozenset({"margin_pct", "unit_cost"})
COACHING_FIELDS = frozenset({"coaching", "coaching_note", "coaching_notes"})
REP_FIELDS = frozenset({"reps_to_coach"})

NOT_ABOUT_ITS_OWNER = frozenset({"measure_run"})
"""Kinds whose owner keeps the record, but is not the representative whom it tells about.

A measuring tells about many, each with managers of their own: what was said to one stands in the coaching notes.
"""

Rule = Callable[[Reader, str], bool]


def _only(who: Reader, *roles: str) -> bool:
    return bool(who.roles) and who.roles <= set(roles)


HIDDEN: Mapping[str, Rule] = {
    "credit": lambda who, owner: not (who.login == owner or who.roles & {"ops", "mgr"}),
    "margin": lambda who, _owner: _only(who, "team", "mkt"),
    "price": lambda who, _owner: _only(who, "mkt"),
    "coaching": lambda who, owner: not (who.login == owner or owner in who.below),
    "conversation": lambda who, _owner: _only(who, "mkt"),
    "personal": lambda who, _owner: _only(who, "anl"),
    "reps": lambda who, _owner: not who.roles & {"ops", "anl"},
}
EVERYWHERE: Mapping[str, frozenset[str]] = {
    "credit": CREDIT_FIELDS,
    "margin": MARGIN_FIELDS,
    "coaching": COACHING_FIELDS,
    "personal": PERSONAL_FIELDS,
    "reps": REP_FIELDS,
}
"""Names that are secret in the variables of processes too, whatever record these are about."""


def hidden_fields(who: Reader, owner: str, kind: str = "") -> frozenset[str]:
    """The fields of a visible record, and the variables of its processes, that this reader must not see."""
    about = "" if kind in NOT_ABOUT_ITS_OWNER else owner
    hidden = {rule for rule, holds in HIDDEN.items() if holds(who, about)}
    names = frozenset().union(*(EVERYWHERE.get(rule, frozenset()) for rule in hidden))
    described = KINDS.get(kind)
    return names | {field.name for field in (described.fields if described else ()) if field.secret in hidden}


def told_only(who: Reader, owner: str, kind: str) -> frozenset[str] | None:
    """The only variables of a record's processes that this reader may see; None: all that are not hidden.

    Where what was said is closed, an answer of any name may tell it: only the open fields of the record are told.
    """
    described = KINDS.get(kind)
    said = [field for field in described.fields if field.secret == "conversation"] if described else []
    if described is None or not said or not HIDDEN["conversation"](who, owner):
        return None
    return frozenset(field.name for field in described.fields) - hidden_fields(who, owner, kind)
