"""Forecast lines, pipeline snapshots and sales targets."""

from crm import states
from crm.kinds.kind import Choice, Field, Kind, Parent, Start, scopes
from crm.kinds.words import FORECAST_CATEGORIES, OPPORTUNITY_STATES
from crm.tables import forecast, forecast_line, pipeline_snapshot, sales_target

STATES: tuple[Choice, ...] = (
    ("open", "Open", "编制中"),
    ("submitted", "Submitted", "已提交"),
    ("approved", "Approved", "已批准"),
    ("published", "Published", "已发布"),
)

FORECAST = Kind(
    key="forecast",
    table=forecast,
    en="Forecast",
    plural="Forecasts",
    zh="销售预测",
    group="figures",
    title="period",
    owner="owner",
    states=states.FORECAST,
    order="-period -version",
    fields=(
        Field("period", "Period", "期间", fixed=True, listed=True),
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field("weighted", "Weighted", "加权金额", "money", fixed=True, listed=True),
        Field("commit_lines", "Won and committed lines", "已赢与承诺明细", "money", fixed=True),
        Field("best_case_lines", "Best case of the lines", "明细最好情况", "money", fixed=True),
        Field("coverage", "Coverage", "覆盖率", "decimal", fixed=True),
        Field("moved_pct", "Change against last time, %", "较上次变化（%）", "decimal", fixed=True),
        Field("commit_amount", "Commit", "承诺金额", "money", fixed=True, listed=True),
        Field("best_case", "Best case", "最好情况", "money", fixed=True),
        Field("risks", "Risks", "风险", "long_text", fixed=True),
        Field("adjustment", "Adjustment", "调整额", "money", fixed=True),
        Field("adjustment_reason", "Reason for the adjustment", "调整原因", "long_text", fixed=True),
        Field("manager_amount", "Amount of the manager", "经理金额", "money", fixed=True, listed=True),
        Field(
            "gap_actions", "Actions to close the gap", "缩小差距措施", "rows", fixed=True,
            fields=(
                Field("action", "Action", "措施"),
                Field("owner", "Owner", "负责人", "user"),
                Field("due", "Due", "截止日期", "date"),
            ),
        ),
        Field("stale", "Not submitted in time", "未按时提交", "boolean", fixed=True, listed=True),
        Field("status", "Status", "状态", "choice", choices=STATES, fixed=True, listed=True),
        Field("submitted_at", "Submitted", "提交时间", "moment", fixed=True),
        Field("published_at", "Published", "发布时间", "moment", fixed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
    ),
    read=scopes(rep="own", mgr="own team", ops="all", anl="all"),
    starts=(Start("develop-update-sales-forecast", ("open",)),),
)  # fmt: skip

FORECAST_LINE = Kind(
    key="forecast_line",
    table=forecast_line,
    en="Forecast line",
    plural="Forecast lines",
    zh="预测明细",
    group="figures",
    number="id",
    title="",
    parents=(Parent("opportunity", "opportunity_id"),),
    order="-updated_at",
    fields=(
        Field("opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True, listed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
        Field("period", "Period", "期间", fixed=True, listed=True),
        Field("probability", "Probability", "概率", "percent", fixed=True, listed=True),
        Field("close_date", "Close date", "成交日期", "date", fixed=True, listed=True),
        Field("revenue_potential", "Revenue potential", "收入潜力", "money", fixed=True, listed=True),
        Field("category", "Category", "类别", "choice", choices=FORECAST_CATEGORIES, fixed=True, listed=True),
        Field("stale", "Stale", "未及时更新", "boolean", fixed=True),
        Field("comment", "Comment", "备注", "long_text", fixed=True),
        Field("left_at", "Left the forecast", "移出预测时间", "moment", fixed=True),
    ),
    read=scopes(rep="own", mgr="own team", ops="all", anl="all"),
)

PIPELINE_SNAPSHOT = Kind(
    key="pipeline_snapshot",
    table=pipeline_snapshot,
    en="Pipeline snapshot",
    plural="Pipeline snapshots",
    zh="管道快照",
    group="figures",
    number="id",
    title="",
    owner="owner",
    parents=(Parent("opportunity", "opportunity_id"),),
    append_only=True,
    order="-taken_at",
    fields=(
        Field("taken_on", "Day", "日期", "date", fixed=True, listed=True),
        Field("taken_at", "Taken", "生成时间", "moment", fixed=True),
        Field(
            "kind",
            "Kind",
            "类别",
            "choice",
            fixed=True,
            choices=(("nightly", "Nightly", "每晚"), ("change", "After a change", "变更后")),
        ),
        Field("opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True, listed=True),
        Field("stage", "Stage", "阶段", "reference", reference="sales_stage", fixed=True, listed=True),
        Field("status", "Status", "状态", "choice", choices=OPPORTUNITY_STATES, fixed=True, listed=True),
        Field("amount_base", "Amount in base currency", "本位币金额", "money", fixed=True, listed=True),
        Field("probability", "Probability", "概率", "percent", fixed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
    ),
    read=scopes(rep="own", mgr="own team", ops="all", anl="all"),
)

SALES_TARGET = Kind(
    key="sales_target",
    table=sales_target,
    en="Sales target",
    plural="Sales targets",
    zh="目标销售计划",
    group="figures",
    number="id",
    title="period",
    owner="owner",
    order="-period",
    fields=(
        Field("owner", "Person", "人员", "user", once=True, listed=True),
        Field("org_unit_id", "Unit", "部门", "unit", once=True, listed=True),
        Field("period", "Period", "期间", required=True, once=True, listed=True),
        Field("measure", "Measure", "指标", required=True, once=True, listed=True),
        Field("target", "Target", "目标", "money", required=True, low=0, listed=True),
    ),
    read=scopes(rep="own", mgr="own team", ops="all", anl="all"),
    create=scopes(mgr="own team", ops="all"),
    change=scopes(mgr="own team", ops="all"),
)  # fmt: skip
