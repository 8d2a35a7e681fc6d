"""3.3.4 with its three stages, from end to end: one conversation leads to the next, or to the plan, or to an end."""

from datetime import timedelta

from crm.sales_calls import SalesCall
from engine.testing import Run
from tests.call_answers import ask, attend, choose, converse, next_steps, one_pass, prepare, report
from tests.calls import NEXT_WEEK, TOMORROW, Customer, a_call, a_customer, a_deal, call_of, handed_over
from tests.company import OPERATIONS, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "area-sales-call"
FLOWS = (
    "schedule-sales-call",
    "plan-for-sales-call",
    "open-sales-call",
    "execute-sales-call",
    "close-sales-call",
    "document-sales-call-results",
    "follow-up-on-sales-call",
)


def plan(company: Company, run: Run, customer: Customer, **more: object) -> SalesCall:
    """Agrees on a call tomorrow, prepares it, and waits until it begins."""
    choose(run, customer, **more)
    run.complete("record_answer", REP, answer="confirmed", agreed_time=TOMORROW)
    assert call_of(company, run).status == "scheduled"
    prepare(run)
    run.pass_time(TOMORROW - company.clock.now() - timedelta(minutes=15))
    return call_of(company, run)


def hold(run: Run, customer: Customer, **last: object) -> None:
    attend(run, customer.contact.number, actual_start=START)
    converse(run, "accepted")
    one_pass(run, time_left=False)
    ask(run, "full")
    next_steps(run, customer, **last)


def follow_up(run: Run, customer: Customer) -> None:
    run.complete("send_summary", REP, message="Thank you.")
    while "do_follow_ups" in run.open_tasks():
        run.complete("do_follow_ups", result="done")
    run.complete("check_customer_side", REP, customer_items=[{"done": True}])


def test_one_call_leads_to_the_next_within_one_instance_until_the_customer_declines(any_company: Company) -> None:
    customer = a_customer(any_company)
    run = any_company.start(KEY, f"user:{REP}", actor=REP)

    first = plan(any_company, run, customer)
    hold(run, customer)
    report(run)
    follow_up(run, customer)

    assert call_of(any_company, run).status == "closed"
    assert run.open_tasks() == ["choose_purpose"]
    choose(run, customer, NEXT_WEEK)
    second = call_of(any_company, run)
    assert (second.previous_call_id, second.number != first.number) == (first.id, True)
    run.complete("record_answer", REP, answer="declined")
    assert run.ended_at("end_cancelled_call")
    assert call_of(any_company, run).status == "cancelled"
    assert handed_over(any_company, run) == []


def test_a_conversation_about_an_opportunity_ends_in_its_plan(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(50_000))
    assert customer.deal is not None
    run = company.start(KEY, customer.deal.business_key, actor=REP)

    plan(company, run, customer, opportunity=customer.deal.business_key)
    hold(run, customer, next_call_wanted="false")
    report(run)
    follow_up(run, customer)

    assert run.ended_at("off_update_plan")
    assert handed_over(company, run) == [("develop-update-opportunity-plan", customer.deal.business_key)]


def test_a_conversation_about_no_opportunity_that_asks_for_no_other_call_ends(company: Company) -> None:
    customer = a_customer(company)
    run = company.start(KEY, customer.key, actor=REP)

    plan(company, run, customer)
    hold(run, customer, next_call_wanted="false")
    report(run)
    follow_up(run, customer)

    assert run.ended_at("end_done")
    assert call_of(company, run).status == "closed"
    assert handed_over(company, run) == []


def test_a_call_that_is_moved_twice_is_agreed_anew_each_time(company: Company) -> None:
    customer = a_customer(company)
    run = company.start(KEY, customer.key, actor=REP)
    choose(run, customer)
    run.complete("record_answer", REP, answer="confirmed", agreed_time=TOMORROW)
    prepare(run)

    run.message("call.moved")
    assert run.open_tasks() == ["choose_purpose"]
    number = plan(company, run, customer).number
    attend(run, continue_call="reschedule", key_person_present="false")

    assert run.open_tasks() == ["choose_purpose"]
    choose(run, customer, NEXT_WEEK)
    again = call_of(company, run)
    assert (again.number, again.status) == (number, "proposed")


def test_a_stage_may_run_alone(company: Company) -> None:
    customer = a_customer(company)
    held = company.start("stage-execute-sales-call", a_call(company, customer, start_at=START).business_key, actor=REP)
    attend(held, continue_call="no_show", key_person_present="false")
    report(held, "not_met")
    assert held.ended_at("end_returned")
    assert call_of(company, held).outcome == "not_held"

    followed = company.start("stage-follow-up-sales-call", held.row()["business_key"], actor=REP)
    assert followed.ended_at("end_returned")
    assert call_of(company, followed).status == "closed"

    refused = company.start(
        "stage-execute-sales-call", a_call(company, customer, start_at=START).business_key, actor=REP
    )
    attend(refused, customer.contact.number)
    converse(refused, "refused")
    ask(refused, "none")
    refused.complete("probe_reason", REP, reason="timing")
    next_steps(refused, customer)
    report(refused, "not_met")
    assert refused.ended_at("end_returned")

    moved = company.start("stage-plan-sales-call", a_call(company, customer).business_key, actor=REP)
    choose(moved, customer, NEXT_WEEK)
    moved.complete("record_answer", REP, answer="declined")
    assert moved.ended_at("end_cancelled_call")


def test_a_call_that_is_not_found_is_linked_by_operations_in_every_flow(company: Company) -> None:
    call = a_call(company, a_customer(company), start_at=NEXT_WEEK)

    for key in FLOWS:
        run = company.start(key, "sales_call:CALL-9999", actor=REP)
        assert run.open_tasks() == ["mr_resolve_missing_record"], key
        run.complete(
            "mr_resolve_missing_record", OPERATIONS, resolution="link_existing", record_ref=call.number, note="Renamed."
        )
        assert run.variables.get("sales_call_number") == call.number, key
