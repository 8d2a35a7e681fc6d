"""The fourteen people of the sample company, their units, targets and one substitution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from cli.sample import hours
from crm import delegations, org_units, periods, targets, users
from engine import transaction

COMPANY = "example.com"
SYSTEM = "system"
EXPERIENCED_YEARS = 4
JUNIOR_MONTHS = 5


@dataclass(frozen=True)
class Person:
    """One employee; `target` is the won amount per quarter in thousands, `level` that of a manager."""

    login: str
    name: str
    name_zh: str
    role: str
    unit: str
    manager: str | None = None
    level: int | None = None
    target: int = 0
    language: str = "zh-Hans"
    junior: bool = False


# code, name, name_zh, parent, time zone
UNITS = (
    ("HQ", "Head office", "总部", None, "Asia/Shanghai"),
    ("SALES", "Sales", "销售中心", "HQ", "Asia/Shanghai"),
    ("EAST", "East China", "华东区", "SALES", "Asia/Shanghai"),
    ("SOUTH", "South China", "华南区", "SALES", "Asia/Shanghai"),
    ("EUROPE", "Europe", "欧洲区", "SALES", "Europe/Berlin"),
)

# Managers stand before those who report to them.
PEOPLE = (
    Person("hao.yun", "Hao Yun", "郝云", "mgr", "SALES", None, 3, 8_000),
    Person("wang.min", "Wang Min", "王敏", "mgr", "SALES", "hao.yun", 2, 8_000),
    Person("chen.jing", "Chen Jing", "陈静", "mgr", "EAST", "wang.min", 1, 3_300),
    Person("gu.tao", "Gu Tao", "顾涛", "mgr", "SOUTH", "wang.min", 1, 4_700),
    Person("lin.wei", "Lin Wei", "林薇", "rep", "EAST", "chen.jing", None, 1_700),
    Person("zhao.lei", "Zhao Lei", "赵磊", "rep", "EAST", "chen.jing", None, 1_700),
    Person("he.ting", "He Ting", "何婷", "rep", "SOUTH", "gu.tao", None, 1_700),
    Person("deng.kai", "Deng Kai", "邓凯", "rep", "SOUTH", "gu.tao", None, 1_100, junior=True),
    Person("anna.keller", "Anna Keller", "安娜·凯勒", "rep", "EUROPE", "gu.tao", None, 1_900, "en"),
    Person("xu.fang", "Xu Fang", "许芳", "team", "SALES", "wang.min"),
    Person("sun.li", "Sun Li", "孙丽", "ops", "HQ", "hao.yun"),
    Person("maria.rossi", "Maria Rossi", "玛丽亚·罗西", "mkt", "HQ", "hao.yun", language="en"),
    Person("tan.yi", "Tan Yi", "谭逸", "anl", "HQ", "sun.li"),
    Person("admin", "Luo Ning", "罗宁", "adm", "HQ", "hao.yun"),
)
REPS = tuple(one.login for one in PEOPLE if one.role == "rep")
OPERATIONS = "sun.li"
ABSENT, SUBSTITUTE = "chen.jing", "gu.tao"
ABSENCE = (timedelta(days=-2), timedelta(days=5))


def hire(into: transaction.Transaction, began: datetime, now: datetime) -> None:
    """Writes units, people, holidays, targets and the substitution; nobody has a password yet."""
    connection = into.connection
    units: dict[str | None, int | None] = {None: None}
    for code, name, name_zh, parent, zone in UNITS:
        units[code] = org_units.create(
            connection, code, name, name_zh, parent_id=units[parent], time_zone=zone, by=SYSTEM, at=began
        )
    for person in sorted(PEOPLE, key=_height):
        _employ(into, person, units[person.unit], began, now)
    for day, name, name_zh in hours.holidays(began.date(), now.date() + timedelta(days=365)):
        org_units.set_day(connection, day, name, name_zh, by=SYSTEM, at=began)
    _set_targets(into, began, now)
    first, last = (now.date() + span for span in ABSENCE)
    delegations.add(connection, ABSENT, SUBSTITUTE, first, last, by=ABSENT, at=began)


def _height(person: Person) -> int:
    managers = {one.login: one.manager for one in PEOPLE}
    above, steps = person.manager, 0
    while above is not None:
        above, steps = managers[above], steps + 1
    return steps


def _employ(into: transaction.Transaction, person: Person, unit: int | None, began: datetime, now: datetime) -> None:
    since = timedelta(days=30 * JUNIOR_MONTHS) if person.junior else timedelta(days=365 * EXPERIENCED_YEARS)
    users.create(
        into.connection,
        person.login,
        (person.role,),
        by=SYSTEM,
        at=began,
        name=person.name,
        name_zh=person.name_zh,
        email=f"{person.login}@{COMPANY}",
        level=person.level,
        manager=person.manager,
        org_unit_id=unit,
        started_on=now.date() - since,
        language=person.language,
    )


def _set_targets(into: transaction.Transaction, began: datetime, now: datetime) -> None:
    for period in quarters(began.date(), now.date() + timedelta(days=180)):
        for person in PEOPLE:
            if person.target:
                amount = Decimal(person.target) * 1000
                targets.set_target(into.connection, person.login, period, amount, by=OPERATIONS, at=began)


def quarters(first: date, last: date) -> list[str]:
    """The quarters from one day to another, in order."""
    found = []
    day = first
    while day <= last:
        found.append(periods.quarter(day))
        day = periods.days(found[-1])[1] + timedelta(days=1)
    return found
