"""Generate Opportunity Report: plan report and status report, filed with the opportunity and told to its readers."""

from __future__ import annotations

from typing import Any

from crm import plan_answers, plan_reports, users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import automatic


@handler("develop_update_opportunity_plan.generate_report")
@automatic
def generate_report(context: TaskContext[Any]) -> Outcome:
    """Files both reports, in both languages, as new versions; management, sales rep. and operations get notice."""
    work = plans.at_work(context)
    plan_reports.file_plan_report(context.session, work.deal, work.plan, by=work.by, at=context.now)
    plan_reports.file_status_report(context.session, work.deal, by=work.by, at=context.now)
    text = Sentence(
        "The plan report of %(number)s %(name)s is ready, version %(version)s.",
        number=work.deal.number,
        name=work.deal.name,
        version=work.plan.version,
    )
    manager = users.get(context.session, work.deal.owner).manager
    readers = [(work.deal.owner, None), (None, "ops"), *([(manager, None)] if manager else [])]
    lists = plan_answers.action_lists(context.session, work.plan, work.today)
    return Done(lists, notices=[Notice(user, group, text) for user, group in readers])
