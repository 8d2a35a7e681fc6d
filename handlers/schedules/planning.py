"""Account planning's rhythm: target accounts twice a year, results every quarter, new plans before the old ones end."""

from __future__ import annotations

from typing import Any

from crm import account_plans, account_profiles
from crm.people import Directory
from engine.contract import Done, Occasion, Schedule, Start
from handlers.shared.operations import for_operations


def target_accounts(occasion: Occasion[Any]) -> Done:
    """A round of 3.3.1.1.2 (whose fiscal year is the calendar year: two months before it, and half a year later)."""
    return Done(starts=for_operations(occasion, "identify-target-accounts"))


def results(occasion: Occasion[Any]) -> Done:
    """The check of 3.3.1.2.1 for the plans in force that nobody works."""
    today = Directory(occasion.session).calendar_of("group:ops").today(occasion.now)
    keys = account_plans.to_be_monitored(occasion.session, today)
    return Done(starts=[Start("monitor-account-performance", key) for key in keys])


def renewals(occasion: Occasion[Any]) -> Done:
    """3.3.1.1.3 for the accounts whose plan ends within sixty days."""
    today = Directory(occasion.session).calendar_of("group:ops").today(occasion.now)
    numbers = account_plans.to_be_renewed(occasion.session, today)
    return Done(starts=[Start("develop-account-plan", f"account:{number}") for number in numbers])


def profiles(occasion: Occasion[Any]) -> Done:
    """3.3.1.1.1 for the accounts whose published profile holds no longer."""
    today = Directory(occasion.session).calendar_of("group:ops").today(occasion.now)
    numbers = account_profiles.outdated(occasion.session, today)
    return Done(starts=[Start("develop-account-profile", f"account:{number}") for number in numbers])


ALL: tuple[Schedule, ...] = (
    Schedule("target_accounts", "0 8 1 5,11 *", {"en": "Target accounts", "zh-Hans": "识别目标客户"}, target_accounts),
    Schedule("account_results", "0 8 5 1,4,7,10 *", {"en": "Results of accounts", "zh-Hans": "客户业绩检查"}, results),
    Schedule("plan_renewals", "0 7 * * *", {"en": "Renewal of account plans", "zh-Hans": "客户计划续订"}, renewals),
    Schedule(
        "outdated_profiles", "50 6 * * *", {"en": "Outdated account profiles", "zh-Hans": "过期的客户档案"}, profiles
    ),
)
