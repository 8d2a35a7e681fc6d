"""3.3.3.4.1 Pre-qualify Opportunity, from end to end: the test paths of the catalogue."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm import accounts, contacts, evaluations, flags, leads, opportunities, pended, records, stage_history, users
from crm.accounts import Account
from crm.opportunities import Opportunity
from crm.tables import territory
from engine import handovers
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, OPERATIONS, REP, START, Company, any_company, company
from tests.crm import factories

__all__ = ["any_company", "company"]

KEY = "pre-qualify-opportunity"
OTHER_REP = "zhao.lei"
SALE = {
    "name": "Third line",
    "source": "customer",
    "need": "A third filling line for juice",
    "est_amount": "300000",
    "est_close_date": "2026-12-01",
    "sales_mode": "complex",
}
YES = {"budget": "true", "authority": "true", "need_confirmed": "true", "timing": "true"}
NO = dict.fromkeys(YES, "false")


def a_customer(company: Company, **fields: Any) -> Account:
    with company.database.write() as transaction:
        return factories.an_account(transaction.connection, "Hengli", **{"industry": "Food", **fields})


def register(company: Company, customer: Account, **more: str) -> Run:
    run = company.start(KEY, f"user:{REP}", actor=REP)
    run.complete("register_opportunity", REP, **{**SALE, "account": f"account:{customer.number}", **more})
    return run


def answer(run: Run, answers: dict[str, str], fit: str = "fit") -> None:
    run.complete("answer_prequalification", **{**answers, "fit": fit, "evidence": "They said so on the phone."})


def the_deal(run: Run) -> Opportunity:
    with run.kit.database.read() as connection:
        return opportunities.get(connection, run.variables["opportunity_number"])


def handed_over(run: Run) -> tuple[str, dict[str, Any]]:
    with run.kit.database.read() as connection:
        (row,) = [
            one for one in handovers.of_instance(connection, run.instance_id) if one.source_instance == run.instance_id
        ]
    return row.target_key, row.business_key  # type: ignore[return-value]


def test_an_opportunity_of_a_known_customer_qualifies_and_is_assessed_next(any_company: Company) -> None:
    customer = a_customer(any_company)
    run = register(any_company, customer)
    assert run.open_tasks() == ["answer_prequalification"]

    answer(run, {**NO, "budget": "true", "timing": "true"})

    assert run.ended_at("off_assess")
    deal = the_deal(run)
    assert (deal.status, deal.stage, deal.owner, deal.amount, deal.source) == (
        "prequalified",
        "complex.prequalified",
        REP,
        Decimal(300000),
        "existing_customer",
    )
    assert handed_over(run) == ("assess-opportunity", deal.business_key)
    with any_company.database.read() as connection:
        found = evaluations.latest(connection, deal.id, "prequal")
        moves = [move.to_status for move in stage_history.listing(connection, deal.id)]
    assert found is not None and (found.recommendation, found.answers["bant_count"]) == ("qualified", 2)
    assert moves == ["prequalified", "draft"]


def test_a_new_customer_is_recorded_first_and_keeps_its_number(company: Company) -> None:
    run = company.start(KEY, f"user:{REP}", actor=REP)
    run.complete("register_opportunity", REP, **SALE, new_account_name="Hengli Machinery")
    assert run.open_tasks() == ["record_account"]
    customer = {"name": "Hengli Machinery", "industry": "Food", "region": "East", "owner": OTHER_REP}

    run.complete("record_account", REP, **customer)
    run.complete("record_contact", name="Zhou", email="zhou@hengli.example", consent="true")

    assert run.open_tasks() == ["answer_prequalification"]
    deal = the_deal(run)
    with company.database.read() as connection:
        account = accounts.by_id(connection, deal.account_id)
        (person,) = contacts.listing(connection, account.id)
    assert (account.industry, account.status, account.number) == ("Food", "provisional", "ACC-0001")
    assert (deal.owner, deal.primary_contact_id) == (OTHER_REP, person.id)
    assert run.row()["business_key"] == deal.business_key


def test_a_new_customer_that_is_there_already_is_taken_instead(company: Company) -> None:
    there = a_customer(company)
    run = company.start(KEY, f"user:{REP}", actor=REP)
    run.complete("register_opportunity", REP, **SALE, new_account_name="Hengli Ltd.")

    run.complete("choose_or_new", REP, create_new="false", account=f"account:{there.number}")
    run.complete("record_contact", REP, name="Zhou", email="zhou@hengli.example", consent="true")

    assert the_deal(run).account_id == there.id


def test_a_duplicate_is_merged_into_the_opportunity_it_repeats(company: Company) -> None:
    customer = a_customer(company)
    with company.database.write() as transaction:
        there = factories.an_opportunity(
            transaction.connection, "Line 3", customer, need="Filling line for juice, third", owner=OTHER_REP
        )
    run = register(company, customer)
    assert (run.open_tasks(), run.variables["duplicate_of"]) == (["resolve_duplicate"], there.business_key)

    run.complete("resolve_duplicate", REP, dup_action="merge")

    assert run.ended_at("end_merged")
    assert (the_deal(run).status, the_deal(run).outcome) == ("disqualified", "disqualified")
    assert company.now(there).need == "Filling line for juice, third\n\nA third filling line for juice"


@pytest.mark.parametrize(
    ("action", "end", "status"), [("discard", "end_merged", "disqualified"), ("keep_both", None, "draft")]
)
def test_a_likely_duplicate_may_also_be_discarded_or_kept(
    company: Company, action: str, end: str | None, status: str
) -> None:
    customer = a_customer(company)
    with company.database.write() as transaction:
        factories.an_opportunity(transaction.connection, "Third line", customer)
    run = register(company, customer)

    run.complete("resolve_duplicate", REP, dup_action=action)

    assert the_deal(run).status == status
    assert run.ended_at(end) if end else run.open_tasks() == ["answer_prequalification"]


def test_the_same_need_half_a_year_apart_is_no_duplicate(company: Company) -> None:
    customer = a_customer(company)
    with company.database.write() as transaction:
        factories.an_opportunity(transaction.connection, "Third line", customer)

    run = register(company, customer, est_close_date="2027-06-01")

    assert run.open_tasks() == ["answer_prequalification"]


def test_an_opportunity_that_is_not_ripe_waits_for_its_day(company: Company) -> None:
    run = register(company, a_customer(company))
    answer(run, {**NO, "timing": "true"})
    with pytest.raises(InvalidForm) as refused:
        run.complete("set_nurture", REP, resume_date="2029-01-01")
    assert list(refused.value.errors) == ["resume_date"]

    run.complete("set_nurture", REP, resume_date="2026-12-01", resume_note="New budget")

    assert run.ended_at("off_pended")
    deal = the_deal(run)
    assert (deal.status, str(deal.resume_date)) == ("pended", "2026-12-01")
    with company.database.read() as connection:
        item = pended.get_waiting(connection, deal)
    assert (item.reason, item.note) == ("no_budget", "New budget")
    waiting = company.running(deal, "manage-pended-opportunity")
    waiting.pass_time(timedelta(days=77))
    assert waiting.open_tasks() == ["ask_resume"]


def test_a_tender_that_was_decided_on_takes_the_fast_track(company: Company) -> None:
    run = company.start("lead-management", "user:mkt.bo", actor="mkt.bo")
    inquiry = {"company": "Hengli", "contact_name": "Zhou", "phone_or_email": "555", "source": "rfp", "need": "A line"}
    a_customer(company)
    run.complete("capture_lead", "mkt.bo", **inquiry, rfp="true", rfp_due_date="2026-10-20")
    deal = the_deal(run)

    again = company.running(deal, KEY)
    assert again.variables["lead_pursue"] == "yes"
    again.complete(
        "register_opportunity", REP, **{**SALE, "account": again.variables["account"], "sales_mode": "tender"}
    )
    answer(again, NO, "partial")

    assert again.ended_at("off_prioritize")
    assert (company.now(deal).status, company.now(deal).fast_track) == ("prequalified", True)
    assert "identify_priority" in company.running(deal, "prioritize-opportunity").open_tasks()
    with company.database.read() as connection:
        lead = leads.of_opportunity(connection, deal.id)
    assert lead is not None and lead.status == "converted"


def test_without_the_fast_track_an_earlier_decision_is_looked_at_again(company: Company) -> None:
    with company.database.write() as transaction:
        flags.switch(transaction.connection, "fast_track_enabled", False, by=OPERATIONS, at=START)
    deal = company.opportunity(status="draft", stage=None, pursue_decision="pursue", fast_track=True)

    run = company.start(KEY, deal.business_key, actor=REP)

    assert run.variables["lead_pursue"] == "undecided"


@pytest.mark.parametrize(
    ("answers", "fit", "reason"),
    [(YES, "none", "Q03"), (NO, "fit", "Q01"), ({**NO, "need_confirmed": "true"}, "none", "Q03")],
)
def test_what_does_not_qualify_is_handed_to_closing_with_its_reason(
    company: Company, answers: dict[str, str], fit: str, reason: str
) -> None:
    run = register(company, a_customer(company))

    answer(run, answers, fit)

    assert run.ended_at("off_close")
    assert (run.variables["prequal_result"], run.variables["reason"]) == ("reject", reason)
    assert handed_over(run)[0] == "close-opportunity"


def test_where_no_rule_finds_an_owner_the_manager_says(company: Company) -> None:
    customer = a_customer(company, owner=MANAGER, region="Nowhere")
    run = register(company, customer)
    assert run.open_tasks() == ["assign_owner_manually"]

    run.complete("assign_owner_manually", MANAGER, owner=OTHER_REP)

    assert the_deal(run).owner == OTHER_REP
    assert run.open_tasks() == ["answer_prequalification"]


def test_the_territory_finds_the_owner_when_the_accounts_owner_has_left(company: Company) -> None:
    customer = a_customer(company, owner=OTHER_REP, region="East")
    with company.database.write() as transaction:
        connection = transaction.connection
        gone = users.get(connection, OTHER_REP)
        users.change(connection, OTHER_REP, gone.row_version, {"active": False}, by="t", at=START)
        unit = users.get(connection, REP).org_unit_id
        values = {"number": "TER-001", "name": "East", "name_zh": "华东", "regions": "East", "org_unit_id": unit}
        records.insert(connection, territory, values, by="t", at=START)

    run = register(company, customer)

    assert run.open_tasks() == ["answer_prequalification"]
    assert the_deal(run).owner == REP


def test_what_cannot_be_registered_is_refused_by_field(company: Company) -> None:
    customer, other = a_customer(company), a_customer(company)
    with company.database.write() as transaction:
        person = contacts.create(transaction.connection, other.id, "Zhou", by=REP, at=START, phone="555")
    run = company.start(KEY, f"user:{REP}", actor=REP)

    with pytest.raises(InvalidForm) as missing:
        run.complete("register_opportunity", REP, **SALE)
    with pytest.raises(InvalidForm) as wrong:
        chosen = {"account": f"account:{customer.number}", "contact": f"contact:{person.number}"}
        run.complete("register_opportunity", REP, **{**SALE, **chosen, "est_close_date": "2026-09-01"})

    assert list(missing.value.errors) == ["new_account_name"]
    assert sorted(wrong.value.errors) == ["contact", "est_close_date"]
    assert run.row()["business_key"] == f"user:{REP}"


def test_a_missing_draft_is_linked_by_operations(company: Company) -> None:
    deal = company.opportunity(status="draft", stage=None)
    run = company.start(KEY, "opportunity:OPP-9999", actor=REP)
    (task,) = run.open_tasks()

    run.complete(task, OPERATIONS, resolution="link_existing", record_ref=deal.number, note="Typing error.")

    assert run.open_tasks() == ["register_opportunity"]
    assert run.variables["name"] == deal.name


def test_another_process_starts_it_for_the_owner_it_names_or_the_accounts(company: Company) -> None:
    customer = a_customer(company, owner=OTHER_REP)
    about, given = f"account:{customer.number}", {"name": "Idea", "source": "account_plan", "est_amount": Decimal(9)}

    named = company.start(KEY, about, actor=None, **given, owner=REP)
    unnamed = company.start(KEY, about, actor=None, **given)

    assert (named.variables["owner"], unnamed.variables["owner"]) == (REP, OTHER_REP)
    unnamed.complete("register_opportunity", OTHER_REP, **{**SALE, "account": about, "source": "account_plan"})
    assert (the_deal(unnamed).owner, the_deal(unnamed).source) == (OTHER_REP, "account_plan")
