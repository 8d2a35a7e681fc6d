"""Account 客户."""

from crm.kinds.kind import Field, Kind, Start, scopes
from crm.kinds.words import ACCOUNT_SEGMENTS, TIERS
from crm.tables import account

ACCOUNT = Kind(
    key="account",
    table=account,
    en="Account",
    plural="Accounts",
    zh="客户",
    group="customers",
    sequence="account",
    owner="owner",
    order="name",
    fields=(
        Field("name", "Name", "名称", required=True, listed=True),
        Field("tax_id", "Tax number", "税号"),
        Field(
            "status", "Status", "状态", "choice", required=True,
            choices=(
                ("provisional", "To be verified", "待核验"), ("prospect", "Prospect", "潜在客户"),
                ("active", "Active", "合作中"), ("inactive", "Inactive", "停用"),
            ),
        ),
        Field("industry", "Industry", "行业", listed=True),
        Field("region", "Region", "区域", listed=True),
        Field("size", "Size", "规模"),
        Field("address", "Address", "地址", "long_text", secret="personal"),
        Field("phone", "Phone", "电话", secret="personal"),
        Field("website", "Website", "网站"),
        Field("segment", "Segment", "细分", "choice", choices=ACCOUNT_SEGMENTS, fixed=True, listed=True),
        Field("tier", "Tier", "层级", "choice", choices=TIERS, fixed=True, listed=True),
        Field("is_target", "Target account", "目标客户", "boolean", fixed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True, changers=("mgr", "ops")),
        Field("executive_sponsor", "Executive sponsor", "高层支持人", "user"),
        Field("cadence_days", "Contact at least every (days)", "联系间隔（天）", "integer", low=1, high=365),
        Field(
            "credit_standing", "Credit standing", "信用状况", "choice", required=True, secret="credit",
            changers=("ops", "mgr"),
            choices=(("good", "Good", "良好"), ("watch", "Watch", "关注"), ("hold", "On hold", "冻结")),
        ),
        Field("credit_limit", "Credit limit", "信用额度", "money", secret="credit", changers=("ops", "mgr"), low=0),
        Field("credit_checked_on", "Credit checked on", "信用核查日期", "date", secret="credit", fixed=True),
        Field("credit_valid_until", "Credit valid until", "信用有效期至", "date", secret="credit", fixed=True),
        Field("prior_customer", "Prior customer", "老客户", "boolean", fixed=True),
        Field("revenue_ltm", "Revenue of the last twelve months", "近十二个月收入", "money", fixed=True),
    ),
    read=scopes(rep="own member team", mgr="own member team", team="member", ops="all", mkt="all", anl="all"),
    create=scopes(rep="own", ops="all"),
    change=scopes(rep="own", mgr="own team", ops="all", mkt="all"),
    only={"mkt": ("industry", "region", "size", "website")},
    starts=(
        Start("maintain-account-and-contact"),
        Start("develop-account-profile"),
        Start("develop-account-plan"),
        Start("stage-define-account-plan"),
        Start("monitor-account-performance"),
        Start("schedule-sales-call"),
        Start("open-sales-call"),
        Start("area-key-account-planning"),
        Start("area-sales-call"),
    ),
)  # fmt: skip
