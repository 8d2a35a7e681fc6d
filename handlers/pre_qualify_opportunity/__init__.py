"""The steps of 3.3.3.4.1 Pre-qualify Opportunity, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.pre_qualify_opportunity import (
    answer_prequalification,
    assign_owner,
    assign_owner_manually,
    check_duplicates,
    decide_prequalification,
    load_context,
    mark_prequalified,
    register_opportunity,
    resolve_duplicate,
    set_nurture,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    register_opportunity.register_opportunity,
    check_duplicates.check_duplicates,
    resolve_duplicate.resolve_duplicate,
    assign_owner.assign_owner,
    assign_owner_manually.assign_owner_manually,
    answer_prequalification.answer_prequalification,
    decide_prequalification.decide_prequalification,
    set_nurture.set_nurture,
    mark_prequalified.mark_prequalified,
)
