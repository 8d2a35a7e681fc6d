"""The steps of Lead Management, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.lead_management import (
    capture_lead,
    convert_lead,
    decide_lead,
    decide_pursuit_early,
    load_context,
    match_and_score_lead,
    notify_manager,
    nurture_lead,
    reject_lead,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    capture_lead.capture_lead,
    match_and_score_lead.match_and_score_lead,
    decide_lead.decide_lead,
    decide_pursuit_early.decide_pursuit_early,
    convert_lead.convert_lead,
    nurture_lead.nurture_lead,
    reject_lead.reject_lead,
    notify_manager.notify_manager,
)
