"""The fields of accounts and contacts, and of each kind of record, with the names other systems give their columns."""

from __future__ import annotations

from collections.abc import Mapping

from crm.imports.fields import Field
from crm.imports.opportunity_fields import EXTERNAL, OPPORTUNITIES, OWNER, OWNER_ZH

CREDIT = {
    "good": ("good", "ok", "a", "良好", "正常", "好"),
    "watch": ("watch", "warning", "b", "关注", "观察"),
    "hold": ("hold", "blocked", "stop", "c", "冻结", "停止", "暂停"),
}
TIERS = {"A": ("a", "1"), "B": ("b", "2"), "C": ("c", "3")}
SIZES = {
    "small": ("small", "小型", "小"),
    "medium": ("medium", "mid", "中型", "中"),
    "large": ("large", "enterprise", "大型", "大"),
}
ACCOUNTS = (
    Field(
        "external_id",
        "ID in the other system",
        "外部系统编号",
        "id",
        also=(*EXTERNAL, "Account ID", "Company ID", "Account Number", "客户编号", "客户ID", "客户代码"),
    ),
    Field(
        "name",
        "Name",
        "名称",
        required=True,
        also=(
            "Account Name",
            "Company",
            "Company Name",
            "Customer",
            "Customer Name",
            "Organization Name",
            "客户名称",
            "公司名称",
            "单位名称",
            "客户",
            "企业名称",
        ),
    ),
    Field("owner", "Owner", "负责人", "user", also=(*OWNER, *OWNER_ZH, "Account Owner", "Company owner", "客户负责人")),
    Field("tax_id", "Tax number", "税号", also=("VAT ID", "VAT Number", "Tax ID", "统一社会信用代码", "纳税人识别号")),
    Field("industry", "Industry", "行业", also=("Sector", "所属行业", "行业类别")),
    Field(
        "region",
        "Region",
        "地区",
        also=(
            "Billing State/Province",
            "Billing State",
            "State/Region",
            "Territory",
            "Area",
            "区域",
            "省份",
            "所在地区",
        ),
    ),
    Field("size", "Size", "规模", "choice", also=("Company size", "企业规模", "公司规模"), choices=SIZES),
    Field(
        "address",
        "Address",
        "地址",
        also=("Billing Street", "Billing Address", "Street Address", "Street", "详细地址", "公司地址", "注册地址"),
    ),
    Field("phone", "Phone", "电话", also=("Main Phone", "Phone Number", "Telephone", "联系电话", "公司电话", "总机")),
    Field("website", "Website", "网站", also=("Web Site", "URL", "Company Domain Name", "网址", "官网")),
    Field("tier", "Tier", "等级", "choice", also=("Account Tier", "Rating", "客户等级", "客户级别"), choices=TIERS),
    Field("is_target", "Target customer", "目标客户", "yesno", also=("Target Account", "是否目标客户")),
    Field(
        "credit_standing",
        "Credit standing",
        "信用状况",
        "choice",
        also=("Credit Status", "Credit", "信用等级", "信用"),
        choices=CREDIT,
    ),
    Field("credit_limit", "Credit limit", "信用额度", "money", also=("授信额度",)),
    Field(
        "prior_customer",
        "Bought before",
        "有过往业务",
        "yesno",
        also=("Existing Customer", "Customer Since", "是否老客户", "老客户"),
    ),
)
CONTACTS = (
    Field(
        "external_id",
        "ID in the other system",
        "外部系统编号",
        "id",
        also=(*EXTERNAL, "Contact ID", "联系人编号", "联系人ID"),
    ),
    Field("name", "Name", "姓名", also=("Full Name", "Contact Name", "Contact", "联系人姓名", "联系人", "名称")),
    Field("first_name", "First name", "名", also=("Given Name", "Vorname")),
    Field("last_name", "Last name", "姓", also=("Surname", "Family Name", "Nachname")),
    Field(
        "account_id",
        "Account's ID in the other system",
        "客户外部编号",
        "account_id",
        also=("Account ID", "Company ID", "Associated Company ID", "客户编号", "客户ID"),
    ),
    Field(
        "account",
        "Account",
        "客户",
        "account",
        also=(
            "Account Name",
            "Company",
            "Company Name",
            "Associated Company",
            "Organization Name",
            "客户名称",
            "公司名称",
            "单位名称",
            "所属客户",
        ),
    ),
    Field("title", "Title", "职务", also=("Job Title", "Position", "职位", "头衔")),
    Field("department", "Department", "部门", also=("Dept", "所在部门")),
    Field(
        "phone",
        "Phone",
        "电话",
        also=("Business Phone", "Work Phone", "Phone Number", "Telephone", "联系电话", "办公电话"),
    ),
    Field(
        "mobile",
        "Mobile",
        "手机",
        also=("Mobile Phone", "Mobile Phone Number", "Cell", "手机号", "手机号码", "移动电话"),
    ),
    Field(
        "email",
        "E-mail",
        "邮箱",
        "email",
        also=("Email", "Email Address", "E-mail Address", "电子邮件", "电子邮箱", "邮件"),
    ),
    Field("consent", "Agrees to be contacted", "同意联系", "yesno", also=("Email Opt In", "Consent", "是否同意联系")),
)
BY_KIND: Mapping[str, tuple[Field, ...]] = {
    "accounts": ACCOUNTS,
    "contacts": CONTACTS,
    "opportunities": OPPORTUNITIES,
}


def of(kind: str, key: str) -> Field | None:
    """The field of a kind with this key, or None."""
    return next((field for field in BY_KIND[kind] if field.key == key), None)
