"""OpportunityPlan 商机计划 and what it consists of; only the account team, its managers and operations see it."""

from crm import states
from crm.kinds.kind import Field, Kind, Parent, scopes
from crm.kinds.words import RAG
from crm.tables import opportunity_plan, plan_gap, plan_section
from crm.titles import Choices

SECTIONS: Choices = (
    ("stakeholders", "Stakeholders", "干系人"),
    ("power_map", "Power map", "权力地图"),
    ("issues", "Issues and decision factors", "问题与决策因素"),
    ("timeline", "Buying timeline", "采购时间表"),
    ("competition", "Competition", "竞争"),
    ("partners", "Partners", "合作伙伴"),
    ("value", "Business value", "商业价值"),
    ("solution", "Solution", "方案"),
    ("csf", "Success factors", "成功因素"),
    ("resources", "Resources", "资源"),
    ("actions", "Action plan", "行动计划"),
)
DEPTHS: Choices = (("light", "Light", "简要"), ("standard", "Standard", "标准"), ("full", "Full", "完整"))
STRATEGIES: Choices = (
    ("frontal", "Frontal", "正面"),
    ("flanking", "Flanking", "侧翼"),
    ("fragment", "Fragment", "分割"),
    ("defend", "Defend", "防守"),
    ("develop", "Develop", "培育"),
)
SECTION_STATES: Choices = (("open", "Input wanted", "待输入"), ("given", "Input given", "已输入"))
GAP_STATES: Choices = (("open", "Open", "未解决"), ("closed", "Closed", "已解决"))

OF_PLAN = (Parent("opportunity_plan", "opportunity_plan_id"),)
READ = scopes(rep="own member", mgr="own member team", team="member", ops="all")
WORK = scopes(rep="own member", mgr="own")
PLAN = Field(
    "opportunity_plan_id", "Opportunity plan", "商机计划", "reference", reference="opportunity_plan", required=True,
    once=True, listed=True,
)  # fmt: skip

OPPORTUNITY_PLAN = Kind(
    key="opportunity_plan",
    table=opportunity_plan,
    en="Opportunity plan",
    plural="Opportunity plans",
    zh="商机计划",
    group="opportunities",
    title="",
    sequence="opportunity_plan",
    owner="owner",
    parents=(Parent("opportunity", "opportunity_id"),),
    states=states.OPPORTUNITY_PLAN,
    order="-content_at",
    fields=(
        Field(
            "opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", required=True, once=True,
            listed=True,
        ),
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field("depth", "Depth", "深度", "choice", choices=DEPTHS, fixed=True, listed=True),
        Field("required_sections", "Needed sections", "必需章节", "choices", choices=SECTIONS, fixed=True),
        Field("status", "Status", "状态", "choice", choices=states.OPPORTUNITY_PLAN.titles, fixed=True, listed=True),
        Field("iteration_no", "Iterations", "迭代次数", "integer", fixed=True, listed=True),
        Field("completeness_pct", "Completeness", "完整度", "percent", fixed=True, listed=True),
        Field("status_rag", "How it stands", "总体状态", "choice", choices=RAG, listed=True),
        Field("lead_rep", "Lead sales rep.", "主责销售", "user", reference="rep"),
        Field("customer_view", "The customer", "客户研究", "data", fixed=True),
        Field("issues", "Issues", "客户问题", "data", fixed=True),
        Field("partners", "Partners", "合作伙伴", "data", fixed=True),
        Field("csf", "Critical success factors", "关键成功因素", "data", fixed=True),
        Field("competitive_strategy", "Competitive strategy", "竞争策略", "choice", choices=STRATEGIES),
        Field("counter_moves", "Counter-moves", "反制措施", "long_text"),
        Field("decision_process", "Decision process", "决策流程", "long_text"),
        Field("review_notes", "Review notes", "评审记录", "long_text", fixed=True),
        Field("agreed_at", "Agreed on", "商定时间", "moment", fixed=True),
        Field("content_at", "Latest content", "内容更新时间", "moment", fixed=True, listed=True),
        Field("owner", "Owner", "负责人", "user", required=True, fixed=True, listed=True),
    ),
    read=READ,
    change=WORK,
)  # fmt: skip

PLAN_SECTION = Kind(
    key="plan_section",
    table=plan_section,
    en="Section of an opportunity plan",
    plural="Sections of opportunity plans",
    zh="计划章节",
    group="opportunities",
    number="id",
    title="section",
    assignee="assignee",
    parents=OF_PLAN,
    order="opportunity_plan_id id",
    fields=(
        PLAN,
        Field("section", "Section", "章节", "choice", choices=SECTIONS, required=True, once=True, listed=True),
        Field("assignee", "Assigned to", "负责人", "user", required=True, listed=True, changers=("rep", "mgr")),
        Field("expertise", "Expertise", "专长", listed=True, changers=("rep", "mgr")),
        Field("due", "Due", "期限", "date", required=True, listed=True, changers=("rep", "mgr")),
        Field("input", "Input", "输入", "long_text"),
        Field("attachments", "Attachments", "附件", "data", fixed=True),
        Field("confidence", "How sure (1 to 5)", "把握程度（1 至 5）", "integer", low=1, high=5, listed=True),
        Field("open_questions", "Open questions", "未决问题", "data", fixed=True),
        Field("status", "Status", "状态", "choice", choices=SECTION_STATES, fixed=True, listed=True),
    ),
    read=scopes(rep="own member", mgr="own member team", team="member assigned", ops="all"),
    change=scopes(rep="own member", team="assigned"),
)

PLAN_GAP = Kind(
    key="plan_gap",
    table=plan_gap,
    en="Open question of a plan",
    plural="Open questions of plans",
    zh="信息缺口",
    group="opportunities",
    number="id",
    title="question",
    assignee="owner",
    parents=OF_PLAN,
    removable=True,
    order="due id",
    fields=(
        PLAN,
        Field("question", "Question", "问题", "long_text", required=True, listed=True),
        Field("section", "Section", "章节", "choice", choices=SECTIONS, required=True, listed=True),
        Field("owner", "Who finds out", "负责人", "user", required=True, listed=True),
        Field("due", "By", "期限", "date", required=True, listed=True),
        Field("status", "Status", "状态", "choice", choices=GAP_STATES, required=True, listed=True),
    ),
    read=READ,
    create=WORK,
    change=scopes(rep="own member", team="assigned", ops="all"),
)
