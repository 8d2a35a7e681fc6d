"""What account planning makes: objectives, reviews and scores, ideas, and rounds that choose target accounts."""

from sqlalchemy import Select, select

from crm.kinds.account_plan import ACCOUNT_PLAN
from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.kinds.words import TIERS
from crm.tables import (
    account,
    opportunity_idea,
    plan_objective,
    plan_review,
    plan_review_score,
    target_candidate,
    targeting_round,
)

OBJECTIVES: tuple[Choice, ...] = (
    ("revenue", "Revenue", "收入"),
    ("margin", "Margin", "毛利"),
    ("share", "Share of wallet", "钱包份额"),
    ("relationship", "Relationship", "关系"),
    ("satisfaction", "Satisfaction", "满意度"),
    ("product", "Product", "产品"),
)
RESULTS: tuple[Choice, ...] = (
    ("approved", "Approved", "已批准"),
    ("rework", "To be reworked", "待修改"),
    ("rejected", "Rejected", "已否决"),
)
ROUND_STATES: tuple[Choice, ...] = (
    ("open", "Open", "进行中"),
    ("approved", "Approved", "已批准"),
    ("recorded", "Recorded", "已登记"),
)
OF_PLAN = Field(
    "account_plan_id", "Account plan", "客户计划", "reference", reference="account_plan", fixed=True, listed=True
)

PLAN_OBJECTIVE = Kind(
    key="plan_objective",
    table=plan_objective,
    en="Plan objective",
    plural="Plan objectives",
    zh="计划目标",
    group="plans",
    number="id",
    title="measure",
    parents=(Parent("account_plan", "account_plan_id"),),
    order="id",
    fields=(
        OF_PLAN,
        Field("type", "Kind", "类型", "choice", choices=OBJECTIVES, fixed=True, listed=True),
        Field("measure", "Measure", "衡量指标", fixed=True, listed=True),
        Field("baseline", "Today", "现状", "decimal", fixed=True),
        Field("target", "Target", "目标", "decimal", fixed=True, listed=True),
        Field("actual", "Actual", "实际", "decimal", fixed=True, listed=True),
        Field("due", "Due", "期限", "date", fixed=True, listed=True),
        Field("owner", "Who", "责任人", "user", fixed=True, listed=True),
    ),
    read=ACCOUNT_PLAN.read,
)

PLAN_REVIEW = Kind(
    key="plan_review",
    table=plan_review,
    en="Plan review",
    plural="Plan reviews",
    zh="计划评审",
    group="plans",
    number="id",
    title="",
    parents=(Parent("account_plan", "account_plan_id"),),
    order="-id",
    fields=(
        OF_PLAN,
        Field("plan_version", "Version of the plan", "计划版本", "integer", fixed=True, listed=True),
        Field("submitted_at", "Submitted", "提交时间", "moment", fixed=True, listed=True),
        Field("review_date", "Review", "评审时间", "moment", fixed=True),
        Field("reviewers", "Reviewers", "评审人", "words", fixed=True),
        Field("minutes", "Minutes", "会议纪要", "long_text", fixed=True),
        Field("quality_score", "Quality score", "质量得分", "percent", fixed=True, listed=True),
        Field(
            "changes", "Agreed changes", "商定的修改", "rows", fixed=True,
            fields=(
                Field("section", "Section", "章节"),
                Field("change", "Change", "修改内容", "long_text"),
                Field("owner", "Who", "负责人", "user"),
                Field("done", "Done", "已落实", "boolean"),
            ),
        ),
        Field(
            "causes", "Causes of the variance", "偏差原因", "rows", fixed=True,
            fields=(
                Field("objective", "Objective", "目标"),
                Field("cause", "Cause", "原因", "long_text"),
                Field("controllable", "In our hands", "我方可控", "boolean"),
            ),
        ),
        Field("result", "Result", "结果", "choice", choices=RESULTS, fixed=True, listed=True),
        Field("decided_at", "Decided", "决定时间", "moment", fixed=True),
        Field("decided_by", "Decided by", "决定人", "user", fixed=True),
    ),
    read=ACCOUNT_PLAN.read,
)  # fmt: skip

PLAN_REVIEW_SCORE = Kind(
    key="plan_review_score",
    table=plan_review_score,
    en="Review score",
    plural="Review scores",
    zh="评审得分",
    group="plans",
    number="id",
    title="reviewer",
    parents=(Parent("plan_review", "plan_review_id"),),
    order="id",
    fields=(
        Field("plan_review_id", "Review", "评审", "reference", reference="plan_review", fixed=True),
        Field("reviewer", "Reviewer", "评审人", "user", fixed=True, listed=True),
        Field("customer_environment", "Customer's environment (of 20)", "客户环境（满分 20）", "integer", fixed=True),
        Field("financials", "Financials (of 10)", "财务（满分 10）", "integer", fixed=True),
        Field("relationship", "Relationship (of 25)", "关系（满分 25）", "integer", fixed=True),
        Field("strategy_execution", "Strategy and execution (of 20)", "策略与执行（满分 20）", "integer", fixed=True),
        Field("resources", "Resources (of 10)", "资源（满分 10）", "integer", fixed=True),
        Field("learning", "Learning (of 15)", "学习改进（满分 15）", "integer", fixed=True),
        Field("total", "Total (of 100)", "总分（满分 100）", "integer", fixed=True, listed=True),
        Field("comments", "Comments", "评论", "long_text", fixed=True, listed=True),
    ),
    read=ACCOUNT_PLAN.read,
)

