"""3.3.4.3.1 Follow Up on Sales Call, from end to end: every test path of the catalogue, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crm import call_follow_ups
from crm.call_follow_ups import FollowUp
from engine import history, plain, user_tasks
from engine.errors import InvalidForm, NotAllowed
from engine.tables import message
from engine.testing import Run
from tests.calls import COLLEAGUE, EXPERT, Customer, a_call, a_customer, a_deal, call_of, handed_over
from tests.company import MANAGER, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "follow-up-on-sales-call"
DUE = date(2026, 9, 18)


def begin(company: Company, customer: Customer, *, ours: Any = (REP,), theirs: int = 1, **fields: Any) -> Run:
    given: dict[str, Any] = {
        "start_at": START,
        "actual_start": START,
        "actual_end": START,
        "outcome": "advance",
        "summary": "They want a trial.",
        "agreed_points": [{"point": "Stops cost 9 %"}],
    }
    call = a_call(company, customer, "documented", **given | fields)
    with company.database.write() as transaction:
        connection = transaction.connection
        for number, owner in enumerate(ours):
            call_follow_ups.agree(connection, call, f"Send {number}", "us", DUE, by=REP, at=START, owner=owner)
        for number in range(theirs):
            call_follow_ups.agree(
                connection, call, f"Name {number}", "customer", DUE, by=REP, at=START,
                contact_number=customer.contact.number,
            )  # fmt: skip
    return company.start(KEY, call.business_key, actor=REP)


def follow_ups(company: Company, run: Run) -> dict[str, FollowUp]:
    with company.database.read() as connection:
        found = call_follow_ups.listing(connection, call_of(company, run).id)
    return {item.action: item for item in found}


def send(run: Run) -> None:
    run.complete("send_summary", REP, message=run.variables["summary_draft"])


def check(run: Run, *done: bool, **more: Any) -> None:
    run.complete("check_customer_side", REP, customer_items=[{"done": one, **more} for one in done])


def test_everything_done_closes_the_call(any_company: Company) -> None:
    customer = a_customer(any_company)
    run = begin(any_company, customer, ours=(REP, EXPERT))
    assert run.variables["summary_draft"].splitlines()[0] == "Stops cost 9 %"

    send(run)
    assert run.open_tasks() == ["do_follow_ups", "do_follow_ups"]
    run.complete("do_follow_ups", REP, result="done")
    run.complete("do_follow_ups", EXPERT, result="partly", note="The rest follows")
    check(run, True)

    assert run.ended_at("end_done")
    call = call_of(any_company, run)
    assert (call.status, call.summary_sent_at) == ("closed", START)
    assert call.customer_message == run.variables["summary_draft"]
    kept = follow_ups(any_company, run)
    assert {name: (item.status, item.result) for name, item in kept.items()} == {
        "Send 0": ("done", "done"),
        "Send 1": ("done", "partly"),
        "Name 0": ("done", "done"),
    }
    assert kept["Send 1"].note == "The rest follows"


def test_a_customer_who_is_late_is_asked_three_times(company: Company) -> None:
    run = begin(company, a_customer(company), ours=(), theirs=2)
    send(run)

    check(run, True, False)
    assert (run.open_tasks(), run.variables["all_follow_ups_closed"]) == ([], False)
    run.pass_time(timedelta(days=7))
    assert [row["action"] for row in run.variables["customer_follow_ups"]] == ["Name 1"]
    with pytest.raises(InvalidForm) as refused:
        check(run, False, new_date=DUE)
    assert list(refused.value.errors) == ["customer_items.0.new_date"]
    check(run, False, new_date=date(2026, 10, 1))
    run.pass_time(timedelta(days=7))
    check(run, False)

    assert run.ended_at("end_done")
    assert (run.variables["follow_up_round"], call_of(company, run).status) == (3, "closed")
    kept = follow_ups(company, run)["Name 1"]
    assert (kept.status, kept.due) == ("open", date(2026, 10, 1))


def test_each_late_follow_up_is_taken_to_the_manager_once_who_may_give_more_time_or_drop_it(company: Company) -> None:
    run = begin(company, a_customer(company), ours=(REP, EXPERT), theirs=0)
    send(run)
    run.complete("do_follow_ups", REP, result="done")

    run.pass_time(timedelta(days=3))

    assert sorted(run.open_tasks()) == ["do_follow_ups", "escalate_follow_up"]
    with pytest.raises(InvalidForm) as refused:
        run.complete("escalate_follow_up", MANAGER, help="extend", new_due=DUE)
    assert list(refused.value.errors) == ["new_due"]
    run.complete("escalate_follow_up", MANAGER, help="extend", new_due=date(2026, 9, 25))
    assert (follow_ups(company, run)["Send 1"].due, run.open_tasks()) == (date(2026, 9, 25), ["do_follow_ups"])

    other = begin(company, a_customer(company), ours=(EXPERT,), theirs=0)
    send(other)
    other.pass_time(timedelta(days=3))
    other.complete("escalate_follow_up", MANAGER, help="drop")
    other.complete("do_follow_ups", EXPERT, result="not_done")
    other.complete("check_customer_side", REP)
    assert other.ended_at("end_done")
    assert follow_ups(company, other)["Send 0"].status == "dropped"


def test_a_late_follow_up_that_somebody_else_is_to_keep_takes_its_task_along(company: Company) -> None:
    run = begin(company, a_customer(company), ours=(EXPERT,), theirs=0)
    send(run)
    run.pass_time(timedelta(days=3))

    run.complete("escalate_follow_up", MANAGER, help="reassign", new_owner=COLLEAGUE)

    task = run.task_id("do_follow_ups")
    with pytest.raises(NotAllowed):
        user_tasks.complete(company.engine, task, EXPERT, {"result": "done"})
    run.complete("do_follow_ups", COLLEAGUE, result="done")
    kept = follow_ups(company, run)["Send 0"]
    assert (kept.owner, kept.status) == (COLLEAGUE, "done")


def test_another_call_comes_first_and_the_plan_of_the_opportunity_is_told(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(300_000))
    assert customer.deal is not None
    run = begin(company, customer, ours=(), theirs=0, next_call_wanted=True)

    send(run)

    assert run.ended_at("off_next_call")
    call = call_of(company, run)
    assert handed_over(company, run) == [("schedule-sales-call", call.business_key)]
    with company.database.read() as connection:
        sent = [event for event in history.of_instance(connection, run.instance_id) if event.kind == "message.thrown"]
        kept = connection.execute(select(message.c.name, message.c.business_key, message.c.payload)).all()
    assert [event.detail["name"] for event in sent] == ["customer.responded"]
    assert [(one.name, one.business_key) for one in kept] == [("customer.responded", customer.deal.business_key)]
    assert plain.read(kept[0].payload)["customer_response"] == "They want a trial."


def test_without_another_call_the_plan_of_the_opportunity_is_updated(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(300_000))
    assert customer.deal is not None
    run = begin(company, customer, ours=(), theirs=0)

    send(run)

    assert run.ended_at("off_update_plan")
    assert handed_over(company, run) == [("develop-update-opportunity-plan", customer.deal.business_key)]


def test_a_call_that_was_not_held_ends_without_letter_and_plan(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(300_000))
    run = begin(company, customer, ours=(), theirs=0, outcome="not_held", actual_start=None, actual_end=None)

    assert run.ended_at("end_done")
    assert {event.element for event in run.events("task.skipped")} == {"send_summary", "check_customer_side"}
    assert handed_over(company, run) == []
