"""Provide Input to Plan: what the expert of a section writes."""

from __future__ import annotations

from typing import Any

from crm import plan_contents
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELDS = ("input", "attachments", "confidence", "open_questions")


@handler("develop_update_opportunity_plan.provide_input")
@completion
def provide_input(context: TaskContext[Any]) -> Outcome:
    """Keeps the input with its section, and what was written for the next iteration to begin with."""
    work = plans.at_work(context)
    section = context.variables["my_section"]["section"]
    given = {name: context.form.get(name) for name in FIELDS}
    for name in ("attachments", "open_questions"):
        given[name] = stored(given[name] or [])
    plan_contents.give_input(context.session, work.plan, section, given, by=work.by, at=context.now)
    return Done({"inputs": {**(context.variables.get("inputs") or {}), section: given}})
