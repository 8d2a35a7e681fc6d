"""What reference fields offer: the records of a kind within the person's scope, and of the record at hand."""

import pytest
from sqlalchemy import Connection

from crm import access, accounts, choices, contacts
from crm.errors import RecordNotFound
from crm.kinds import KINDS
from crm.record_writers import writer_of
from tests.crm.factories import NOW, an_account, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")
TODAY = NOW.date()


def offered(connection: Connection, reference: str, person: str = "ops.one", about: str = "") -> dict[str, str]:
    who = access.reader(connection, person, TODAY)
    return {value: labels["en"] for value, labels in choices.of(connection, reference, about, who)}


def a_contact(connection: Connection, account: accounts.Account, name: str) -> str:
    made = contacts.create(connection, account.id, name, by="lin.wei", at=NOW, phone="+86 21 5555 0100")
    return f"contact:{made.number}"


def test_records_are_offered_by_business_key_within_the_persons_scope(connection: Connection) -> None:
    east = an_opportunity(connection, "East deal")
    west = an_opportunity(connection, "West deal", owner="rao.mei")

    assert set(offered(connection, "opportunity")) == {east.business_key, west.business_key}
    assert offered(connection, "opportunity", "lin.wei") == {east.business_key: f"{east.number} East deal"}
    assert offered(connection, "opportunity", "adm.zu") == {}


def test_contacts_are_those_of_the_account_that_the_record_belongs_to(connection: Connection) -> None:
    hengli, other = an_account(connection, "Hengli"), an_account(connection, "Other")
    deal = an_opportunity(connection, account=hengli)
    du, _stranger = a_contact(connection, hengli, "Du Min"), a_contact(connection, other, "Stranger")
    product = {"opportunity_id": deal.id, "type": "visit", "subject": "Tour", "owner": "lin.wei"}
    visit = writer_of(KINDS["opportunity_activity"]).create(
        connection, KINDS["opportunity_activity"], product, by="lin.wei", at=NOW
    )

    for about in (f"account:{hengli.number}", deal.business_key, f"opportunity_activity:{visit}"):
        assert set(offered(connection, "contact", about=about)) == {du}
    assert len(offered(connection, "contact")) == 2


def test_stages_are_those_of_the_sales_mode_and_not_the_retired_ones(connection: Connection) -> None:
    deal = an_opportunity(connection)
    stages = KINDS["sales_stage"].table
    connection.execute(stages.update().where(stages.c.key == "complex.proposal").values(retired=True))

    found = offered(connection, "sales_stage", about=deal.business_key)

    assert list(found)[:2] == ["complex.prequalified", "complex.assessed"]
    assert len(found) == 6 and "complex.proposal" not in found


def test_people_reasons_and_keyed_records_are_given_by_their_own_names(connection: Connection) -> None:
    assert set(offered(connection, "user:mgr")) == {"chen.jing", "gu.tao", "wang.min", "hao.yun"}
    assert offered(connection, "reason_code:cancel") == {"C01": "Customer withdrew", "C02": "Internal decision"}
    assert offered(connection, "sales_mode")["tender"] == "Tender"
    chinese = dict(choices.of(connection, "opportunity_source"))
    assert chinese["referral"] == {"en": "Referral", "zh-Hans": "转介绍"}


def test_an_unknown_list_is_named(connection: Connection) -> None:
    with pytest.raises(RecordNotFound, match="the list invoice:open"):
        choices.of(connection, "invoice:open")
