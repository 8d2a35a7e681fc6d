"""商机管理业务流程, the nine-step lifecycle, from end to end: the test paths of the catalogue."""

from datetime import timedelta
from decimal import Decimal

import pytest

from crm import accounts, competition, orders, records, sales_teams, stage_history, win_loss
from crm.tables import competitor
from engine import messages, notices, worker
from engine.errors import InvalidForm
from tests.company import MANAGER, REP, START, Company, any_company, company
from tests.processes.nine_steps import (
    KEY,
    MARKETING,
    OTHER_REP,
    TEAM,
    VALID,
    begin,
    follow_up,
    go_on,
    record,
    switch_on,
    the_deal,
)
from tests.processes.test_order_execution_tracking import WHOLE, deliver
from tests.processes.test_quote_approval import a_product, line, prepare

__all__ = ["any_company", "company"]


def test_what_is_no_opportunity_is_not_recorded(company: Company) -> None:
    run = company.start(KEY, f"user:{MARKETING}", actor=MARKETING)

    run.complete("confirm_valid_opportunity", MARKETING, **{**VALID, "is_valid": "false"})

    assert run.ended_at("end_not_recorded")
    assert run.row()["business_key"] == f"user:{MARKETING}"


def test_a_new_customer_is_recorded_before_the_opportunity(company: Company) -> None:
    run = company.start(KEY, f"user:{REP}", actor=REP)
    new = {"customer_known": "false", "customer_name": "Hengli"}
    run.complete("confirm_valid_opportunity", REP, **{**VALID, **new})
    assert run.open_tasks() == ["record_account"]

    run.complete("record_account", REP, name="Hengli", industry="Food", region="East", owner=REP)
    run.complete("record_contact", REP, name="Zhou", phone="555", consent="true")
    record(run, {"account": run.variables["account_id"], "contact": run.variables["contact_id"]})

    assert run.open_tasks() == ["follow_up_and_enrich"]
    deal = the_deal(run)
    with company.database.read() as connection:
        assert accounts.by_id(connection, deal.account_id).name == "Hengli"
    assert (deal.status, deal.stage, deal.need, deal.complexity, deal.win_probability) == (
        "active",
        "simple.confirm_need",
        "A press for the new hall",
        "simple",
        Decimal(20),
    )
    assert run.row()["business_key"] == deal.business_key


def test_a_simple_sale_changes_its_owner_through_the_team(company: Company) -> None:
    run = begin(company, owner_change_needed="true")
    assert run.open_tasks() == ["change_owner_via_team"]
    with pytest.raises(InvalidForm) as refused:
        run.complete("change_owner_via_team", REP, new_owner=REP, reason="Holiday")
    assert list(refused.value.errors) == ["new_owner"]

    run.complete("change_owner_via_team", REP, new_owner=OTHER_REP, reason="Holiday")

    assert run.open_tasks() == ["follow_up_and_enrich"]
    deal = the_deal(run)
    with company.database.read() as connection:
        seats = [(one.login, one.role, one.access) for one in sales_teams.seats(connection, deal)]
        moves = [move.reason for move in stage_history.listing(connection, deal.id)]
        told = {
            user: [str(one.sentence) for one in notices.for_user(connection, user)] for user in (OTHER_REP, MANAGER)
        }
    assert (deal.owner, seats) == (OTHER_REP, [(OTHER_REP, "owner", "change"), (REP, "other", "read")])
    assert "Holiday" in moves
    assert all(any("Holiday" in text for text in texts) for texts in told.values())
    follow_up(run, owner_change_needed="true", stage_work_done="false")
    assert run.open_tasks() == ["change_owner_via_team"]


def test_a_complex_sale_forms_its_team(any_company: Company) -> None:
    run = begin(any_company, est_amount="800000")
    assert (run.open_tasks(), run.variables["sale_kind"]) == (["form_opportunity_team"], "complex")
    expert = {"user": "exp.ann", "role": "presales", "share_pct": "30", "access": "read"}
    owner = {**TEAM[0], "share_pct": "70"}
    wrong = [[*TEAM, expert], [{**owner, "role": "other"}, expert], [owner, {**owner, "share_pct": "30"}]]

    for rows in wrong:
        with pytest.raises(InvalidForm) as refused:
            run.complete("form_opportunity_team", REP, team=rows)
        assert list(refused.value.errors) == ["team"]
    run.complete("form_opportunity_team", REP, team=[owner, expert], complexity="complex")

    assert run.open_tasks() == ["follow_up_and_enrich"]
    with any_company.database.read() as connection:
        seats = {one.login: (one.share_pct, one.access) for one in sales_teams.seats(connection, the_deal(run))}
        told = [str(one.sentence) for one in notices.for_user(connection, "exp.ann")]
    assert seats == {REP: (70, "change"), "exp.ann": (30, "read")}
    assert any("You are in the team" in text for text in told)


