"""The nine-step lifecycle: what a follow-up records, what keeps an opportunity in its stage, and what goes wrong."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update

from crm import (
    competition,
    contacts,
    evaluations,
    files,
    flags,
    opportunity_details,
    records,
    sales_teams,
    stage_history,
)
from crm.tables import competitor, opportunity_document, reason_code, sales_stage
from engine import incidents, notices
from engine.errors import InvalidForm
from tests.company import MANAGER, OPERATIONS, REP, START, Company, any_company, company
from tests.processes.nine_steps import (
    KEY,
    TEAM,
    VALID,
    begin,
    follow_up,
    go_on,
    record,
    switch_on,
    the_deal,
)
from tests.processes.test_quote_approval import a_product

__all__ = ["any_company", "company"]


def a_rival(company: Company) -> str:
    with company.database.write() as transaction:
        values = {"number": "COM-001", "name": "Rival"}
        records.insert(transaction.connection, competitor, values, by="t", at=START)
    return "competitor:COM-001"


def test_a_follow_up_keeps_all_ten_kinds_of_information(any_company: Company) -> None:
    item, rival = a_product(any_company), a_rival(any_company)
    run = begin(any_company)
    (person,) = run.variables["contacts"]
    with any_company.database.write() as transaction:
        paper = files.store(
            transaction.connection,
            the_deal(run).business_key,
            "offer.pdf",
            "application/pdf",
            b"%PDF",
            by=REP,
            at=START,
        )

    expert = {"user": "exp.ann", "role": "delivery", "share_pct": "40", "access": "read"}
    follow_up(
        run,
        amount="80000",
        win_probability="35",
        next_step="Visit the plant",
        next_step_date="2026-10-01",
        products=[{"product": item, "qty": "2", "price": "50000", "discount_pct": "20"}],
        team=[
            {**TEAM[0], "share_pct": "60"},
            expert,
        ],
        activities=[
            {"type": "visit", "subject": "Plant", "due": "2026-10-01"},
            {"type": "call", "subject": "First talk", "done": "true", "result": "They are in a hurry."},
        ],
        expenses=[{"type": "travel", "spent_on": "2026-09-15", "amount": "1200", "note": "Train"}],
        competitors=[{"competitor": rival, "strengths": "Price"}],
        evaluation="We are ahead.",
        document_kind="proposal",
        documents=[paper.answer],
        contacts=[{**person, "buying_role": "economic", "influence": "5", "is_lead_decision_maker": "true"}],
        stage_work_done="false",
    )

    assert run.open_tasks() == ["follow_up_and_enrich"]
    deal = the_deal(run)
    assert (deal.amount, deal.win_probability, deal.next_step) == (80000, 35, "Visit the plant")
    with any_company.database.read() as connection:
        assert opportunity_details.product_lines(connection, deal) == 1
        (product,) = opportunity_details.products(connection, deal)
        done = [row["subject"] for row in opportunity_details.activities(connection, deal, done=True)]
        planned = [row["subject"] for row in opportunity_details.activities(connection, deal, done=False)]
        (spent,) = opportunity_details.expenses(connection, deal)
        (against,) = competition.of_deal(connection, deal.id)
        (said,) = evaluations.listing(connection, deal.id)
        (document,) = connection.execute(select(opportunity_document.c.kind, opportunity_document.c.file_name))
        seats = [(one.login, one.share_pct) for one in sales_teams.seats(connection, deal)]
        assert opportunity_details.decision_makers(connection, deal) == 1
    assert (product["product"], done, planned) == (item, ["First talk"], ["Plant"])
    assert (spent["amount"], spent["payer"], against["name"]) == (Decimal(1200), REP, "Rival")
    assert (said.kind, said.answers["note"]) == ("stage", "We are ahead.")
    assert tuple(document) == ("proposal", "offer.pdf")
    assert seats == [(REP, 60), ("exp.ann", 40)]


def test_an_activity_that_was_planned_is_finished_and_not_added_again(company: Company) -> None:
    run = begin(company)
    follow_up(run, activities=[{"type": "visit", "subject": "Plant", "due": "2026-10-01"}], stage_work_done="false")
    (planned,) = run.variables["activities"]

    follow_up(run, activities=[{**planned, "due": "2026-10-01", "done": "true", "result": "Seen."}])

    with company.database.read() as connection:
        assert opportunity_details.activities(connection, the_deal(run), done=False) == []
        (row,) = opportunity_details.activities(connection, the_deal(run), done=True)
    assert (row["subject"], row["result"]) == ("Plant", "Seen.")


def test_what_does_not_fit_is_refused_by_field_and_nothing_is_kept(company: Company) -> None:
    item, rival = a_product(company), a_rival(company)
    run = begin(company)
    (person,) = run.variables["contacts"]
    before = the_deal(run)

    with pytest.raises(InvalidForm) as refused:
        follow_up(
            run,
            amount="99999",
            products=[{"product": item, "qty": "0", "price": "1"}],
            team=[{"user": "zhao.lei", "role": "owner", "share_pct": "100", "access": "write"}],
            competitors=[{"competitor": rival}, {"competitor": rival}],
            contacts=[person, person],
            expenses=[{"type": "travel", "spent_on": "2026-09-15", "amount": "0"}],
            prepare_quote="true",
        )

    assert sorted(refused.value.errors) == [
        "competitors", "contacts", "expenses.0.amount", "prepare_quote", "products.0.qty", "team",
    ]  # fmt: skip
    assert "sales module" in str(refused.value.errors["prepare_quote"])
    assert the_deal(run).row_version == before.row_version


def test_criteria_that_are_not_met_send_it_back_with_the_list_of_what_is_missing(company: Company) -> None:
    switch_on(company)
    run = begin(company)
    follow_up(run)
    go_on(run, "advance")
    follow_up(run)

    go_on(run, "advance")

    assert run.open_tasks() == ["follow_up_and_enrich"]
    assert run.variables["unmet"] == ["A quote was sent / 已发出报价"]
    assert the_deal(run).stage == "simple.quote"
    assert [event.detail["code"] for event in run.events("error.thrown")] == ["STAGE_CRITERIA_NOT_MET"]


def test_without_the_sales_module_no_quote_is_asked_for_and_people_confirm_the_rest(company: Company) -> None:
    run = begin(company)
    for _ in range(2):
        follow_up(run)
        go_on(run, "advance")
    assert the_deal(run).stage == "simple.negotiate"
    assert [each["value"] for each in run.variables["criteria_to_confirm"]] == ["terms_agreed"]

    follow_up(run)
    go_on(run, "advance", next_stage="simple.quote")

    assert the_deal(run).stage == "simple.quote"
    with company.database.read() as connection:
        assert stage_history.listing(connection, the_deal(run).id)[0].reason == "As agreed."


@pytest.mark.parametrize(("allowed", "stage"), [(False, "simple.confirm_need"), (True, "simple.negotiate")])
def test_only_a_stage_that_may_be_skipped_is_skipped(company: Company, allowed: bool, stage: str) -> None:
    with company.database.write() as transaction:
        at = sales_stage.c
        transaction.execute(update(sales_stage).where(at.key == "simple.quote").values(allow_skip=allowed))
    run = begin(company)
    follow_up(run)

    go_on(run, "advance", next_stage="simple.negotiate")

    assert the_deal(run).stage == stage
    with company.database.read() as connection:
        open_ones = incidents.of_instance(connection, run.instance_id)
    assert len(open_ones) == (0 if allowed else 1)


def test_the_rep_is_reminded_after_two_quiet_weeks_and_the_manager_after_the_longest_stay(company: Company) -> None:
    run = begin(company)

    run.pass_time(timedelta(days=20))

    assert run.open_tasks() == ["follow_up_and_enrich"]
    with company.database.read() as connection:
        reminded = [str(one.sentence) for one in notices.for_user(connection, REP)]
        told = [str(one.sentence) for one in notices.for_user(connection, MANAGER)]
    assert any(text.startswith("A task is due") for text in reminded)
    assert [text for text in told if "for longer than 14 days" in text]


def test_an_existing_draft_goes_on_from_what_it_says_and_ends_when_it_is_none(company: Company) -> None:
    deal = company.opportunity(status="draft", stage=None, sales_mode="simple", need="A press")
    run = company.start(KEY, deal.business_key, actor=REP)
    assert (run.variables["name"], run.variables["summary"]) == (deal.name, "A press")

    run.complete("confirm_valid_opportunity", REP, **VALID)
    with company.database.write() as transaction:
        person = contacts.create(transaction.connection, deal.account_id, "Zhou", by=REP, at=START, phone="555")
    customer = {"account": run.variables["account_id"], "contact": f"contact:{person.number}"}
    record(run, customer, name="Press")
    assert (company.now(deal).status, company.now(deal).name) == ("active", "Press")

    other = company.opportunity(status="draft", stage=None, sales_mode="simple")
    second = company.start(KEY, other.business_key, actor=REP)
    second.complete("confirm_valid_opportunity", REP, **{**VALID, "is_valid": "false"})
    assert second.ended_at("end_not_recorded")
    assert company.now(other).status == "disqualified"


def test_without_the_crm_module_nothing_starts_and_operations_are_told(company: Company) -> None:
    with company.database.write() as transaction:
        flags.switch(transaction.connection, "crm_enabled", False, by=OPERATIONS, at=START)

    run = company.start(KEY, f"user:{REP}", actor=REP)

    assert run.open_tasks() == []
    with company.database.read() as connection:
        (trouble,) = incidents.of_instance(connection, run.instance_id)
    assert "CRM module" in str(trouble.sentence)


@pytest.mark.parametrize(("progress", "kind"), [("won", "win"), ("lost", "loss")])
def test_without_reason_codes_operations_are_told_and_nothing_is_settled(
    company: Company, progress: str, kind: str
) -> None:
    run = begin(company)
    follow_up(run)
    with company.database.write() as transaction:
        transaction.execute(delete(reason_code).where(reason_code.c.kind == kind))

    go_on(run, progress)

    assert the_deal(run).status == "active"
    with company.database.read() as connection:
        (trouble,) = incidents.of_instance(connection, run.instance_id)
    assert "reason codes" in str(trouble.sentence)


def test_a_missing_draft_is_linked_by_operations(company: Company) -> None:
    deal = company.opportunity(status="draft", stage=None, sales_mode="simple")
    run = company.start(KEY, "opportunity:OPP-9999", actor=REP)
    (task,) = run.open_tasks()

    run.complete(task, OPERATIONS, resolution="link_existing", record_ref=deal.number, note="Typing error.")

    assert run.open_tasks() == ["confirm_valid_opportunity"]


def test_an_order_is_refused_when_the_sales_module_was_switched_off_meanwhile(company: Company) -> None:
    switch_on(company)
    run, item = begin(company), a_product(company)
    follow_up(run)
    go_on(run, "won")
    run.complete("analyse_win", REP, win_reasons=["W01"], enter_order="true")
    with company.database.write() as transaction:
        flags.switch(transaction.connection, "sales_module_enabled", False, by=OPERATIONS, at=START)
    line = {"product": item, "qty": "1", "price": "60000", "delivery_date": "2026-11-01"}

    with pytest.raises(InvalidForm) as refused:
        run.complete("enter_opportunity_order", REP, lines=[line])

    assert "sales module" in str(refused.value.errors[""])
    assert run.open_tasks() == ["enter_opportunity_order"]
