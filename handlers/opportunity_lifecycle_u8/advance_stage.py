"""5 Advance stage: the exit criteria are checked, and the probability follows the stage."""

from __future__ import annotations

from typing import Any

from crm import stage_moves
from crm.stage_moves import CriteriaNotMet
from engine.contract import BpmnError, Done, Outcome, TaskContext, handler
from handlers.shared import lifecycle, subject
from handlers.shared.outcomes import automatic, sentence

STAGE_CRITERIA_NOT_MET = "STAGE_CRITERIA_NOT_MET"


@handler("opportunity_lifecycle_u8.advance_stage")
@automatic
def advance_stage(context: TaskContext[Any]) -> Outcome:
    """What is missing goes back to the follow-up as a list."""
    deal, variables = subject.opportunity_of(context), context.variables
    try:
        moved = stage_moves.advance(
            context.session,
            deal,
            variables["next_stage"],
            variables.get("criteria_met") or [],
            reason=variables["summary"],
            by=subject.actor(context, deal),
            at=context.now,
        )
    except CriteriaNotMet as missing:
        again = {**lifecycle.known(context, deal), "unmet": lifecycle.named(missing.missing)}
        return BpmnError(STAGE_CRITERIA_NOT_MET, sentence(missing), again)
    variables = {**lifecycle.known(context, moved), "criteria_met": [], "unmet": [], "stage_work_done": None}
    return Done(variables, events=["pipeline.changed"])
