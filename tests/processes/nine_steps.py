"""Playing the nine-step lifecycle in tests: a customer, an opportunity, a follow-up, a step forward."""

from typing import Any

from crm import contacts, flags, opportunities
from crm.opportunities import Opportunity
from engine.testing import Run
from tests.company import OPERATIONS, REP, START, Company
from tests.crm import factories

KEY = "opportunity-lifecycle-u8"
OTHER_REP, MARKETING = "zhao.lei", "mkt.bo"
VALID = {"source": "referral", "summary": "A press for the new hall", "is_valid": "true", "customer_known": "true"}
TEAM = [{"user": REP, "role": "owner", "share_pct": "100", "access": "write"}]


def a_customer(company: Company) -> dict[str, str]:
    with company.database.write() as transaction:
        account = factories.an_account(transaction.connection, "Hengli", industry="Food")
        person = contacts.create(transaction.connection, account.id, "Zhou", by=REP, at=START, phone="555")
    return {"account": f"account:{account.number}", "contact": f"contact:{person.number}"}


def record(run: Run, customer: dict[str, str], **more: str) -> None:
    sale = {"name": "New press", "source": "referral", "sales_mode": "simple", "est_amount": "60000"}
    run.complete(
        "record_opportunity", REP, **{**sale, "est_close_date": "2026-12-01", "owner": REP, **customer, **more}
    )


def begin(company: Company, **more: str) -> Run:
    customer = a_customer(company)
    run = company.start(KEY, f"user:{REP}", actor=REP)
    run.complete("confirm_valid_opportunity", REP, **VALID)
    record(run, customer, **more)
    return run


def follow_up(run: Run, **more: Any) -> None:
    kept = {name: run.variables[name] for name in ("products", "competitors", "contacts", "activities")}
    answers = {"team": run.variables["team"], **kept, "stage_work_done": "true"}
    run.complete("follow_up_and_enrich", **{**answers, **more})


def go_on(run: Run, progress: str, **more: Any) -> None:
    if progress == "advance" and "next_stage" not in more:
        more["next_stage"] = run.variables["next_stage"]
    run.complete("summarise_progress", **{"progress": progress, "summary": "As agreed.", **more})


def the_deal(run: Run) -> Opportunity:
    with run.kit.database.read() as connection:
        return opportunities.get(connection, run.variables["opportunity_number"])


def switch_on(company: Company) -> None:
    with company.database.write() as transaction:
        flags.switch(transaction.connection, "sales_module_enabled", True, by=OPERATIONS, at=START)
