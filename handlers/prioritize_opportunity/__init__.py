"""The steps of 3.3.3.4.3 Prioritize Opportunity, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.prioritize_opportunity import (
    add_to_pipeline,
    classify_opportunity,
    defer_opportunity,
    identify_priority,
    load_context,
    record_pursue_decision,
    review_pipeline_and_plans,
    review_priority,
    suggest_priority,
    update_opportunity_profile,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    review_pipeline_and_plans.review_pipeline_and_plans,
    record_pursue_decision.record_pursue_decision,
    classify_opportunity.classify_opportunity,
    suggest_priority.suggest_priority,
    identify_priority.identify_priority,
    review_priority.review_priority,
    add_to_pipeline.add_to_pipeline,
    update_opportunity_profile.update_opportunity_profile,
    defer_opportunity.defer_opportunity,
)
