"""Where a drawing or a form goes beyond the catalogue; each is told in processes/README.md."""

Arrow = tuple[str, str, str]

# An extension takes effect in a step of its own, so that it is counted after the approval and not before.
REPLACED: dict[str, dict[Arrow, Arrow]] = {
    # Something that happens at the account ends the month early: an event gateway stands before the timer.
    "execute-account-plan": {
        ("pg_run", "ev_month", ""): ("pg_run", "eg_month", ""),
        ("gw_period", "ev_month", "*"): ("gw_period", "eg_month", "*"),
    },
    # The plans of many accounts are released to run by themselves; the one of a single account goes back to the caller.
    "stage-define-account-plan": {("develop_plans", "end_returned", ""): ("develop_plans", "release_plans", "")},
    # A closure that is refused must go on somewhere, also when the area called it.
    "area-opportunity-management": {("run_close", "end_done", ""): ("run_close", "gw_closed", "")},
    "identify-target-accounts": {
        ("nominate", "pg_opinions_in", ""): ("nominate", "xm_nominated", ""),
        ("pg_opinions_in", "consolidate_list", ""): ("pg_opinions_in", "collect_opinions", ""),
    },
    # The customer or a competitor may wake the plan before its rhythm does: an event gateway stands before the timer.
    "develop-update-opportunity-plan": {("gw_next", "ev_review_cadence", "*"): ("gw_next", "eg_cadence", "*")},
    # An order that changes is looked at before the day is over: an event gateway stands before the timer.
    "order-execution-tracking": {
        ("handle_delay", "ev_next_refresh", ""): ("handle_delay", "eg_next", ""),
        ("gw_state", "ev_next_refresh", "*"): ("gw_state", "eg_next", "*"),
    },
    "manage-pended-opportunity": {
        ("gw_extensions", "eg_wait", "*"): ("gw_extensions", "extend_pended", "*"),
        ("gw_extension_ok", "eg_wait", 'decision == "approve"'): (
            "gw_extension_ok",
            "extend_pended",
            'decision == "approve"',
        ),
    },
}
# The approval of 3.3.3.4.3 has its timers drawn; an unanswered question reaches the manager.
ADDED: dict[str, set[Arrow]] = {
    "area-opportunity-management": {
        ("gw_closed", "end_done", "*"),
        ("gw_closed", "off_keep_working", 'next_key = "develop-update-opportunity-plan"'),
        ("gw_closed", "off_reprioritize", 'next_key = "prioritize-opportunity"'),
    },
    # A closure refused before the pipeline leads to 3.3.3.4.3, which needs an off-page reference of its own.
    "close-opportunity": {
        ("gw_closure_ok", "off_reprioritize", 'decision = "reject" and opp_status != "active"'),
    },
    "develop-update-opportunity-plan": {
        ("eg_cadence", "ev_review_cadence", ""),
        ("eg_cadence", "ev_customer_responded", ""),
        ("eg_cadence", "ev_competitor_changed", ""),
        ("ev_customer_responded", "track_actions", ""),
        ("ev_competitor_changed", "track_actions", ""),
    },
    # The catalogue tells the reminder and the carrying over of a forecast as timers, without a flow.
    "develop-update-sales-forecast": {
        ("remind_forecast", "end_reminded", ""),
        ("carry_forecast", "review_forecast", ""),
    },
    "order-execution-tracking": {
        ("eg_next", "ev_next_refresh", ""),
        ("eg_next", "ev_order_changed", ""),
        ("ev_order_changed", "refresh_execution", ""),
    },
    "prioritize-opportunity": {
        ("escalate_approval", "review_priority", ""),
        ("remind_approver", "end_reminded", ""),
    },
    "manage-pended-opportunity": {
        ("extend_pended", "eg_wait", ""),
        ("notify_manager", "end_manager_told", ""),
    },
    "lead-management": {("notify_manager", "end_manager_told", "")},
    "opportunity-lifecycle-u8": {("notify_manager", "end_manager_told", "")},
    "stage-define-account-plan": {("release_plans", "end_returned", "")},
    "execute-account-plan": {
        ("eg_month", "ev_month", ""),
        ("eg_month", "ev_account_event", ""),
        ("ev_account_event", "review_progress", ""),
    },
    # The message that the catalogue names among the starts.
    "area-key-account-planning": {("start_event", "load_context", "")},
    # Late nominations do not hold the list up, and a step makes the proposal to begin with from what arrived.
    "identify-target-accounts": {("xm_nominated", "pg_opinions_in", ""), ("collect_opinions", "consolidate_list", "")},
    "develop-account-plan": {("start", "notify_manager", ""), ("notify_manager", "end_manager_told", "")},
}
# Questions of gateways that the catalogue does not print.
ASKED: dict[str, dict[str, tuple[str, str]]] = {
    "area-opportunity-management": {"gw_closed": ("Is the pursuit really over?", "跟进是否确已结束？")},
}
# Boundary events that the catalogue's flow block does not print: (host, target).
GUARDED: dict[str, set[tuple[str, str]]] = {
    "measure-account-planning-performance": {("comment_results", "plan_improvements")},
    "measure-sales-call-performance": {("coach_reps", "approve_report")},
    "develop-update-opportunity-plan": {("load_context", "off_prioritize"), ("load_context", "end_joined")},
    "develop-update-sales-forecast": {("submit_forecast", "remind_forecast"), ("submit_forecast", "carry_forecast")},
    "prioritize-opportunity": {("review_priority", "escalate_approval"), ("review_priority", "remind_approver")},
    "manage-pended-opportunity": {("ask_resume", "notify_manager")},
    "lead-management": {("capture_lead", "notify_manager")},
    "opportunity-lifecycle-u8": {("follow_up_and_enrich", "notify_manager")},
    "review-account-plan": {("review_by_peers", "hold_review")},
    "execute-account-plan": {("perform_actions", "perform_actions")},
    "identify-target-accounts": {("nominate", "xm_nominated")},
}
# Names in a step's row that no form asks for: a handler computes them, or the row only mentions them.
COMPUTED = {
    "all_follow_ups_closed",
    "bant_count",
    "call_depth",
    "extension_count",
    "is_override",
    "open_concerns",
    "owner_change_needed",
    "quality_score",
    "sales_module_enabled",
    "sent_at",
}
# Fields that always end with a value though they may be left empty: the default of table D26.
DEFAULTED = {"resume_date"}
# Names of the catalogue that a form cannot use, because expressions give them a meaning of their own.
RENAMED = {"item": "what"}
