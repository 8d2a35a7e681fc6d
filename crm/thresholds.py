"""Approval thresholds: band limits, score weights and other figures, in versions with a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from crm import records, states, users
from crm.errors import CrmError, NotAllowed, NoThreshold, RecordNotFound
from crm.tables import approval_threshold

HEAD_OF_SALES = 3


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
    """The newest published version whose time has come at `moment`; raises `NoThreshold` when there is none."""
    at = approval_threshold.c
    query = select(*records.columns(approval_threshold, Threshold))
    query = query.where(at.state == "published", at.valid_from <= moment)
    query = query.order_by(at.valid_from.desc(), at.version.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NoThreshold(moment=moment)
    weights = {name: Decimal(weight) for name, weight in row["weights"].items()}
    return Threshold(**{**row, "weights": weights})


def propose(
    connection: Connection,
    *,
    valid_from: datetime,
    limits: Mapping[str, Decimal],
    weights: Mapping[str, Decimal],
    params: Mapping[str, Any],
    by: str,
    at: datetime,
) -> int:
    """Puts the next version forward and gives its number; it counts once somebody else has published it.

    Raises `CrmError` when limits do not rise or weights do not add up to 1.
    """
    _check(limits, weights)
    column = approval_threshold.c.version
    version = (connection.execute(select(func.max(column))).scalar() or 0) + 1
    values = {
        "version": version,
        "valid_from": valid_from,
        **limits,
        "weights": {name: str(weight) for name, weight in weights.items()},
        "params": dict(params),
        "state": "proposed",
        "published_by": by,
    }
    records.insert(connection, approval_threshold, values, by=by, at=at)
    return version


def publish(connection: Connection, version: int, *, by: str, at: datetime) -> None:
    """Publishes a proposed version, in force from its day, at the earliest now: the second pair of eyes (catalogue 9).

    Raises `NotAllowed` unless `by` is an administrator or a head of sales, and not who proposed it; `IllegalMove`.
    """
    row = _proposed(connection, version, "published")
    person = users.get(connection, by)
    if not ("adm" in person.roles or ("mgr" in person.roles and person.level == HEAD_OF_SALES)):
        raise NotAllowed(record=_name(version))
    if by == row["published_by"]:
        raise CrmError("%(record)s must be published by somebody else than who proposed them.", record=_name(version))
    changes = {"state": "published", "confirmed_by": by, "valid_from": max(row["valid_from"], at)}
    records.update(
        connection,
        approval_threshold,
        row["id"],
        row["row_version"],
        changes,
        by=by,
        at=at,
        record=_name(version),
    )


def withdraw(connection: Connection, version: int, *, by: str, at: datetime) -> None:
    """Takes a proposed version back; raises `IllegalMove` when it is no proposal any more."""
    row = _proposed(connection, version, "withdrawn")
    changes = {"state": "withdrawn"}
    records.update(
        connection,
        approval_threshold,
        row["id"],
        row["row_version"],
        changes,
        by=by,
        at=at,
        record=_name(version),
    )


def _proposed(connection: Connection, version: int, state: str) -> Mapping[str, Any]:
    query = select(approval_threshold).where(approval_threshold.c.version == version)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise RecordNotFound(record=_name(version))
    states.move(states.THRESHOLD, _name(version), row["state"], state)
    return dict(row)


def _settle(
    connection: Connection, row: Mapping[str, Any], changes: Mapping[str, Any], *, by: str, at: datetime
) -> None:
    record = _name(row["version"])
    records.update(connection, approval_threshold, row["id"], row["row_version"], changes, by=by, at=at, record=record)


def _name(version: int) -> Mapping[str, str]:
    return {"en": f"Thresholds {version}", "zh-Hans": f"审批阈值 {version}"}


def _check(limits: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> None:
    rising = [limits["limit_standard"], limits["limit_major"], limits["limit_strategic"]]
    if not rising[0] < rising[1] < rising[2]:
        raise CrmError("Expected rising limits, but got %(value)s.", value=", ".join(map(str, rising)))
    if sum(weights.values()) != 1:
        raise CrmError("Expected weights that add up to 1, but they add up to %(value)s.", value=sum(weights.values()))
