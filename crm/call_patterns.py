"""What the outcomes of calls show when they are told apart by rep, tier, channel, depth and planning (RA-1.2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select

from crm.measures.calls import held
from crm.measures.frame import Asked, share
from crm.tables import account

FEWEST, CLEAR = 5, Decimal(20)
"""A difference counts from five calls on each side, and from twenty points."""
OUTCOMES = ("advance", "continuation", "setback")


def find(asked: Asked, call_types: Iterable[str] = ()) -> list[dict[str, Any]]:
    """One row for each value of each view: counts by outcome, the share that advanced, and whether it stands out."""
    wanted = set(call_types)
    calls = [call for call in held(asked) if not wanted or call.purpose in wanted]
    tiers = {row.id: row.tier for row in asked.connection.execute(select(account.c.id, account.c.tier))}
    views: dict[str, Callable[[Row[Any]], str]] = {
        "rep": lambda call: str(call.owner),
        "tier": lambda call: str(tiers.get(call.account_id) or "-"),
        "channel": lambda call: str(call.channel),
        "depth": lambda call: str(call.depth or "-"),
        "planning": lambda call: "planned" if call.primary_objective and call.minimum_outcome else "unplanned",
    }
    return [row for view, of in views.items() for row in _rows(view, of, calls)]


def _rows(view: str, of: Callable[[Row[Any]], str], calls: list[Row[Any]]) -> Iterable[dict[str, Any]]:
    by_value: dict[str, list[Row[Any]]] = defaultdict(list)
    for call in calls:
        by_value[of(call)].append(call)
    for value, found in sorted(by_value.items()):
        others = [call for call in calls if of(call) != value]
        counts = Counter(call.outcome for call in found)
        own, rest = _advanced(found), _advanced(others)
        yield {
            "view": view,
            "value": value,
            "held": len(found),
            **{outcome: counts[outcome] for outcome in OUTCOMES},
            "advance_pct": own,
            "others_pct": rest,
            "flagged": _stands_out(len(found), len(others), own, rest),
        }


def _advanced(calls: list[Row[Any]]) -> Decimal | None:
    return share(sum(1 for call in calls if call.outcome == "advance"), len(calls)).value


def _stands_out(count: int, others: int, own: Decimal | None, rest: Decimal | None) -> bool:
    if own is None or rest is None or min(count, others) < FEWEST:
        return False
    return abs(own - rest) >= CLEAR
