"""Which tests take each test path that the catalogue names; all of these run on both kinds of database.

Where a path names two outcomes, two tests stand there with a blank between them.
"""

PATHS: dict[str, dict[str, str]] = {
    "prioritize-opportunity": {
        "T1 pursue/minor/no approval": "test_t1_a_minor_deal_is_pursued_without_approval",
        "T2 pursue/major/approve": "test_t2_a_major_deal_needs_the_line_manager",
        "T3 reject→priority→approve": "test_t3_a_refusal_goes_back_to_the_priority_with_the_comment",
        "T4 reject→pursuit→defer": "test_t4_a_refusal_of_the_pursuit_goes_back_to_the_review_and_may_defer",
        "T5 no→close": "test_t5_no_hands_over_to_closing_with_the_reason",
        "T6 defer→pended→resume→active": "test_t6_a_deferred_deal_comes_back_at_its_date_and_becomes_active",
        "T7 RFP fast track, major, approval still needed": (
            "test_t7_a_fast_track_skips_the_review_but_never_the_approval"
        ),
        "T8 approver silent → escalates L1→L2": "test_t8_a_silent_manager_is_reminded_then_passed_over_never_approved",
        "T9 account profile missing": "test_t9_without_an_account_profile_it_goes_on_and_operations_are_warned",
        "T10 credit hold forces approval": "test_t10_a_credit_hold_forces_an_approval_with_a_special_decision",
    },
    "develop-update-opportunity-plan": {
        "T1 light plan, one iteration, won": "test_t1_a_light_plan_is_made_in_one_iteration_and_the_deal_won",
        "T2 full plan, completeness loop": ("test_t2_a_full_plan_that_lacks_sections_goes_round_until_it_is_complete"),
        "T3 review rework of two sections only": "test_t3_a_review_sends_two_sections_back_and_only_those",
        "T4 environment change → review again": (
            "test_t4_a_change_of_the_situation_leads_back_to_the_customer_and_a_new_version"
        ),
        "T5 resource refused": "test_t5_a_refused_resource_stays_open_and_the_manager_learns_of_it",
        "T6 customer decision lost → close": "test_t6_a_decision_against_us_hands_over_to_closing",
        "T7 update mode from a sales call": (
            "test_t7_an_update_opens_the_next_version_with_what_the_plan_holds "
            "test_without_another_call_the_plan_of_the_opportunity_is_updated"
        ),
        "T8 cadence timer fires twice": (
            "test_t8_the_plan_is_looked_at_again_in_its_rhythm_and_when_the_customer_answers"
        ),
    },
    "lead-management": {
        "RFP fast track": "test_a_tender_in_time_goes_on_the_fast_track",
        "RFP short notice approved/rejected": (
            "test_a_short_notice_tender_is_pursued_when_the_manager_approves "
            "test_a_short_notice_tender_is_rejected_when_the_manager_refuses"
        ),
        "nurture": "test_a_lead_that_is_not_ripe_is_nurtured_and_begins_anew_after_ninety_days",
        "duplicate": "test_a_lead_said_before_is_found_and_discarded",
    },
    "pre-qualify-opportunity": {
        "qualified": "test_an_opportunity_of_a_known_customer_qualifies_and_is_assessed_next",
        "new account": "test_a_new_customer_is_recorded_first_and_keeps_its_number",
        "duplicate merge": "test_a_duplicate_is_merged_into_the_opportunity_it_repeats",
        "nurture": "test_an_opportunity_that_is_not_ripe_waits_for_its_day",
        "fast track": "test_a_tender_that_was_decided_on_takes_the_fast_track",
        "reject": "test_what_does_not_qualify_is_handed_to_closing_with_its_reason",
    },
    "assess-opportunity": {
        "minor pursue": "test_a_minor_deal_is_pursued_without_experts",
        "major with experts": "test_a_major_deal_asks_experts_and_operations_at_the_same_time",
        "fatal knock-out": "test_a_fatal_knock_out_is_dropped_and_closed",
        "override rejected": "test_another_word_on_a_big_deal_needs_the_manager_and_may_be_sent_back",
        "defer": "test_a_deal_to_defer_goes_on_with_defer_selected_already",
    },
    "close-opportunity": {
        "won with order": "test_a_win_is_ordered_delivered_and_closed",
        "won without sales module": (
            "test_a_win_without_the_sales_module_goes_to_the_follow_up_work_and_counts_for_the_account_plan"
        ),
        "lost to competitor": "test_a_loss_names_the_competitor_and_leaves_the_forecast",
        "major loss approval rejected": "test_a_refused_closure_of_a_deal_in_the_pipeline_leads_back_to_its_plan",
        "disqualified": "test_a_disqualified_deal_is_only_recorded",
        "open quotes block": "test_open_quotes_actions_and_calls_block_until_each_is_settled",
    },
    "develop-update-sales-forecast": {
        "single mode returns": "test_a_single_update_saves_the_line_with_its_category_and_returns",
        "cycle reject loop": "test_a_cycle_is_submitted_sent_back_adjusted_reconciled_and_published",
        "stale carry": "test_a_forecast_that_nobody_submits_is_reminded_of_and_then_carried_over_as_stale",
    },
    "manage-pended-opportunity": {
        "timer fires": "test_at_its_date_the_opportunity_is_taken_up_again",
        "early message": "test_a_customer_who_comes_back_early_has_it_looked_at_before_its_date",
        "extend twice then refused": "test_a_third_extension_needs_the_manager_whose_refusal_ends_it",
        "drop": "test_what_is_dropped_at_its_date_is_closed_with_the_reason",
    },
    "maintain-account-and-contact": {
        "existing": "test_an_existing_customer_is_chosen_with_a_contact_who_is_known",
        "new": "test_a_new_customer_is_provisional_and_on_the_list_of_operations",
        "duplicate chosen": "test_what_hung_on_a_name_only_goes_over_to_the_customer_that_is_chosen",
    },
    "quote-approval": {
        "level 0": "test_a_quote_within_own_authority_is_sent_and_accepted",
        "level 2 reject with counter": ("test_level_two_refuses_with_another_discount_and_approves_the_next_version"),
        "SLA escalation": "test_an_approval_that_nobody_gives_escalates",
        "expiry": "test_a_quote_that_nobody_answers_expires_after_its_last_day",
    },
    "order-execution-tracking": {
        "complete": "test_an_order_is_followed_until_it_is_delivered_invoiced_and_paid",
        "late": "test_a_late_line_is_asked_about_until_it_has_a_new_day",
        "cancelled": "test_a_cancelled_order_ends_the_tracking",
    },
    "develop-account-profile": {
        "complete first time": "test_a_profile_that_is_complete_the_first_time_is_published_for_half_a_year",
        "gap loop": "test_gaps_are_asked_for_and_only_they",
        "three rounds then published with gaps": "test_after_three_rounds_it_is_published_with_its_gaps",
    },
    "identify-target-accounts": {
        "capacity loop": "test_more_key_accounts_than_can_be_covered_go_back",
        "rejection": "test_a_list_that_is_sent_back_is_made_again",
        "missing profiles": "test_missing_profiles_are_developed_first_and_scored_again",
        "no nominations in time": "test_without_nominations_in_time_the_list_goes_on_with_what_arrived",
    },
    "develop-account-plan": {
        "full": "test_a_full_plan_is_written_reviewed_and_put_to_work",
        "short": "test_a_short_plan_skips_relationships_and_experts",
        "not ready loop": "test_a_plan_that_is_not_ready_goes_back_to_its_objectives",
        "rejected": "test_a_rejected_plan_ends_and_a_rework_comes_back",
        "no plan tier": "test_an_opportunistic_account_needs_no_plan",
    },
    "review-account-plan": {
        "approve": "test_a_plan_is_scored_and_approved",
        "approve with changes": "test_agreed_changes_are_ticked_off_before_the_approval_counts",
        "rework": "test_a_plan_to_be_reworked_is_a_draft_again",
        "stop": "test_a_stopped_plan_is_retired",
        "approver escalation": "test_a_short_plan_goes_without_reviewers_and_a_silent_manager_is_passed_over",
    },
    "execute-account-plan": {
        "all green to review": "test_a_green_plan_runs_until_its_review_and_carries_open_actions_over",
        "overdue escalation": "test_an_overdue_action_goes_to_the_manager_who_gives_it_to_somebody_else",
        "red → blockers → monitor": "test_a_red_plan_goes_to_the_manager_and_then_to_monitoring",
    },
    "monitor-account-performance": {
        "on track": "test_a_plan_on_track_goes_on",
        "minor": "test_a_minor_variance_changes_actions_only",
        "major revise": "test_a_major_variance_makes_a_new_version_that_is_reviewed",
        "critical approve": "test_a_critical_variance_is_recovered_when_the_regional_manager_says_so",
        "critical exit": "test_a_critical_event_ends_in_the_exit_when_it_is_refused",
        "period end": "test_at_the_end_of_the_period_a_new_plan_is_begun",
    },
    "schedule-sales-call": {
        "confirmed": "test_a_confirmed_time_books_the_call_and_hands_it_over_to_its_preparation",
        "other time": "test_another_time_is_checked_again_and_asked_for_again",
        "three attempts": "test_three_requests_without_an_answer_end_it_and_the_contact_stays_overdue",
        "conflict→join": "test_a_conflict_may_be_settled_by_going_together",
        "declined": "test_a_customer_who_declines_ends_it",
    },
    "plan-for-sales-call": {
        "light": "test_a_light_call_is_prepared_without_expert_and_rehearsal_and_opens_in_time",
        "full with rehearsal loop": (
            "test_an_important_call_gets_material_from_each_expert_and_is_rehearsed_until_it_is_ready"
        ),
        "moved": "test_a_call_that_the_customer_moves_is_agreed_anew",
        "missing items": "test_what_is_missing_leads_back_to_the_agenda_until_nothing_is",
    },
    "open-sales-call": {
        "accepted": "test_an_accepted_agenda_leads_into_the_conversation",
        "changed": "test_a_changed_agenda_is_written_down_before_going_on",
        "refused": "test_a_customer_who_does_not_want_to_go_on_is_taken_leave_of",
        "no show": "test_nobody_came_is_written_up_as_not_held",
        "reschedule": "test_another_time_is_agreed_on_where_the_right_people_are_missing",
    },
    "execute-sales-call": {
        "one topic": "test_one_topic_notes_needs_and_facts_and_suggests_a_commitment",
        "three topics": "test_three_topics_take_three_passes_and_what_is_known_is_not_overwritten",
        "expert": "test_an_open_concern_is_taken_to_the_expert_who_is_there",
        "out of time": "test_out_of_time_leaves_topics_open",
    },
    "close-sales-call": {
        "full": "test_a_full_commitment_leads_to_dated_next_steps_of_both_sides",
        "partial": "test_a_part_of_it_leads_to_the_least_acceptable_outcome",
        "none": "test_no_commitment_leads_to_the_reason",
    },
    "document-sales-call-results": {
        "advance": "test_an_advance_updates_contacts_opportunity_and_competitors_and_goes_on_to_the_follow_up",
        "setback+coach": "test_a_setback_with_a_large_opportunity_is_coached_beside_the_follow_up",
        "no show": "test_a_call_that_nobody_came_to_is_documented_as_not_held",
        "late report": "test_a_late_report_reminds_the_rep_and_then_tells_the_manager",
        "new opportunity": "test_a_new_opportunity_starts_its_pre_qualification_and_the_report_goes_on",
    },
    "follow-up-on-sales-call": {
        "all done": "test_everything_done_closes_the_call",
        "customer late three rounds": "test_a_customer_who_is_late_is_asked_three_times",
        "escalation": ("test_each_late_follow_up_is_taken_to_the_manager_once_who_may_give_more_time_or_drop_it"),
        "next call": "test_another_call_comes_first_and_the_plan_of_the_opportunity_is_told",
        "plan update": "test_without_another_call_the_plan_of_the_opportunity_is_updated",
    },
    "measure-account-planning-performance": {
        "publish": "test_a_quarter_is_measured_commented_improved_and_published",
        "data loop": "test_unsound_data_are_mended_and_worked_out_anew",
        "rejection": "test_a_refused_report_goes_back_and_a_change_of_a_process_is_proposed",
        "process change": "test_a_refused_report_goes_back_and_a_change_of_a_process_is_proposed",
    },
    "measure-sales-call-performance": {
        "publish": "test_a_month_of_calls_is_measured_a_rep_coached_and_every_rep_sees_own_figures",
        "one rep red → coaching": ("test_a_month_of_calls_is_measured_a_rep_coached_and_every_rep_sees_own_figures"),
        "rejection": ("test_a_refused_call_report_has_its_patterns_looked_at_anew_and_skips_what_was_not_flagged"),
    },
    "opportunity-lifecycle-u8": {
        "invalid": "test_what_is_no_opportunity_is_not_recorded",
        "new customer": "test_a_new_customer_is_recorded_before_the_opportunity",
        "simple with owner change": "test_a_simple_sale_changes_its_owner_through_the_team",
        "complex with team": "test_a_complex_sale_forms_its_team",
        "three stages then won+order+closed": "test_three_stages_then_won_ordered_delivered_and_closed",
        "won without sales module": "test_won_without_an_order_asks_for_what_remains_again_after_a_week",
        "lost with competitor": "test_lost_to_a_competitor_is_analysed_and_ends_there",
        "stage criteria not met": ("test_criteria_that_are_not_met_send_it_back_with_the_list_of_what_is_missing"),
    },
}
TESTS = frozenset(test for paths in PATHS.values() for tests in paths.values() for test in tests.split())
