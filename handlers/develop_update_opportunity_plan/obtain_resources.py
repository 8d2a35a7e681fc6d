"""Obtain Internal Sales Support Resources & SMEs: who is assigned; what is refused stays open, the manager knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import plan_contents, sales_teams, users
from engine.contract import Done, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD = "resource_requests"


@handler("develop_update_opportunity_plan.obtain_resources")
@completion
def obtain_resources(context: TaskContext[Any]) -> Outcome:
    """Answers every need; who is assigned joins the sales team once the sales rep. has confirmed that he fits."""
    given = plans.rows(context, FIELD)
    if objections := _objections(context, given):
        return Refuse(objections)
    work = plans.at_work(context)
    for row in given:
        changes = {
            **plans.columns(row, "status", "alternative"),
            "assigned": None if row["status"] == "refused" else row.get("assigned"),
            "fit_confirmed": bool(row.get("fit_confirmed")),
        }
        plan_contents.answer_resource(context.session, row["request"], changes, by=work.by, at=context.now)
    assigned = [row["assigned"] for row in given if row["status"] != "refused"]
    sales_teams.join(context.session, work.deal, assigned, on=work.today, by=work.by, at=context.now)
    return Done({}, notices=_notices(context, work, given))


def _objections(context: TaskContext[Any], given: Sequence[dict[str, Any]]) -> dict[str, Sentence]:
    found = {}
    for index, row in enumerate(given):
        if row["status"] != "refused" and not row.get("assigned"):
            found[f"{FIELD}.{index}.assigned"] = Sentence("Expected the person who is assigned, but nobody is chosen.")
        elif row["status"] != "refused" and not row.get("fit_confirmed"):
            text = "Expected the sales rep. to confirm the fit before %(person)s is assigned."
            found[f"{FIELD}.{index}.fit_confirmed"] = Sentence(
                text, person=users.names(context.session, row["assigned"])
            )
    return found


def _notices(context: TaskContext[Any], work: plans.Work, given: Sequence[dict[str, Any]]) -> list[Notice]:
    refused = [row["role"] for row in given if row["status"] == "refused"]
    if not refused:
        return []
    text = Sentence(
        "Resources for %(number)s %(name)s were refused and stay open: %(roles)s.",
        number=work.deal.number,
        name=work.deal.name,
        roles=", ".join(refused),
    )
    manager = users.get(context.session, work.deal.owner).manager
    return [Notice(manager, None if manager else "ops", text), Notice(work.deal.owner, None, text)]
