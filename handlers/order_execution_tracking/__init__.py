"""The steps of Order Execution Tracking, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.order_execution_tracking import handle_delay, load_context, refresh_execution

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    refresh_execution.refresh_execution,
    handle_delay.handle_delay,
)
