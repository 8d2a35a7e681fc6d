"""Reports over opportunities; RP-01, the pipeline by stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, case, extract, func, select

from crm.form_views import CENT, HUNDRED, weighted_sum
from crm.tables import opportunity, sales_stage

SECONDS_PER_DAY = 86_400


@dataclass(frozen=True)
class StageFigures:
    """One stage: how many, worth what in base currency, how old on average (days), how many too old."""

    mode: str
    stage: str
    name: str
    name_zh: str
    count: int
    amount: Decimal
    weighted: Decimal
    mean_age_days: Decimal | None
    overdue: int


@dataclass(frozen=True)
class PipelineReport:
    """All stages that hold active opportunities, in order, and the pended ones apart."""

    stages: tuple[StageFigures, ...]
    count: int
    amount: Decimal
    weighted: Decimal
    pended_count: int
    pended_amount: Decimal


def pipeline_by_stage(connection: Connection, visible: ColumnElement[bool], now: datetime) -> PipelineReport:
    """RP-01 over the opportunities that the reader may see: two queries."""
    at, stage = opportunity.c, sales_stage.c
    moment = int(now.timestamp())
    entered = extract("epoch", at.stage_entered_at)
    too_old = case((entered < moment - stage.max_days * SECONDS_PER_DAY, 1), else_=0)
    query = (
        select(
            stage.mode,
            stage.key,
            stage.name,
            stage.name_zh,
            func.count(at.id),
            func.sum(at.amount_base),
            weighted_sum(),
            func.count(at.stage_entered_at),
            func.sum(entered),
            func.sum(too_old),
        )
        .join(sales_stage, stage.key == at.stage)
        .where(at.status == "active", visible)
        .group_by(stage.mode, stage.key, stage.name, stage.name_zh, stage.position)
        .order_by(stage.mode, stage.position)
    )
    rows = tuple(_figures(moment, *row) for row in connection.execute(query))
    pended = select(func.count(), func.sum(at.amount_base)).where(at.status == "pended", visible)
    pended_count, pended_amount = connection.execute(pended).one()
    return PipelineReport(
        stages=rows,
        count=sum(row.count for row in rows),
        amount=sum((row.amount for row in rows), Decimal(0)),
        weighted=sum((row.weighted for row in rows), Decimal(0)),
        pended_count=pended_count,
        pended_amount=pended_amount or Decimal(0),
    )


def _figures(
    moment: int,
    mode: str,
    key: str,
    name: str,
    name_zh: str,
    count: int,
    amount: Decimal | None,
    weighted: Decimal,
    dated: int,
    entered: Decimal | None,
    overdue: int,
) -> StageFigures:
    age = (moment - Decimal(entered) / dated) / SECONDS_PER_DAY if dated and entered is not None else None
    return StageFigures(
        mode=mode,
        stage=key,
        name=name,
        name_zh=name_zh,
        count=count,
        amount=amount or Decimal(0),
        weighted=(weighted / HUNDRED).quantize(CENT),
        mean_age_days=age.quantize(Decimal("0.1")) if age is not None else None,
        overdue=overdue,
    )
