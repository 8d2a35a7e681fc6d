"""What is looked at every morning: stale plans and deals, missing reports, silent customers, leads to look at again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from crm import contact_cadence, leads, opportunities, opportunity_plans, sales_calls, standing_still, users
from engine.contract import Done, Notice, Occasion, Schedule, Sentence, Start

SYSTEM = "system"
WEEK = 7
CALLS_A_DAY = 3
"""Customers that an owner is asked to call at a time: a new company, whose customers are all silent, is not flooded."""


def stale_plans(occasion: Occasion[Any]) -> Done:
    """Plans of opportunities without new content for 21 days are marked; owner and manager hear of it."""
    notices = []
    for plan in opportunity_plans.mark_stale(occasion.session, by=SYSTEM, at=occasion.now):
        deal = opportunities.by_id(occasion.session, plan.opportunity_id)
        text = Sentence(
            "The plan of %(number)s %(name)s had no update for 21 days.", number=deal.number, name=deal.name
        )
        manager = users.get(occasion.session, deal.owner).manager
        notices += [Notice(login, None, text) for login in (deal.owner, manager) if login]
    return Done(notices=notices)


def still_deals(occasion: Occasion[Any]) -> Done:
    """Owner and manager hear of a deal too long in its stage when it begins to be, and every week after."""
    notices = []
    for still in standing_still.listing(occasion.session, occasion.now):
        if still.days_over % WEEK == 1:
            facts = {"number": still.number, "name": still.name, "days": still.days_over}
            text = Sentence("%(number)s %(name)s is in its stage for %(days)s days more than is healthy.", **facts)
            notices += [Notice(login, None, text) for login in (still.owner, still.manager) if login]
    return Done(notices=notices)


def missing_reports(occasion: Occasion[Any]) -> Done:
    """3.3.4.2.4 for the calls that ended a day ago and have no report."""
    found = sales_calls.unreported(occasion.session, occasion.now)
    return Done(starts=[Start("document-sales-call-results", call.business_key) for call in found])


def silent_customers(occasion: Occasion[Any]) -> Done:
    """3.3.4.1.1 for the customers that nobody spoke to within their cadence: of each owner the most urgent ones."""
    asked: Counter[str] = Counter()
    starts = []
    for customer in contact_cadence.overdue(occasion.session, occasion.now):
        asked[customer.owner] += 1
        if asked[customer.owner] <= CALLS_A_DAY:
            starts.append(Start("schedule-sales-call", f"account:{customer.number}"))
    return Done(starts=starts)


def nurtured_leads(occasion: Occasion[Any]) -> Done:
    """Lead Management for the leads in nurture whose day has come."""
    found = leads.to_revisit(occasion.session, occasion.now.date())
    return Done(starts=[Start("lead-management", business_key) for business_key in found])


ALL: tuple[Schedule, ...] = (
    Schedule("stale_plans", "10 7 * * *", {"en": "Stale opportunity plans", "zh-Hans": "过期的商机计划"}, stale_plans),
    Schedule("still_deals", "20 7 * * *", {"en": "Deals that stand still", "zh-Hans": "停滞的商机"}, still_deals),
    Schedule(
        "missing_call_reports",
        "30 7 * * *",
        {"en": "Missing call reports", "zh-Hans": "缺失的拜访报告"},
        missing_reports,
    ),
    Schedule(
        "contact_cadence",
        "40 7 * * 1-5",
        {"en": "Customers not spoken to", "zh-Hans": "久未联系的客户"},
        silent_customers,
    ),
    Schedule(
        "nurtured_leads",
        "50 7 * * *",
        {"en": "Leads to look at again", "zh-Hans": "待回访的培育线索"},
        nurtured_leads,
    ),
)
