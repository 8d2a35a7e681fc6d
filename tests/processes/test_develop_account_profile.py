"""3.3.1.1.1 Develop Account Profile, from end to end: the test paths of the catalogue."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm import account_profiles, accounts, relationships
from crm.account_profiles import AccountProfile
from engine.errors import InvalidForm
from engine.testing import Run
from tests.account_planning import a_contact, an_account, known
from tests.company import OPERATIONS, REP, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "develop-account-profile"
COMPANY_FACTS = {
    "business_summary": "Makes gear boxes for wind turbines.",
    "strategy_initiatives": [{"initiative": "Second plant", "driver": "Demand", "timing": "2027"}],
    "buying_centres": [{"unit": "Plant 1", "spend": "1200000.50"}],
}
MARKET = {
    "industry_trends": "Larger turbines.",
    "competitors_present": [{"competitor": "Northgear", "product": "G7", "share_pct": "35"}],
}
POSITION = {"share_of_wallet_pct": "55"}
WHOLE = {
    "installed_products": [{"product": "Drive 3", "unit": "Plant 1", "since": "2021"}],
    "satisfaction": "4",
    "white_space": [{"unit": "Plant 2", "product": "Drive 4", "est_value": "300000"}],
}


def begin(company: Company, **customer: Any) -> tuple[Run, accounts.Account, str]:
    found = an_account(company, **customer)
    contact = a_contact(company, found)
    return company.start(KEY, f"account:{found.number}", actor=REP), found, contact


def collect(run: Run, *contacts: dict[str, Any]) -> None:
    run.complete("collect_company_information", REP, **COMPANY_FACTS)
    run.complete("add_market_intelligence", "mkt.bo", **MARKET)
    run.complete("map_contacts", REP, contacts=list(contacts))


def published(company: Company, account: accounts.Account) -> AccountProfile:
    with company.database.read() as connection:
        found = account_profiles.published(connection, account.id)
    assert found is not None
    return found


def test_a_profile_that_is_complete_the_first_time_is_published_for_half_a_year(any_company: Company) -> None:
    run, customer, contact = begin(any_company, prior_customer=True)
    assert sorted(run.open_tasks()) == ["add_market_intelligence", "collect_company_information", "map_contacts"]

    collect(run, known(contact, last_contact="2026-09-01"))
    run.complete("assess_position", REP, **POSITION, **WHOLE)

    assert run.ended_at("end_returned") and "close_gaps" not in run.path()
    profile = published(any_company, customer)
    assert (profile.version, profile.completeness_pct, profile.missing) == (1, 100, [])
    assert profile.valid_until == date(2026, 9, 16) + timedelta(days=180)
    assert profile.buying_centres == [{"unit": "Plant 1", "spend": "1200000.50"}]
    assert profile.competitors == [{"competitor": "Northgear", "product": "G7", "share_pct": 35}]
    assert profile.history is not None and profile.history["credit_standing"] == "good"
    with any_company.database.read() as connection:
        assert accounts.get(connection, customer.number).segment == "LOYALIST"
        (one,) = relationships.of_account(connection, customer.id)
    assert (one.strength, one.influence, one.last_contact) == (4, 5, date(2026, 9, 1))
    assert run.events("profile.published")


def test_gaps_are_asked_for_and_only_they(company: Company) -> None:
    run, customer, contact = begin(company)
    collect(run, known(contact))
    run.complete("assess_position", REP, **POSITION)
    assert run.open_tasks() == ["close_gaps"]
    assert run.variables["missing"] == ["installed_products", "satisfaction", "white_space"]

    run.complete("close_gaps", REP, **WHOLE, business_summary="Not asked, so not taken.")

    assert run.ended_at("end_returned")
    profile = published(company, customer)
    assert (profile.satisfaction, profile.business_summary) == (4, COMPANY_FACTS["business_summary"])


def test_after_three_rounds_it_is_published_with_its_gaps(company: Company) -> None:
    run, customer, contact = begin(company)
    collect(run, known(contact))
    run.complete("assess_position", REP, **POSITION)

    run.complete("close_gaps", REP)
    assert run.open_tasks() == ["close_gaps"]
    run.complete("close_gaps", REP)

    assert run.ended_at("end_returned")
    assert (run.variables["gap_round"], published(company, customer).completeness_pct) == (3, 70)


def test_accepted_gaps_end_the_rounds(company: Company) -> None:
    run, customer, contact = begin(company)
    collect(run, known(contact))
    run.complete("assess_position", REP, **POSITION)

    run.complete("close_gaps", REP, accept_gaps="true")

    assert run.ended_at("end_returned")
    assert published(company, customer).missing == ["installed_products", "satisfaction", "white_space"]


def test_the_next_version_begins_with_the_last_and_leaves_it_as_it_was(company: Company) -> None:
    run, customer, contact = begin(company)
    collect(run, known(contact))
    run.complete("assess_position", REP, **POSITION, **WHOLE)

    again = company.start(KEY, f"account:{customer.number}", actor=REP)
    assert again.variables["business_summary"] == COMPANY_FACTS["business_summary"]
    assert again.variables["contacts"][0]["contact"] == contact
    again.complete("collect_company_information", REP, **COMPANY_FACTS | {"business_summary": "Now also services."})

    assert published(company, customer).business_summary == COMPANY_FACTS["business_summary"]
    with company.database.read() as connection:
        assert account_profiles.outdated(connection, date(2027, 3, 15)) == ()
        assert account_profiles.outdated(connection, date(2027, 3, 16)) == (customer.number,)


def test_the_same_person_of_ours_stands_with_a_contact_once(company: Company) -> None:
    run, _, contact = begin(company)

    with pytest.raises(InvalidForm) as refused:
        run.complete("map_contacts", REP, contacts=[known(contact), known(contact, strength="2")])

    assert list(refused.value.errors) == ["contacts.1.our_owner"]


def test_the_relationship_counts_by_influence(company: Company) -> None:
    run, customer, chief = begin(company, prior_customer=True)
    user = a_contact(company, customer, name="Wu Fang")
    collect(run, known(chief, influence="5", strength="2"), known(user, influence="1", strength="5"))

    run.complete("assess_position", REP, **POSITION, **WHOLE)

    assert run.variables["relationship_strength"] == 3  # (5 x 2 + 1 x 5) / 6 = 2.5
    with company.database.read() as connection:
        assert accounts.get(connection, customer.number).segment == "AT_RISK"


def test_an_account_that_does_not_exist_goes_to_operations(company: Company) -> None:
    customer = an_account(company)
    run = company.start(KEY, "account:ACC-9999", actor=REP)
    (task,) = run.open_tasks()

    run.complete(task, OPERATIONS, resolution="link_existing", record_ref=f"account:{customer.number}", note="Typo.")

    assert "collect_company_information" in run.open_tasks()
