"""What counts the ways out of gateways sees those that instances took, and only those."""

from datetime import date

from tests.company import REP, Company, company
from tests.processes.outcomes import Outcomes, ways_out

__all__ = ["company"]

KEY = "manage-pended-opportunity"


def test_a_way_is_missing_until_an_instance_takes_it(company: Company) -> None:
    counting = Outcomes()
    every = counting.missing()
    given = {"defer_reason": "other", "resume_date": date(2026, 10, 16), "resume_note": "After the fair."}
    run = company.start(KEY, company.opportunity().business_key, actor=REP, **given)
    counting.note(company.database)
    assert counting.missing() == every  # it waits before the event gateway, and none of its events has happened

    run.message("customer.reengaged")
    counting.note(company.database)

    assert set(every) - set(counting.missing()) == {f"{KEY}: eg_wait -> ev_customer_reengaged"}


def test_the_default_and_every_condition_of_a_gateway_are_ways_of_their_own() -> None:
    assert [told for told in ways_out(KEY).values() if told.startswith("gw_resume ")] == [
        "gw_resume -> reactivate",
        "gw_resume -> off_close",
        "gw_resume -> gw_extensions",
    ]
