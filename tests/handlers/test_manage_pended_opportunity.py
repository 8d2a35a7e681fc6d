"""Every step of Manage Pended Opportunity against real records and the deployed decision table."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from crm import account_plans, pended
from tests.crm.factories import NOW, an_account, an_opportunity
from tests.handlers.contexts import Step, record_of

pytestmark = pytest.mark.usefixtures("configured")
DATE = date(2026, 11, 2)


def deferred(connection: Connection, *, keep: bool = False, **fields: Any) -> Step:
    deal = an_opportunity(connection, **fields)
    pended.defer(connection, deal, "no_capacity", DATE, note="fair", keep_in_account_plan=keep, by="lin.wei", at=NOW)
    return Step(connection, deal.business_key, "manage_pended_opportunity")


def registered(connection: Connection, **fields: Any) -> Step:
    step = deferred(connection, **fields)
    step.done("load_context")
    step.done("register_pended")
    return step


def item_of(step: Step) -> pended.PendedItem:
    return pended.get_waiting(step.connection, record_of(step))


def test_the_item_that_deferring_left_is_taken_over(connection: Connection) -> None:
    step = registered(connection)

    assert step.variables["defer_reason"] == "no_capacity"
    assert step.variables["resume_at"] == datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
    assert step.variables["extension_count"] == 0


def test_a_nurtured_opportunity_is_deferred_by_the_hand_over(connection: Connection) -> None:
    deal = an_opportunity(connection, status="prequalified")
    given = {"defer_reason": "bad_timing", "resume_note": "next year"}
    step = Step(connection, deal.business_key, "manage_pended_opportunity", **given)

    step.done("load_context")
    step.done("register_pended", actor=None)

    assert record_of(step).status == "pended"
    assert (item_of(step).resume_date, item_of(step).note) == (date(2026, 12, 15), "next year")


def test_the_account_plan_gets_a_line_and_follows_an_extension(connection: Connection) -> None:
    customer = an_account(connection)
    plan = account_plans.create(connection, customer.id, "lin.wei", "2026", status="active", by="lin.wei", at=NOW)
    step = registered(connection, keep=True, account=customer)
    before = account_plans.pended(connection, plan)

    step.variables["new_resume_date"] = date(2027, 1, 4)
    step.done("extend_pended")

    (after,) = account_plans.pended(connection, plan)
    assert [line.resume_date for line in before] == [DATE]
    assert (after.resume_date, "Line 3" in after.text) == (date(2027, 1, 4), True)


def test_an_extension_counts_when_it_takes_effect(connection: Connection) -> None:
    step = registered(connection)
    form = {"resume_action": "extend", "new_resume_date": date(2027, 1, 4), "reason": "still busy"}

    step.done("ask_resume", form=form)
    asked = (step.variables["extension_count"], item_of(step).extension_count)
    step.done("extend_pended")

    assert asked == (0, 0)
    assert (step.variables["extension_count"], item_of(step).extension_count) == (1, 1)
    assert step.variables["resume_at"] == datetime(2027, 1, 4, 1, 0, tzinfo=UTC)
    assert record_of(step).resume_date == date(2027, 1, 4)


@pytest.mark.parametrize("chosen", [None, date(2026, 9, 16), date(2027, 3, 16)])
def test_a_date_outside_the_limit_is_refused(connection: Connection, chosen: date | None) -> None:
    step = registered(connection)
    form = {"resume_action": "extend", "new_resume_date": chosen, "reason": "busy"}

    errors = step.refused("ask_resume", form=form)

    assert list(errors) == ["new_resume_date"]
    assert item_of(step).resume_date == DATE


def test_dropping_ends_the_deferral(connection: Connection) -> None:
    step = registered(connection)

    step.done("ask_resume", form={"resume_action": "drop", "reason": "lost interest"})

    assert pended.waiting(connection, record_of(step).id) is None


def test_resuming_makes_it_assessed_again(connection: Connection) -> None:
    step = registered(connection)
    step.done("ask_resume", form={"resume_action": "resume", "reason": "budget is there"})

    outcome = step.done("reactivate")

    deal = record_of(step)
    assert (deal.status, deal.resume_date) == ("assessed", None)
    assert pended.waiting(connection, deal.id) is None
    assert "opportunity.resumed" in outcome.events


def test_reactivating_twice_fails_with_a_sentence(connection: Connection) -> None:
    step = registered(connection)
    step.done("reactivate")

    failed = step.failed("reactivate")

    assert not failed.retry
    assert "it is “Assessed”" in str(failed.reason)


@pytest.mark.parametrize(("decision", "still_waiting"), [("approve", True), ("reject", False)])
def test_the_manager_decides_on_the_third_extension(connection: Connection, decision: str, still_waiting: bool) -> None:
    step = registered(connection)

    outcome = step.done("confirm_extension", form={"decision": decision, "comment": "enough"}, actor="chen.jing")

    assert (pended.waiting(connection, record_of(step).id) is not None) == still_waiting
    assert [notice.to_user for notice in outcome.notices] == ["lin.wei"]


def test_the_owners_manager_hears_of_silence(connection: Connection) -> None:
    step = registered(connection)
    boss = Step(connection, an_opportunity(connection, owner="hao.yun").business_key, step.process)

    told = step.done("notify_manager", actor=None).notices + boss.done("notify_manager").notices

    assert [(notice.to_user, notice.to_group) for notice in told] == [("chen.jing", None), (None, "ops")]


def test_a_deferral_that_is_gone_fails_with_a_sentence(connection: Connection) -> None:
    deal = an_opportunity(connection)
    step = Step(connection, deal.business_key, "manage_pended_opportunity")

    errors = step.refused("ask_resume", form={"resume_action": "resume", "reason": "x"})

    assert deal.number in errors[""]


@pytest.mark.parametrize("entry", ["deferred_opportunity", None])
def test_key_account_planning_starts_for_an_opportunity(connection: Connection, entry: str | None) -> None:
    deal = an_opportunity(connection)
    step = Step(connection, deal.business_key, "area_key_account_planning", entry_reason=entry)

    step.done("load_context")

    assert step.variables["entry_reason"] == (entry or "planning_cycle")
    assert step.variables["opportunity_number"] == deal.number
    assert step.variables["customer"] == "Customer of Line 3"


def test_key_account_planning_starts_for_an_account(connection: Connection) -> None:
    customer = an_account(connection)
    step = Step(connection, f"account:{customer.number}", "area_key_account_planning")

    step.done("load_context")

    assert (step.variables["owner"], step.variables["account_name"]) == ("lin.wei", customer.name)
    assert step.variables["entry_reason"] == "planning_cycle"


def test_key_account_planning_misses_an_unknown_account(connection: Connection) -> None:
    error = Step(connection, "account:ACC-9999", "area_key_account_planning").error("load_context")

    assert error.code == "RECORD_NOT_FOUND"


def test_an_opportunity_process_is_not_started_for_an_account(connection: Connection) -> None:
    customer = an_account(connection)

    error = Step(connection, f"account:{customer.number}", "prioritize_opportunity").error("load_context")

    assert customer.number in str(error.message)
