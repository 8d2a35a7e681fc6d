"""Reports RP-06 (sales-call effectiveness) and RP-07 (account-plan performance) as tables, from a run's results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from sqlalchemy import Connection, select

from crm import measure_runs, org_units, users
from crm.measure_runs import Result, Run
from crm.report_runs import Names, Sheet
from crm.tables import account_plan

RP06: Names = ("Sales-call effectiveness", "拜访成效")
RP07: Names = ("Account-plan performance", "客户计划绩效")
HEADS: tuple[Names, ...] = (
    ("Whose", "范围"),
    ("Measure", "指标"),
    ("Value", "数值"),
    ("Target", "目标值"),
    ("Attainment, %", "达成率（%）"),
    ("Rating", "评级"),
    ("Comment", "点评"),
)
PATTERN_HEADS: tuple[Names, ...] = (
    ("View", "维度"),
    ("Value", "取值"),
    ("Held", "已拜访"),
    ("Advanced, %", "推进率（%）"),
    ("Others, %", "其他（%）"),
    ("Stands out", "明显差异"),
)
HEALTH_HEADS: tuple[Names, ...] = (("Health", "健康度"), ("Plans", "计划数"))
OWN_HEADS: tuple[Names, ...] = (
    ("Measure", "指标"),
    ("Own", "本人"),
    ("Median of the team", "团队中位数"),
    ("Target", "目标值"),
)
IN_FORCE = ("active", "revising")


def measure_names(connection: Connection) -> dict[str, dict[str, str]]:
    """What people call the measures, by key and language."""
    return {one.key: {"en": one.name, "zh-Hans": one.name_zh} for one in measure_runs.known(connection)}


def scope_names(connection: Connection) -> dict[str, dict[str, str]]:
    """What people call teams and reps, by code or login and language."""
    teams = {one.code: {"en": one.name, "zh-Hans": one.name_zh} for one in org_units.listing(connection)}
    reps = {one.login: {"en": one.name, "zh-Hans": one.name_zh} for one in users.listing(connection)}
    return teams | reps


def results_sheet(connection: Connection, title: Names, found: Iterable[Result]) -> Sheet:
    """One row for each result; measures, teams and reps by their names in both languages."""
    names, whose = measure_names(connection), scope_names(connection)
    rows = tuple(
        (
            whose.get(each.scope, each.scope),
            names.get(each.measure, each.measure),
            each.value,
            each.target,
            each.attainment_pct,
            each.rating,
            each.comment,
        )
        for each in found
    )
    return Sheet(title, HEADS, rows)


def account_plans(connection: Connection, run: Run) -> list[Sheet]:
    """RP-07: the results by team and in all, and how healthy the plans in force are."""
    found = measure_runs.results(connection, run.id)
    mix = Counter(
        connection.execute(select(account_plan.c.plan_health).where(account_plan.c.status.in_(IN_FORCE))).scalars()
    )
    health = Sheet(
        ("Health of the plans", "计划健康度"),
        HEALTH_HEADS,
        tuple((key or "-", mix[key]) for key in sorted(mix, key=str)),
    )
    return [results_sheet(connection, RP07, found), health]


def calls(connection: Connection, run: Run) -> list[Sheet]:
    """RP-06: the results by team, the patterns found; figures of single reps stay with them and their managers."""
    teams = measure_runs.results(connection, run.id, measure_runs.TEAM)
    rows = tuple(
        (each["view"], each["value"], each["held"], each["advance_pct"], each["others_pct"], each["flagged"])
        for each in run.patterns
        if each["view"] != "rep"
    )
    return [results_sheet(connection, RP06, teams), Sheet(("Patterns", "规律"), PATTERN_HEADS, rows)]


def own_calls(connection: Connection, found: Sequence[Result], rep: str, team: Sequence[str]) -> Sheet:
    """What one rep sees of RP-06: own figures beside the median of the team."""
    names = measure_names(connection)
    rows: list[tuple[Any, ...]] = []
    for each in found:
        if each.scope == rep:
            others = [one.value for one in found if one.measure == each.measure and one.scope in team]
            rows.append((names.get(each.measure, each.measure), each.value, _median(others), each.target))
    return Sheet(RP06, OWN_HEADS, tuple(rows))


def _median(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
