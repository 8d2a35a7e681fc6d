"""The steps of 3.3.4.4.1 Measure Sales Call Performance, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.measure_sales_call_performance import (
    approve_report,
    coach_reps,
    compute_measures,
    find_patterns,
    load_context,
    propose_process_change,
    publish_report,
    rate_measures,
    set_scope,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    set_scope.set_scope,
    compute_measures.compute_measures,
    rate_measures.rate_measures,
    find_patterns.find_patterns,
    coach_reps.coach_reps,
    approve_report.approve_report,
    publish_report.publish_report,
    propose_process_change.propose_process_change,
)
