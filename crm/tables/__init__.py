"""The tables of the business records (catalogue section 8), all on one `metadata`.

people:        users, user_role, org_unit, user_delegation, calendar_day
leads:         lead, account_verification
customers:     account, contact, account_profile, account_plan, account_plan_pended, account_team_member
opportunities: opportunity, opportunity_team_member, opportunity_stage_history,
               opportunity_evaluation, pursue_decision, pended_item
parts:         opportunity_product, opportunity_contact, opportunity_activity, opportunity_expense,
               opportunity_competitor, opportunity_document (of an opportunity); account_relationship
plans:         opportunity_plan, plan_section, plan_gap, decision_factor, buying_milestone, business_case,
               solution_option, resource_request, power_map_link; plan_action (of both kinds of plan)
account plans: plan_objective, plan_review, plan_review_score, opportunity_idea, targeting_round, target_candidate
closing:       win_loss_analysis, win_loss_reason, playbook_tactic
calls:         sales_call, sales_call_contact, sales_call_attendee, call_agenda_item, call_note, call_follow_up,
               coaching_note
sales:         quote, quote_line, sales_order, order_line, order_execution
figures:       forecast, forecast_line, pipeline_snapshot, sales_target
support:       competitor, product, price_list, price, territory, opportunity_source
settings:      sales_mode, sales_stage, reason_code, approval_threshold, feature_flag,
               exchange_rate, number_sequence
imports:       import_run, import_finding, import_account, import_contact, import_opportunity
changes:       record_change
measures:      performance_measure, measure_run, measure_result, improvement_action, change_proposal, report_run
files:         stored_file
"""

from crm.tables.account_planning import (
    opportunity_idea,
    plan_objective,
    plan_review,
    plan_review_score,
    target_candidate,
    targeting_round,
)
from crm.tables.changes import record_change
from crm.tables.closing import playbook_tactic, win_loss_analysis, win_loss_reason
from crm.tables.columns import metadata
from crm.tables.customers import (
    account,
    account_plan,
    account_plan_pended,
    account_profile,
    account_team_member,
    contact,
)
from crm.tables.figures import forecast, forecast_line, pipeline_snapshot, sales_target
from crm.tables.files import stored_file
from crm.tables.imports import (
    import_account,
    import_contact,
    import_finding,
    import_opportunity,
    import_run,
)
from crm.tables.leads import account_verification, lead
from crm.tables.measures import (
    change_proposal,
    improvement_action,
    measure_result,
    measure_run,
    performance_measure,
    report_run,
)
from crm.tables.opportunities import (
    opportunity,
    opportunity_evaluation,
    opportunity_stage_history,
    opportunity_team_member,
    pended_item,
    pursue_decision,
)
from crm.tables.opportunity_parts import (
    opportunity_activity,
    opportunity_competitor,
    opportunity_contact,
    opportunity_document,
    opportunity_expense,
    opportunity_product,
)
from crm.tables.opportunity_plans import (
    business_case,
    buying_milestone,
    decision_factor,
    opportunity_plan,
    plan_gap,
    plan_section,
    power_map_link,
    resource_request,
    solution_option,
)
from crm.tables.people import calendar_day, org_unit, user_delegation, user_role, users
from crm.tables.plan_actions import plan_action
from crm.tables.relationships import account_relationship
from crm.tables.sales import order_execution, order_line, quote, quote_line, sales_order
from crm.tables.sales_calls import (
    call_agenda_item,
    call_follow_up,
    call_note,
    coaching_note,
    sales_call,
    sales_call_attendee,
    sales_call_contact,
)
from crm.tables.settings import (
    approval_threshold,
    exchange_rate,
    feature_flag,
    number_sequence,
    reason_code,
    sales_mode,
    sales_stage,
)
from crm.tables.support import competitor, opportunity_source, price, price_list, product, territory

__all__ = [
    "change_proposal",
    "improvement_action",
    "measure_result",
    "measure_run",
    "performance_measure",
    "report_run",
    "stored_file",
    "sales_order",
    "quote_line",
    "quote",
    "order_line",
    "order_execution",
    "forecast",
    "account",
    "account_plan",
    "account_plan_pended",
    "account_profile",
    "account_relationship",
    "account_team_member",
    "account_verification",
    "approval_threshold",
    "business_case",
    "buying_milestone",
    "calendar_day",
    "call_agenda_item",
    "call_follow_up",
    "call_note",
    "coaching_note",
    "competitor",
    "contact",
    "decision_factor",
    "exchange_rate",
    "feature_flag",
    "forecast_line",
    "import_account",
    "import_contact",
    "import_finding",
    "import_opportunity",
    "import_run",
    "metadata",
    "lead",
    "number_sequence",
    "opportunity",
    "opportunity_activity",
    "opportunity_competitor",
    "opportunity_contact",
    "opportunity_document",
    "opportunity_evaluation",
    "opportunity_expense",
    "opportunity_idea",
    "opportunity_plan",
    "opportunity_product",
    "opportunity_source",
    "opportunity_stage_history",
    "opportunity_team_member",
    "org_unit",
    "pended_item",
    "pipeline_snapshot",
    "plan_action",
    "plan_gap",
    "plan_objective",
    "plan_review",
    "plan_review_score",
    "plan_section",
    "playbook_tactic",
    "power_map_link",
    "price",
    "price_list",
    "product",
    "pursue_decision",
    "reason_code",
    "record_change",
    "resource_request",
    "sales_call",
    "sales_call_attendee",
    "sales_call_contact",
    "sales_mode",
    "sales_stage",
    "sales_target",
    "solution_option",
    "target_candidate",
    "targeting_round",
    "territory",
    "user_delegation",
    "user_role",
    "users",
    "win_loss_analysis",
    "win_loss_reason",
]
