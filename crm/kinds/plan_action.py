"""PlanAction 行动: what somebody does by a day for an account plan or an opportunity plan."""

from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.kinds.opportunity_plan import SECTIONS
from crm.kinds.words import ACTION_STATES
from crm.tables import plan_action

PLANS: tuple[Choice, ...] = (
    ("account_plan", "Account plan", "客户计划"),
    ("opportunity_plan", "Opportunity plan", "商机计划"),
)

PLAN_ACTION = Kind(
    key="plan_action",
    table=plan_action,
    en="Plan action",
    plural="Plan actions",
    zh="计划行动",
    group="plans",
    number="id",
    title="text",
    assignee="owner",
    parents=(Parent("account_plan", "account_plan_id"), Parent("opportunity_plan", "opportunity_plan_id")),
    order="due id",
    fields=(
        Field("parent_kind", "Kind of plan", "计划类型", "choice", choices=PLANS, fixed=True),
        Field("account_plan_id", "Account plan", "客户计划", "reference", reference="account_plan", fixed=True),
        Field(
            "opportunity_plan_id", "Opportunity plan", "商机计划", "reference", reference="opportunity_plan", fixed=True
        ),
        Field("type", "Type", "类型", fixed=True),
        Field("text", "Action", "行动", "long_text", required=True, listed=True),
        Field("objective", "Objective", "目标", "long_text"),
        Field("section", "Section", "章节", "choice", choices=SECTIONS),
        Field("owner", "Owner", "责任人", "user", required=True, listed=True),
        Field("due", "Due", "期限", "date", required=True, listed=True),
        Field("status", "Status", "状态", "choice", choices=ACTION_STATES, required=True, listed=True),
        Field("done_at", "Done on", "完成时间", "moment", fixed=True),
        Field("result", "Result", "结果", "long_text"),
        Field("carried_from", "Continues action", "接续行动", "integer", fixed=True),
    ),
    read=scopes(rep="own member assigned", mgr="own member team", team="member assigned", ops="all", anl="all"),
    change=scopes(rep="own member assigned", team="assigned", ops="all"),
)
