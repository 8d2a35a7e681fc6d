"""3.3.1.2.1 Execute Account Plan (first use of the number), from end to end: the test paths of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm import account_plans, accounts, plan_actions, plan_objectives
from crm.account_plans import AccountPlan
from crm.plan_actions import PlanAction
from engine import handovers, inbox, messages
from engine.errors import InvalidForm
from engine.testing import Run
from tests.account_planning import a_plan, an_account, plan_now, running
from tests.company import MANAGER, OPERATIONS, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY, EVENT = "execute-account-plan", "account.trigger_event"
EXPERT, OTHER = "exp.ann", "zhao.lei"
DONE = {"result": "done", "result_note": "They want an offer."}
GOOD = {"rag": "green", "customer_feedback": "Content."}


def begin(company: Company, *actions: dict[str, Any], **plan: Any) -> tuple[Run, AccountPlan]:
    given = {"status": "active", "next_review_on": date(2026, 12, 16), **plan}
    made = a_plan(company, an_account(company), **given)
    with company.database.write() as transaction:
        for action in actions:
            plan_actions.add(transaction.connection, plan_actions.ACCOUNT_PLAN, made.id, action, by=REP, at=START)
    run = company.start(KEY, made.business_key, actor=REP)
    run.complete("brief_team", REP, kick_off_date="2026-09-20", attendees=[EXPERT])
    return run, made


def action(text: str, **values: Any) -> dict[str, Any]:
    return {"text": text, "type": "relationship", "owner": EXPERT, "due": date(2026, 11, 2), **values}


def actions_of(company: Company, plan: AccountPlan) -> dict[str, PlanAction]:
    with company.database.read() as connection:
        found = plan_actions.of_plan(connection, plan_actions.ACCOUNT_PLAN, plan.id)
    return {one.text: one for one in found}


def desk(company: Company, login: str) -> list[inbox.InboxRow]:
    """The tasks in somebody's inbox, the oldest first."""
    with company.database.read() as connection:
        found = inbox.tasks(connection, company.engine.directory(connection), login, company.clock.now())
    return sorted(found, key=lambda row: row.id)


def test_a_green_plan_runs_until_its_review_and_carries_open_actions_over(any_company: Company) -> None:
    run, plan = begin(any_company, action("Meet the COO"), action("Show drive 4", due=date(2027, 6, 1)))
    assert run.open_tasks() == ["perform_actions", "perform_actions"]
    assert [row.subject.partition(" · ")[0] for row in desk(any_company, EXPERT)] == ["Meet the COO", "Show drive 4"]
    run.complete("perform_actions", EXPERT, **DONE, next="Offer")

    for _ in range(3):
        run.pass_time(timedelta(days=31))
        run.complete("review_progress", REP, **GOOD)

    assert run.ended_at("off_monitor") and "remove_blockers" not in run.path()
    assert plan_now(any_company, plan).plan_health == "green"
    found = actions_of(any_company, plan)
    assert (found["Meet the COO"].status, found["Meet the COO"].result) == ("done", "They want an offer. Offer")
    assert found["Show drive 4"].status == "carried"
    with any_company.database.read() as connection:
        waiting = handovers.of_instance(connection, run.instance_id)
    assert [(one.target_key, one.business_key) for one in waiting] == [
        ("monitor-account-performance", plan.business_key)
    ]
    again = any_company.start(KEY, plan.business_key, actor=REP)
    again.complete("brief_team", REP, kick_off_date="2026-12-20")
    assert again.open_tasks() == ["perform_actions"]
    assert actions_of(any_company, plan)["Show drive 4"].status == "open"


def test_calls_and_opportunities_start_their_processes_and_marketing_hears_of_campaigns(company: Company) -> None:
    run, plan = begin(
        company,
        action("Visit plant 2", type="sales_call", owner=REP),
        action("Drive 4 for plant 2", type="opportunity", owner=REP),
        action("Fair in May", type="campaign"),
    )

    with company.database.read() as connection:
        started = sorted(one.target_key for one in handovers.of_instance(connection, run.instance_id))
        directory = company.engine.directory(connection)
        offered = inbox.tasks(connection, directory, "mkt.bo", company.clock.now(), scope="groups")
    assert started == ["pre-qualify-opportunity", "schedule-sales-call"]
    (campaign,) = [row for row in offered if row.kind == "warning"]
    assert "Campaign for Hengli Machinery" in str(campaign.warning)
    assert run.open_tasks() == ["release_actions", *["perform_actions"] * 3]


