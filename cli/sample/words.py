"""What people of the sample company write: names of opportunities, reasons, next steps."""

from __future__ import annotations

from random import Random

PROJECTS = (
    "Rolling line drive upgrade",
    "Packaging line automation",
    "Energy monitoring for two plants",
    "Predictive maintenance pilot",
    "Warehouse shuttle system",
    "Quality inspection by camera",
    "Process control migration",
    "Robot cell for palletising",
    "Compressed air optimisation",
    "Spare parts framework contract",
    "Plant data platform",
    "Water treatment controls",
)
PROJECTS_ZH = (
    "三号产线自动化改造",
    "包装线升级",
    "厂区能耗监测系统",
    "设备预测性维护试点",
    "智能立体仓库",
    "视觉质检系统",
    "控制系统迁移",
    "机器人码垛工作站",
    "空压站节能改造",
    "备件年度框架协议",
    "工厂数据平台",
    "污水处理自控系统",
)
SOURCES = ("referral", "fair", "website", "partner", "existing_customer")

SAYINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pursue": (
        ("Fits the plan, and the plant manager asked for us.", "Good margin, and we have the engineers in that month."),
        ("符合大客户计划，生产总监点名要我们报价。", "毛利可观，排期内有实施人员。"),
    ),
    "no": (
        ("No budget this year, and the need is vague.", "They only want a price to compare."),
        ("今年没有预算，需求也不明确。", "对方只是询价比价。"),
    ),
    "defer": (
        ("The investment round is only decided after the summer.", "The customer reorganises; come back later."),
        ("投资计划要到下半年才定。", "客户正在调整组织，稍后再谈。"),
    ),
    "override": (
        ("The buyer told us that a decision is due sooner than planned.", "Reference customer for the region."),
        ("采购方透露决策会提前。", "可作为本区域的标杆客户。"),
    ),
    "resume_note": (
        ("Ask for the new budget and the project lead.", "Call the plant manager first."),
        ("先确认新预算和项目负责人。", "先给生产总监打电话。"),
    ),
    "resume": (("The budget has been released.",), ("预算已经批下来了。",)),
    "extend": (("Their board meets next month.",), ("对方董事会下月才开。",)),
    "drop": (("The project was stopped for good.",), ("项目已经彻底取消。",)),
    "next_step": (
        ("Send the technical proposal", "Visit the plant with an engineer", "Agree on the site survey"),
        ("提交技术方案", "带工程师到现场勘查", "与客户确定调研时间"),
    ),
    "approve": (("Agreed.", "Good work, go ahead."), ("同意。", "做得不错，推进吧。")),
    "return": (
        ("The willingness to buy looks too high. Who has the budget?", "Please check the credit standing again."),
        ("购买意愿评得偏高，预算在谁手里？", "请再核实一下客户信用。"),
    ),
    "condition": (("Half of the price in advance.",), ("预付一半货款。",)),
    "note": (
        ("As talked over with the customer.", "See the notes of the last visit.", "The plant manager agrees."),
        ("已与客户沟通确认。", "详见上次拜访记录。", "生产总监已同意。"),
    ),
    "lesson": (("The competitor was cheaper.",), ("竞争对手价格更低。",)),
}


def say(random: Random, what: str, chinese: bool) -> str:
    """One of the sentences for an occasion, in the writer's language."""
    english, chinese_ones = SAYINGS[what]
    return random.choice(chinese_ones if chinese else english)


def project(random: Random, chinese: bool) -> str:
    """The name of an opportunity, in the customer's language."""
    return random.choice(PROJECTS_ZH if chinese else PROJECTS)
