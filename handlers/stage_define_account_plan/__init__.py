"""The steps of 3.3.1.1 Define Account Plan, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.stage_define_account_plan import (
    load_context,
    release_plans,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    release_plans.release_plans,
)
