"""What processes add to an opportunity: evaluations, decisions to pursue, moves, deferrals."""

from crm import states
from crm.kinds.kind import Field, Kind, Parent, scopes
from crm.kinds.words import PURSUIT
from crm.tables import opportunity_evaluation, opportunity_stage_history, pended_item, pursue_decision

OF_OPPORTUNITY = (Parent("opportunity", "opportunity_id"),)
READ = scopes(rep="own member", mgr="own member team", team="member", ops="all", anl="all")


OPPORTUNITY = Field(
    "opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True, listed=True
)


EVALUATION = Kind(
    key="opportunity_evaluation",
    table=opportunity_evaluation,
    en="Evaluation",
    plural="Evaluations",
    zh="评估",
    group="opportunities",
    number="id",
    title="kind",
    parents=OF_OPPORTUNITY,
    append_only=True,
    order="-evaluated_at",
    fields=(
        OPPORTUNITY,
        Field(
            "kind",
            "Kind",
            "类别",
            "choice",
            fixed=True,
            listed=True,
            choices=(
                ("prequal", "Pre-qualification", "预审"),
                ("assessment", "Assessment", "评估"),
                ("stage", "Stage", "阶段"),
            ),
        ),
        Field("answers", "Answers", "回答", "data", fixed=True, secret="personal"),
        Field("score", "Score", "评分", "decimal", fixed=True, listed=True),
        Field("knockout", "Knocked out", "一票否决", "boolean", fixed=True, listed=True),
        Field("recommendation", "Recommendation", "建议", fixed=True, listed=True),
        Field("override", "Reason for deciding otherwise", "改判理由", "long_text", fixed=True, secret="personal"),
        Field("max_discount_pct", "Largest discount", "最大折扣", "percent", fixed=True),
        Field("non_standard_terms", "Non-standard terms", "非标条款", "boolean", fixed=True),
        Field("delivery_risk", "Delivery risk (1 to 5)", "交付风险（1 至 5）", "integer", fixed=True),
        Field("imported", "Imported", "导入", "boolean", fixed=True),
        Field("evaluated_at", "Evaluated", "评估时间", "moment", fixed=True, listed=True),
        Field("evaluated_by", "By", "评估人", "user", fixed=True, listed=True),
    ),
    read=READ,
)

PURSUE_DECISION = Kind(
    key="pursue_decision",
    table=pursue_decision,
    en="Decision to pursue",
    plural="Decisions to pursue",
    zh="跟进决定",
    group="opportunities",
    number="id",
    title="decision",
    parents=OF_OPPORTUNITY,
    append_only=True,
    order="-decided_at",
    fields=(
        OPPORTUNITY,
        Field("decision", "Decision", "决定", "choice", choices=PURSUIT, fixed=True, listed=True),
        Field(
            "basis",
            "Basis",
            "依据",
            "choice",
            fixed=True,
            listed=True,
            choices=(("pipeline", "Pipeline review", "管道评审"), ("fast_track", "Fast track", "快速通道")),
        ),
        Field("rationale", "Rationale", "理由", "long_text", fixed=True, secret="personal"),
        Field("reason_code", "Reason", "原因", fixed=True),
        Field("capacity_ok", "Capacity is there", "人手充足", "boolean", fixed=True),
        Field("plan_alignment", "Fits the account plan", "与客户计划的契合", fixed=True),
        Field("decided_at", "Decided", "决定时间", "moment", fixed=True, listed=True),
        Field("decided_by", "By", "决定人", "user", fixed=True, listed=True),
    ),
    read=READ,
)

STAGE_HISTORY = Kind(
    key="opportunity_stage_history",
    table=opportunity_stage_history,
    en="Move",
    plural="Moves",
    zh="阶段变更",
    group="opportunities",
    number="id",
    title="to_status",
    parents=OF_OPPORTUNITY,
    append_only=True,
    order="-moved_at",
    fields=(
        OPPORTUNITY,
        Field("from_status", "From status", "原状态", "choice", choices=states.OPPORTUNITY.titles, fixed=True),
        Field("to_status", "To status", "新状态", "choice", choices=states.OPPORTUNITY.titles, fixed=True, listed=True),
        Field("from_stage", "From stage", "原阶段", "reference", reference="sales_stage", fixed=True),
        Field("to_stage", "To stage", "新阶段", "reference", reference="sales_stage", fixed=True, listed=True),
        Field("amount_base", "Amount in base currency", "本位币金额", "money", fixed=True, listed=True),
        Field("probability", "Probability", "概率", "percent", fixed=True),
        Field("days_in_stage", "Days in the stage", "停留天数", "integer", fixed=True),
        Field("reason", "Reason", "原因", "long_text", fixed=True, secret="personal"),
        Field("moved_at", "Moved", "变更时间", "moment", fixed=True, listed=True),
        Field("moved_by", "By", "变更人", "user", fixed=True, listed=True),
    ),
    read=READ,
)

PENDED_ITEM = Kind(
    key="pended_item",
    table=pended_item,
    en="Deferral",
    plural="Deferrals",
    zh="暂缓",
    group="opportunities",
    number="id",
    title="reason",
    parents=OF_OPPORTUNITY,
    states=states.PENDED_ITEM,
    state="state",
    order="-deferred_at",
    fields=(
        OPPORTUNITY,
        Field("reason", "Reason", "原因", "reference", reference="reason_code:defer", fixed=True, listed=True),
        Field("resume_date", "Comes back on", "恢复日期", "date", fixed=True, listed=True),
        Field("note", "Note", "备注", "long_text", secret="personal"),
        Field("keep_in_account_plan", "Noted in the account plan", "记入客户计划", "boolean", fixed=True),
        Field("extension_count", "Extensions", "延期次数", "integer", fixed=True),
        Field("state", "State", "状态", "choice", choices=states.PENDED_ITEM.titles, fixed=True, listed=True),
        Field("deferred_at", "Put off", "暂缓时间", "moment", fixed=True),
        Field("deferred_by", "By", "暂缓人", "user", fixed=True, listed=True),
        Field("settled_at", "Settled", "处理时间", "moment", fixed=True),
        Field("settled_by", "Settled by", "处理人", "user", fixed=True),
        Field("settled_reason", "Reason for settling", "处理原因", "long_text", fixed=True, secret="personal"),
    ),
    read=READ,
    change=scopes(rep="own", mgr="own team", ops="all"),
)  # fmt: skip
