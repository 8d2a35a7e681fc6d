"""The reports of catalogue 11.1, RP-01 to RP-12, each as tables for a period and some people."""

from __future__ import annotations

from crm.reports import approvals, deals, forecasting, fulfilment, groups, health, plans
from crm.reports.frame import Report, Scope, Sheet
from crm.reports.pipeline import PipelineReport, StageFigures, pipeline_by_stage

__all__ = ["ALL", "PipelineReport", "Report", "Scope", "Sheet", "StageFigures", "pipeline_by_stage"]

ALL: tuple[Report, ...] = (
    Report("RP-01", ("Pipeline by stage", "各阶段销售管道"), deals.pipeline),
    Report("RP-02", ("Weighted forecast", "加权预测"), forecasting.forecast),
    Report("RP-03", ("Win rate", "赢单率"), deals.win_rate),
    Report("RP-04", ("Win/loss reasons and competitors", "得失原因与竞争对手"), deals.reasons),
    Report("RP-05", ("Approval cycle time", "审批周期"), approvals.approvals),
    Report("RP-06", ("Sales-call effectiveness", "拜访成效"), groups.calls),
    Report("RP-07", ("Account-plan performance", "客户计划绩效"), groups.plans),
    Report("RP-08", ("Opportunity performance of reps", "个人商机绩效"), deals.reps),
    Report("RP-09", ("Opportunity plans", "商机计划"), plans.opportunity_plans),
    Report("RP-10", ("Opportunities status", "商机状态"), plans.status),
    Report("RP-11", ("Order execution", "订单执行"), fulfilment.execution),
    Report("RP-12", ("Process health", "流程运行"), health.processes),
)
