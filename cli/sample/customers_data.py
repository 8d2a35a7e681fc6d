"""Names and facts of the sample's customers. All firms and people are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Row:
    """One invented firm; `tier` is A to C, `credit` good, watch or hold."""

    name: str
    slug: str
    industry: str
    size: str
    tier: str
    credit: str
    region: str
    owner: str
    chinese: bool


# name|slug|industry|size|tier|credit
EAST_LIN = """
云岭重工有限公司|yunling|装备制造|large|A|good
澜桥精密机械有限公司|lanqiao|机械制造|medium|A|good
沪光新能源科技有限公司|huguang|新能源|large|A|good
启帆船舶配套有限公司|qifan|船舶|medium|B|good
苏禾食品股份有限公司|suhe|食品饮料|medium|B|watch
东湖包装材料有限公司|donghu|包装|small|C|good
锦川纺织集团有限公司|jinchuan|纺织|large|B|hold
静海水务有限公司|jinghai|水务|medium|B|good
鸣远轨道装备有限公司|mingyuan|轨道交通|large|A|good
方朔半导体有限公司|fangshuo|半导体|large|A|watch
百汇冷链物流有限公司|baihui|物流|medium|C|good
禾木家具有限公司|hemu|家具|small|C|good
"""
EAST_ZHAO = """
瑞石水泥有限公司|ruishi|建材|large|A|good
江屿化工股份有限公司|jiangyu|化工|large|A|watch
天衡仪表有限公司|tianheng|仪器仪表|small|B|good
华栈仓储设备有限公司|huazhan|物流|medium|B|good
浦汇医药有限公司|puhui|医药|large|A|good
恒顺达汽车零部件有限公司|hengshunda|汽车零部件|medium|B|good
明珠玻璃有限公司|mingzhu|玻璃|medium|C|hold
安谷农机有限公司|angu|农机|medium|C|good
长亭造纸有限公司|changting|造纸|large|B|good
北辰工具有限公司|beichen|工具|small|C|good
立新铸造有限公司|lixin|铸造|medium|B|watch
青禾生物科技有限公司|qinghe|生物科技|small|B|good
"""
SOUTH_HE = """
南岭钢铁股份有限公司|nanling|钢铁|large|A|good
粤澜电子有限公司|yuelan|电子|large|A|good
鹏程自动化有限公司|pengcheng|自动化|medium|B|good
海岬港务集团有限公司|haijia|港口|large|A|good
珠湾家电有限公司|zhuwan|家电|large|A|watch
岭秀食品有限公司|lingxiu|食品饮料|medium|C|good
宏图印刷有限公司|hongtu|印刷|small|C|good
星舟光电有限公司|xingzhou|光电|medium|B|good
金穗饲料有限公司|jinsui|农业|medium|B|hold
桂溪矿业有限公司|guixi|矿业|large|B|good
联拓电缆有限公司|liantuo|电缆|medium|B|good
"""
SOUTH_DENG = """
琼海橡胶有限公司|qionghai|橡胶|medium|B|good
闽台水产加工有限公司|mintai|食品饮料|small|C|good
厦屿工程机械有限公司|xiayu|工程机械|medium|B|good
湘江电机有限公司|xiangjiang|电机|medium|A|good
潮声音响科技有限公司|chaosheng|电子|small|C|watch
木棉数据中心有限公司|mumian|数据中心|medium|B|good
穗禾乳业有限公司|suihe|食品饮料|medium|C|good
白鹭环保科技有限公司|bailu|环保|small|C|good
顺景陶瓷有限公司|shunjing|陶瓷|medium|B|good
"""
EUROPE = """
Alder & Voss Maschinenbau GmbH|aldervoss|Machinery|medium|A|good
Nordhaven Ports AS|nordhaven|Ports|large|A|good
Ferrolune Aciers SA|ferrolune|Steel|large|A|watch
Brackwater Utilities Ltd|brackwater|Water|large|B|good
Castellan Foods SpA|castellan|Food and drink|medium|B|good
Ostwind Turbinen GmbH|ostwind|Renewables|large|A|good
Mirelle Cosmetics SA|mirelle|Chemicals|medium|C|good
Kestrel Automotive Ltd|kestrel|Automotive|large|A|good
Tarn Valley Paper Ltd|tarnvalley|Paper|medium|C|hold
Vela Pharma BV|velapharma|Pharmaceuticals|large|A|good
Baltic Timber Oy|baltictimber|Timber|medium|C|good
Sundby Logistics ApS|sundby|Logistics|medium|B|good
Granite & Lime Ltd|granitelime|Building materials|medium|B|watch
Meridian Rail AG|meridianrail|Rail|large|A|good
Corvina Glass Srl|corvina|Glass|small|C|good
Palatine Optics GmbH|palatine|Optics|small|B|good
"""
REGIONS = (
    (EAST_LIN, "华东", "lin.wei", True),
    (EAST_ZHAO, "华东", "zhao.lei", True),
    (SOUTH_HE, "华南", "he.ting", True),
    (SOUTH_DENG, "华南", "deng.kai", True),
    (EUROPE, "Europe", "anna.keller", False),
)

TITLES = (
    ("Head of operations", "user"),
    ("Purchasing manager", "procurement"),
    ("Chief financial officer", "economic"),
)
TITLES_ZH = (("生产总监", "user"), ("采购经理", "procurement"), ("财务总监", "economic"))
SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = ("建国", "晓明", "丽华", "志强", "雨欣", "文博", "思远", "佳怡", "海涛", "雪梅", "俊杰", "婉清")
FIRST_NAMES = ("Erik", "Sofia", "Jonas", "Clara", "Pietro", "Amelie", "Henrik", "Laura", "Oliver", "Ingrid")
LAST_NAMES = ("Brandt", "Lindqvist", "Moretti", "Dubois", "Hughes", "Sorensen", "Vermeer", "Kowalski", "Novak")

PLAN = (
    "Become their first choice for plant automation in three years.",
    "Win a second plant; quarterly reviews with the head of operations; joint energy savings programme.",
)
PLAN_ZH = ("三年内成为其工厂自动化的首选伙伴。", "拿下第二个厂区；每季度与生产总监复盘；共同推进节能项目。")


def rows() -> Iterator[Row]:
    """All firms, by owner."""
    for text, region, owner, chinese in REGIONS:
        for line in text.split("\n"):
            if line:
                name, slug, industry, size, tier, credit = line.split("|")
                yield Row(name, slug, industry, size, tier, credit, region, owner, chinese)


def person(random: Random, chinese: bool) -> str:
    """An invented name."""
    if chinese:
        return random.choice(SURNAMES) + random.choice(GIVEN)
    return f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"


def profile(row: Row) -> tuple[str, str]:
    """What is known about a firm's business, and where it is going."""
    if row.chinese:
        return (
            f"{row.name}，{row.region}{row.industry}企业，设备采购由生产总监提出、财务总监批准。",
            "人工成本上升，正在评估自动化与能耗监测。",
        )
    return (
        f"{row.name}: {row.industry.lower()}, based in {row.region}; operations ask for equipment, finance approves.",
        "Rising energy prices; automation and monitoring are under evaluation.",
    )
