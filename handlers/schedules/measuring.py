"""Measuring's rhythm: account planning every quarter on day 5, sales calls every month on day 3."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Occasion, Schedule
from handlers.shared.operations import for_operations


def account_planning(occasion: Occasion[Any]) -> Done:
    """3.4.1.3.2 for the quarter that is over."""
    return Done(starts=for_operations(occasion, "measure-account-planning-performance"))


def sales_calls(occasion: Occasion[Any]) -> Done:
    """3.3.4.4.1 for the month that is over."""
    return Done(starts=for_operations(occasion, "measure-sales-call-performance"))


ALL: tuple[Schedule, ...] = (
    Schedule(
        "measure_account_planning",
        "0 8 5 1,4,7,10 *",
        {"en": "Performance of account planning", "zh-Hans": "客户规划绩效"},
        account_planning,
    ),
    Schedule(
        "measure_sales_calls",
        "0 8 3 * *",
        {"en": "Performance of sales calls", "zh-Hans": "销售拜访绩效"},
        sales_calls,
    ),
)
