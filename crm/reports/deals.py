"""Reports on opportunities: pipeline by stage, win rate, reasons and competitors, performance of reps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select

from crm.measures.opportunities import WON, decided
from crm.reports.frame import Asked, Names, Scope, Sheet, middle, percent, rounded
from crm.reports.pipeline import pipeline_by_stage
from crm.tables import (
    competitor,
    opportunity,
    opportunity_competitor,
    opportunity_stage_history,
    reason_code,
    win_loss_analysis,
    win_loss_reason,
)

PIPELINE_HEADS: tuple[Names, ...] = (
    ("Mode", "销售模式"),
    ("Stage", "阶段"),
    ("Count", "数量"),
    ("Amount", "金额"),
    ("Weighted", "加权金额"),
    ("Mean age, days", "平均停留（天）"),
    ("Too old", "超期"),
    ("Conversion, %", "转化率（%）"),
)
WIN_HEADS: tuple[Names, ...] = (
    ("By", "维度"),
    ("Value", "取值"),
    ("Won", "赢单"),
    ("Decided", "已决"),
    ("Win rate, %", "赢单率（%）"),
    ("Win rate by value, %", "金额赢单率（%）"),
    ("Median cycle, days", "周期中位数（天）"),
)
REASON_HEADS: tuple[Names, ...] = (("Reason", "原因"), ("Weight", "权重"), ("Share, %", "占比（%）"))
COMPETITOR_HEADS: tuple[Names, ...] = (
    ("Competitor", "竞争对手"),
    ("Deals", "商机数"),
    ("Presence, %", "出现率（%）"),
    ("Lost to, %", "输给率（%）"),
    ("Mean price gap, %", "平均价差（%）"),
)
REP_HEADS: tuple[Names, ...] = (
    ("Rep", "销售代表"),
    ("Active", "跟进中"),
    ("Active value", "跟进金额"),
    ("Won", "赢单"),
    ("Win rate, %", "赢单率（%）"),
    ("Velocity for each day", "日均速度"),
)


def pipeline(scope: Scope) -> list[Sheet]:
    """RP-01: count, amount, weighted amount, age, conversion and overdue of each stage; what is pended apart."""
    asked = scope.asked
    found = pipeline_by_stage(asked.connection, opportunity.c.owner.in_(asked.people), asked.now)
    entered = _entries(asked)
    order = [each.stage for each in found.stages]
    rows = tuple(
        (
            each.mode,
            each.name,
            each.count,
            each.amount,
            each.weighted,
            each.mean_age_days,
            each.overdue,
            percent(entered[order[place + 1]], entered[each.stage]) if _has_next(found.stages, place) else None,
        )
        for place, each in enumerate(found.stages)
    )
    pended = ("-", "Pended", found.pended_count, found.pended_amount, None, None, None, None)
    return [Sheet(("Pipeline by stage", "各阶段销售管道"), PIPELINE_HEADS, (*rows, pended))]


def _has_next(stages: Any, place: int) -> bool:
    return place + 1 < len(stages) and stages[place + 1].mode == stages[place].mode


def _entries(asked: Asked) -> Counter[str]:
    at = opportunity_stage_history.c
    owned = select(opportunity.c.id).where(opportunity.c.owner.in_(asked.people))
    query = select(at.to_stage, func.count()).where(
        at.opportunity_id.in_(owned), at.moved_at >= asked.begins, at.moved_at < asked.ends, at.to_stage.is_not(None)
    )
    return Counter({stage: count for stage, count in asked.connection.execute(query.group_by(at.to_stage))})


def win_rate(scope: Scope) -> list[Sheet]:
    """RP-03: won over decided, by count and value, in all and by segment, source, mode and rep; cycles."""
    found = decided(scope.asked)
    views: dict[str, Callable[[Row[Any]], str]] = {
        "all": lambda deal: "all",
        "segment": lambda deal: deal.segment or "-",
        "source": lambda deal: deal.source,
        "mode": lambda deal: deal.sales_mode,
        "rep": lambda deal: deal.owner,
    }
    rows = tuple(row for view, of in views.items() for row in _wins(view, of, found))
    return [Sheet(("Win rate", "赢单率"), WIN_HEADS, rows)]


def _wins(view: str, of: Callable[[Row[Any]], str], found: list[Row[Any]]) -> list[tuple[Any, ...]]:
    by_value: dict[str, list[Row[Any]]] = defaultdict(list)
    for deal in found:
        by_value[of(deal)].append(deal)
    return [(view, value, *_win_figures(deals)) for value, deals in sorted(by_value.items())]


def _win_figures(deals: list[Row[Any]]) -> tuple[Any, ...]:
    won = [deal for deal in deals if deal.status in WON]
    worth = sum((_worth(deal) for deal in won), Decimal(0))
    whole = sum((_worth(deal) for deal in deals), Decimal(0))
    return len(won), len(deals), percent(len(won), len(deals)), percent(worth, whole), middle(_cycles(won))


def _worth(deal: Row[Any]) -> Decimal:
    return Decimal(deal.actual_amount if deal.actual_amount is not None else deal.amount_base or 0)


def _cycles(won: list[Row[Any]]) -> list[Decimal]:
    return [Decimal((deal.outcome_date - deal.pipeline_entry_at.date()).days) for deal in won if deal.pipeline_entry_at]


def reasons(scope: Scope) -> list[Sheet]:
    """RP-04: the share of each reason by weight, and where competitors were met and preferred."""
    deals = decided(scope.asked)
    return [_reasons(scope.asked, deals), _competitors(scope.asked, deals)]


def _reasons(asked: Asked, deals: list[Row[Any]]) -> Sheet:
    reason, analysis = win_loss_reason.c, win_loss_analysis.c
    query = (
        select(reason_code.c.name, func.sum(reason.weight))
        .join(win_loss_analysis, analysis.id == reason.win_loss_analysis_id)
        .join(reason_code, (reason_code.c.kind == reason.kind) & (reason_code.c.code == reason.code))
        .where(analysis.opportunity_id.in_([deal.id for deal in deals]))
        .group_by(reason_code.c.name)
        .order_by(func.sum(reason.weight).desc(), reason_code.c.name)
    )
    found = [(name, int(weight)) for name, weight in asked.connection.execute(query)]
    whole = sum(weight for _, weight in found)
    rows = tuple((name, weight, percent(weight, whole)) for name, weight in found)
    return Sheet(("Win and loss reasons", "得失原因"), REASON_HEADS, rows)


def _competitors(asked: Asked, deals: list[Row[Any]]) -> Sheet:
    met, ids = opportunity_competitor.c, [deal.id for deal in deals]
    query = (
        select(competitor.c.id, competitor.c.name, met.opportunity_id)
        .join(competitor, competitor.c.id == met.competitor_id)
        .where(met.opportunity_id.in_(ids))
    )
    by_name: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in asked.connection.execute(query):
        by_name[row.name, row.id].add(row.opportunity_id)
    chosen, gaps = _chosen(asked, ids)
    rows = tuple(
        (
            name,
            len(seen),
            percent(len(seen), len(deals)),
            percent(chosen[competitor_id], len(seen)),
            _mean(gaps[competitor_id]),
        )
        for (name, competitor_id), seen in sorted(by_name.items())
    )
    return Sheet(("Competitors", "竞争对手"), COMPETITOR_HEADS, rows)


def _chosen(asked: Asked, ids: list[int]) -> tuple[Counter[int], dict[int, list[Decimal]]]:
    at = win_loss_analysis.c
    query = select(at.chosen_competitor_id, at.price_gap_pct).where(
        at.opportunity_id.in_(ids), at.chosen_competitor_id.is_not(None)
    )
    chosen: Counter[int] = Counter()
    gaps: dict[int, list[Decimal]] = defaultdict(list)
    for competitor_id, gap in asked.connection.execute(query):
        chosen[competitor_id] += 1
        if gap is not None:
            gaps[competitor_id].append(gap)
    return chosen, gaps


def _mean(values: list[Decimal]) -> Decimal | None:
    return rounded(sum(values, Decimal(0)) / len(values)) if values else None


def reps(scope: Scope) -> list[Sheet]:
    """RP-08: active deals, wins, and velocity = active count x win rate x mean won amount / mean cycle in days."""
    asked, at = scope.asked, opportunity.c
    query = select(at.owner, func.count(), func.sum(at.amount_base)).where(
        at.status == "active", at.owner.in_(asked.people)
    )
    active = {
        owner: (count, amount or Decimal(0))
        for owner, count, amount in asked.connection.execute(query.group_by(at.owner))
    }
    deals = decided(asked)
    rows = []
    for rep in asked.people:
        count, amount = active.get(rep, (0, Decimal(0)))
        own = [deal for deal in deals if deal.owner == rep]
        won = [deal for deal in own if deal.status in WON]
        rows.append((rep, count, amount, len(won), percent(len(won), len(own)), _velocity(count, own, won)))
    return [Sheet(("Opportunity performance of reps", "个人商机绩效"), REP_HEADS, tuple(rows))]


def _velocity(active: int, own: list[Row[Any]], won: list[Row[Any]]) -> Decimal | None:
    cycles = _cycles(won)
    days = sum(cycles, Decimal(0))
    if not days or not own:
        return None
    mean_amount = sum((_worth(deal) for deal in won), Decimal(0)) / len(won)
    return rounded(active * Decimal(len(won)) / len(own) * mean_amount / (days / len(cycles)))