def test_an_overdue_action_goes_to_the_manager_who_gives_it_to_somebody_else(company: Company) -> None:
    run, plan = begin(company, action("Meet the COO", owner=REP), action("Later", due=date(2027, 1, 1)))

    run.pass_time(timedelta(days=48))
    assert run.open_tasks().count("escalate_overdue") == 1
    with pytest.raises(InvalidForm) as refused:
        run.complete("escalate_overdue", MANAGER, help="reassign")
    assert list(refused.value.errors) == ["new_owner"]
    run.complete("escalate_overdue", MANAGER, help="reassign", new_owner=OTHER, new_due="2026-11-20")

    moved = actions_of(company, plan)["Meet the COO"]
    assert (moved.owner, moved.due) == (OTHER, date(2026, 11, 20))
    assert run.open_tasks().count("perform_actions") == 2
    run.complete("perform_actions", EXPERT, **DONE)
    run.complete("perform_actions", OTHER, **DONE)
    assert actions_of(company, plan)["Meet the COO"].status == "done"


def test_a_dropped_action_asks_nobody_any_more_and_more_time_is_watched_again(company: Company) -> None:
    run, plan = begin(company, action("Drop me", owner=REP), action("Extend me", owner=REP, due=date(2026, 11, 3)))
    run.pass_time(timedelta(days=49))
    assert run.open_tasks().count("escalate_overdue") == 2

    run.complete("escalate_overdue", MANAGER, help="drop")
    run.complete("escalate_overdue", MANAGER, help="extend", new_due="2026-11-10")

    assert [actions_of(company, plan)[text].status for text in ("Drop me", "Extend me")] == ["dropped", "open"]
    assert run.open_tasks().count("perform_actions") == 1
    run.pass_time(timedelta(days=8))
    assert run.open_tasks().count("escalate_overdue") == 1


def test_a_red_plan_goes_to_the_manager_and_then_to_monitoring(company: Company) -> None:
    run, plan = begin(company, action("Meet the COO", due=date(2026, 10, 1)))
    objective = {
        "type": "revenue",
        "measure": "Won",
        "target": Decimal(100000),
        "due": date(2026, 12, 31),
        "owner": REP,
    }
    with company.database.write() as transaction:
        plan_objectives.set_all(transaction.connection, plan.id, [objective], by=REP, at=START)

    run.pass_time(timedelta(days=31))
    run.complete("review_progress", REP, rag="amber", blockers=[{"blocker": "No contact at plant 2", "owner": MANAGER}])
    assert run.variables["plan_health"] == "red"  # nothing was won yet
    run.complete("remove_blockers", MANAGER, decision_note="I call the COO.", support=[{"help": "Call", "by": MANAGER}])

    assert run.ended_at("off_monitor")
    assert run.variables["review_reason"] == "red"
    now = plan_now(company, plan)
    assert (now.plan_health, now.blockers) == ("red", [{"blocker": "No contact at plant 2", "owner": MANAGER}])
    assert actions_of(company, plan)["Meet the COO"].status == "carried"


def test_a_plan_whose_owner_calls_it_red_is_red(company: Company) -> None:
    run, _ = begin(company, action("Meet the COO"))
    run.pass_time(timedelta(days=31))

    run.complete("review_progress", REP, rag="red")

    assert run.open_tasks().count("remove_blockers") == 1


def test_the_end_of_the_plan_is_a_reason_to_check_it(company: Company) -> None:
    run, plan = begin(company, period_end=date(2026, 10, 1))
    run.pass_time(timedelta(days=31))

    run.complete("review_progress", REP, **GOOD)

    assert run.ended_at("off_monitor") and run.variables["review_reason"] == "plan_end"


def test_an_account_event_has_the_plan_checked_before_its_review_is_due(company: Company) -> None:
    run, plan = begin(company, action("Meet the COO"))
    with company.database.read() as connection:
        number = accounts.by_id(connection, plan.account_id).number

    sent = messages.correlate(company.engine, EVENT, f"account:{number}", {"trigger_event": "critical"})
    run.work()

    assert sent.instances == (run.instance_id,) and "review_progress" in run.open_tasks()
    run.complete("review_progress", REP, **GOOD)
    assert run.ended_at("off_monitor")
    assert actions_of(company, plan)["Meet the COO"].status == "carried"
    check = running(company, plan.business_key, "monitor-account-performance")
    assert check.variables["trigger_event"] == "critical"


def test_a_draft_cannot_be_put_to_work(company: Company) -> None:
    plan = a_plan(company, an_account(company))
    run = company.start(KEY, plan.business_key, actor=REP)
    (task,) = run.open_tasks()

    run.complete(task, OPERATIONS, resolution="cancel", note="Not approved.")

    assert run.ended_at("end_cancelled")
    with company.database.read() as connection:
        assert account_plans.get(connection, plan.number).status == "draft"
