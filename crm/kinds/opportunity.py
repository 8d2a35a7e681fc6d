"""Opportunity 商机: its basics; what belongs to it has kinds of its own."""

from collections.abc import Mapping
from typing import Any

from crm import states
from crm.defaults_data import BASE_CURRENCY
from crm.kinds.kind import Field, Kind, Start, scopes
from crm.kinds.words import COMPLEXITIES, FORECAST_CATEGORIES, PRIORITIES, PURSUIT, SEGMENTS
from crm.tables import opportunity

RATINGS = (
    ("r_revenue", "Potential revenue", "潜在收入"),
    ("r_credit", "Credit standing", "信用状况"),
    ("r_willingness", "Willingness to buy", "购买意愿"),
    ("r_target_client", "Desirable or target client", "理想或目标客户"),
    ("r_prior_business", "Prior revenue or margin", "既往收入或毛利"),
    ("r_relationship", "Strength of relationships", "关系强度"),
)
IN_WORK = ("assessed", "active")
OPEN = ("draft", "prequalified", "assessed", "active")


def _can_be_prioritized(values: Mapping[str, Any]) -> bool:
    """Assessed, or pre-qualified and on the fast track (3.3.3.4.3)."""
    return values["status"] == "assessed" or bool(values["fast_track"])


OPPORTUNITY = Kind(
    key="opportunity",
    table=opportunity,
    en="Opportunity",
    plural="Opportunities",
    zh="商机",
    group="opportunities",
    sequence="opportunity",
    owner="owner",
    states=states.OPPORTUNITY,
    move=scopes(mgr="own team"),
    by_hand={state: frozenset({"assessed"}) for state in ("lost", "no_decision", "cancelled", "disqualified")},
    order="-updated_at",
    fields=(
        Field("name", "Name", "名称", required=True, listed=True),
        Field("account_id", "Account", "客户", "reference", reference="account", required=True, once=True, listed=True),
        Field(
            "primary_contact_id", "Primary contact", "主要联系人", "reference", reference="contact", secret="personal"
        ),
        Field("source", "Source", "来源", "reference", reference="opportunity_source", required=True),
        Field("sales_mode", "Sales mode", "销售模式", "reference", reference="sales_mode", required=True, once=True),
        Field("stage", "Stage", "阶段", "reference", reference="sales_stage", fixed=True, listed=True),
        Field("stage_entered_at", "In this stage since", "进入本阶段时间", "moment", fixed=True),
        Field("status", "Status", "状态", "choice", choices=states.OPPORTUNITY.titles, fixed=True, listed=True),
        Field("amount", "Amount", "金额", "money", low=0, listed=True),
        Field("currency", "Currency", "币种", required=True, first=BASE_CURRENCY),
        Field("amount_base", "In base currency", "本位币金额", "money", fixed=True),
        Field("win_probability", "Win probability", "赢单概率", "percent", low=0, high=100),
        Field("expected_close_date", "Expected close date", "预计成交日期", "date", listed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True, changers=("mgr", "ops")),
        Field("need", "Need", "需求", "long_text", secret="personal"),
        Field("complexity", "Complexity", "复杂度", "choice", choices=COMPLEXITIES),
        Field("rfp", "Request for proposal", "招标", "boolean"),
        Field("rfp_due_date", "Proposal due on", "投标截止日期", "date"),
        Field("fast_track", "Fast track", "快速通道", "boolean", fixed=True),
        Field("pursue_decision", "Pursue?", "是否跟进", "choice", choices=PURSUIT, fixed=True),
        Field("confirmed_at", "Confirmed on", "确认时间", "moment", fixed=True),
        Field("priority", "Priority", "优先级", "choice", choices=PRIORITIES, fixed=True, listed=True),
        Field("priority_score", "Priority score", "优先级评分", "decimal", fixed=True),
        Field("priority_confirmed_by", "Priority confirmed by", "优先级确认人", "user", fixed=True),
        *(Field(name, en, zh, "integer", fixed=True, low=1, high=5) for name, en, zh in RATINGS),
        Field("segment", "Segment", "细分", "choice", choices=SEGMENTS, fixed=True),
        Field("pipeline_entry_at", "In the pipeline since", "进入管道时间", "moment", fixed=True),
        Field("resume_date", "Comes back on", "恢复日期", "date", fixed=True),
        Field("next_step", "Next step", "下一步", secret="personal"),
        Field("next_step_date", "Next step by", "下一步日期", "date"),
        Field("notes", "Notes", "备注", "long_text", secret="personal"),
        Field("forecast_category", "Forecast category", "预测类别", "choice", choices=FORECAST_CATEGORIES, fixed=True),
        Field("outcome", "Outcome", "结果", "choice", choices=states.OPPORTUNITY.titles[5:], fixed=True),
        Field("outcome_date", "Decided on", "结果日期", "date", fixed=True),
        Field("actual_amount", "Final amount", "成交金额", "money", fixed=True),
    ),
    read=scopes(rep="own member", mgr="own member team", team="member", ops="all", mkt="created", anl="all"),
    create=scopes(rep="own", mkt="created"),
    change=scopes(rep="own", mgr="own team", team="trusted_member", ops="all"),
    starts=(
        Start("pre-qualify-opportunity", ("draft",)),
        Start("assess-opportunity", ("prequalified", "assessed", "active")),
        Start("prioritize-opportunity", ("prequalified", "assessed"), when=_can_be_prioritized),
        Start("develop-update-opportunity-plan", IN_WORK),
        Start("develop-update-sales-forecast", ("active",)),
        Start("quote-approval", ("active",)),
        Start("close-opportunity", OPEN),
        Start("schedule-sales-call", OPEN),
        Start("open-sales-call", OPEN),
        Start("area-sales-call", OPEN),
        Start("manage-pended-opportunity", ("pended",)),
        Start("order-execution-tracking", ("won",)),
        Start("opportunity-lifecycle-u8", ("draft",), when=lambda values: values["sales_mode"] == "simple"),
        Start("area-opportunity-management", ("draft",)),
        Start("stage-qualify-opportunity", ("draft",)),
    ),
)