def test_three_stages_then_won_ordered_delivered_and_closed(any_company: Company) -> None:
    switch_on(any_company)
    run, item = begin(any_company), a_product(any_company)
    follow_up(run)
    go_on(run, "advance")
    assert (the_deal(run).stage, the_deal(run).win_probability) == ("simple.quote", Decimal(50))
    follow_up(run, prepare_quote="true")
    quoting = any_company.running(the_deal(run), "quote-approval")
    prepare(quoting, line(item, 10, 0, "6000"))
    go_on(run, "advance")
    assert the_deal(run).stage == "simple.negotiate"
    follow_up(run)
    quoting.complete("record_customer_answer", REP, answer="accepted", note="Fine.")

    go_on(run, "won", criteria_met=["terms_agreed"])
    run.complete("analyse_win", REP, win_reasons=["W01", "W03"], note="Nobody else could deliver.", enter_order="true")
    lines = [{**row, "delivery_date": "2026-11-01"} for row in run.variables["quoted_lines"]]
    run.complete("enter_opportunity_order", REP, lines=lines, order_no="PO-7")
    with any_company.database.read() as connection:
        order = orders.latest(connection, the_deal(run).id)
    assert order is not None and (order.amount, order.order_no) == (Decimal(60000), "PO-7")
    deliver(any_company, order, **{**WHOLE, "received_amount": Decimal(60000)})
    messages.correlate(any_company.engine, "order.changed", the_deal(run).business_key)
    worker.run_due(any_company.engine)

    assert run.open_tasks() == ["confirm_follow_up_done"]
    run.complete("confirm_follow_up_done", REP, all_done="true")
    assert run.ended_at("end_closed")
    deal = the_deal(run)
    assert (deal.status, deal.outcome, deal.actual_amount, deal.win_probability) == ("closed", "won", 60000, 100)
    with any_company.database.read() as connection:
        moves = [(one.to_status, one.to_stage) for one in stage_history.listing(connection, deal.id)][::-1]
        analysis = win_loss.latest(connection, deal.id)
        assert analysis is not None
        assert [reason.code for reason in win_loss.reasons(connection, analysis)] == ["W01", "W03"]
    assert [stage for status, stage in moves if status == "active"] == [
        "simple.confirm_need",
        "simple.quote",
        "simple.negotiate",
    ]


@pytest.mark.parametrize(("module", "order"), [(False, "true"), (True, "false")])
def test_won_without_an_order_asks_for_what_remains_again_after_a_week(
    company: Company, module: bool, order: str
) -> None:
    if module:
        switch_on(company)
    run = begin(company)
    follow_up(run)
    go_on(run, "won")
    run.complete("analyse_win", REP, win_reasons=["W02"], enter_order=order)
    assert run.open_tasks() == ["confirm_follow_up_done"]

    remaining = [{"todo": "Install", "owner": REP, "due": "2026-10-01"}]
    run.complete("confirm_follow_up_done", REP, all_done="false", remaining=remaining)
    assert run.open_tasks() == []
    run.pass_time(timedelta(days=7))
    run.complete("confirm_follow_up_done", REP, all_done="true")

    assert run.ended_at("end_closed")
    assert the_deal(run).status == "closed"


def test_lost_to_a_competitor_is_analysed_and_ends_there(any_company: Company) -> None:
    with any_company.database.write() as transaction:
        rival = {"number": "COM-001", "name": "Rival"}
        records.insert(transaction.connection, competitor, rival, by="t", at=START)
    run = begin(any_company)
    follow_up(run)
    go_on(run, "lost")
    assert [each["value"] for each in run.variables["competitor_choices"]] == ["none", "competitor:COM-001"]
    with pytest.raises(InvalidForm) as refused:
        run.complete("analyse_loss", REP, loss_reasons=["L99"], chosen_competitor="none")
    assert list(refused.value.errors) == ["lessons"]

    run.complete("analyse_loss", REP, loss_reasons=["L01", "L04"], chosen_competitor="competitor:COM-001")

    assert run.ended_at("end_lost")
    deal = the_deal(run)
    assert (deal.status, deal.win_probability) == ("lost", 0)
    with any_company.database.read() as connection:
        (row,) = competition.of_deal(connection, deal.id)
    assert (row["name"], row["won"]) == ("Rival", True)
