"""Contact 联系人."""

from crm.kinds.kind import Field, Kind, Parent, scopes
from crm.kinds.words import BUYING_ROLES, STANCES
from crm.tables import contact

CONTACT = Kind(
    key="contact",
    table=contact,
    en="Contact",
    plural="Contacts",
    zh="联系人",
    group="customers",
    sequence="contact",
    parents=(Parent("account", "account_id"),),
    order="name",
    fields=(
        Field("name", "Name", "姓名", required=True, listed=True, secret="personal"),
        Field("account_id", "Account", "客户", "reference", reference="account", required=True, once=True, listed=True),
        Field("title", "Job title", "职务", listed=True),
        Field("department", "Department", "部门"),
        Field("phone", "Phone", "电话", secret="personal"),
        Field("email", "E-mail", "电子邮件", secret="personal"),
        Field("buying_role", "Buying role", "采购角色", "choice", choices=BUYING_ROLES, listed=True),
        Field("influence", "Influence (1 to 5)", "影响力（1 至 5）", "integer", low=1, high=5),
        Field("stance", "Stance", "态度", "choice", choices=STANCES),
        Field("consent", "Agreed to be contacted", "同意联系", "boolean"),
        Field("active", "Active", "有效", "boolean"),
    ),
    read=scopes(rep="own member team", mgr="own member team", team="member", ops="all", mkt="all", anl="all"),
    create=scopes(rep="own member", mgr="own team", ops="all"),
    change=scopes(rep="own", mgr="own team", ops="all", mkt="all"),
    only={"mkt": ("title", "department")},
)
