"""Lead decision rule: keep what table D27 says, and give a lead worth pursuing to a rep."""

from __future__ import annotations

from typing import Any

from crm import accounts, assignment, leads
from engine.contract import Done, Fail, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.decisions import output
from handlers.shared.leads import lead_of
from handlers.shared.outcomes import automatic

WORTH_PURSUING = ("pursue", "manager_decides", "convert")


@handler("lead_management.decide_lead")
@automatic
def decide_lead(context: TaskContext[Any]) -> Outcome:
    """The rep is the account's owner, else the one whose turn it is; the lead is scored now."""
    lead = lead_of(context)
    if context.result is None:
        number = lead.number
        return Fail(Sentence("Expected a decision on %(number)s, but no row fits.", number=number), retry=False)
    decision = output(context.result, "lead_decision")
    owner = _rep(context, lead) if decision in WORTH_PURSUING else lead.owner
    by = context.actor or lead.owner
    moved = leads.decide(context.session, lead, decision, owner, by=by, at=context.now)
    text = Sentence("The lead %(number)s %(company)s is yours.", number=moved.number, company=moved.company)
    notices = [Notice(owner, None, text)] if owner != lead.owner else []
    return Done({"lead_decision": decision, "owner": owner}, notices=notices)


def _rep(context: TaskContext[Any], lead: leads.Lead) -> str:
    if lead.account_id is not None:
        found = assignment.owner_for(context.session, accounts.by_id(context.session, lead.account_id))
        if found is not None:
            return found
    return assignment.next_rep(context.session) or lead.owner
