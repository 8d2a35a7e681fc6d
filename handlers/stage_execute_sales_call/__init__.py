"""The steps of 3.3.4.2 Execute Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.stage_execute_sales_call import load_context

ALL: tuple[Handler, ...] = (load_context.load_context,)
