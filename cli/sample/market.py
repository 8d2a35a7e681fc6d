"""What the sample company sells, at which prices, against whom, and where. All firms are invented."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from cli.sample.people import OPERATIONS
from crm import choices, org_units
from crm.kinds import KINDS
from crm.record_writers import writer_of
from engine import transaction

MARKETING = "maria.rossi"

# name, name_zh, family, unit, cost and list price of a unit
PRODUCTS = (
    ("Servo drive 5 kW", "伺服驱动器 5 kW", "Drives", "piece", "4100", "6800"),
    ("Servo drive 20 kW", "伺服驱动器 20 kW", "Drives", "piece", "9800", "15900"),
    ("Line controller", "产线控制器", "Control", "piece", "21000", "36500"),
    ("Vision inspection cell", "视觉检测单元", "Inspection", "set", "118000", "186000"),
    ("Palletising robot", "码垛机器人", "Robots", "set", "212000", "318000"),
    ("Packaging line", "包装生产线", "Lines", "set", "1450000", "2080000"),
    ("Energy monitoring licence", "能耗监测软件许可", "Software", "year", "3000", "24000"),
    ("Commissioning day", "现场调试(人天)", "Service", "day", "2600", "5200"),
    ("Yearly maintenance", "年度维保", "Service", "year", "38000", "72000"),
)
# name, products, strengths, weaknesses, typical strategy, price level
COMPETITORS = (
    ("Nordhaven Automation", "Drives, controllers", "Broad range, long references", "Slow delivery",
     "Shows the whole life cost and offers financing", "above"),
    ("海川自动化", "Drives, packaging lines", "Low price, short delivery", "Few engineers for service",
     "Undercuts late in the tender", "below"),
    ("Kestrel Robotics", "Robots, inspection", "Best inspection software", "No lines of its own",
     "Wins the engineers first, then goes up", "equal"),
    ("腾远装备", "Packaging lines", "Close to the design institutes", "Old controllers",
     "Binds the customer with spare parts", "below"),
)  # fmt: skip
# name, name_zh, regions, unit, manager
TERRITORIES = (
    ("East China", "华东", "上海 江苏 浙江 山东", "EAST", "chen.jing"),
    ("South China", "华南", "广东 福建 广西", "SOUTH", "gu.tao"),
    ("Europe", "欧洲", "Germany Italy Netherlands", "EUROPE", "gu.tao"),
)


def stock_the_shelves(into: transaction.Transaction, began: datetime) -> None:
    """Writes products with their price list, competitors and territories."""
    prices = _add(into, "price_list", began, name="List prices", currency="CNY", valid_from=began.date())
    for name, name_zh, family, unit, cost, listed in PRODUCTS:
        made = _add(
            into, "product", began, name=name, name_zh=name_zh, family=family, unit=unit, unit_cost=Decimal(cost)
        )
        _add(into, "price", began, price_list_id=prices, product_id=made, list_price=Decimal(listed))
    for name, products, strengths, weaknesses, strategy, level in COMPETITORS:
        known = {"products": products, "strengths": strengths, "weaknesses": weaknesses}
        _add(into, "competitor", began, MARKETING, name=name, typical_strategy=strategy, price_level=level, **known)
    units = {unit.code: unit.id for unit in org_units.listing(into.connection)}
    for name, name_zh, regions, unit, manager in TERRITORIES:
        place: dict[str, Any] = {"regions": regions, "org_unit_id": units[unit], "manager": manager}
        _add(into, "territory", began, name=name, name_zh=name_zh, **place)


def _add(into: transaction.Transaction, key: str, at: datetime, by: str = OPERATIONS, **values: Any) -> int:
    kind = KINDS[key]
    number = writer_of(kind).create(into.connection, kind, values, by=by, at=at)
    return int(choices.related(into.connection, kind.business_key(number))[key])
