"""Qualify on the call: money, decision, time and competition, added to what is known."""

from __future__ import annotations

from typing import Any

from crm import call_notes, evaluations
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

FACTS = ("budget", "decision_process", "decision_maker", "timing")


@handler("execute_sales_call.qualify_on_call")
@completion
def qualify_on_call(context: TaskContext[Any]) -> Outcome:
    """Keeps what came up as a note, and as a further evaluation of the opportunity that repeats what was known."""
    call = calls.call_of(context)
    by = calls.actor(context, call)
    facts: dict[str, Any] = {name: context.form[name] for name in FACTS if context.form.get(name)}
    if rivals := context.form.get("competitors"):
        facts["competitors"] = rivals
    if not facts:
        return Done({})
    shown = "; ".join(str(facts[name]) for name in FACTS if name in facts) or "-"
    call_notes.add(context.session, call, "qualification", shown, by=by, at=context.now, detail=facts)
    _evaluate(context, call, facts, by)
    return Done({})


def _evaluate(context: TaskContext[Any], call: SalesCall, facts: dict[str, Any], by: str) -> None:
    if call.opportunity_id is None:
        return
    known = evaluations.latest(context.session, call.opportunity_id, "stage")
    answers = {**(known.answers if known else {}), **facts, "sales_call": call.number}
    evaluations.add(context.session, call.opportunity_id, "stage", by=by, at=context.now, answers=answers)
