"""Whole stories over many processes: each process hands over to the next, until the records rest."""

from datetime import date, timedelta
from decimal import Decimal

from crm import accounts, call_follow_ups, leads, opportunities, orders, quotes, sales_calls
from engine import incidents, instances, messages, worker
from tests import account_planning, call_answers
from tests.calls import TOMORROW, a_customer, a_deal, started
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, START, Company, company
from tests.processes import test_identify_target_accounts as targeting
from tests.processes import test_key_account_planning as planning
from tests.processes import test_opportunity_management as sales
from tests.processes import test_order_execution_tracking as delivery
from tests.processes import test_quote_approval as quoting
from tests.processes.planning import Planning

__all__ = ["company"]

MARKETING = "mkt.bo"


def everything_rests(company: Company, *still_running: str) -> None:
    """Nothing is left open but the processes named, and nothing went wrong on the way."""
    with company.database.read() as connection:
        assert incidents.listing(connection) == []
        assert sorted(row.key for row in instances.running(connection)) == sorted(still_running)


def test_a_lead_becomes_an_opportunity_that_is_planned_won_ordered_and_delivered(company: Company) -> None:
    quoting.switch(company)
    item = quoting.a_product(company)
    customer = sales.a_customer(company)

    lead = company.start("lead-management", f"user:{MARKETING}", actor=MARKETING)
    inquiry = {"company": customer.name, "contact_name": "Zhou Ning", "phone_or_email": "zhou@hengli.example"}
    lead.complete("capture_lead", MARKETING, **inquiry, source="referral", need="A third line", rfp="false")
    assert lead.ended_at("off_pre_qualify")
    with company.database.read() as connection:
        found = leads.get(connection, lead.variables["lead_number"])
        deal = opportunities.get(connection, lead.variables["opportunity_number"])
    assert (found.status, found.opportunity_id, deal.status) == ("converted", deal.id, "draft")

    registered = company.running(deal, "pre-qualify-opportunity")
    sales.register(registered, customer)
    sales.answer(registered, sales.YES)
    assert (registered.ended_at("off_assess"), company.now(deal).status) == (True, "prequalified")
    assessed = company.running(deal, "assess-opportunity")
    sales.assess(assessed)
    assert (assessed.ended_at("off_prioritize"), company.now(deal).status) == (True, "assessed")
    prioritized = company.running(deal, "prioritize-opportunity")
    sales.pursue(prioritized)
    sales.prioritize(prioritized)
    assert (company.now(deal).status, company.now(deal).priority) == ("active", "high")
    planned = company.running(deal, "develop-update-opportunity-plan")
    work = Planning.of(company, company.now(deal), planned)
    work.agree_all()

    quoted = company.start("quote-approval", deal.business_key, actor=REP)
    quoting.prepare(quoted, quoting.line(item, 10, 0))
    quoted.complete("record_customer_answer", REP, answer="accepted", note="Fine.")
    work.track(customer_decision="won")
    planned.complete("follow_up_gaps", REP)

    closed = company.running(deal, "close-opportunity")
    won = {"outcome": "won", "outcome_date": "2026-09-16", "reason_codes": ["W01"], "actual_amount": "1000"}
    closed.complete("propose_outcome", REP, **won)
    closed.complete("clear_open_items", REP, settlements=[{"resolution": "close"}])
    reasons = [{"reason_code": "W01", "weight": "60"}]
    closed.complete("analyse_win", REP, win_reasons=reasons, decisive_factor="Uptime", enter_order="true")
    ordered = {"product": item, "qty": "10", "price": "100", "delivery_date": "2026-11-30"}
    closed.complete("enter_order", REP, order_lines=[ordered], order_no="PO-7")
    assert (company.now(deal).status, closed.open_tasks()) == ("won", [])
    with company.database.read() as connection:
        order = orders.latest(connection, deal.id)
    assert order is not None
    delivery.deliver(company, order, **delivery.WHOLE)
    messages.correlate(company.engine, "order.changed", order.business_key)
    worker.run_due(company.engine)
    closed.complete("confirm_follow_up_done", REP, all_done="true")

    assert closed.ended_at("end_completed")
    now = company.now(deal)
    assert (now.status, now.outcome, now.actual_amount) == ("closed", "won", Decimal(1000))
    assert delivery.now(company, order).status == "complete"
    with company.database.read() as connection:
        assert quotes.get(connection, quoted.variables["quote_number"]).status == "accepted"
    everything_rests(company)


