"""Load the period: the last quarter, and who reports on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm import periods, users
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import loading


@handler("area_reporting_analysis.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Somebody unknown is a missing record."""
    owner = users.get(context.session, subject.starter(context) or "")
    first, _last = periods.days(periods.quarter(context.now.date()))
    period = periods.quarter(first - timedelta(days=1))
    return Done({"owner": owner.login, "period": period, "record_name": period, "report_numbers": []})
