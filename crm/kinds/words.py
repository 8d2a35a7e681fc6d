"""Choices that several kinds of record share, each value with its English and its Chinese name (catalogue 8.1)."""

from crm.titles import Choices

BUYING_ROLES: Choices = (
    ("economic", "Economic buyer", "经济决策者"),
    ("user", "User", "使用者"),
    ("technical", "Technical buyer", "技术评估者"),
    ("coach", "Coach", "内部教练"),
    ("legal", "Legal", "法务"),
    ("procurement", "Procurement", "采购"),
)
STANCES: Choices = (
    ("champion", "Champion", "拥护者"),
    ("supporter", "Supporter", "支持者"),
    ("neutral", "Neutral", "中立"),
    ("sceptic", "Sceptic", "怀疑者"),
    ("blocker", "Blocker", "反对者"),
)
CUSTOMER_MODES: Choices = (
    ("growth", "Growth", "增长"),
    ("trouble", "Trouble", "困境"),
    ("even_keel", "Even keel", "平稳"),
    ("overconfident", "Overconfident", "过度自信"),
)
RAG: Choices = (("green", "Green", "绿"), ("amber", "Amber", "黄"), ("red", "Red", "红"))
PRIORITIES: Choices = (("high", "High", "高"), ("medium", "Medium", "中"), ("low", "Low", "低"))
ACCESS: Choices = (("read", "Read", "查看"), ("change", "Change", "修改"))
COMPLEXITIES: Choices = (("simple", "Simple", "简单"), ("complex", "Complex", "复杂"))
FORECAST_CATEGORIES: Choices = (
    ("pipeline", "Pipeline", "管道"),
    ("best_case", "Best case", "最好情况"),
    ("commit", "Commit", "承诺"),
    ("omitted", "Left out", "不计入"),
    ("closed", "Closed", "已成交"),
    ("future", "Later period", "后续期间"),
)
ACTION_STATES: Choices = (
    ("open", "Open", "未完成"),
    ("done", "Done", "已完成"),
    ("late", "Late", "逾期"),
    ("dropped", "Dropped", "已放弃"),
    ("carried", "Carried over", "已结转"),
)
PURSUIT: Choices = (("pursue", "Pursue", "跟进"), ("no", "No", "不跟进"), ("defer", "Defer", "暂缓"))
SEGMENTS: Choices = (
    ("LOYALIST", "Loyalist", "忠诚客户"),
    ("LOYALIST_AT_RISK", "Loyalist at risk", "忠诚受威胁"),
    ("EASY_WIN", "Easy win", "易赢单"),
    ("CONTESTED", "Contested", "竞争胶着"),
    ("STRATEGIC_BET", "Strategic bet", "战略投入"),
    ("LONG_SHOT", "Long shot", "希望渺茫"),
)
ACCOUNT_SEGMENTS: Choices = (
    ("PROSPECT", "Prospect", "潜在客户"),
    ("LOYALIST", "Loyalist", "忠诚客户"),
    ("GROWER", "Grower", "成长客户"),
    ("AT_RISK", "At risk", "流失风险"),
    ("TRANSACTIONAL", "Transactional", "交易型"),
)
TIERS: Choices = (
    ("KEY", "Key", "关键客户"),
    ("GROWTH", "Growth", "成长客户"),
    ("MAINTAIN", "Maintain", "维持客户"),
    ("SELECTIVE", "Selective", "选择性客户"),
    ("OPPORTUNISTIC", "Opportunistic", "机会型客户"),
)
REASON_KINDS: Choices = (
    ("win", "Won", "赢单"),
    ("loss", "Lost", "丢单"),
    ("disqualify", "Disqualified", "不合格"),
    ("cancel", "Cancelled", "取消"),
    ("defer", "Put off", "暂缓"),
    ("lead", "Lead", "线索"),
)
SPECIAL_APPROVALS: Choices = (
    ("credit", "Credit", "信用"),
    ("pricing", "Pricing", "价格"),
    ("terms", "Terms", "条款"),
    ("delivery", "Delivery", "交付"),
)
