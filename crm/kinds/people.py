"""User 用户: who works here; roles are given on the same page, passwords are nobody's to read."""

from crm.kinds.kind import Field, Kind, scopes
from crm.tables import users

USER = Kind(
    key="user",
    table=users,
    en="User",
    plural="Users",
    zh="用户",
    group="settings",
    number="login",
    title_zh="name_zh",
    order="login",
    fields=(
        Field("login", "Login", "登录名", "code", required=True, once=True, listed=True),
        Field("name", "Name (English)", "姓名（英文）", required=True, listed=True),
        Field("name_zh", "Name (Chinese)", "姓名（中文）", required=True, listed=True),
        Field("email", "E-mail", "电子邮件"),
        Field("level", "Level of a manager (1 to 3)", "经理级别（1 至 3）", "integer", low=1, high=3, listed=True),
        Field("manager", "Manager", "上级", "user", reference="mgr", listed=True),
        Field("org_unit_id", "Unit", "部门", "unit", listed=True),
        Field(
            "experience", "Experience", "经验", "choice",
            choices=(("experienced", "Experienced", "资深"), ("junior", "Junior", "初级")),
        ),
        Field("started_on", "Here since", "入职日期", "date"),
        Field("time_zone", "Time zone", "时区", "code"),
        Field(
            "language", "Language", "语言", "choice", required=True,
            choices=(("en", "English", "英文"), ("zh-Hans", "Chinese", "中文")),
        ),
        Field("active", "Active", "有效", "boolean", listed=True),
        Field("mail_notices", "Notices by mail", "邮件通知", "boolean", fixed=True),
    ),
    read=scopes(adm="all"),
    create=scopes(adm="all"),
    change=scopes(adm="all"),
)  # fmt: skip
