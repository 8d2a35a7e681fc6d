"""The steps of 3.3.4.3 Follow Up on Sales Call, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.stage_follow_up_sales_call import load_context

ALL: tuple[Handler, ...] = (load_context.load_context,)
