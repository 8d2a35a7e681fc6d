"""AccountRelationship 客户关系: who of us knows whom at the customer, and how well."""

from crm.kinds.kind import Field, Kind, Parent, scopes
from crm.tables import account_relationship

ACCOUNT_RELATIONSHIP = Kind(
    key="account_relationship",
    table=account_relationship,
    en="Relationship",
    plural="Relationships",
    zh="客户关系",
    group="customers",
    number="id",
    title="",
    parents=(Parent("account", "account_id"),),
    order="account_id id",
    removable=True,
    fields=(
        Field("account_id", "Account", "客户", "reference", reference="account", required=True, once=True, listed=True),
        Field(
            "contact_id", "Contact", "联系人", "reference", reference="contact", required=True, once=True, listed=True
        ),
        Field("our_owner", "Our person", "我方负责人", "user", required=True, once=True, listed=True),
        Field("strength", "Strength (1 to 5)", "强度（1 至 5）", "integer", required=True, low=1, high=5, listed=True),
        Field("last_contact", "Last contact", "最近接触", "date", listed=True),
        Field("goal", "Goal", "目标", "long_text"),
    ),
    read=scopes(rep="own member team", mgr="own member team", team="member", ops="all", mkt="all", anl="all"),
    create=scopes(rep="own member", mgr="own team", ops="all"),
    change=scopes(rep="own member", mgr="own team", ops="all"),
)
