"""The steps of Measure Sales Execution Performance, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.stage_measure_sales_execution import consolidate, load_context

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    consolidate.consolidate,
)
