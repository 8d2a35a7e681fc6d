"""The steps of 3.3.4 Sales Call Planning and Execution, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.area_sales_call import load_context

ALL: tuple[Handler, ...] = (load_context.load_context,)
