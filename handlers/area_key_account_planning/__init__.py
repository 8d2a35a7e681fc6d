"""The steps of 3.3.1 Key Account Planning & Management, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.area_key_account_planning import (
    load_context,
)

ALL: tuple[Handler, ...] = (load_context.load_context,)
