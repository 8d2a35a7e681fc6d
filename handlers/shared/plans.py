"""The opportunity plan that a step of 3.3.3.4.4 works on, and what its forms give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm import buying_centre, opportunity_plans, plan_answers, plan_contents
from crm.opportunities import Opportunity
from crm.opportunity_plans import OpportunityPlan
from engine.contract import Sentence, TaskContext
from handlers.shared import subject


@dataclass(frozen=True)
class Work:
    """A step's opportunity with its plan, the person who acts, and the owner's local date."""

    deal: Opportunity
    plan: OpportunityPlan
    by: str
    today: date


def at_work(context: TaskContext[Any]) -> Work:
    """What the step works on; raises `RecordNotFound`."""
    deal = subject.opportunity_of(context)
    plan = opportunity_plans.of(context.session, deal)
    return Work(deal, plan, subject.actor(context, deal), subject.today(context, deal.owner))


def rows(context: TaskContext[Any], field: str) -> list[dict[str, Any]]:
    """The rows of a repeating field; none when it was left empty."""
    return [dict(row) for row in context.form.get(field) or ()]


def columns(row: Mapping[str, Any], *same: str, **renamed: str) -> dict[str, Any]:
    """The columns of a row: some under their own names, some from a field of another name."""
    return {**{name: row.get(name) for name in same}, **{name: row.get(field) for name, field in renamed.items()}}


def contact_ids(context: TaskContext[Any], keys: Iterable[str | None]) -> Mapping[str, int]:
    """The ids of contacts by business key."""
    numbers = [key.partition(":")[2] for key in keys if key]
    found = buying_centre.ids(context.session, numbers)
    return {plan_answers.key(number): row_id for number, row_id in found.items()}


def iterate(context: TaskContext[Any], work: Work, sections: Collection[str]) -> dict[str, Any]:
    """Begins another pass over some sections; gives the variables that say so."""
    plan = opportunity_plans.begin_iteration(context.session, work.plan, by=work.by, at=context.now)
    plan_contents.ask_again(context.session, plan, sections, by=work.by, at=context.now)
    due = [section for section in (*plan.required_sections, *sections) if section in sections]
    return {"sections_due": list(dict.fromkeys(due)), "iteration_no": plan.iteration_no, "plan_version": plan.version}


def repeated(values: Iterable[Any]) -> list[Any]:
    """The values that come more than once, each once."""
    seen, found = set(), []
    for value in values:
        if value in seen and value not in found:
            found.append(value)
        seen.add(value)
    return found


def twice(values: Iterable[Any]) -> Sentence | None:
    """The objection to a list that names something more than once; None when it does not."""
    doubled = repeated(value for value in values if value is not None)
    if not doubled:
        return None
    shown = ", ".join(str(value) for value in doubled)
    return Sentence("Expected every entry once, but these are named several times: %(names)s.", names=shown)
