"""Every kind of business record, described once: `KINDS` by key. Nothing is found by scanning folders.

A new kind is one description here and its table in `crm.tables` (docs/how-to/add-a-record.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from crm.kinds.account import ACCOUNT
from crm.kinds.account_plan import ACCOUNT_PLAN, ACCOUNT_PLAN_PENDED
from crm.kinds.account_planning import (
    OPPORTUNITY_IDEA,
    PLAN_OBJECTIVE,
    PLAN_REVIEW,
    PLAN_REVIEW_SCORE,
    TARGET_CANDIDATE,
    TARGETING_ROUND,
)
from crm.kinds.account_profile import ACCOUNT_PROFILE
from crm.kinds.account_relationship import ACCOUNT_RELATIONSHIP
from crm.kinds.closing import PLAYBOOK_TACTIC, WIN_LOSS_ANALYSIS, WIN_LOSS_REASON
from crm.kinds.contact import CONTACT
from crm.kinds.decisions import EVALUATION, PENDED_ITEM, PURSUE_DECISION, STAGE_HISTORY
from crm.kinds.figures import FORECAST, FORECAST_LINE, PIPELINE_SNAPSHOT, SALES_TARGET
from crm.kinds.kind import Choice, Field, Kind, Parent, Scopes, Start, scopes
from crm.kinds.lead import ACCOUNT_VERIFICATION, LEAD
from crm.kinds.market import COMPETITOR, PRICE, PRICE_LIST, PRODUCT, TERRITORY
from crm.kinds.measures import (
    CHANGE_PROPOSAL,
    IMPROVEMENT_ACTION,
    MEASURE_RESULT,
    MEASURE_RUN,
    PERFORMANCE_MEASURE,
    REPORT_RUN,
)
from crm.kinds.opportunity import OPPORTUNITY
from crm.kinds.opportunity_parts import (
    OPPORTUNITY_ACTIVITY,
    OPPORTUNITY_COMPETITOR,
    OPPORTUNITY_CONTACT,
    OPPORTUNITY_DOCUMENT,
    OPPORTUNITY_EXPENSE,
    OPPORTUNITY_PRODUCT,
)
from crm.kinds.opportunity_plan import OPPORTUNITY_PLAN, PLAN_GAP, PLAN_SECTION
from crm.kinds.opportunity_plan_parts import (
    BUSINESS_CASE,
    BUYING_MILESTONE,
    DECISION_FACTOR,
    POWER_MAP_LINK,
    RESOURCE_REQUEST,
    SOLUTION_OPTION,
)
from crm.kinds.people import USER
from crm.kinds.plan_action import PLAN_ACTION
from crm.kinds.sales import ORDER, ORDER_EXECUTION, ORDER_LINE, QUOTE, QUOTE_LINE
from crm.kinds.sales_call import SALES_CALL
from crm.kinds.sales_call_parts import (
    AGENDA_ITEM,
    CALL_ATTENDEE,
    CALL_CONTACT,
    CALL_NOTE,
    COACHING_NOTE,
    FOLLOW_UP,
)
from crm.kinds.settings import (
    APPROVAL_THRESHOLD,
    CALENDAR_DAY,
    EXCHANGE_RATE,
    FEATURE_FLAG,
    OPPORTUNITY_SOURCE,
    ORG_UNIT,
    REASON_CODE,
    SALES_MODE,
    SALES_STAGE,
)
from crm.kinds.teams import ACCOUNT_TEAM_MEMBER, OPPORTUNITY_TEAM_MEMBER

__all__ = ["GROUPS", "KINDS", "Choice", "Field", "Kind", "Parent", "Scopes", "Start", "children_of", "scopes"]

# The groups of the navigation, in its order, with their English and their Chinese names.
GROUPS: tuple[Choice, ...] = (
    ("customers", "Customers", "客户"),
    ("leads", "Leads", "线索"),
    ("opportunities", "Opportunities", "商机"),
    ("quotes", "Quotes and orders", "报价与订单"),
    ("plans", "Account planning", "客户规划"),
    ("calls", "Sales calls", "销售拜访"),
    ("figures", "Forecasts and targets", "预测与目标"),
    ("measures", "Measures and improvement", "绩效与改进"),
    ("market", "Market and products", "市场与产品"),
    ("settings", "Settings", "设置"),
)

KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        # customers
        ACCOUNT,
        CONTACT,
        ACCOUNT_TEAM_MEMBER,
        ACCOUNT_RELATIONSHIP,
        ACCOUNT_PROFILE,
        ACCOUNT_VERIFICATION,
        # leads
        LEAD,
        # opportunities
        OPPORTUNITY,
        OPPORTUNITY_PRODUCT,
        OPPORTUNITY_CONTACT,
        OPPORTUNITY_COMPETITOR,
        OPPORTUNITY_ACTIVITY,
        OPPORTUNITY_EXPENSE,
        OPPORTUNITY_DOCUMENT,
        OPPORTUNITY_TEAM_MEMBER,
        EVALUATION,
        PURSUE_DECISION,
        STAGE_HISTORY,
        PENDED_ITEM,
        OPPORTUNITY_PLAN,
        PLAN_SECTION,
        PLAN_GAP,
        DECISION_FACTOR,
        BUYING_MILESTONE,
        BUSINESS_CASE,
        SOLUTION_OPTION,
        RESOURCE_REQUEST,
        POWER_MAP_LINK,
        WIN_LOSS_ANALYSIS,
        WIN_LOSS_REASON,
        # quotes and orders
        QUOTE,
        QUOTE_LINE,
        ORDER,
        ORDER_LINE,
        ORDER_EXECUTION,
        # account planning
        ACCOUNT_PLAN,
        PLAN_OBJECTIVE,
        PLAN_ACTION,
        OPPORTUNITY_IDEA,
        PLAN_REVIEW,
        PLAN_REVIEW_SCORE,
        ACCOUNT_PLAN_PENDED,
        TARGETING_ROUND,
        TARGET_CANDIDATE,
        # calls
        SALES_CALL,
        CALL_CONTACT,
        CALL_ATTENDEE,
        AGENDA_ITEM,
        CALL_NOTE,
        FOLLOW_UP,
        COACHING_NOTE,
        # figures
        FORECAST,
        FORECAST_LINE,
        PIPELINE_SNAPSHOT,
        SALES_TARGET,
        # measures
        PLAYBOOK_TACTIC,
        # measures
        PERFORMANCE_MEASURE,
        MEASURE_RUN,
        MEASURE_RESULT,
        IMPROVEMENT_ACTION,
        CHANGE_PROPOSAL,
        REPORT_RUN,
        # market
        COMPETITOR,
        PRODUCT,
        PRICE_LIST,
        PRICE,
        TERRITORY,
        # settings
        SALES_MODE,
        SALES_STAGE,
        REASON_CODE,
        OPPORTUNITY_SOURCE,
        FEATURE_FLAG,
        EXCHANGE_RATE,
        APPROVAL_THRESHOLD,
        USER,
        ORG_UNIT,
        CALENDAR_DAY,
    )
}


def children_of(key: str) -> tuple[tuple[Kind, str], ...]:
    """The kinds whose records belong to one of this kind, each with the column that holds its id."""
    return tuple((kind, parent.column) for kind in KINDS.values() for parent in kind.parents if parent.kind == key)
