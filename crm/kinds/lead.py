"""Lead 线索, and the verification of new customers."""

from crm import states
from crm.kinds.kind import Choice, Field, Kind, Parent, Start, scopes
from crm.tables import account_verification, lead

LEAD_SOURCES: tuple[Choice, ...] = (
    ("campaign", "Campaign", "营销活动"),
    ("web", "Web form", "网站表单"),
    ("referral", "Referral", "转介绍"),
    ("event", "Event", "展会活动"),
    ("rfp", "Request for proposal", "招标邀请"),
    ("rep", "Sales rep.", "销售代表"),
    ("partner", "Partner", "合作伙伴"),
    ("other", "Other", "其他"),
)
DECISIONS: tuple[Choice, ...] = (
    ("pursue", "Pursue", "跟进"),
    ("manager_decides", "The manager decides", "经理决定"),
    ("no_bid", "No bid", "不投标"),
    ("convert", "Convert", "转换"),
    ("nurture", "Nurture", "培育"),
    ("discard", "Discard", "放弃"),
)

LEAD = Kind(
    key="lead",
    table=lead,
    en="Lead",
    plural="Leads",
    zh="线索",
    group="leads",
    title="company",
    sequence="lead",
    owner="owner",
    states=states.LEAD,
    order="-updated_at",
    fields=(
        Field("company", "Company", "公司", required=True, listed=True),
        Field("contact_name", "Contact", "联系人", required=True, listed=True, secret="personal"),
        Field("phone_or_email", "Phone or e-mail", "电话或电子邮件", required=True, secret="personal"),
        Field("source", "Source", "来源", "choice", choices=LEAD_SOURCES, required=True, listed=True),
        Field("need", "Need", "需求", "long_text", secret="personal"),
        Field("rfp", "Request for proposal", "招标", "boolean", listed=True),
        Field("rfp_due_date", "Proposal due on", "投标截止日期", "date"),
        Field("document", "Document", "文件", "data", fixed=True),
        Field("account_id", "Account", "客户", "reference", reference="account", fixed=True),
        Field("contact_id", "Contact of the account", "客户联系人", "reference", reference="contact", fixed=True),
        Field("opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True, listed=True),
        Field("duplicate_of", "Duplicate of", "重复于", fixed=True),
        Field("score", "Score", "评分", "integer", fixed=True, listed=True, low=0, high=100),
        Field("decision", "Decision", "判定", "choice", choices=DECISIONS, fixed=True),
        Field(
            "pursue_decision", "Pursue?", "是否跟进", "choice", fixed=True,
            choices=(("pursue", "Pursue", "跟进"), ("no", "No", "不跟进")),
        ),
        Field("pursue_rationale", "Why", "理由", "long_text", fixed=True),
        Field("status", "Status", "状态", "choice", choices=states.LEAD.titles, fixed=True, listed=True),
        Field("reject_reason", "Reason to reject", "退回原因", "reference", reference="reason_code:lead", fixed=True),
        Field("reply_to_sender", "The sender gets a reply", "回复发送方", "boolean", fixed=True),
        Field("revisit_date", "Look again on", "回访日期", "date", fixed=True),
        Field("campaign_list", "Campaign list", "活动名单", fixed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True, changers=("mkt", "mgr", "ops")),
    ),
    read=scopes(rep="own team", mgr="own team", ops="all", mkt="all", anl="all"),
    create=scopes(mkt="all"),
    change=scopes(rep="own", mkt="all"),
    starts=(Start("lead-management", ("new", "scored", "nurture")),),
)  # fmt: skip

ACCOUNT_VERIFICATION = Kind(
    key="account_verification",
    table=account_verification,
    en="Customer to verify",
    plural="Customers to verify",
    zh="待核验客户",
    group="customers",
    number="id",
    title="",
    parents=(Parent("account", "account_id"),),
    frozen_by="verified_at",
    order="due",
    fields=(
        Field("account_id", "Account", "客户", "reference", reference="account", fixed=True, listed=True),
        Field("contact_id", "Contact", "联系人", "reference", reference="contact", fixed=True),
        Field("due", "Due", "到期日", "date", fixed=True, listed=True),
        Field(
            "result", "Result", "结果", "choice", listed=True,
            choices=(("ok", "Right", "正确"), ("correct", "Corrected", "已更正"), ("merge", "Merged", "已合并")),
        ),
        Field("merged_into_id", "Merged into", "并入", "reference", reference="account"),
        Field("note", "Note", "备注", "long_text"),
        Field("verified_by", "Verified by", "核验人", "user", fixed=True, listed=True),
        Field("verified_at", "Verified at", "核验时间", "moment", fixed=True),
    ),
    read=scopes(rep="own member team", mgr="own member team", ops="all"),
    change=scopes(ops="all"),
)  # fmt: skip
