"""The pipeline's rhythm: its figures are kept every night, and forecasts begin on Mondays."""

from __future__ import annotations

from typing import Any

from crm import snapshots
from crm.people import Directory
from engine.contract import Done, Occasion, Schedule, Start


def keep_figures(occasion: Occasion[Any]) -> Done:
    """The figures of every open opportunity; twice in a night they are kept once."""
    day = Directory(occasion.session).calendar_of("group:ops").today(occasion.now)
    snapshots.take_nightly(occasion.session, day, at=occasion.now)
    return Done()


def forecasts(occasion: Occasion[Any]) -> Done:
    """A cycle of 3.2.3.1.2 for every rep."""
    reps = Directory(occasion.session).members_of("rep")
    return Done(starts=[Start("develop-update-sales-forecast", f"user:{rep}") for rep in reps])


ALL: tuple[Schedule, ...] = (
    Schedule(
        "pipeline_snapshot", "55 23 * * *", {"en": "Figures of the pipeline", "zh-Hans": "销售管道快照"}, keep_figures
    ),
    Schedule("weekly_forecast", "0 8 * * 1", {"en": "Weekly forecast", "zh-Hans": "每周销售预测"}, forecasts),
)
