"""Approval thresholds: band limits, score weights and other figures, in versions with a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from crm import records
from crm.errors import InvalidValue, NoThreshold
from crm.tables import approval_threshold


@dataclass(frozen=True)
class Threshold:
    """One version; limits in base currency are the lower ends of the bands above minor (D01)."""

    version: int
    valid_from: datetime
    limit_standard: Decimal
    limit_major: Decimal
    limit_strategic: Decimal
    weights: Mapping[str, Decimal]
    params: Mapping[str, Any]

    @property
    def limits(self) -> dict[str, Decimal]:
        """The three limits under the names that the decision `amount_band` asks for."""
        return {
            "limit_standard": self.limit_standard,
            "limit_major": self.limit_major,
            "limit_strategic": self.limit_strategic,
        }


def in_force(connection: Connection, moment: datetime) -> Threshold:
    """The newest version whose time has come at `moment`; raises `NoThreshold` when there is none."""
    at = approval_threshold.c
    query = select(*records.columns(approval_threshold, Threshold)).where(at.valid_from <= moment)
    query = query.order_by(at.valid_from.desc(), at.version.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NoThreshold(moment=moment)
    weights = {name: Decimal(weight) for name, weight in row["weights"].items()}
    return Threshold(**{**row, "weights": weights})


def publish(
    connection: Connection,
    *,
    valid_from: datetime,
    limits: Mapping[str, Decimal],
    weights: Mapping[str, Decimal],
    params: Mapping[str, Any],
    by: str,
    confirmed_by: str,
    at: datetime,
) -> int:
    """Adds the next version and gives its number; four eyes.

    Raises `InvalidValue` when the same person confirms, limits do not rise, or weights do not add up to 1.
    """
    _check(limits, weights, by, confirmed_by)
    column = approval_threshold.c.version
    version = (connection.execute(select(func.max(column))).scalar() or 0) + 1
    values = {
        "version": version,
        "valid_from": valid_from,
        **limits,
        "weights": {name: str(weight) for name, weight in weights.items()},
        "params": dict(params),
        "published_by": by,
        "confirmed_by": confirmed_by,
    }
    records.insert(connection, approval_threshold, values, by=by, at=at)
    return version


def _check(limits: Mapping[str, Decimal], weights: Mapping[str, Decimal], by: str, confirmed: str) -> None:
    record = "approval thresholds"
    rising = [limits["limit_standard"], limits["limit_major"], limits["limit_strategic"]]
    if not rising[0] < rising[1] < rising[2]:
        shown = ", ".join(map(str, rising))
        raise InvalidValue(expected="rising limits", field="limits", record=record, value=shown)
    if sum(weights.values()) != 1:
        raise InvalidValue(expected="a sum of 1", field="weights", record=record, value=sum(weights.values()))
    if by == confirmed:
        raise InvalidValue(expected="another person", field="confirmed_by", record=record, value=confirmed)
