"""Parts of an opportunity plan: decision factors, milestones, business cases, options, resources, the power map."""

from crm.kinds.kind import Field, Kind, Parent, scopes
from crm.kinds.opportunity_plan import OF_PLAN, PLAN, READ, WORK
from crm.tables import (
    business_case,
    buying_milestone,
    decision_factor,
    power_map_link,
    resource_request,
    solution_option,
)
from crm.titles import Choices

MILESTONES: Choices = (
    ("evaluation", "Evaluation", "评估"),
    ("approval", "Approval", "审批"),
    ("purchasing", "Purchasing", "采购"),
    ("legal", "Legal", "法务"),
    ("implementation", "Implementation", "实施"),
    ("other", "Other", "其他"),
)
MILESTONE_STATES: Choices = (("planned", "Planned", "计划"), ("done", "Done", "完成"), ("slipped", "Slipped", "延误"))
RESOURCE_STATES: Choices = (
    ("open", "Open", "未答复"),
    ("assigned", "Assigned", "已指派"),
    ("partial", "Partly met", "部分满足"),
    ("refused", "Refused", "被拒"),
)
LINKS: Choices = (
    ("reports_to", "Reports to", "汇报"),
    ("influences", "Influences", "影响"),
    ("conflicts", "Is in conflict with", "冲突"),
)

DECISION_FACTOR = Kind(
    key="decision_factor",
    table=decision_factor,
    en="Decision factor",
    plural="Decision factors",
    zh="决策因素",
    group="opportunities",
    number="id",
    title="factor",
    parents=OF_PLAN,
    order="opportunity_plan_id id",
    fields=(
        PLAN,
        Field("factor", "Factor", "因素", required=True, listed=True),
        Field("weight", "Weight", "权重", "percent", fixed=True, listed=True),
        Field(
            "our_position",
            "Our position (1 to 5)",
            "我方位置（1 至 5）",
            "integer",
            required=True,
            low=1,
            high=5,
            listed=True,
        ),
    ),
    read=READ,
    change=WORK,
)

BUYING_MILESTONE = Kind(
    key="buying_milestone",
    table=buying_milestone,
    en="Buying milestone",
    plural="Buying milestones",
    zh="采购里程碑",
    group="opportunities",
    number="id",
    title="kind",
    parents=OF_PLAN,
    removable=True,
    order="date id",
    fields=(
        PLAN,
        Field("kind", "Step", "步骤", "choice", choices=MILESTONES, required=True, listed=True),
        Field("customer_owner", "Customer's owner", "客户负责人", listed=True),
        Field("date", "Date", "日期", "date", required=True, listed=True),
        Field("our_activity", "What we do", "我方活动", "long_text"),
        Field("status", "Status", "状态", "choice", choices=MILESTONE_STATES, required=True, listed=True),
    ),
    read=READ,
    create=WORK,
    change=WORK,
)

BUSINESS_CASE = Kind(
    key="business_case",
    table=business_case,
    en="Business case",
    plural="Business cases",
    zh="商业论证",
    group="opportunities",
    number="id",
    title="version",
    parents=OF_PLAN,
    order="opportunity_plan_id -version",
    fields=(
        PLAN,
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field("benefits", "Benefits", "收益", "data", fixed=True),
        Field("annual_value", "Value per year", "年价值", "money", fixed=True, listed=True),
        Field("cost", "Cost to the customer", "客户成本", "money", fixed=True, listed=True),
        Field("payback_months", "Payback in months", "回收期（月）", "integer", fixed=True, listed=True),
        Field("customer_agreed", "The customer agrees", "客户认可", "boolean", listed=True),
    ),
    read=READ,
    change=WORK,
)

SOLUTION_OPTION = Kind(
    key="solution_option",
    table=solution_option,
    en="Solution option",
    plural="Solution options",
    zh="备选方案",
    group="opportunities",
    number="id",
    title="name",
    parents=OF_PLAN,
    order="opportunity_plan_id id",
    fields=(
        PLAN,
        Field("name", "Name", "名称", required=True, listed=True),
        Field("description", "Description", "说明", "long_text"),
        Field("rationale", "Rationale", "理由", "long_text", required=True),
        Field("price", "Price", "价格", "money", low=0, listed=True),
        Field("fit", "Fit (1 to 5)", "契合度（1 至 5）", "integer", low=1, high=5, listed=True),
        Field("recommended", "Recommended", "推荐", "boolean", fixed=True, listed=True),
    ),
    read=READ,
    change=WORK,
)

RESOURCE_REQUEST = Kind(
    key="resource_request",
    table=resource_request,
    en="Resource request",
    plural="Resource requests",
    zh="资源需求",
    group="opportunities",
    number="id",
    title="role",
    parents=OF_PLAN,
    order="start_on id",
    fields=(
        PLAN,
        Field("role", "Role or skill", "角色或技能", required=True, listed=True),
        Field("start_on", "From", "开始", "date", listed=True),
        Field("end_on", "To", "结束", "date", listed=True),
        Field("days", "Days", "天数", "decimal", low=0, listed=True),
        Field("purpose", "Purpose", "用途", "long_text"),
        Field("assigned", "Assigned", "指派", "user", listed=True, changers=("ops",)),
        Field(
            "status", "Status", "状态", "choice", choices=RESOURCE_STATES, required=True, listed=True, changers=("ops",)
        ),
        Field("alternative", "Alternative", "替代方案", "long_text", changers=("ops",)),
        Field("fit_confirmed", "The sales rep. confirms the fit", "销售确认合适", "boolean", changers=("rep",)),
    ),
    read=READ,
    create=WORK,
    change=scopes(rep="own member", ops="all"),
)

POWER_MAP_LINK = Kind(
    key="power_map_link",
    table=power_map_link,
    en="Link of the power map",
    plural="Power map",
    zh="权力地图连线",
    group="opportunities",
    number="id",
    title="",
    parents=(Parent("opportunity", "opportunity_id"),),
    removable=True,
    order="opportunity_id id",
    fields=(
        Field(
            "opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", required=True, once=True,
            listed=True,
        ),
        Field(
            "from_contact_id", "From", "从", "reference", reference="contact", required=True, once=True, listed=True
        ),
        Field("to_contact_id", "To", "至", "reference", reference="contact", required=True, once=True, listed=True),
        Field("type", "Link", "关系", "choice", choices=LINKS, required=True, listed=True),
        Field("strength", "Strength (1 to 5)", "强度（1 至 5）", "integer", required=True, low=1, high=5, listed=True),
        Field("dated", "As of", "日期", "date", required=True, listed=True),
    ),
    read=READ,
    create=WORK,
    change=WORK,
)  # fmt: skip
