"""The steps of 3.3.3.4 Opportunity Management, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.area_opportunity_management import load_context

ALL: tuple[Handler, ...] = (load_context.load_context,)
