"""What belongs to one opportunity: products, contacts, activities, expenses, competitors, documents."""

from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.kinds.words import BUYING_ROLES, CUSTOMER_MODES, STANCES
from crm.tables import (
    opportunity_activity,
    opportunity_competitor,
    opportunity_contact,
    opportunity_document,
    opportunity_expense,
    opportunity_product,
)

OF_OPPORTUNITY = (Parent("opportunity", "opportunity_id"),)
READ = scopes(rep="own member", mgr="own member team", team="member", ops="all")
WORK = scopes(rep="own member", mgr="own team", team="member")
OPPORTUNITY = Field(
    "opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", required=True, once=True, listed=True
)
ACTIVITIES: tuple[Choice, ...] = (
    ("call", "Call", "电话"),
    ("visit", "Visit", "拜访"),
    ("mail", "Mail", "邮件"),
    ("meeting", "Meeting", "会议"),
    ("demo", "Demonstration", "演示"),
    ("task", "Task", "任务"),
)
EXPENSES: tuple[Choice, ...] = (
    ("travel", "Travel", "差旅"),
    ("hospitality", "Hospitality", "招待"),
    ("demo", "Demonstration", "演示"),
    ("bid", "Bid", "投标"),
    ("other", "Other", "其他"),
)
DOCUMENTS: tuple[Choice, ...] = (
    ("rfp", "Request for proposal", "招标文件"),
    ("proposal", "Proposal", "建议书"),
    ("contract", "Contract", "合同"),
    ("plan_report", "Opportunity plan report", "商机计划报告"),
    ("status_report", "Opportunities status report", "商机状态报告"),
    ("other", "Other", "其他"),
)

OPPORTUNITY_PRODUCT = Kind(
    key="opportunity_product",
    table=opportunity_product,
    en="Product of an opportunity",
    plural="Products of opportunities",
    zh="商机产品",
    group="opportunities",
    number="id",
    title="",
    parents=OF_OPPORTUNITY,
    removable=True,
    order="opportunity_id id",
    fields=(
        OPPORTUNITY,
        Field("product_id", "Product", "产品", "reference", reference="product", required=True, listed=True),
        Field("qty", "Quantity", "数量", "decimal", required=True, low=0, listed=True),
        Field("price", "Price", "单价", "money", required=True, low=0, listed=True),
        Field("discount_pct", "Discount", "折扣", "percent", required=True, low=0, high=100, listed=True),
        Field("amount", "Amount", "金额", "money", fixed=True, listed=True),
    ),
    read=READ,
    create=WORK,
    change=WORK,
)

OPPORTUNITY_CONTACT = Kind(
    key="opportunity_contact",
    table=opportunity_contact,
    en="Contact of an opportunity",
    plural="Contacts of opportunities",
    zh="商机联系人",
    group="opportunities",
    number="id",
    title="",
    parents=OF_OPPORTUNITY,
    removable=True,
    order="opportunity_id id",
    fields=(
        OPPORTUNITY,
        Field(
            "contact_id", "Contact", "联系人", "reference", reference="contact", required=True, once=True, listed=True
        ),
        Field("buying_role", "Buying role", "采购角色", "choice", choices=BUYING_ROLES, listed=True),
        Field("influence", "Influence (1 to 5)", "影响力（1 至 5）", "integer", low=1, high=5, listed=True),
        Field("stance", "Stance", "态度", "choice", choices=STANCES, listed=True),
        Field("mode", "State of mind", "心态", "choice", choices=CUSTOMER_MODES),
        Field("is_lead_decision_maker", "Decides in the end", "主要决策者", "boolean", listed=True),
        Field("relationship_goal", "Goal of the relationship", "关系目标", "long_text"),
        Field("our_owner", "Our person", "我方负责人", "user"),
        Field("next_touch", "Next contact", "下次接触", "date"),
    ),
    read=READ,
    create=WORK,
    change=WORK,
)

