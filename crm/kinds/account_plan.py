"""AccountPlan 客户计划 and the deferred opportunities noted in it."""

from crm import states
from crm.kinds.kind import Field, Kind, Parent, Start, scopes
from crm.kinds.words import RAG
from crm.tables import account_plan, account_plan_pended

DEPTHS = (
    ("none", "None", "无"),
    ("short", "Short", "简版"),
    ("standard", "Standard", "标准"),
    ("full", "Full", "完整"),
)
REVIEW_CYCLES = (("P3M", "Every three months", "每三个月"), ("P6M", "Every six months", "每六个月"))

# The columns of the lists of a plan.
DRIVERS = (
    Field("driver", "Driver", "驱动因素", required=True),
    Field("effect", "What it means for us", "对我方的意义"),
)
INITIATIVES = (
    Field("initiative", "Initiative", "举措", required=True),
    Field("sponsor", "Sponsor", "发起人"),
    Field("timing", "Timing", "时间"),
    Field("our_fit", "Our fit (1 to 5)", "我方契合度（1 至 5）", "integer", low=1, high=5),
)
SUCCESS_FACTORS = (Field("factor", "Factor", "因素", required=True), Field("measure", "Measure", "衡量方式"))
RELATIONSHIP_GOALS = (
    Field("contact", "Contact", "联系人"),
    Field("from", "Strength today", "现有强度", "integer"),
    Field("to", "Strength wanted", "目标强度", "integer"),
    Field("owner", "Our person", "我方负责人", "user"),
)
POSITIONS = (
    Field("competitor", "Competitor", "竞争对手", required=True),
    Field("position", "Position", "所处位置"),
    Field("our_answer", "Our answer", "我方对策"),
)
CONTRIBUTIONS = (
    Field("by", "By", "撰写人", "user"),
    Field("section", "Section", "章节"),
    Field("input", "Input", "意见", "long_text"),
    Field("attachments", "Documents", "资料", "long_text"),
)
STRATEGIES = (
    Field("objective", "Objective", "目标"),
    Field("strategy", "Strategy", "策略", "long_text", required=True),
    Field("rationale", "Why", "理由", "long_text"),
)
RESOURCES = (
    Field("role", "Role", "角色"),
    Field("days", "Days", "人天", "integer"),
    Field("ok", "Available", "可用", "boolean"),
)
BLOCKERS = (Field("blocker", "Blocker", "障碍", "long_text"), Field("owner", "Who", "负责人", "user"))
SUPPORT = (Field("help", "Help", "支持", "long_text"), Field("by", "By", "提供人", "user"))
COMMITMENTS = (
    Field("commitment", "Commitment", "承诺", "long_text"),
    Field("owner", "Who", "负责人"),
    Field("due", "Due", "期限", "date"),
)

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
        Field("depth", "Depth", "深度", "choice", choices=DEPTHS, fixed=True),
        Field("status", "Status", "状态", "choice", choices=states.ACCOUNT_PLAN.titles, fixed=True, listed=True),
        Field("period_start", "First day", "起始日", "date", fixed=True),
        Field("period_end", "Last day", "截止日", "date", fixed=True, listed=True),
        Field("review_cycle", "Review cycle", "评审周期", "choice", choices=REVIEW_CYCLES, fixed=True),
        Field("next_review_on", "Next review", "下次评审", "date", fixed=True),
        Field("contributors", "Contributors", "参与人员", "words", fixed=True),
        Field("vision", "Vision", "愿景", "long_text"),
        Field("drivers", "Drivers", "驱动因素", "rows", fields=DRIVERS),
        Field("initiatives", "Initiatives", "重点举措", "rows", fields=INITIATIVES),
        Field("customer_csf", "Success factors of the customer", "客户的成功因素", "rows", fields=SUCCESS_FACTORS),
        Field("swot", "Strengths, weaknesses, opportunities, threats", "优势、劣势、机会、威胁", "long_text"),
        Field("relationship_goals", "Relationship goals", "关系目标", "rows", fixed=True, fields=RELATIONSHIP_GOALS),
        Field("competitor_positions", "Competitors' positions", "竞争对手的位置", "rows", fields=POSITIONS),
        Field("contributions", "Expert input", "专家意见", "rows", fixed=True, fields=CONTRIBUTIONS),
        Field("strategies", "Strategies", "策略", "rows", fields=STRATEGIES),
        Field("resources", "Resources", "资源", "rows", fixed=True, fields=RESOURCES),
        Field("budget", "Budget", "预算", "money", low=0),
        Field("sponsor_confirmed", "Confirmed by the sponsor", "高层支持人已确认", "boolean", fixed=True),
        Field("coverage_ratio", "Coverage", "覆盖率", "percent", fixed=True),
        Field("completeness_pct", "Completeness", "完整度", "percent", fixed=True, listed=True),
        Field("approved_at", "Approved", "批准时间", "moment", fixed=True),
        Field("kick_off_date", "Kick-off", "启动日", "date", fixed=True),
        Field("attendees", "Attendees", "参加人员", "words", fixed=True),
        Field("agreements", "Agreements", "约定", "long_text", fixed=True),
        Field("blockers", "Blockers", "障碍", "rows", fixed=True, fields=BLOCKERS),
        Field("support", "Support", "支持", "rows", fixed=True, fields=SUPPORT),
        Field("customer_feedback", "Customer feedback", "客户反馈", "long_text", fixed=True),
        Field("satisfaction", "Satisfaction (1 to 5)", "满意度（1 至 5）", "integer", fixed=True),
        Field("commitments", "Commitments", "承诺事项", "rows", fixed=True, fields=COMMITMENTS),
        Field("plan_health", "Health", "健康度", "choice", choices=RAG, fixed=True, listed=True),
        Field("ended_reason", "Why it ended", "终止原因", "long_text", fixed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True, changers=("mgr", "ops")),
    ),
    read=scopes(rep="own member", mgr="own member team", team="member", ops="all", anl="all"),
    create=scopes(rep="own"),
    change=scopes(rep="own", team="member"),
    only={"team": ("drivers", "initiatives", "strategies")},
    starts=(
        Start("review-account-plan", ("draft", "revising")),
        Start("execute-account-plan", ("approved", "active")),
        Start("stage-execute-account-plan", ("approved", "active")),
        Start("monitor-account-performance", ("active",)),
        Start("stage-monitor-account-plan", ("active",)),
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
