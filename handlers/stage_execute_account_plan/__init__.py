"""The steps of 3.3.1.2 Execute Account Plan (first use of the number), one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.stage_execute_account_plan import (
    load_context,
)

ALL: tuple[Handler, ...] = (load_context.load_context,)