OPPORTUNITY_IDEA = Kind(
    key="opportunity_idea",
    table=opportunity_idea,
    en="Idea for growth",
    plural="Ideas for growth",
    zh="增长设想",
    group="plans",
    number="id",
    title="product",
    parents=(Parent("account_plan", "account_plan_id"),),
    order="id",
    fields=(
        OF_PLAN,
        Field("unit", "Unit", "单位", fixed=True, listed=True),
        Field("product", "Product", "产品", fixed=True, listed=True),
        Field("est_value", "Estimated value", "估计价值", "money", fixed=True, listed=True),
        Field("timing", "Timing", "时间", fixed=True),
        Field("create_opportunity", "Make it an opportunity", "转为商机", "boolean", fixed=True),
        Field("started_at", "Handed on", "移交时间", "moment", fixed=True, listed=True),
        Field("opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True),
    ),
    read=ACCOUNT_PLAN.read,
)


def rounds_of(login: str) -> Select[tuple[int]]:
    """The rounds in which an account of this owner is a candidate."""
    own = select(account.c.id).where(account.c.owner == login)
    return select(target_candidate.c.targeting_round_id).where(target_candidate.c.account_id.in_(own))


TARGETING_ROUND = Kind(
    key="targeting_round",
    table=targeting_round,
    en="Targeting round",
    plural="Targeting rounds",
    zh="目标客户遴选",
    group="plans",
    title="period",
    owner="owner",
    order="-id",
    fields=(
        Field("period", "Period", "期间", fixed=True, listed=True),
        Field(
            "status", "Status", "状态", "choice", fixed=True, listed=True,
            choices=ROUND_STATES,
        ),
        Field("scope", "Scope", "范围", "data", fixed=True),
        Field(
            "weights", "Weights", "权重", "rows", fixed=True,
            fields=(Field("criterion", "Criterion", "标准"), Field("weight", "Weight", "权重", "integer")),
        ),
        Field("min_score", "Lowest score", "最低分", "integer", fixed=True),
        Field("max_key_accounts_per_rep", "Key accounts per rep at most", "每名销售上限", "integer", fixed=True),
        Field("approved_at", "Approved", "批准时间", "moment", fixed=True),
        Field("approved_by", "Approved by", "批准人", "user", fixed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
    ),
    read=scopes(rep="nominates", mgr="all", ops="all", mkt="all", anl="all"),
    more_scopes={"nominates": lambda login, _on: targeting_round.c.id.in_(rounds_of(login))},
)  # fmt: skip

TARGET_CANDIDATE = Kind(
    key="target_candidate",
    table=target_candidate,
    en="Candidate",
    plural="Candidates",
    zh="候选客户",
    group="plans",
    number="id",
    title="",
    parents=(Parent("account", "account_id"), Parent("targeting_round", "targeting_round_id")),
    order="-score",
    fields=(
        Field(
            "targeting_round_id", "Round", "轮次", "reference", reference="targeting_round", fixed=True, listed=True
        ),
        Field("account_id", "Account", "客户", "reference", reference="account", fixed=True, listed=True),
        Field("attractiveness", "Attractiveness", "吸引力", "percent", fixed=True, listed=True),
        Field("position", "Position", "地位", "percent", fixed=True, listed=True),
        Field("score", "Score", "评分", "percent", fixed=True, listed=True),
        Field("tier", "Tier", "级别", "choice", choices=TIERS, fixed=True, listed=True),
        Field("stance", "Stance", "策略", fixed=True),
        Field(
            "nominations", "Wishes", "提名意见", "rows", fixed=True,
            fields=(
                Field("by", "By", "提名人", "user"),
                Field("choice", "Wish", "意见"),
                Field("reason", "Reason", "理由"),
            ),
        ),
        Field(
            "opinions", "Market view", "市场意见", "rows", fixed=True,
            fields=(
                Field("comment", "Comment", "意见", "long_text"),
                Field("campaign_fit", "Fitting campaign", "适合的市场活动"),
            ),
        ),
        Field("chosen", "Proposed", "已建议", "boolean", fixed=True, listed=True),
        Field(
            "decision", "Decision", "决定", "choice", fixed=True,
            choices=(("target", "Target account", "目标客户"), ("removed", "Left out", "剔除")),
        ),
        Field("owner", "Owner", "负责人", "user", fixed=True),
        Field("team", "Team", "团队", "words", fixed=True),
        Field("executive_sponsor", "Executive sponsor", "高层支持人", "user", fixed=True),
    ),
    read=scopes(rep="own member team", mgr="own member team", ops="all", mkt="all", anl="all"),
)  # fmt: skip
