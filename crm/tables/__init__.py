"""The tables of the business records (catalogue section 8), all on one `metadata`.

people:        users, user_role, org_unit, user_delegation, calendar_day
customers:     account, contact, account_profile, account_plan, account_plan_pended, account_team_member
opportunities: opportunity, opportunity_team_member, opportunity_stage_history,
               opportunity_evaluation, pursue_decision, pended_item
figures:       forecast_line, pipeline_snapshot, sales_target
settings:      sales_mode, sales_stage, reason_code, approval_threshold, feature_flag,
               exchange_rate, number_sequence
imports:       import_run, import_finding, import_account, import_contact, import_opportunity
"""

from crm.tables.columns import metadata
from crm.tables.customers import (
    account,
    account_plan,
    account_plan_pended,
    account_profile,
    account_team_member,
    contact,
)
from crm.tables.figures import forecast_line, pipeline_snapshot, sales_target
from crm.tables.imports import (
    import_account,
    import_contact,
    import_finding,
    import_opportunity,
    import_run,
)
from crm.tables.opportunities import (
    opportunity,
    opportunity_evaluation,
    opportunity_stage_history,
    opportunity_team_member,
    pended_item,
    pursue_decision,
)
from crm.tables.people import calendar_day, org_unit, user_delegation, user_role, users
from crm.tables.settings import (
    approval_threshold,
    exchange_rate,
    feature_flag,
    number_sequence,
    reason_code,
    sales_mode,
    sales_stage,
)

__all__ = [
    "account",
    "account_plan",
    "account_plan_pended",
    "account_profile",
    "account_team_member",
    "approval_threshold",
    "calendar_day",
    "contact",
    "exchange_rate",
    "feature_flag",
    "forecast_line",
    "import_account",
    "import_contact",
    "import_finding",
    "import_opportunity",
    "import_run",
    "metadata",
    "number_sequence",
    "opportunity",
    "opportunity_evaluation",
    "opportunity_stage_history",
    "opportunity_team_member",
    "org_unit",
    "pended_item",
    "pipeline_snapshot",
    "pursue_decision",
    "reason_code",
    "sales_mode",
    "sales_stage",
    "sales_target",
    "user_delegation",
    "user_role",
    "users",
]
