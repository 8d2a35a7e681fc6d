"""Sales call 销售拜访: agreed, prepared, held, reported and followed up by the processes of 3.3.4."""

from datetime import date

from sqlalchemy import ColumnElement, select

from crm import states
from crm.kinds.kind import Choice, Field, Kind, Start, scopes
from crm.tables import sales_call, sales_call_attendee

PURPOSES: tuple[Choice, ...] = (
    ("discovery", "Discovery", "需求探询"),
    ("relationship", "Relationship", "关系维护"),
    ("presentation", "Presentation", "方案介绍"),
    ("negotiation", "Negotiation", "商务谈判"),
    ("service", "Service", "服务"),
    ("review", "Review", "回顾"),
    ("other", "Other", "其他"),
)
CHANNELS: tuple[Choice, ...] = (("visit", "Visit", "上门"), ("video", "Video", "视频"), ("phone", "Phone", "电话"))
OUTCOMES: tuple[Choice, ...] = (
    ("advance", "Advance", "推进"),
    ("continuation", "Continuation", "延续"),
    ("setback", "Setback", "退步"),
    ("not_held", "Not held", "未进行"),
)
COMMITMENTS: tuple[Choice, ...] = (
    ("full", "In full", "完全承诺"),
    ("partial", "In part", "部分承诺"),
    ("none", "None", "未承诺"),
)
RESULTS: tuple[Choice, ...] = (
    ("met", "Met", "达成"),
    ("partly", "Partly", "部分达成"),
    ("not_met", "Not met", "未达成"),
)
DEPTHS: tuple[Choice, ...] = (("light", "Light", "简要"), ("standard", "Standard", "标准"), ("full", "Full", "完整"))
COORDINATIONS: tuple[Choice, ...] = (
    ("join", "Go together", "一同前往"),
    ("keep", "Keep our own call", "各自进行"),
    ("move", "Move our call", "另择时间"),
    ("cancel", "Cancel our call", "取消"),
)
CANCELLATIONS: tuple[Choice, ...] = (
    ("declined", "The customer declined", "客户谢绝"),
    ("no_answer", "No answer", "未获答复"),
    ("coordination", "Stopped by colleagues", "内部协调取消"),
)
REASONS: tuple[Choice, ...] = (
    ("need", "Need", "需求"),
    ("price", "Price", "价格"),
    ("timing", "Timing", "时机"),
    ("authority", "Authority", "权限"),
    ("trust", "Trust", "信任"),
    ("competitor", "Competitor", "竞争对手"),
    ("other", "Other", "其他"),
)
AGENDA_ANSWERS: tuple[Choice, ...] = (
    ("accepted", "Accepted", "接受"),
    ("changed", "Changed", "调整"),
    ("refused", "Refused", "拒绝"),
)
QUESTIONS: tuple[Choice, ...] = (
    ("situation", "Situation", "现状"),
    ("problem", "Problem", "问题"),
    ("impact", "Impact", "影响"),
    ("need", "Need", "需求"),
)
BRIEF_LINES: tuple[Choice, ...] = (
    ("news", "News of the account", "客户动态"),
    ("last_call", "Earlier call", "此前拜访"),
    ("our_follow_up", "Ours to do", "我方跟进"),
    ("their_follow_up", "Theirs to do", "客户跟进"),
    ("person", "Takes part", "参加人"),
    ("opportunity", "Opportunity and need", "商机与需求"),
    ("stage", "Its stage", "商机阶段"),
    ("next_step", "Next step", "下一步"),
)
# What table D11 suggests.
SUGGESTIONS: tuple[Choice, ...] = tuple(
    (text, text[0].upper() + text[1:], zh)
    for text, zh in (
        ("one more conversation with a named person", "与指定人员再谈一次"),
        ("meeting with the decision maker", "约见决策人"),
        ("date for proposal review", "约定方案评审日期"),
        ("expert session on the open concern", "就未解异议安排专家交流"),
        ("decision date or order", "决策日期或订单"),
        ("decision maker meeting on the open concern", "就未解异议约见决策人"),
    )
)
SAID = "conversation"


