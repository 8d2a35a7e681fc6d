"""The steps of 3.3.4.2.4 Document Sales Call Results, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.document_sales_call_results import (
    apply_updates,
    classify_outcome,
    coach,
    complete_report,
    draft_report,
    load_context,
    notify_manager,
    remind_report,
    share_results,
    start_opportunity,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    draft_report.draft_report,
    complete_report.complete_report,
    apply_updates.apply_updates,
    classify_outcome.classify_outcome,
    start_opportunity.start_opportunity,
    share_results.share_results,
    coach.coach,
    remind_report.remind_report,
    notify_manager.notify_manager,
)
