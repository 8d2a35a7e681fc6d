"""3.3.3.4.2 Close Opportunity, from end to end: the test paths of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import (
    account_plans,
    competition,
    flags,
    forecast,
    opportunity_plans,
    plan_actions,
    plan_objectives,
    pursue,
    quotes,
    records,
    sales_calls,
    stage_history,
    win_loss,
)
from crm.opportunities import Opportunity
from crm.quotes import QuoteLine
from crm.tables import opportunity_activity, order_execution, order_line, product, sales_order
from engine import handovers, notices
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, REGIONAL, REP, START, Company, any_company, company
from tests.processes.planning import EXPERT, a_competitor, deal_to_plan

__all__ = ["any_company", "company"]

KEY = "close-opportunity"
TODAY = "2026-09-16"


def begin(company: Company, deal: Opportunity, **variables: Any) -> Run:
    return company.start(KEY, deal.business_key, actor=REP, **variables)


def propose(run: Run, outcome: str, *codes: str, **more: str) -> None:
    run.complete("propose_outcome", REP, outcome=outcome, outcome_date=TODAY, reason_codes=list(codes), **more)


def win(run: Run, enter_order: str = "false", **more: Any) -> None:
    reasons = [{"reason_code": "W01", "weight": "60"}, {"reason_code": "W03", "weight": "40"}]
    run.complete("analyse_win", REP, win_reasons=reasons, decisive_factor="Uptime", enter_order=enter_order, **more)


def lose(run: Run, **more: Any) -> None:
    reasons = [{"reason_code": "L01", "weight": "80"}]
    run.complete("analyse_loss", REP, loss_reasons=reasons, lessons="Come earlier", **more)


def a_sent_quote(company: Company, deal: Opportunity) -> str:
    with company.database.write() as transaction:
        connection = transaction.connection
        row = {"number": "PRD-0900", "name": "Line", "name_zh": "生产线", "unit": "piece"}
        product_id = records.insert(connection, product, row, by=REP, at=START)
        line = QuoteLine(product_id, Decimal(1), Decimal(60000), Decimal(0))
        terms = {"valid_until": date(2026, 12, 31), "payment_terms": "30 days", "non_standard_terms": False}
        one = quotes.prepare(connection, deal, None, [line], by=REP, at=START, **terms, justification=None)
        one = quotes.price(connection, one, by=REP, at=START)
        one = quotes.move(connection, one, "approved", by=REP, at=START)
        return quotes.move(connection, one, "sent", by=REP, at=START, sent_at=START).number


def switch_on_sales(company: Company) -> None:
    with company.database.write() as transaction:
        flags.switch(transaction.connection, "sales_module_enabled", True, by="adm.zu", at=START)


def test_a_win_is_ordered_delivered_and_closed(any_company: Company) -> None:
    switch_on_sales(any_company)
    deal = deal_to_plan(any_company, amount=Decimal("60000"))
    quote = a_sent_quote(any_company, deal)
    run = begin(any_company, deal, proposed_outcome="won")

    propose(run, "won", "W01", actual_amount="60000")
    assert run.open_tasks() == ["clear_open_items"]
    run.complete("clear_open_items", REP, settlements=[{"resolution": "close"}])
    assert run.open_tasks() == ["analyse_win"]
    now = any_company.now(deal)
    assert (now.status, now.outcome, now.actual_amount, now.win_probability) == ("won", "won", 60000, 100)
    todo = {"todo": "Hand over to delivery", "owner": REP, "due": "2026-10-01"}
    win(run, "true", follow_up_tasks=[todo])
    assert run.open_tasks() == ["enter_order"]
    line = {"product": "product:PRD-0900", "qty": "1", "price": "60000", "delivery_date": "2026-11-30"}
    run.complete("enter_order", REP, order_lines=[line], order_no="PO-7")

    with any_company.database.read() as connection:
        order = connection.execute(select(sales_order)).mappings().one()
        assert quotes.get(connection, quote).status == "accepted"
        assert forecast.current(connection, deal.id).category == "closed"  # type: ignore[union-attr]
    assert (order["order_no"], order["amount"], order["opportunity_id"]) == ("PO-7", 60000, deal.id)
    assert run.open_tasks() == []
    with any_company.database.write() as transaction:
        connection = transaction.connection
        deliver(connection, order["id"])
    run.pass_time(timedelta(days=1, hours=1))
    assert run.open_tasks() == ["confirm_follow_up_done"]
    run.complete("confirm_follow_up_done", REP, all_done="true")

    assert run.ended_at("end_completed")
    assert any_company.now(deal).status == "closed"
    with any_company.database.read() as connection:
        done = connection.execute(select(opportunity_activity.c.done_at)).scalars().all()
    assert done and all(done)


def deliver(connection: Any, order_id: int) -> None:
    from_lines = select(order_line.c.id).where(order_line.c.order_id == order_id)
    everything = {"shipped": 1, "invoiced": 1, "received_amount": Decimal(60000)}
    connection.execute(
        order_execution.update().where(order_execution.c.order_line_id.in_(from_lines)).values(**everything)
    )


def test_a_win_without_the_sales_module_goes_to_the_follow_up_work_and_counts_for_the_account_plan(
    company: Company,
) -> None:
    deal = deal_to_plan(company, amount=Decimal("60000"))
    with company.database.write() as transaction:
        connection = transaction.connection
        year = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31), "status": "active"}
        plan = account_plans.create(connection, deal.account_id, MANAGER, "2026", by=REP, at=START, **year)
        objective = {"type": "revenue", "measure": "Revenue", "target": Decimal(90000), "due": date(2026, 12, 31)}
        plan_objectives.set_all(connection, plan, [{**objective, "owner": REP}], by=REP, at=START)
    run = begin(company, deal)
    propose(run, "won", "W01", actual_amount="61000")

    win(run, "true")
    assert "review_win_loss" not in run.open_tasks()

    assert run.open_tasks() == ["confirm_follow_up_done"]
    with company.database.read() as connection:
        (reached,) = plan_objectives.of_plan(connection, plan)
        found = win_loss.latest(connection, deal.id)
        assert found is not None
        assert [(one.code, one.weight) for one in win_loss.reasons(connection, found)] == [("W01", 60), ("W03", 40)]
        told = [str(each.sentence) for each in notices.for_user(connection, MANAGER)]
    assert reached.actual == 61000
    assert f"{deal.number} {deal.name} was won." in told
    left = {"todo": "Train the operators", "owner": EXPERT, "due": "2026-10-10"}
    with pytest.raises(InvalidForm):
        run.complete("confirm_follow_up_done", REP, all_done="true", remaining=[left])
    run.complete("confirm_follow_up_done", REP, all_done="false", remaining=[left])
    assert run.open_tasks() == []
    run.pass_time(timedelta(days=7, hours=1))
    run.complete("confirm_follow_up_done", REP, all_done="true")
    assert (company.now(deal).status, run.ended_at("end_completed")) == ("closed", True)


def test_a_loss_names_the_competitor_and_leaves_the_forecast(any_company: Company) -> None:
    deal = deal_to_plan(any_company, amount=Decimal("60000"))
    with any_company.database.write() as transaction:
        rival = a_competitor(transaction.connection)
    run = begin(any_company, deal, proposed_outcome="lost")

    propose(run, "lost", "L01", comment="Too dear")
    with pytest.raises(InvalidForm) as refused:
        lose(run)
    assert list(refused.value.errors) == ["chosen_competitor"]
    lose(run, chosen_competitor=rival, price_gap_pct="12", revisit_date="2027-03-01")

    assert run.ended_at("end_closed")
    now = any_company.now(deal)
    assert (now.status, now.outcome_date, now.forecast_category) == ("lost", date(2026, 9, 16), "omitted")
    with any_company.database.read() as connection:
        (there,) = competition.of_deal(connection, deal.id)
        moves = stage_history.listing(connection, deal.id)
    assert there["won"] is True
    assert moves[0].reason == "L01: Too dear"


def test_a_major_loss_is_approved_by_the_manager_and_reviewed_by_the_team(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("800000"))
    run = begin(company, deal)
    propose(run, "no_decision", "L08")
    assert run.open_tasks() == ["approve_closure"]

    run.complete("approve_closure", MANAGER, decision="approve")
    lose(run)
    assert run.open_tasks() == ["review_win_loss"]
    action = {"action": "Ask for the budget first", "owner": REP, "due": "2026-10-01"}
    run.complete("review_win_loss", REP, findings="Late", actions=[action])

    with company.database.read() as connection:
        found = win_loss.latest(connection, deal.id)
    assert found is not None and (found.findings, found.actions[0]["action"]) == ("Late", "Ask for the budget first")
    assert company.now(deal).status == "no_decision"


@pytest.mark.parametrize(("amount", "approver"), [("600000", MANAGER), ("2500000", REGIONAL)])
def test_a_refused_closure_of_a_deal_in_the_pipeline_leads_back_to_its_plan(
    company: Company, amount: str, approver: str
) -> None:
    deal = deal_to_plan(company, amount=Decimal(amount))
    run = begin(company, deal)
    propose(run, "lost", "L01")

    with pytest.raises(InvalidForm) as refused:
        run.complete("approve_closure", approver, decision="reject")
    assert list(refused.value.errors) == ["comment"]
    run.complete("approve_closure", approver, decision="reject", comment="Talk to the board")

    assert run.ended_at("off_keep_working")
    assert company.now(deal).status == "active"
    with company.database.read() as connection:
        (handed,) = handovers.of_record(connection, deal.business_key)
        told = [str(each.sentence) for each in notices.for_user(connection, REP)]
    assert handed.target_key == "develop-update-opportunity-plan"
    assert any("Talk to the board" in text for text in told)


def test_a_refused_disqualification_leads_back_to_prioritizing(company: Company) -> None:
    deal = company.opportunity(amount=Decimal("800000"))
    run = begin(company, deal, proposed_outcome="disqualified")
    propose(run, "disqualified", "Q03")

    run.complete("approve_closure", MANAGER, decision="reject", comment="It fits")

    assert run.ended_at("off_reprioritize")
    with company.database.read() as connection:
        assert [row.target_key for row in handovers.of_record(connection, deal.business_key)] == [
            "prioritize-opportunity"
        ]


def test_a_disqualified_deal_is_only_recorded(company: Company) -> None:
    deal = company.opportunity()
    run = begin(company, deal, proposed_outcome="disqualified")
    assert run.variables["proposed_outcome"] == "disqualified"

    propose(run, "disqualified", "Q02", comment="No money")

    assert run.ended_at("end_closed")
    assert company.now(deal).status == "disqualified"
    with company.database.read() as connection:
        (decision,) = pursue.listing(connection, deal.id)
    assert (decision.decision, decision.reason_code, decision.rationale) == ("no", "Q02", "No money")


def test_a_proposed_reason_that_is_none_of_the_list_is_left_out(company: Company) -> None:
    run = begin(company, company.opportunity(), proposed_outcome="cancelled", reason="dropped while deferred")

    assert (run.variables["proposed_outcome"], run.variables["reason_codes"]) == ("cancelled", [])


def test_an_outcome_and_its_reasons_must_fit_the_opportunity(company: Company) -> None:
    run = begin(company, company.opportunity())

    with pytest.raises(InvalidForm) as impossible:
        propose(run, "won", "W01", actual_amount="1")
    with pytest.raises(InvalidForm) as strange:
        propose(run, "lost", "W01")
    with pytest.raises(InvalidForm) as unexplained:
        propose(run, "lost", "L99")

    assert list(impossible.value.errors) == ["outcome"]
    assert list(strange.value.errors) == ["reason_codes"]
    assert list(unexplained.value.errors) == ["comment"]


def plans_with_action(connection: Any, deal: Opportunity) -> int:
    plan = opportunity_plans.open_for_work(connection, deal, by=REP, at=START)
    values = {"text": "Show the reference line", "owner": REP, "due": date(2026, 10, 5)}
    plan_actions.add(connection, plan_actions.OPPORTUNITY_PLAN, plan.id, values, by=REP, at=START)
    return plan.id


def test_open_quotes_actions_and_calls_block_until_each_is_settled(company: Company) -> None:
    switch_on_sales(company)
    deal = deal_to_plan(company, amount=Decimal("60000"))
    quote = a_sent_quote(company, deal)
    with company.database.write() as transaction:
        connection = transaction.connection
        plan = plans_with_action(connection, deal)
        call = sales_calls.create(
            connection, deal.account_id, REP, by=REP, at=START, opportunity_id=deal.id, purpose="negotiation",
            channel="visit",
        )  # fmt: skip
    run = begin(company, deal)
    propose(run, "won", "W01", actual_amount="60000")
    assert [row["kind"] for row in run.variables["open_items"]] == ["quote", "action", "call"]

    answers = [{"resolution": "cancel"}, {"resolution": "transfer"}, {"resolution": "transfer"}]
    with pytest.raises(InvalidForm) as nobody:
        run.complete("clear_open_items", REP, settlements=answers)
    answers[1]["transfer_to"] = MANAGER
    with pytest.raises(InvalidForm) as no_plan:
        run.complete("clear_open_items", REP, settlements=answers)
    answers[1] = {"resolution": "close"}
    run.complete("clear_open_items", REP, settlements=answers)

    assert list(nobody.value.errors) == ["settlements.1.transfer_to"]
    assert list(no_plan.value.errors) == ["settlements.1.resolution"]
    with company.database.read() as connection:
        assert quotes.get(connection, quote).status == "expired"
        assert sales_calls.get(connection, call.number).opportunity_id is None
        (action,) = plan_actions.of_plan(connection, plan_actions.OPPORTUNITY_PLAN, plan)
    assert action.status == "done"
    # a win still needs an accepted quote
    assert [row["kind"] for row in run.variables["open_items"]] == ["missing_quote"]
    assert run.open_tasks() == ["clear_open_items"]


def test_an_approval_that_waits_elsewhere_blocks_until_it_is_decided(company: Company) -> None:
    deal = company.opportunity(amount=Decimal("800000"))
    other = company.start("prioritize-opportunity", deal.business_key, actor=REP)
    answers = {"capacity_ok": "true", "plan_alignment": "in_plan", "pursue_rationale": "Fits."}
    other.complete("review_pipeline_and_plans", REP, **answers, pursue_decision="pursue")
    ratings = ("r_revenue", "r_credit", "r_willingness", "r_target_client", "r_prior_business", "r_relationship")
    given = {**dict.fromkeys(ratings, "4"), "priority": "high", "override_reason": "Known."}
    other.complete("identify_priority", REP, **given)
    run = begin(company, deal)
    propose(run, "disqualified", "Q03")
    (item,) = run.variables["open_items"]
    assert (item["kind"], item["subject"]) == ("approval", "Review Opportunity Priority / 审核商机优先级")

    run.complete("clear_open_items", REP, settlements=[{"resolution": "close"}])
    assert run.open_tasks() == ["clear_open_items"]
    other.complete("review_priority", MANAGER, decision="reject", return_to="priority", comment="Not now")
    run.complete("clear_open_items", REP, settlements=[{"resolution": "close"}])
    assert [row["kind"] for row in run.variables["open_items"]] == ["process"]
    run.complete("clear_open_items", REP, settlements=[{"resolution": "cancel"}])

    assert (run.open_tasks(), other.open_tasks()) == (["approve_closure"], ["identify_priority"])


def test_a_missing_opportunity_goes_to_operations(company: Company) -> None:
    run = company.start(KEY, "opportunity:OPP-9999", actor=REP)

    assert run.open_tasks() == ["mr_resolve_missing_record"]
