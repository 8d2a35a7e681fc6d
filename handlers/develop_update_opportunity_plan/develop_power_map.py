"""Develop Living Power Map and Opportunity Relationship Strategy: looked at anew, and dated so, in every iteration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import buying_centre
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

LINKS, STRATEGY = "links", "relationship_strategy"


@handler("develop_update_opportunity_plan.develop_power_map")
@completion
def develop_power_map(context: TaskContext[Any]) -> Outcome:
    """Draws the links between contacts, and sets goal and owner of each relationship."""
    links, strategy = plans.rows(context, LINKS), plans.rows(context, STRATEGY)
    if objections := _objections(links, strategy):
        return Refuse(objections)
    work = plans.at_work(context)
    people = [row[name] for row in links for name in ("from_contact", "to_contact")]
    ids = plans.contact_ids(context, [*people, *(row["contact"] for row in strategy)])
    drawn = [
        {
            "from_contact_id": ids[row["from_contact"]],
            "to_contact_id": ids[row["to_contact"]],
            **plans.columns(row, "type", "strength"),
        }
        for row in links
    ]
    met = [
        {"contact_id": ids[row["contact"]], **plans.columns(row, "our_owner", "next_touch", relationship_goal="goal")}
        for row in strategy
    ]
    buying_centre.set_links(context.session, work.deal, drawn, dated=work.today, by=work.by, at=context.now)
    buying_centre.set_strategy(context.session, work.deal, met, by=work.by, at=context.now)
    return Done({})


def _objections(links: Sequence[dict[str, Any]], strategy: Sequence[dict[str, Any]]) -> dict[str, Sentence]:
    found = {}
    for index, row in enumerate(links):
        if row["from_contact"] == row["to_contact"]:
            text = "Expected a link between two people, but both ends are the same contact."
            found[f"{LINKS}.{index}.to_contact"] = Sentence(text)
    ends = [" > ".join((row["from_contact"], row["type"], row["to_contact"])) for row in links]
    if doubled := plans.twice(ends):
        found[LINKS] = doubled
    if doubled := plans.twice(row["contact"] for row in strategy):
        found[STRATEGY] = doubled
    return found
