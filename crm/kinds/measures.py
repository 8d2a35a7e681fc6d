"""Measures and their results, filed reports, improvement actions, proposals to change a process."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select

from crm import states
from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.kinds.words import RAG
from crm.lines import reports_of
from crm.measures_data import MEASURES
from crm.tables import (
    change_proposal,
    improvement_action,
    measure_result,
    measure_run,
    performance_measure,
    report_run,
    user_role,
)

GROUPS: tuple[Choice, ...] = (
    ("account", "Account planning", "客户规划"),
    ("call", "Sales calls", "销售拜访"),
    ("opportunity", "Opportunities", "商机"),
    ("approval", "Approvals", "审批"),
)
CYCLES: tuple[Choice, ...] = (("month", "Month", "月"), ("quarter", "Quarter", "季"), ("year", "Year", "年"))
DIRECTIONS: tuple[Choice, ...] = (
    ("higher", "Higher is better", "越高越好"),
    ("lower", "Lower is better", "越低越好"),
)
UNITS: tuple[Choice, ...] = (
    ("percent", "Percent", "百分比"),
    ("points", "Points", "分"),
    ("number", "Number", "数值"),
    ("days", "Days", "天"),
    ("hours", "Hours", "小时"),
)
SCOPE_KINDS: tuple[Choice, ...] = (
    ("all", "Everybody", "全部"),
    ("team", "Team", "团队"),
    ("rep", "Rep", "销售代表"),
    ("account", "Account", "客户"),
)
OPEN_OR_NOT: tuple[Choice, ...] = (
    ("open", "Open", "未完成"),
    ("done", "Done", "已完成"),
    ("dropped", "Dropped", "已放弃"),
)
PROPOSAL_STATES: tuple[Choice, ...] = (
    ("open", "Open", "待处理"),
    ("taken", "Taken up", "已采纳"),
    ("refused", "Refused", "未采纳"),
)
READ = scopes(rep="own", mgr="own team", ops="all", anl="all")
MEASURE_NAMES: tuple[Choice, ...] = tuple((key, name, name_zh) for key, _group, name, name_zh, *_ in MEASURES)
OF_RUN = (Parent("measure_run", "measure_run_id"),)
RUN = Field("measure_run_id", "Run", "衡量批次", "reference", reference="measure_run", fixed=True)


def _line(login: str, _on: date) -> ColumnElement[bool]:
    """What a manager sees: the figures of every team, but of single reps only those below."""
    at = measure_result.c
    return or_(at.scope_kind != "rep", at.scope.in_(select(reports_of(login).c.login)))


def _reports(login: str, _on: date) -> ColumnElement[bool]:
    """What a manager sees: every filed report but those of single reps who are not below."""
    reps = select(user_role.c.login).where(user_role.c.role == "rep")
    owner = report_run.c.owner
    return or_(owner.not_in(reps), owner == login, owner.in_(select(reports_of(login).c.login)))


PERFORMANCE_MEASURE = Kind(
    key="performance_measure",
    table=performance_measure,
    en="Measure",
    plural="Measures",
    zh="绩效指标",
    group="measures",
    number="key",
    title="name",
    title_zh="name_zh",
    order="group key",
    fields=(
        Field("key", "Key", "键", required=True, once=True),
        Field("group", "Group", "分组", "choice", choices=GROUPS, required=True, listed=True),
        Field("name", "Name", "英文名称", required=True, listed=True),
        Field("name_zh", "Chinese name", "中文名称", required=True),
        Field("formula", "Formula", "公式", "code", fixed=True, listed=True),
        Field("unit", "Unit", "单位", "choice", choices=UNITS, fixed=True),
        Field("direction", "Direction", "方向", "choice", choices=DIRECTIONS, fixed=True),
        Field("target", "Target", "目标值", "decimal", listed=True),
        Field("cycle", "Cycle", "周期", "choice", choices=CYCLES, required=True, listed=True),
        Field("active", "In use", "启用", "boolean", listed=True),
    ),
    read=scopes(rep="all", mgr="all", team="all", ops="all", mkt="all", anl="all", adm="all"),
    change=scopes(ops="all", adm="all"),
)

MEASURE_RUN = Kind(
    key="measure_run",
    table=measure_run,
    en="Measuring",
    plural="Measurings",
    zh="绩效衡量",
    group="measures",
    title="period",
    owner="owner",
    states=states.MEASURE_RUN,
    order="-id",
    fields=(
        Field("group", "Group", "分组", "choice", choices=GROUPS, fixed=True, listed=True),
        Field("period", "Period", "期间", fixed=True, listed=True),
        Field("teams", "Teams", "团队", "data", fixed=True),
        Field("measures", "Measures", "指标", "choices", choices=MEASURE_NAMES, fixed=True),
        Field("call_types", "Kinds of call", "拜访类型", "data", fixed=True),
        Field("issues", "Issues of the data", "数据问题", "data", fixed=True),
        Field("patterns", "Patterns", "规律", "data", fixed=True, secret="reps"),
        Field("status", "Status", "状态", "choice", choices=states.MEASURE_RUN.titles, fixed=True, listed=True),
        Field("published_at", "Published", "发布时间", "moment", fixed=True, listed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
    ),
    read=scopes(mgr="all", ops="all", anl="all"),
)

MEASURE_RESULT = Kind(
    key="measure_result",
    table=measure_result,
    en="Result of a measure",
    plural="Results of measures",
    zh="指标结果",
    group="measures",
    number="id",
    title="",
    parents=OF_RUN,
    order="-id",
    fields=(
        RUN,
        Field("measure", "Measure", "指标", "reference", reference="performance_measure", fixed=True, listed=True),
        Field("scope_kind", "Of", "范围类型", "choice", choices=SCOPE_KINDS, fixed=True, listed=True),
        Field("scope", "Whose", "范围", fixed=True, listed=True),
        Field("period", "Period", "期间", fixed=True, listed=True),
        Field("value", "Value", "数值", "decimal", fixed=True, listed=True),
        Field("numerator", "Numerator", "分子", "decimal", fixed=True),
        Field("denominator", "Denominator", "分母", "decimal", fixed=True),
        Field("target", "Target", "目标值", "decimal", fixed=True, listed=True),
        Field("attainment_pct", "Attainment, %", "达成率（%）", "decimal", fixed=True, listed=True),
        Field("rating", "Rating", "评级", "choice", choices=RAG, fixed=True, listed=True),
        Field("comment", "Comment", "点评", "long_text", fixed=True),
        Field("causes", "Causes", "原因", "data", fixed=True),
    ),
    read=scopes(mgr="line", ops="all", anl="all"),
    more_scopes={"line": _line},
)

IMPROVEMENT_ACTION = Kind(
    key="improvement_action",
    table=improvement_action,
    en="Improvement",
    plural="Improvements",
    zh="改进措施",
    group="measures",
    number="id",
    title="text",
    owner="owner",
    order="due",
    fields=(
        RUN,
        Field("measure", "Measure", "指标", "reference", reference="performance_measure", fixed=True, listed=True),
        Field("text", "Action", "措施", "long_text", required=True, listed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True),
        Field("due", "Due", "截止日期", "date", required=True, listed=True),
        Field("status", "Status", "状态", "choice", choices=OPEN_OR_NOT, required=True, listed=True),
        Field("done_at", "Done", "完成时间", "moment", fixed=True),
    ),
    read=READ,
    create=scopes(ops="all"),
    change=scopes(mgr="own", ops="all"),
)

CHANGE_PROPOSAL = Kind(
    key="change_proposal",
    table=change_proposal,
    en="Proposed change of a process",
    plural="Proposed changes of processes",
    zh="流程变更提案",
    group="measures",
    number="id",
    title="process_key",
    owner="owner",
    order="-id",
    fields=(
        RUN,
        Field("process_key", "Process", "流程", required=True, listed=True),
        Field("change", "Change", "变更", "long_text", required=True, listed=True),
        Field("expected_effect", "Expected effect", "预期效果", "long_text"),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
        Field("status", "Status", "状态", "choice", choices=PROPOSAL_STATES, required=True, listed=True),
    ),
    read=scopes(mgr="all", ops="all", anl="all", adm="all"),
    change=scopes(anl="all", adm="all"),
)

REPORT_RUN = Kind(
    key="report_run",
    table=report_run,
    en="Filed report",
    plural="Filed reports",
    zh="归档报表",
    group="measures",
    title="title",
    title_zh="title_zh",
    owner="owner",
    order="-id",
    fields=(
        Field("report", "Report", "报表", fixed=True, listed=True),
        Field("title", "Title", "英文标题", fixed=True, listed=True),
        Field("title_zh", "Chinese title", "中文标题", fixed=True),
        Field("period", "Period", "期间", fixed=True, listed=True),
        RUN,
        Field("content", "Content", "内容", "sheets", fixed=True),
        Field("readers", "Sent to", "分发对象", "parties", fixed=True),
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field("distributed_at", "Distributed", "分发时间", "moment", fixed=True, listed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True),
    ),
    read=scopes(rep="own", mgr="line", ops="all", anl="all"),
    more_scopes={"line": _reports},
)
