"""Forecast lines, pipeline snapshots and sales targets."""

from crm.kinds.kind import Field, Kind, Parent, scopes
from crm.kinds.words import FORECAST_CATEGORIES, OPPORTUNITY_STATES
from crm.tables import forecast_line, pipeline_snapshot, sales_target

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
