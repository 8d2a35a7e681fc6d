"""What the steps of the processes do: one package per process, one file per step; each package lists its own."""

from __future__ import annotations

from engine.contract import Handler
from handlers import (
    area_key_account_planning,
    develop_account_profile,
    lead_management,
    maintain_account_and_contact,
    manage_pended_opportunity,
    plan_for_sales_call,
    prioritize_opportunity,
    review_account_plan,
    schedule_sales_call,
)
from handlers.shared import resolve_missing_record

ALL: tuple[Handler, ...] = (
    resolve_missing_record.resolve_missing_record,
    *prioritize_opportunity.ALL,
    *manage_pended_opportunity.ALL,
    *area_key_account_planning.ALL,
    *review_account_plan.ALL,
    *develop_account_profile.ALL,
    *lead_management.ALL,
    *maintain_account_and_contact.ALL,
    *schedule_sales_call.ALL,
    *plan_for_sales_call.ALL,
)
