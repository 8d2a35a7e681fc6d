"""Propose process change: the analyst puts into words what should change."""

from __future__ import annotations

from typing import Any

from engine.contract import Outcome, TaskContext, handler
from handlers.shared import measuring
from handlers.shared.outcomes import completion


@handler("measure_account_planning_performance.propose_process_change")
@completion
def propose_process_change(context: TaskContext[Any]) -> Outcome:
    """Which process, what is to change, and what it should bring."""
    return measuring.propose(context)
