"""What the steps of the processes do: one package per process, one file per step; each package lists its own."""

from __future__ import annotations

from engine.contract import Handler
from handlers import (
    follow_up_on_sales_call,
    document_sales_call_results,
    area_key_account_planning,
    assess_opportunity,
    close_opportunity,
    close_sales_call,
    develop_account_plan,
    develop_account_profile,
    develop_update_opportunity_plan,
    develop_update_sales_forecast,
    execute_sales_call,
    identify_target_accounts,
    lead_management,
    maintain_account_and_contact,
    manage_pended_opportunity,
    open_sales_call,
    order_execution_tracking,
    plan_for_sales_call,
    pre_qualify_opportunity,
    prioritize_opportunity,
    quote_approval,
    review_account_plan,
    schedule_sales_call,
)
from handlers.shared import resolve_missing_record

ALL: tuple[Handler, ...] = (
    resolve_missing_record.resolve_missing_record,
    *prioritize_opportunity.ALL,
    *manage_pended_opportunity.ALL,
    *area_key_account_planning.ALL,
    *identify_target_accounts.ALL,
    *develop_account_plan.ALL,
    *review_account_plan.ALL,
    *develop_account_profile.ALL,
    *lead_management.ALL,
    *maintain_account_and_contact.ALL,
    *pre_qualify_opportunity.ALL,
    *assess_opportunity.ALL,
    *schedule_sales_call.ALL,
    *plan_for_sales_call.ALL,
    *develop_update_opportunity_plan.ALL,
    *close_opportunity.ALL,
    *develop_update_sales_forecast.ALL,
    *order_execution_tracking.ALL,
    *quote_approval.ALL,
    *open_sales_call.ALL,
    *execute_sales_call.ALL,
    *close_sales_call.ALL,
    *document_sales_call_results.ALL,
    *follow_up_on_sales_call.ALL,
)
