"""RP-02, the weighted forecast of a quarter by person."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from crm import forecasts, periods
from crm.reports.frame import Names, Scope, Sheet, percent
from crm.tables import forecast_line

HEADS: tuple[Names, ...] = (
    ("Rep", "销售代表"),
    ("Target", "目标"),
    ("Won", "已赢单"),
    ("Commit", "承诺"),
    ("Best case", "最好情况"),
    ("Weighted", "加权金额"),
    ("Coverage", "覆盖率"),
    ("Gap", "差距"),
    ("Slipped lines, %", "滑出比例（%）"),
)


def forecast(scope: Scope) -> list[Sheet]:
    """Target, won, commit, best case, weighted, coverage and gap of each person; lines that slipped."""
    asked = scope.asked
    quarter = periods.quarter(asked.first)
    rows = []
    for rep in asked.people:
        there = forecasts.newest(asked.connection, rep, quarter)
        goal = forecasts.target(asked.connection, rep, quarter)
        commit = there.commit_lines if there else None
        gap = None if goal is None or commit is None else goal - commit
        rows.append(
            (
                rep,
                goal,
                forecasts.won(asked.connection, rep, quarter),
                commit,
                there.best_case_lines if there else None,
                there.weighted if there else None,
                there.coverage if there else None,
                gap,
                _slipped(scope, rep, quarter),
            )
        )
    return [Sheet(("Weighted forecast", "加权预测"), HEADS, tuple(rows))]


def _slipped(scope: Scope, rep: str, quarter: str) -> Decimal | None:
    """The share of the lines made by the end of the quarter that lie in a later one."""
    at = forecast_line.c
    query = select(at.period).where(at.owner == rep, at.created_at < scope.asked.ends, at.period >= quarter)
    found = scope.asked.connection.execute(query).scalars().all()
    return percent(sum(1 for period in found if period != quarter), len(found))
