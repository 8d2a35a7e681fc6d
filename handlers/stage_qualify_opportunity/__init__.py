"""The steps of 3.3.3.4.1 Qualify Opportunity, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.stage_qualify_opportunity import load_context

ALL: tuple[Handler, ...] = (load_context.load_context,)
