"""AccountProfile 客户画像: versions of what is known about a customer; a published one never changes."""

from crm.kinds.kind import Field, Kind, Parent, scopes
from crm.tables import account_profile

ACCOUNT_PROFILE = Kind(
    key="account_profile",
    table=account_profile,
    en="Account profile",
    plural="Account profiles",
    zh="客户画像",
    group="customers",
    number="id",
    title="",
    parents=(Parent("account", "account_id"),),
    frozen_by="published_at",
    order="-version",
    fields=(
        Field("account_id", "Account", "客户", "reference", reference="account", required=True, once=True, listed=True),
        Field("version", "Version", "版本", "integer", fixed=True, listed=True),
        Field("business_summary", "Business summary", "业务概况", "long_text"),
        Field(
            "initiatives", "Initiatives", "重点举措", "rows",
            fields=(
                Field("initiative", "Initiative", "举措", required=True),
                Field("driver", "Driver", "动因"),
                Field("timing", "Timing", "时间"),
            ),
        ),
        Field(
            "buying_centres", "Buying centres", "采购中心", "rows",
            fields=(Field("unit", "Unit", "单位", required=True), Field("spend", "Yearly spend", "年采购额", "money")),
        ),
        Field("size", "Size", "规模"),
        Field("ownership", "Ownership", "所有权"),
        Field("locations", "Locations", "所在地", "long_text"),
        Field("fiscal_year_end", "End of the financial year", "财年截止"),
        Field("trends", "Trends", "趋势", "long_text"),
        Field(
            "competitors", "Competitors present", "已进入的竞争对手", "rows",
            fields=(
                Field("competitor", "Competitor", "竞争对手", required=True),
                Field("product", "Product", "产品"),
                Field("share_pct", "Share (%)", "份额（%）", "percent"),
            ),
        ),
        Field("news", "News", "新闻", "long_text"),
        Field("share_of_wallet_pct", "Share of wallet", "钱包份额", "percent"),
        Field(
            "installed_products", "Installed products", "已用产品", "rows",
            fields=(
                Field("product", "Product", "产品", required=True),
                Field("unit", "Unit", "单位"),
                Field("since", "Since", "起始"),
            ),
        ),
        Field("satisfaction", "Satisfaction (1 to 5)", "满意度（1 至 5）", "integer", low=1, high=5),
        Field("issues", "Open issues", "未解决问题", "long_text"),
        Field(
            "white_space", "White space", "空白机会", "rows",
            fields=(
                Field("unit", "Unit", "单位", required=True),
                Field("product", "Product", "产品", required=True),
                Field("est_value", "Estimated value", "估计价值", "money"),
            ),
        ),
        Field("history", "Our history", "我方往来历史", "data", fixed=True, secret="margin"),
        Field("missing", "Still missing", "尚缺内容", "data", fixed=True),
        Field("relationship_strength", "Relationship strength", "关系强度", "integer", fixed=True, listed=True),
        Field("completeness_pct", "Completeness", "完整度", "percent", fixed=True, listed=True),
        Field("published_at", "Published", "发布时间", "moment", fixed=True, listed=True),
        Field("valid_until", "Valid until", "有效期至", "date", listed=True),
    ),
    read=scopes(rep="own member", mgr="own member team", team="member", ops="all", mkt="all", anl="all"),
    change=scopes(rep="own", team="member", ops="all", mkt="all"),
    only={
        "team": ("business_summary", "initiatives", "buying_centres", "installed_products", "white_space"),
        "mkt": ("trends", "competitors", "news"),
    },
)  # fmt: skip
