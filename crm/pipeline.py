"""The pipeline: an opportunity enters it, its figures change, it leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from crm import forecast, opportunities, snapshots, stages
from crm.opportunities import Opportunity


def add(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> Opportunity:
    """Makes an opportunity active in the first pipeline stage of its sales mode.

    Writes the stage history, a forecast line with the stage's probability, and a snapshot.
    Raises `IllegalMove`, `NoStage`, `VersionConflict`.
    """
    stage = stages.pipeline_entry(connection, deal.sales_mode)
    entered = opportunities.move(
        connection,
        deal,
        "active",
        by=by,
        at=at,
        stage=stage.key,
        pipeline_entry_at=at,
        win_probability=stage.probability if deal.win_probability is None else deal.win_probability,
        forecast_category=stage.forecast_default,
    )
    forecast.enter(connection, entered, stage.forecast_default, stage.probability, by=by, at=at)
    snapshots.take(connection, entered, at=at)
    return entered


def update_profile(
    connection: Connection,
    deal: Opportunity,
    changes: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    expected_version: int | None = None,
) -> Opportunity:
    """Changes an opportunity's figures and brings its forecast line and snapshots along.

    Raises `VersionConflict`, `InvalidValue`, `NoRate`.
    """
    changed = opportunities.change(connection, deal, changes, by=by, at=at, expected_version=expected_version)
    forecast.refresh(connection, changed, by=by, at=at)
    snapshots.take(connection, changed, at=at)
    return changed
