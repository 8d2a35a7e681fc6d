"""Calculate coverage and gap: how far pipeline and ideas carry to the target, and how complete the plan is."""

from __future__ import annotations

from typing import Any

from crm import plan_readiness
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of, write


@handler("develop_account_plan.calculate_financials")
@automatic
def calculate_financials(context: TaskContext[Any]) -> Outcome:
    """Sets the inputs of table D05, and says what is lacking."""
    plan = plan_of(context)
    found = plan_readiness.of_plan(context.session, plan)
    write(context, plan, coverage_ratio=found.coverage_ratio, completeness_pct=found.completeness_pct)
    return Done(
        {
            "coverage_ratio": found.coverage_ratio,
            "completeness_pct": found.completeness_pct,
            "mandatory_gap": bool(found.mandatory),
            "plan_lacks": [*found.mandatory, *found.lacking],
        }
    )
