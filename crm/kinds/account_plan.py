"""AccountPlan 客户计划 and the deferred opportunities noted in it."""

from crm import states
from crm.kinds.kind import Field, Kind, Parent, Start, scopes
from crm.kinds.words import PLAN_STATES, RAG
from crm.tables import account_plan, account_plan_pended

ACCOUNT_PLAN = Kind(
    key="account_plan",
    table=account_plan,
    en="Account plan",
    plural="Account plans",
    zh="客户计划",
    group="plans",
    title="period",
    sequence="account_plan",
    owner="owner",
    parents=(Parent("account", "account_id"),),
    states=states.ACCOUNT_PLAN,
    move=scopes(mgr="own team"),
    by_hand={"active": frozenset({"retired", "expired"})},
    order="-period",
    fields=(
        Field("account_id", "Account", "客户", "reference", reference="account", required=True, once=True, listed=True),
        Field("period", "Period", "期间", required=True, once=True, listed=True),
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field("depth", "Depth", "深度", fixed=True),
        Field("status", "Status", "状态", "choice", choices=PLAN_STATES, fixed=True, listed=True),
        Field("vision", "Vision", "愿景", "long_text"),
        Field("drivers", "Drivers", "驱动因素", "long_text"),
        Field("initiatives", "Initiatives", "重点举措", "long_text"),
        Field("swot", "Strengths, weaknesses, opportunities, threats", "优势、劣势、机会、威胁", "data", fixed=True),
        Field("strategies", "Strategies", "策略", "long_text"),
        Field("budget", "Budget", "预算", "money", low=0),
        Field("coverage_ratio", "Coverage", "覆盖率", "percent", fixed=True),
        Field("completeness_pct", "Completeness", "完整度", "percent", fixed=True, listed=True),
        Field("plan_health", "Health", "健康度", "choice", choices=RAG, fixed=True, listed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True, changers=("mgr", "ops")),
    ),
    read=scopes(rep="own member", mgr="own member team", team="member", ops="all", anl="all"),
    create=scopes(rep="own"),
    change=scopes(rep="own", team="member"),
    only={"team": ("drivers", "initiatives", "strategies")},
    starts=(
        Start("review-account-plan", ("draft", "in_review", "revising")),
        Start("execute-account-plan", ("approved", "active")),
        Start("monitor-account-performance", ("active",)),
    ),
)

ACCOUNT_PLAN_PENDED = Kind(
    key="account_plan_pended",
    table=account_plan_pended,
    en="Opportunity put off in a plan",
    plural="Opportunities put off in plans",
    zh="计划中的暂缓商机",
    group="plans",
    number="id",
    title="text",
    parents=(Parent("account_plan", "account_plan_id"),),
    order="resume_date",
    fields=(
        Field(
            "account_plan_id",
            "Account plan",
            "客户计划",
            "reference",
            reference="account_plan",
            fixed=True,
            listed=True,
        ),
        Field("pended_item_id", "Put off", "暂缓记录", "reference", reference="pended_item", fixed=True),
        Field("text", "Note", "说明", "long_text", fixed=True, listed=True),
        Field("resume_date", "Comes back on", "恢复日期", "date", fixed=True, listed=True),
    ),
    read=ACCOUNT_PLAN.read,
)
