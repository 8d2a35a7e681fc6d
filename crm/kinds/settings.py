"""The configuration that operations and administrators keep (catalogue 8.3)."""

from crm import states
from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.kinds.words import FORECAST_CATEGORIES, REASON_KINDS
from crm.tables import (
    approval_threshold,
    calendar_day,
    exchange_rate,
    feature_flag,
    opportunity_source,
    org_unit,
    reason_code,
    sales_mode,
    sales_stage,
)

READ = scopes(rep="all", mgr="all", team="all", ops="all", mkt="all", anl="all", adm="all")
KEEP = scopes(ops="all", adm="all")
NAMES = (
    Field("name", "Name (English)", "名称（英文）", required=True, listed=True),
    Field("name_zh", "Name (Chinese)", "名称（中文）", required=True, listed=True),
)

SALES_MODE = Kind(
    key="sales_mode",
    table=sales_mode,
    en="Sales mode",
    plural="Sales modes",
    zh="销售模式",
    group="settings",
    number="key",
    title_zh="name_zh",
    order="key",
    removable=True,
    fields=(
        Field("key", "Key", "代码", "code", required=True, once=True, listed=True),
        *NAMES,
        Field("process_key", "Usual process", "常用流程", "code", listed=True),
        Field("active", "In use", "启用", "boolean", listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)

SALES_STAGE = Kind(
    key="sales_stage",
    table=sales_stage,
    en="Sales stage",
    plural="Sales stages",
    zh="销售阶段",
    group="settings",
    number="key",
    title_zh="name_zh",
    parents=(Parent("sales_mode", "mode"),),
    order="mode position",
    removable=True,
    fields=(
        Field("key", "Key", "代码", "code", required=True, once=True),
        Field(
            "mode", "Sales mode", "销售模式", "reference", reference="sales_mode", required=True, once=True, listed=True
        ),
        Field("position", "Position", "顺序", "integer", required=True, low=1, high=99, listed=True),
        *NAMES,
        Field("probability", "Probability", "概率", "percent", required=True, low=0, high=100, listed=True),
        Field("max_days", "Longest healthy stay (days)", "最长停留天数", "integer", required=True, low=1, listed=True),
        Field("exit_criteria", "Exit criteria", "退出条件", "words"),
        Field("required_fields", "Required fields", "必填字段", "words"),
        Field("quote_required", "Needs a quote (sales module on)", "需要报价（启用销售模块时）", "boolean"),
        Field("allow_skip", "May be skipped", "允许跳过", "boolean"),
        Field(
            "forecast_default", "Forecast category", "预测类别", "choice", choices=FORECAST_CATEGORIES, required=True
        ),
        Field("pipeline_entry", "First pipeline stage", "管道首阶段", "boolean"),
        Field("retired", "Retired", "已停用", "boolean", listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)

REASON_CODE = Kind(
    key="reason_code",
    table=reason_code,
    en="Reason code",
    plural="Reason codes",
    zh="原因码",
    group="settings",
    number="id",
    title_zh="name_zh",
    order="kind code",
    fields=(
        Field("kind", "Kind", "类别", "choice", choices=REASON_KINDS, required=True, once=True, listed=True),
        Field("code", "Code", "代码", "code", required=True, once=True, listed=True),
        *NAMES,
        Field("note_required", "Needs a note", "必须填写备注", "boolean", listed=True),
        Field("active", "In use", "启用", "boolean", listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)

OPPORTUNITY_SOURCE = Kind(
    key="opportunity_source",
    table=opportunity_source,
    en="Source of opportunities",
    plural="Sources of opportunities",
    zh="商机来源",
    group="settings",
    number="key",
    title_zh="name_zh",
    order="key",
    fields=(
        Field("key", "Key", "代码", "code", required=True, once=True, listed=True),
        *NAMES,
        Field("active", "In use", "启用", "boolean", listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)

FEATURES: tuple[Choice, ...] = (
    ("crm_enabled", "Customer relations", "客户关系管理"),
    ("sales_module_enabled", "Sales module: quotes and orders", "销售模块：报价与订单"),
    ("fast_track_enabled", "Fast track", "快速通道"),
    ("coaching_enabled", "Coaching", "辅导"),
)

FEATURE_FLAG = Kind(
    key="feature_flag",
    table=feature_flag,
    en="Feature",
    plural="Features",
    zh="功能开关",
    group="settings",
    number="name",
    order="name",
    fields=(
        Field("name", "Feature", "功能", "choice", choices=FEATURES, fixed=True, listed=True),
        Field("enabled", "On", "启用", "boolean", listed=True),
    ),
    read=READ,
    change=scopes(adm="all"),
)

EXCHANGE_RATE = Kind(
    key="exchange_rate",
    table=exchange_rate,
    en="Exchange rate",
    plural="Exchange rates",
    zh="汇率",
    group="settings",
    number="id",
    title="currency",
    order="currency -day",
    fields=(
        Field("currency", "Currency", "币种", required=True, once=True, listed=True),
        Field("day", "From", "生效日期", "date", required=True, once=True, listed=True),
        Field("rate", "Worth in base currency", "折合本位币", "decimal", required=True, listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)


APPROVAL_THRESHOLD = Kind(
    key="approval_threshold",
    table=approval_threshold,
    en="Approval thresholds",
    plural="Approval thresholds",
    zh="审批阈值",
    group="settings",
    number="version",
    title="",
    order="-version",
    fields=(
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field("valid_from", "Valid from", "生效时间", "moment", fixed=True, listed=True),
        Field("limit_standard", "Standard from", "标准级起点", "money", fixed=True, listed=True),
        Field("limit_major", "Major from", "重大级起点", "money", fixed=True, listed=True),
        Field("limit_strategic", "Strategic from", "战略级起点", "money", fixed=True, listed=True),
        Field("weights", "Weights", "权重", "data", fixed=True),
        Field("params", "Further figures", "其他参数", "data", fixed=True),
        Field("state", "State", "状态", "choice", choices=states.THRESHOLD.titles, fixed=True, listed=True),
        Field("published_by", "Proposed by", "提出人", "user", fixed=True, listed=True),
        Field("confirmed_by", "Published by", "发布人", "user", fixed=True, listed=True),
    ),
    read=scopes(rep="all", mgr="all", ops="all", anl="all", adm="all"),
)

ORG_UNIT = Kind(
    key="org_unit",
    table=org_unit,
    en="Unit",
    plural="Units",
    zh="部门",
    group="settings",
    number="code",
    title_zh="name_zh",
    order="code",
    fields=(
        Field("code", "Code", "代码", "code", required=True, once=True, listed=True),
        *NAMES,
        Field("parent_id", "Part of", "上级部门", "unit", listed=True),
        Field("time_zone", "Time zone", "时区", required=True, listed=True),
    ),
    read=READ,
    create=scopes(adm="all"),
    change=scopes(adm="all"),
)

CALENDAR_DAY = Kind(
    key="calendar_day",
    table=calendar_day,
    en="Day in the calendar",
    plural="Calendar",
    zh="工作日历",
    group="settings",
    number="id",
    title_zh="name_zh",
    order="-day",
    removable=True,
    fields=(
        Field("org_unit_id", "Unit (none: everybody)", "部门（不填为全部）", "unit", once=True, listed=True),
        Field("day", "Day", "日期", "date", required=True, once=True, listed=True),
        Field("working", "Working day", "工作日", "boolean", listed=True),
        *NAMES,
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)