def test_a_sales_call_is_agreed_prepared_held_reported_and_followed_up_by_the_next(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(50_000))
    assert customer.deal is not None

    agreed = company.start("schedule-sales-call", customer.deal.business_key, actor=REP)
    call_answers.choose(agreed, customer, opportunity=customer.deal.business_key)
    agreed.complete("record_answer", REP, answer="confirmed", agreed_time=TOMORROW)
    call = agreed.row()["business_key"]
    prepared = started(company, call, "plan-for-sales-call")
    call_answers.prepare(prepared)
    prepared.pass_time(TOMORROW - START - timedelta(minutes=15))
    opened = started(company, call, "open-sales-call")
    call_answers.attend(opened, customer.contact.number)
    call_answers.converse(opened, "accepted")
    held = started(company, call, "execute-sales-call")
    call_answers.one_pass(held)
    concluded = started(company, call, "close-sales-call")
    call_answers.ask(concluded, "full")
    call_answers.next_steps(concluded, customer)
    documented = started(company, call, "document-sales-call-results")
    call_answers.report(documented)
    followed = started(company, call, "follow-up-on-sales-call")
    followed.complete("send_summary", REP, message="Thank you.")
    while "do_follow_ups" in followed.open_tasks():
        followed.complete("do_follow_ups", result="done")
    followed.complete("check_customer_side", REP, customer_items=[{"done": True}])

    with company.database.read() as connection:
        done = sales_calls.get(connection, call.partition(":")[2])
        promised = call_follow_ups.listing(connection, done.id)
    assert (done.status, done.outcome, done.commitment, done.opportunity_id) == (
        "closed", "advance", "full", customer.deal.id,
    )  # fmt: skip
    assert len(promised) == 3 and {one.status for one in promised} == {"done"}
    assert followed.ended_at("off_next_call")
    assert started(company, call, "schedule-sales-call").open_tasks() == ["choose_purpose"]
    everything_rests(company, "schedule-sales-call")


def test_an_account_is_chosen_planned_worked_and_checked_and_its_plan_goes_on(company: Company) -> None:
    customer = targeting.a_customer(company, "Hengli")
    chosen = targeting.begin(company)
    wish, proposal = targeting.wish(customer), targeting.proposed(customer)
    targeting.opinions(chosen, wish)
    chosen.complete("consolidate_list", OPERATIONS, proposal=[proposal | {"tier": "MAINTAIN"}])
    targeting.approve(company, chosen, decision="approve")
    chosen.complete("assign_teams", REGIONAL, assignments=[{"owner": REP}])
    assert chosen.ended_at("off_develop_plans")

    account = f"account:{customer.number}"
    developed = account_planning.running(company, account, "develop-account-plan")
    planning.write_plan(developed)
    assert developed.ended_at("off_execute")
    plan = planning.the_plan(company, customer)
    worked = account_planning.running(company, plan.business_key, "execute-account-plan")
    worked.complete("brief_team", REP, kick_off_date="2026-09-20")
    worked.complete("perform_actions", REP, result="done", result_note="They want an offer.")
    while "remove_blockers" not in worked.open_tasks():
        worked.pass_time(timedelta(days=31))
        worked.complete("review_progress", REP, rag="amber", customer_feedback="Content.")
    worked.complete("remove_blockers", MANAGER, decision_note="We look at it.")
    assert worked.ended_at("off_monitor")

    checked = account_planning.running(company, plan.business_key, "monitor-account-performance")
    checked.complete("gather_customer_feedback", REP, **planning.FEEDBACK)
    checked.complete("analyse_causes", REP, causes=[{"objective": "Won amount", "cause": "No orders."}])
    checked.complete("decide_recovery", REGIONAL, decision="approve")
    revised = [{"objective": "Won amount", "strategy": "Service first"}]
    checked.complete("revise_plan", REP, objectives=[planning.OBJECTIVE], strategies=revised, actions=[planning.ACTION])
    checked.complete("hold_review", REP, minutes="Discussed.")
    checked.complete("decide_on_plan", MANAGER, decision="approve")
    assert checked.ended_at("off_execute")

    again = account_planning.running(company, plan.business_key, "execute-account-plan")
    assert (again.instance_id != worked.instance_id, again.open_tasks()) == (True, ["brief_team"])
    now = account_planning.plan_now(company, plan)
    with company.database.read() as connection:
        kept = accounts.get(connection, customer.number)
    assert (kept.is_target, kept.tier, kept.owner) == (True, "MAINTAIN", REP)
    assert (now.status, now.version, now.next_review_on) == ("active", 2, date(2027, 7, 18))
    everything_rests(company, "execute-account-plan")
