"""Load lead: the inquiry that is there already, or nothing yet when somebody starts to enter one."""

from __future__ import annotations

from typing import Any

from crm import leads
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.leads import lead_of, naming
from handlers.shared.outcomes import loading

UNDECIDED = {"decision": None, "comment": None, "lead_decision": None, "fast_track": False, "pursue_decision": None}


@handler("lead_management.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """A lead in nurture whose day has come begins anew; one that is missing is an error."""
    kind, number = subject.kind_and_number(context)
    if kind == subject.USER:
        return Done({"owner": number, **UNDECIDED})
    found = lead_of(context)
    if found.status == "nurture":
        by = context.actor or found.owner
        found = leads.move(context.session, found, "new", by=by, at=context.now, revisit_date=None, campaign_list=None)
    return Done({**naming(found), **UNDECIDED})
