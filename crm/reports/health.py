"""RP-12, how processes run: running and completed, cycle times, waiting tasks, incidents, skipped best practice."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select

from crm.reports.frame import Names, Scope, Sheet, middle, ninetieth, percent
from crm.tables import opportunity, pended_item

PROCESS_HEADS: tuple[Names, ...] = (
    ("Process", "流程"),
    ("Running", "运行中"),
    ("Completed", "已完成"),
    ("Cancelled", "已取消"),
    ("Median cycle, hours", "周期中位数（小时）"),
    ("90 % within, hours", "P90（小时）"),
    ("Incidents", "异常"),
    ("Best-practice steps skipped, %", "最佳实践跳过率（%）"),
)
WAITING_HEADS: tuple[Names, ...] = (
    ("Group", "组"),
    ("Waiting tasks", "待办"),
    ("Overdue, %", "逾期率（%）"),
    ("Oldest, days", "最久（天）"),
)
SHARE_HEADS: tuple[Names, ...] = (("Share", "占比项"), ("%", "%"))


def processes(scope: Scope) -> list[Sheet]:
    """Three tables: the processes, what waits for whom, and the shares of fast track and deferral."""
    rows = tuple(
        (
            fact.key,
            fact.running,
            fact.completed,
            fact.cancelled,
            middle(fact.cycle_hours),
            ninetieth(fact.cycle_hours),
            fact.incidents,
            percent(fact.skipped, fact.marked),
        )
        for fact in scope.processes
    )
    waiting = tuple(
        (fact.group or "-", fact.count, percent(fact.overdue, fact.count), (scope.asked.now - fact.oldest).days)
        for fact in scope.waiting
    )
    return [
        Sheet(("Process health", "流程运行"), PROCESS_HEADS, rows),
        Sheet(("Waiting tasks", "待办任务"), WAITING_HEADS, waiting),
        Sheet(("Fast track and deferral", "快速通道与暂缓"), SHARE_HEADS, _shares(scope)),
    ]


def _shares(scope: Scope) -> tuple[tuple[str, Decimal | None], ...]:
    at, asked = opportunity.c, scope.asked
    made = (at.owner.in_(asked.people), at.created_at >= asked.begins, at.created_at < asked.ends)
    whole = asked.connection.execute(select(func.count()).where(*made)).scalar_one()
    fast = asked.connection.execute(select(func.count()).where(*made, at.fast_track)).scalar_one()
    deferred = select(func.count(pended_item.c.opportunity_id.distinct())).where(
        pended_item.c.opportunity_id.in_(select(at.id).where(*made))
    )
    put_off = asked.connection.execute(deferred).scalar_one()
    return (("Fast track", percent(fast, whole)), ("Deferred", percent(put_off, whole)))
