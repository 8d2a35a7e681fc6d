"""The steps of 3.4.1.3.2 Measure Account Planning & Management Performance, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.measure_account_planning_performance import (
    approve_report,
    check_data_quality,
    comment_results,
    compute_measures,
    load_context,
    plan_improvements,
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
    check_data_quality.check_data_quality,
    comment_results.comment_results,
    plan_improvements.plan_improvements,
    approve_report.approve_report,
    publish_report.publish_report,
    propose_process_change.propose_process_change,
)