def _rows(name: str, en: str, zh: str, *columns: tuple[str, str, str] | Field) -> Field:
    fields = tuple(column if isinstance(column, Field) else Field(*column) for column in columns)
    return Field(name, en, zh, "rows", fixed=True, secret=SAID, fields=fields)


def _invited(login: str, _on: date) -> ColumnElement[bool]:
    at = sales_call_attendee.c
    return sales_call.c.id.in_(select(at.sales_call_id).where(at.login == login, at.invited))


AGREED = (
    Field("account_id", "Account", "客户", "reference", reference="account", required=True, once=True, listed=True),
    Field("opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", listed=True),
    Field("previous_call_id", "Previous call", "上次拜访", "reference", reference="sales_call", fixed=True),
    Field("owner", "Owner", "负责人", "user", required=True, listed=True, changers=("mgr", "ops")),
    Field("status", "Status", "状态", "choice", choices=states.SALES_CALL.titles, fixed=True, listed=True),
    Field("purpose", "Purpose", "目的", "choice", choices=PURPOSES, required=True, listed=True),
    Field("customer_reason", "Why the customer should want it", "客户受益", "long_text", secret=SAID),
    Field("channel", "Channel", "方式", "choice", choices=CHANNELS, required=True, listed=True),
    Field("call_priority", "Priority of the call", "拜访优先级", "integer", fixed=True),
    Field("proposed_times", "Proposed times", "建议时间", "moments", fixed=True),
    Field("start_at", "Starts at", "开始时间", "moment", fixed=True, listed=True),
    Field("duration_min", "Duration (minutes)", "时长（分钟）", "integer", required=True, low=1, high=1440),
    Field("attempts", "Requests sent", "邀约次数", "integer", fixed=True),
    Field("coordination", "Coordination", "内部协调", "choice", choices=COORDINATIONS, fixed=True),
    Field("coordination_note", "Note on the coordination", "协调说明", "long_text", fixed=True, secret=SAID),
    Field("cancel_reason", "Why it was cancelled", "取消原因", "choice", choices=CANCELLATIONS, fixed=True),
)
PREPARED = (
    _rows(
        "brief", "Brief", "拜访简报",
        Field("kind", "Kind", "类别", "choice", choices=BRIEF_LINES),
        ("on", "Date", "日期"), ("who", "Person or number", "人员或编号"), ("text", "Text", "内容"),
    ),
    Field("depth", "Depth of preparation", "准备深度", "choice", choices=DEPTHS, fixed=True),
    Field("primary_objective", "Main objective", "首要目标", "long_text", fixed=True, secret=SAID),
    Field("minimum_outcome", "Least acceptable outcome", "最低目标", "long_text", fixed=True, secret=SAID),
    Field("success_signal", "Sign of success", "成功信号", "long_text", fixed=True, secret=SAID),
    _rows("learn_goals", "What to learn", "需了解的内容", ("goal", "Goal", "内容")),
    _rows(
        "questions", "Questions", "提问",
        Field("type", "Type", "类型", "choice", choices=QUESTIONS), ("text", "Question", "问题"),
    ),
    _rows("value_messages", "Messages", "价值信息", ("message", "Message", "信息"), ("proof", "Proof", "佐证")),
    _rows(
        "expected_concerns", "Concerns to expect", "预计异议",
        ("expected", "Concern", "异议"), ("response", "Answer", "应答"),
    ),
    _rows(
        "documents", "Material", "资料",
        ("material", "Material", "资料"), ("note", "Note", "说明"), ("by", "By", "提供人"),
    ),
    Field("agenda_approved", "Agenda may go out", "议程可发送", "boolean", fixed=True),
    Field("agenda_sent_at", "Agenda sent at", "议程发送时间", "moment", fixed=True),
    Field("rehearsed", "Rehearsed", "已预演", "boolean", fixed=True),
)  # fmt: skip
HELD = (
    Field("actual_start", "Began at", "实际开始", "moment", fixed=True),
    Field("actual_end", "Ended at", "实际结束", "moment", fixed=True),
    Field("key_person_present", "Key person there", "关键人到场", "boolean", fixed=True),
    Field("introductions_done", "Introductions made", "已介绍", "boolean", fixed=True),
    Field("purpose_stated", "Purpose stated", "已说明目的", "boolean", fixed=True),
    Field("value_for_customer", "Value for the customer", "对客户的价值", "long_text", fixed=True, secret=SAID),
    Field("time_confirmed", "Time confirmed", "已确认时间", "boolean", fixed=True),
    Field("agenda_answer", "Answer to the agenda", "议程答复", "choice", choices=AGENDA_ANSWERS, fixed=True),
    Field("interest", "Interest (1-5)", "兴趣（1-5）", "integer", fixed=True, low=1, high=5),
    Field(
        "suggested_commitment",
        "Commitment to ask for",
        "建议请求的承诺",
        "choice",
        choices=SUGGESTIONS,
        fixed=True,
        secret=SAID,
    ),
    _rows("agreed_points", "Agreed", "共识", ("point", "Point", "要点")),
    _rows("open_points", "Still open", "未决", ("point", "Point", "要点")),
    Field("customer_confirms", "Customer confirms", "客户确认", "boolean", fixed=True),
    Field("asked", "Asked for", "请求的承诺", "long_text", fixed=True, secret=SAID),
    Field("commitment", "Commitment", "承诺", "choice", choices=COMMITMENTS, fixed=True),
    Field("fallback_asked", "Minimum asked for", "请求的最低目标", "long_text", fixed=True, secret=SAID),
    Field("fallback_accepted", "Minimum accepted", "接受最低目标", "boolean", fixed=True),
    Field("reason", "Why not", "未承诺原因", "choice", choices=REASONS, fixed=True),
    Field("reason_text", "The reason in words", "原因说明", "long_text", fixed=True, secret=SAID),
    Field("next_call_wanted", "Another call wanted", "需再次拜访", "boolean", fixed=True),
)
REPORTED = (
    Field("objective_result", "Objective", "目标结果", "choice", choices=RESULTS, fixed=True),
    Field("outcome", "Outcome", "结果", "choice", choices=OUTCOMES, fixed=True, listed=True),
    Field("summary", "Summary", "小结", "long_text", fixed=True, secret="personal"),
    Field("sentiment", "Mood (1-5)", "氛围（1-5）", "integer", fixed=True, low=1, high=5),
    Field("documented_at", "Documented at", "记录时间", "moment", fixed=True),
    Field("customer_message", "Message to the customer", "致客户纪要", "long_text", fixed=True, secret=SAID),
    Field("customer_attachments", "Attachments", "附件", "long_text", fixed=True, secret=SAID),
    Field("summary_sent_at", "Message sent at", "纪要发送时间", "moment", fixed=True),
)

SALES_CALL = Kind(
    key="sales_call",
    table=sales_call,
    en="Sales call",
    plural="Sales calls",
    zh="销售拜访",
    group="calls",
    title="",
    sequence="sales_call",
    owner="owner",
    states=states.SALES_CALL,
    order="-updated_at",
    fields=AGREED + PREPARED + HELD + REPORTED,
    read=scopes(rep="own member", mgr="own member team", team="invited", ops="all", mkt="all", anl="all"),
    create=scopes(rep="own"),
    change=scopes(rep="own"),
    more_scopes={"invited": _invited},
    starts=(
        Start("schedule-sales-call", ("draft", "proposed", "scheduled", "documented", "closed")),
        Start("stage-plan-sales-call", ("draft", "proposed", "scheduled")),
        Start("stage-execute-sales-call", ("scheduled",)),
        Start("stage-follow-up-sales-call", ("documented",)),
        Start("plan-for-sales-call", ("scheduled",)),
        Start("open-sales-call", ("scheduled",)),
        Start("execute-sales-call", ("in_progress",)),
        Start("close-sales-call", ("in_progress",)),
        Start("document-sales-call-results", ("held", "not_held")),
        Start("follow-up-on-sales-call", ("documented",)),
    ),
)
