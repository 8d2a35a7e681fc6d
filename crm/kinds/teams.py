"""Who works with an account or an opportunity besides its owner."""

from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.kinds.words import ACCESS
from crm.tables import account_team_member, opportunity_team_member

ROLES: tuple[Choice, ...] = (
    ("owner", "Owner", "负责人"),
    ("member", "Member", "成员"),
    ("expert", "Expert", "专家"),
    ("support", "Support", "支持"),
    ("presales", "Pre-sales", "售前"),
    ("delivery", "Delivery", "交付"),
    ("manager", "Manager", "经理"),
    ("other", "Other", "其他"),
)

ACCOUNT_TEAM_MEMBER = Kind(
    key="account_team_member",
    table=account_team_member,
    en="Account team member",
    plural="Account team",
    zh="客户团队",
    group="customers",
    number="id",
    title="login",
    parents=(Parent("account", "account_id"),),
    order="valid_from",
    fields=(
        Field("account_id", "Account", "客户", "reference", reference="account", required=True, once=True, listed=True),
        Field("login", "Person", "人员", "user", required=True, once=True, listed=True),
        Field("role", "Role", "角色", "choice", choices=ROLES[1:], required=True, listed=True),
        Field("access", "Access", "权限", "choice", choices=ACCESS, required=True, listed=True),
        Field("valid_from", "From", "开始日期", "date", required=True, once=True, listed=True),
        Field("valid_to", "To", "结束日期", "date", listed=True),
    ),
    read=scopes(rep="own member team", mgr="own member team", team="member", ops="all", anl="all"),
    create=scopes(rep="own", mgr="own team", ops="all"),
    change=scopes(rep="own", mgr="own team", ops="all"),
)

OPPORTUNITY_TEAM_MEMBER = Kind(
    key="opportunity_team_member",
    table=opportunity_team_member,
    en="Sales team member",
    plural="Sales team",
    zh="销售团队",
    group="opportunities",
    number="id",
    title="login",
    parents=(Parent("opportunity", "opportunity_id"),),
    order="valid_from",
    fields=(
        Field(
            "opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", required=True, once=True,
            listed=True,
        ),
        Field("login", "Person", "人员", "user", required=True, once=True, listed=True),
        Field("role", "Role", "角色", "choice", choices=ROLES, fixed=True, listed=True),
        Field("share_pct", "Share", "业绩份额", "percent", low=0, high=100, listed=True),
        Field("access", "Access", "权限", "choice", choices=ACCESS, required=True, listed=True),
        Field("valid_from", "From", "开始日期", "date", required=True, once=True, listed=True),
        Field("valid_to", "To", "结束日期", "date", listed=True),
    ),
    read=scopes(rep="own member", mgr="own member team", team="member", ops="all"),
    create=scopes(rep="own member", mgr="own team"),
    change=scopes(rep="own member", mgr="own team", team="trusted_member"),
)  # fmt: skip
