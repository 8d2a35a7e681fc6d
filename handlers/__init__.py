"""What the steps of the processes do: one file per step, named as the step, listed here by hand."""

from __future__ import annotations

from engine.contract import Handler
from handlers.area_key_account_planning import load_context as area_load_context
from handlers.manage_pended_opportunity import (
    ask_resume,
    confirm_extension,
    extend_pended,
    notify_manager,
    reactivate,
    register_pended,
)
from handlers.manage_pended_opportunity import load_context as pended_load_context
from handlers.prioritize_opportunity import (
    add_to_pipeline,
    classify_opportunity,
    defer_opportunity,
    identify_priority,
    record_pursue_decision,
    review_pipeline_and_plans,
    review_priority,
    suggest_priority,
    update_opportunity_profile,
)
from handlers.prioritize_opportunity import load_context as prioritize_load_context
from handlers.shared import resolve_missing_record

ALL: tuple[Handler, ...] = (
    resolve_missing_record.resolve_missing_record,
    prioritize_load_context.load_context,
    review_pipeline_and_plans.review_pipeline_and_plans,
    record_pursue_decision.record_pursue_decision,
    classify_opportunity.classify_opportunity,
    suggest_priority.suggest_priority,
    identify_priority.identify_priority,
    review_priority.review_priority,
    add_to_pipeline.add_to_pipeline,
    update_opportunity_profile.update_opportunity_profile,
    defer_opportunity.defer_opportunity,
    pended_load_context.load_context,
    register_pended.register_pended,
    ask_resume.ask_resume,
    extend_pended.extend_pended,
    confirm_extension.confirm_extension,
    reactivate.reactivate,
    notify_manager.notify_manager,
    area_load_context.load_context,
)
