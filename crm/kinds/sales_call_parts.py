"""What belongs to a sales call: people, agenda, notes, follow-ups; and what a coach wrote about it."""

from datetime import date

from sqlalchemy import ColumnElement

from crm import states
from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.tables import (
    call_agenda_item,
    call_follow_up,
    call_note,
    coaching_note,
    sales_call_attendee,
    sales_call_contact,
)

OF_CALL = (Parent("sales_call", "sales_call_id"),)
CALL = Field("sales_call_id", "Sales call", "销售拜访", "reference", reference="sales_call", fixed=True, listed=True)
# The team sees what belongs to calls it is invited to.
READ = scopes(rep="own member", mgr="own member team", team="invited", ops="all")
NOTES: tuple[Choice, ...] = (
    ("need", "Need", "需求"),
    ("qualification", "Qualification", "甄别"),
    ("message", "Message", "价值信息"),
    ("evidence", "Evidence", "佐证"),
    ("concern", "Concern", "异议"),
    ("expert_answer", "Answer of an expert", "专家答复"),
    ("competitor_news", "News of a competitor", "竞争对手动态"),
)
SIDES: tuple[Choice, ...] = (("us", "Ours", "我方"), ("customer", "The customer's", "客户"))
FOLLOW_UP_RESULTS: tuple[Choice, ...] = (
    ("done", "Done", "完成"),
    ("partly", "Partly", "部分完成"),
    ("not_done", "Not done", "未完成"),
)


def _mine(login: str, _on: date) -> ColumnElement[bool]:
    return call_follow_up.c.owner == login


CALL_CONTACT = Kind(
    key="sales_call_contact",
    table=sales_call_contact,
    en="Customer's person on a call",
    plural="Customer's people on calls",
    zh="客户方参加人",
    group="calls",
    number="id",
    title="",
    parents=OF_CALL,
    order="sales_call_id id",
    fields=(
        CALL,
        Field("contact_id", "Contact", "联系人", "reference", reference="contact", fixed=True, listed=True),
        Field("invited", "Invited", "受邀", "boolean", fixed=True, listed=True),
        Field("present", "Was there", "到场", "boolean", fixed=True, listed=True),
    ),
    read=READ,
)
CALL_ATTENDEE = Kind(
    key="sales_call_attendee",
    table=sales_call_attendee,
    en="Our person on a call",
    plural="Our people on calls",
    zh="我方参加人",
    group="calls",
    number="id",
    title="login",
    parents=OF_CALL,
    order="sales_call_id id",
    fields=(
        CALL,
        Field("login", "Person", "人员", "user", fixed=True, listed=True),
        Field("role", "Role", "角色", fixed=True, listed=True),
        Field("invited", "Invited", "受邀", "boolean", fixed=True, listed=True),
        Field("present", "Was there", "到场", "boolean", fixed=True, listed=True),
    ),
    read=READ,
)
AGENDA_ITEM = Kind(
    key="call_agenda_item",
    table=call_agenda_item,
    en="Topic of a call",
    plural="Agendas",
    zh="拜访议程",
    group="calls",
    number="id",
    title="topic",
    parents=OF_CALL,
    order="sales_call_id position",
    fields=(
        CALL,
        Field("position", "Position", "序号", "integer", fixed=True, listed=True),
        Field("topic", "Topic", "议题", fixed=True, listed=True),
        Field("minutes", "Minutes", "分钟", "integer", fixed=True, listed=True),
        Field("lead", "Led by", "主讲人", "user", fixed=True, listed=True),
        Field(
            "status", "Status", "状态", "choice", fixed=True, listed=True,
            choices=(("open", "Open", "未讨论"), ("covered", "Covered", "已讨论"), ("dropped", "Dropped", "已取消")),
        ),
    ),
    read=READ,
)  # fmt: skip
CALL_NOTE = Kind(
    key="call_note",
    table=call_note,
    en="Note of a call",
    plural="Notes of calls",
    zh="拜访记录",
    group="calls",
    number="id",
    title="kind",
    parents=OF_CALL,
    order="sales_call_id id",
    fields=(
        CALL,
        Field("kind", "Kind", "类别", "choice", choices=NOTES, fixed=True, listed=True),
        Field("text", "Text", "内容", "long_text", fixed=True, listed=True),
        Field("detail", "Details", "细节", "data", fixed=True),
        Field("confirmed", "Confirmed by the customer", "客户确认", "boolean", fixed=True, listed=True),
        Field("resolved", "Resolved", "已解决", "boolean", fixed=True, listed=True),
    ),
    read=READ,
)
FOLLOW_UP = Kind(
    key="call_follow_up",
    table=call_follow_up,
    en="Follow-up",
    plural="Follow-ups",
    zh="跟进事项",
    group="calls",
    number="id",
    title="action",
    assignee="owner",
    parents=OF_CALL,
    states=states.CALL_FOLLOW_UP,
    more_scopes={"mine": _mine},
    order="due id",
    fields=(
        CALL,
        Field("action", "Action", "行动", "long_text", fixed=True, listed=True),
        Field("side", "Whose", "哪一方", "choice", choices=SIDES, fixed=True, listed=True),
        Field("owner", "Owner", "负责人", "user", listed=True),
        Field("contact_id", "Contact", "联系人", "reference", reference="contact", fixed=True, listed=True),
        Field("due", "Due on", "到期日", "date", required=True, listed=True),
        Field("status", "Status", "状态", "choice", choices=states.CALL_FOLLOW_UP.titles, fixed=True, listed=True),
        Field("done_at", "Done at", "完成时间", "moment", fixed=True),
        Field("result", "Result", "结果", "choice", choices=FOLLOW_UP_RESULTS, fixed=True),
        Field("note", "Note", "说明", "long_text"),
    ),
    read=scopes(rep="own member mine", mgr="own member team mine", team="invited mine", ops="all"),
    change=scopes(rep="own mine", mgr="team", team="mine"),
    only={"team": ("note",)},
)
COACHING_NOTE = Kind(
    key="coaching_note",
    table=coaching_note,
    en="Coaching note",
    plural="Coaching notes",
    zh="辅导记录",
    group="calls",
    number="id",
    title="kind",
    owner="owner",
    parents=OF_CALL,
    order="-created_at",
    fields=(
        Field("owner", "For", "辅导对象", "user", fixed=True, listed=True),
        Field("author", "Coach", "辅导人", "user", fixed=True, listed=True),
        Field("sales_call_id", "Sales call", "销售拜访", "reference", reference="sales_call", fixed=True, listed=True),
        Field(
            "kind", "Occasion", "场合", "choice", fixed=True, listed=True,
            choices=(("rehearsal", "Rehearsal", "预演"), ("call", "Call", "拜访"), ("measure", "Figures", "绩效")),
        ),
        Field("text", "Advice", "建议", "long_text", fixed=True),
        Field("due", "By", "截止日期", "date", listed=True),
        Field(
            "status", "Status", "状态", "choice", required=True, listed=True,
            choices=(("open", "Open", "未完成"), ("done", "Done", "已完成")),
        ),
    ),
    read=scopes(rep="own", mgr="own team"),
    change=scopes(mgr="team"),
)  # fmt: skip
