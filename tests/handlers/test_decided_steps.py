"""Steps behind a decision table: without an answer they fail for good, naming the record, and write nothing."""

import pytest
from sqlalchemy import Connection

from crm import evaluations, leads, opportunities
from tests.crm.factories import NOW, an_opportunity
from tests.handlers.contexts import Step


@pytest.fixture(autouse=True)
def _configured(configured: dict[str, int]) -> None:
    """A company with the default configuration."""


@pytest.mark.parametrize(
    ("process", "step"),
    [("pre_qualify_opportunity", "decide_prequalification"), ("opportunity_lifecycle_u8", "classify_sale")],
)
def test_an_opportunity_without_an_answer_stays_as_it_is(connection: Connection, process: str, step: str) -> None:
    deal = an_opportunity(connection, status="draft", stage=None)

    failed = Step(connection, deal.business_key, process).failed(step, result=None)

    assert deal.number in str(failed.reason) and not failed.retry
    assert opportunities.get(connection, deal.number) == deal
    assert evaluations.listing(connection, deal.id) == ()


def test_a_lead_without_an_answer_is_not_given_to_anybody(connection: Connection) -> None:
    said = {"company": "Hengli", "contact_name": "Zhou", "phone_or_email": "555", "source": "web", "rfp": False}
    lead = leads.create(connection, "mkt.bo", by="mkt.bo", at=NOW, **said)

    failed = Step(connection, lead.business_key, "lead_management").failed("decide_lead", result=None)

    assert lead.number in str(failed.reason) and not failed.retry
    assert leads.get(connection, lead.number) == lead