OPPORTUNITY_ACTIVITY = Kind(
    key="opportunity_activity",
    table=opportunity_activity,
    en="Activity",
    plural="Activities",
    zh="活动",
    group="opportunities",
    number="id",
    title="subject",
    parents=OF_OPPORTUNITY,
    assignee="owner",
    order="-id",
    fields=(
        OPPORTUNITY,
        Field("type", "Type", "类型", "choice", choices=ACTIVITIES, required=True, listed=True),
        Field("subject", "Subject", "主题", required=True, listed=True),
        Field("due", "Due", "截止日期", "date", listed=True),
        Field("done_at", "Done", "完成时间", "moment", listed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True),
        Field("result", "Result", "结果", "long_text"),
        Field("sales_call_id", "Sales call", "销售拜访", "reference", reference="sales_call", fixed=True),
    ),
    read=READ,
    create=WORK,
    change=scopes(rep="own member", mgr="own team", team="member assigned"),
)

OPPORTUNITY_EXPENSE = Kind(
    key="opportunity_expense",
    table=opportunity_expense,
    en="Expense",
    plural="Expenses",
    zh="费用",
    group="opportunities",
    number="id",
    title="",
    parents=OF_OPPORTUNITY,
    order="-spent_on",
    fields=(
        OPPORTUNITY,
        Field("type", "Type", "类型", "choice", choices=EXPENSES, required=True, listed=True),
        Field("spent_on", "Day", "日期", "date", required=True, listed=True),
        Field("amount", "Amount", "金额", "money", required=True, low=0, listed=True),
        Field("payer", "Paid by", "支付人", "user", required=True, listed=True),
        Field("approved", "Approved", "已批准", "boolean", listed=True, changers=("mgr",)),
        Field("note", "Note", "备注", "long_text"),
    ),
    read=READ,
    create=WORK,
    change=WORK,
)

OPPORTUNITY_COMPETITOR = Kind(
    key="opportunity_competitor",
    table=opportunity_competitor,
    en="Competitor in an opportunity",
    plural="Competitors in opportunities",
    zh="商机竞争对手",
    group="opportunities",
    number="id",
    title="",
    parents=OF_OPPORTUNITY,
    order="opportunity_id id",
    fields=(
        OPPORTUNITY,
        Field(
            "competitor_id",
            "Competitor",
            "竞争对手",
            "reference",
            reference="competitor",
            required=True,
            once=True,
            listed=True,
        ),
        Field("products", "Products", "产品", "long_text"),
        Field("services", "Services", "服务", "long_text"),
        Field("partners", "Partners", "合作伙伴", "long_text"),
        Field("price", "Price", "价格", "money", low=0, secret="price"),
        Field(
            "alignment",
            "Fit with the customer (1 to 5)",
            "与客户契合度（1 至 5）",
            "integer",
            low=1,
            high=5,
            listed=True,
        ),
        Field("strengths", "Strengths", "优势", "long_text"),
        Field("weaknesses", "Weaknesses", "劣势", "long_text"),
        Field("likely_strategy", "Likely strategy", "可能的策略", "long_text", listed=True),
        Field("our_counter_moves", "Our counter-moves", "我方对策", "long_text"),
        Field("won", "Chosen by the customer", "客户选择", "boolean", fixed=True, listed=True),
    ),
    read=scopes(rep="own member", mgr="own member team", team="member", ops="all", mkt="all"),
    create=WORK,
    change=WORK,
)

OPPORTUNITY_DOCUMENT = Kind(
    key="opportunity_document",
    table=opportunity_document,
    en="Document",
    plural="Documents",
    zh="文档",
    group="opportunities",
    number="id",
    title="file_name",
    parents=OF_OPPORTUNITY,
    append_only=True,
    open_to_members=opportunity_document.c.visibility == "team",
    order="-id",
    fields=(
        OPPORTUNITY,
        Field("kind", "Kind", "类别", "choice", choices=DOCUMENTS, required=True, listed=True),
        Field("file_name", "File", "文件", fixed=True, listed=True),
        Field("media_type", "Type", "类型", fixed=True),
        Field("size", "Size in bytes", "大小（字节）", "integer", fixed=True, listed=True),
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field(
            "visibility", "For", "可见范围", "choice", required=True, listed=True,
            choices=(("team", "The team", "团队"), ("owner", "The owner and managers", "负责人与经理")),
        ),
    ),
    read=READ,
    create=WORK,
)  # fmt: skip
