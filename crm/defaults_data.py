"""The default configuration of catalogue 8.3, as plain rows; `defaults.install` puts them in."""

from __future__ import annotations

BASE_CURRENCY = "CNY"

# key, name, name_zh, the process that usually works opportunities of this mode
MODES = (
    ("simple", "Simple sale", "简单销售", "opportunity-lifecycle-u8"),
    ("complex", "Complex sale", "复杂销售", "area-opportunity-management"),
    ("tender", "Tender", "招投标", "area-opportunity-management"),
)

# key, name, name_zh, probability in percent, longest stay in days, exit criteria, quote required
STAGES = {
    "simple": (
        ("confirm_need", "Confirm need", "需求确认", 20, 14, ("need", "contact"), False),
        ("quote", "Quote", "报价", 50, 14, ("quote_sent",), True),
        ("negotiate", "Negotiate", "谈判", 75, 14, ("terms_agreed",), False),
    ),
    "complex": (
        ("prequalified", "Pre-qualified", "预审", 10, 14, ("prequal_result",), False),
        ("assessed", "Assessed", "评估", 20, 21, ("evaluation",), False),
        ("prioritised", "Prioritised", "已排优先级", 30, 14, ("priority", "approval_if_required"), False),
        ("plan_and_solution", "Plan and solution", "计划与方案", 45, 45, ("agreed_plan", "lead_dm"), False),
        ("proposal", "Proposal", "建议书", 60, 30, ("quote_sent",), True),
        ("negotiation", "Negotiation", "谈判", 80, 30, ("decision_process_confirmed",), False),
        ("verbal_commitment", "Verbal commitment", "口头承诺", 90, 14, (), False),
    ),
    "tender": (
        ("rfp_received", "RFP received", "收到招标", 20, 7, (), False),
        ("bid_decision", "Bid decision", "投标决定", 30, 7, ("pursue_decision",), False),
        ("bid_preparation", "Bid preparation", "标书", 45, 30, ("plan", "price_approved"), False),
        ("submitted", "Submitted", "已投标", 55, 30, (), False),
        ("short_list", "Short-list", "澄清/入围", 70, 30, (), False),
        ("award_pending", "Award pending", "待授标", 85, 21, (), False),
    ),
}

# The first pipeline stage of each mode; earlier ones are held with status prequalified or assessed.
PIPELINE_ENTRY = {"simple": "confirm_need", "complex": "prioritised", "tender": "bid_decision"}

# kind, code, name, name_zh
REASONS = (
    ("win", "W01", "Product fit", "产品契合"),
    ("win", "W02", "Price/value", "性价比"),
    ("win", "W03", "Relationship", "客户关系"),
    ("win", "W04", "Service/delivery", "服务交付"),
    ("win", "W05", "Reference/brand", "品牌口碑"),
    ("win", "W06", "Executive support", "高层支持"),
    ("win", "W07", "Competitor weakness", "对手失误"),
    ("loss", "L01", "Price", "价格"),
    ("loss", "L02", "Product gap", "产品功能不足"),
    ("loss", "L03", "Relationship", "关系不足"),
    ("loss", "L04", "Competitor stronger", "竞争对手更强"),
    ("loss", "L05", "Late entry", "介入过晚"),
    ("loss", "L06", "Terms/credit", "商务条款"),
    ("loss", "L07", "Service concern", "交付服务顾虑"),
    ("loss", "L08", "No decision", "客户未决策"),
    ("loss", "L09", "Budget cut", "预算取消"),
    ("loss", "L10", "Project stopped", "项目搁置"),
    ("loss", "L99", "Other", "其他"),
    ("disqualify", "Q01", "No need", "无需求"),
    ("disqualify", "Q02", "No budget", "无预算"),
    ("disqualify", "Q03", "No fit", "不匹配"),
    ("disqualify", "Q04", "Duplicate", "重复"),
    ("disqualify", "Q05", "Credit", "信用问题"),
    ("disqualify", "Q06", "Low score", "评分过低"),
    ("cancel", "C01", "Customer withdrew", "客户撤回"),
    ("cancel", "C02", "Internal decision", "内部决定"),
    ("lead", "R01", "Duplicate", "重复"),
    ("lead", "R02", "No need", "无需求"),
    ("lead", "R03", "Not our market", "非目标市场"),
    ("lead", "R04", "Cannot be reached", "无法联系"),
    ("lead", "R05", "Too short notice", "应标时间不足"),
    ("lead", "R06", "Low score", "评分过低"),
    ("lead", "R99", "Other", "其他"),
    ("defer", "no_budget", "No budget", "暂无预算"),
    ("defer", "bad_timing", "Bad timing", "时机不合适"),
    ("defer", "no_capacity", "No capacity", "人手不足"),
    ("defer", "awaiting_customer", "Awaiting customer", "等待客户"),
    ("defer", "strategic_hold", "Strategic hold", "战略性搁置"),
    ("defer", "other", "Other", "其他"),
)
NOTE_REQUIRED = frozenset({"L99"})

# key, name, name_zh: where opportunities come from (商机来源)
SOURCES = (
    ("referral", "Referral", "转介绍"),
    ("existing_customer", "Existing customer", "老客户"),
    ("fair", "Fair or event", "展会活动"),
    ("campaign", "Campaign", "营销活动"),
    ("website", "Website", "网站"),
    ("partner", "Partner", "合作伙伴"),
    ("rfp", "Request for proposal", "招标邀请"),
    ("tender_portal", "Tender portal", "招标平台"),
    ("lead", "Lead", "线索"),
    ("account_plan", "Account plan", "客户计划"),
    ("sales_call", "Sales call", "销售拜访"),
    ("other", "Other", "其他"),
)

FLAGS = {
    "crm_enabled": True,
    "sales_module_enabled": False,
    "fast_track_enabled": True,
    "coaching_enabled": True,
}

# The six criteria of 3.3.3.4.3; the weights add up to 1.
WEIGHTS = {
    "r_revenue": "0.25",
    "r_willingness": "0.25",
    "r_relationship": "0.20",
    "r_credit": "0.10",
    "r_target_client": "0.10",
    "r_prior_business": "0.10",
}
LIMITS = {"limit_standard": 100_000, "limit_major": 500_000, "limit_strategic": 2_000_000}
PARAMS = {"rep_capacity": 25}

# name, prefix, digits, the last number given
SEQUENCES = (
    ("opportunity", "OPP-", 4, 1000),
    ("account", "ACC-", 4, 0),
    ("contact", "CON-", 4, 0),
    ("lead", "LEAD-", 4, 0),
    ("account_plan", "APL-", 4, 0),
    ("opportunity_plan", "OPL-", 4, 0),
    ("sales_call", "CALL-", 4, 0),
    ("targeting_round", "TGT-", 4, 0),
    ("competitor", "COM-", 3, 0),
    ("product", "PRD-", 4, 0),
    ("price_list", "PRL-", 3, 0),
    ("territory", "TER-", 3, 0),
    ("quote", "QUO-", 4, 0),
    ("order", "ORD-", 4, 0),
    ("forecast", "FOR-", 4, 0),
    ("measure_run", "MEA-", 4, 0),
    ("report_run", "REP-", 4, 0),
)
