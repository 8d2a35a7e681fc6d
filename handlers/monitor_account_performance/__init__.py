"""The steps of 3.3.1.2.1 Monitor Account Performance and Revise Plan (second use), one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.monitor_account_performance import (
    adjust_actions,
    analyse_causes,
    collect_actuals,
    decide_recovery,
    gather_customer_feedback,
    load_context,
    publish_note,
    rate_variance,
    retire_plan,
    revise_plan,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    collect_actuals.collect_actuals,
    gather_customer_feedback.gather_customer_feedback,
    analyse_causes.analyse_causes,
    publish_note.publish_note,
    adjust_actions.adjust_actions,
    decide_recovery.decide_recovery,
    revise_plan.revise_plan,
    retire_plan.retire_plan,
    rate_variance.rate_variance,
)
