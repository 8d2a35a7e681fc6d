"""The steps of 3.3.3.4.2 Assess Opportunity, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.assess_opportunity import (
    assess_solution_fit,
    check_credit,
    collect_assessment_facts,
    confirm_assessment,
    confirm_override,
    load_context,
    save_assessment,
    score_assessment,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    collect_assessment_facts.collect_assessment_facts,
    assess_solution_fit.assess_solution_fit,
    check_credit.check_credit,
    score_assessment.score_assessment,
    confirm_assessment.confirm_assessment,
    confirm_override.confirm_override,
    save_assessment.save_assessment,
)
