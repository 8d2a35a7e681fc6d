"""The steps of 3.3.1.2 Monitor and Revise Account Plan (second use), one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.stage_monitor_account_plan import (
    load_context,
)

ALL: tuple[Handler, ...] = (load_context.load_context,)
