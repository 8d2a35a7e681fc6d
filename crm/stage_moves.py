"""An active opportunity moves from stage to stage: forward when the exit criteria are met, back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from crm import forecast, opportunities, quotes, snapshots, stage_criteria, stages
from crm.errors import CrmError, InvalidValue
from crm.opportunities import Opportunity
from crm.stages import Stage
from crm.titles import Names, both


class CriteriaNotMet(CrmError):
    """%(record)s cannot leave the stage %(stage)s yet. Still missing: %(missing)s."""

    def __init__(self, record: str, stage: Names, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        names = [stage_criteria.names(one) for one in missing]
        shown = both(", ".join(en for en, _ in names), "、".join(zh for _, zh in names))
        super().__init__(record=record, stage=stage, missing=shown)


def following(connection: Connection, deal: Opportunity) -> Stage | None:
    """The stage after the present one, or None after the last."""
    ahead = [one for one in stages.listing(connection, deal.sales_mode) if not one.retired]
    return next((one for one in ahead if one.position > _position(connection, deal)), None)


def advance(
    connection: Connection,
    deal: Opportunity,
    to: str,
    confirmed: Sequence[str],
    *,
    reason: str,
    by: str,
    at: datetime,
) -> Opportunity:
    """Moves an active opportunity to another stage of its sales mode, with that stage's probability.

    `confirmed` are the criteria that people say are met. Writes stage history, forecast line and snapshot.
    Raises `CriteriaNotMet`, `InvalidValue` for a stage that may not be entered from here, `VersionConflict`.
    """
    target = stages.get(connection, to)
    now = _position(connection, deal)
    _check_target(connection, deal, target, now)
    if target.position > now and deal.stage is not None:
        present = stages.get(connection, deal.stage)
        missing = stage_criteria.unmet(connection, deal, present, confirmed)
        if missing:
            raise CriteriaNotMet(deal.number, present.names, missing)
    return _enter(connection, deal, target, target.probability, reason=reason, by=by, at=at)


def follow(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> Opportunity:
    """Moves an active opportunity on as far as the records show that its stages are done; never back.

    A stage that is left by nothing, or by what only people can confirm, is done once the customer accepted a quote.
    A chance that somebody rated higher than the stage stays.
    """
    while deal.status == "active" and deal.stage is not None and _is_done(connection, deal, deal.stage):
        target = following(connection, deal)
        if target is None:
            break
        chance = max(target.probability, deal.win_probability or target.probability)
        deal = _enter(connection, deal, target, chance, reason=None, by=by, at=at)
    return deal


def _is_done(connection: Connection, deal: Opportunity, stage: str) -> bool:
    if quotes.accepted(connection, deal.id) is not None:
        return True
    present = stages.get(connection, stage)
    required = stage_criteria.required(connection, present)
    return bool(required) and not stage_criteria.unmet(connection, deal, present, ())


def _enter(
    connection: Connection,
    deal: Opportunity,
    target: Stage,
    chance: Decimal,
    *,
    reason: str | None,
    by: str,
    at: datetime,
) -> Opportunity:
    changes = {
        "stage": target.key,
        "stage_entered_at": at,
        "win_probability": chance,
        "forecast_category": target.forecast_default,
    }
    moved = opportunities.change(connection, deal, changes, by=by, at=at)
    opportunities.write_history(connection, deal, moved, by=by, at=at, reason=reason)
    forecast.enter(connection, moved, target.forecast_default, chance, by=by, at=at)
    snapshots.take(connection, moved, at=at)
    return moved


def _position(connection: Connection, deal: Opportunity) -> int:
    return stages.get(connection, deal.stage).position if deal.stage else 0


def _check_target(connection: Connection, deal: Opportunity, target: Stage, now: int) -> None:
    if target.mode != deal.sales_mode or target.retired or target.key == deal.stage:
        expected = both("another stage of its sales mode", "本销售模式的另一阶段")
        raise InvalidValue(expected=expected, field="next_stage", record=deal.number, value=target.names)
    skipped = [
        one.names
        for one in stages.listing(connection, deal.sales_mode)
        if now < one.position < target.position and not (one.allow_skip or one.retired)
    ]
    if skipped:
        raise InvalidValue(
            "Expected the stage %(skipped)s before %(value)s; it may not be skipped.",
            skipped=skipped[0], field="next_stage", record=deal.number, value=target.names,
        )  # fmt: skip
