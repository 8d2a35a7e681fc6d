"""Work that begins by the clock (catalogue 10), one file for each kind of rhythm."""

from __future__ import annotations

from engine.contract import Schedule
from handlers.schedules import daily, measuring, pipeline, planning, upkeep

ALL: tuple[Schedule, ...] = (*pipeline.ALL, *planning.ALL, *measuring.ALL, *daily.ALL, *upkeep.ALL)
