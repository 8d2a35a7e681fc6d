"""Opportunities: numbers, amounts, versions, owners, lists."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, select, true

from crm import account_profiles, accounts, contacts, exchange, opportunities, pipeline
from crm.errors import InvalidValue, NoRate, RecordNotFound, VersionConflict
from crm.opportunity_search import Filters, count_by_status, narrowed, search
from crm.tables import opportunity_team_member
from crm.titles import both
from tests.crm.factories import NOW, an_account, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")
LATER = NOW + timedelta(hours=1)


def test_numbers_follow_each_other(connection: Connection) -> None:
    made = [an_opportunity(connection, name).number for name in ("a", "b")]

    assert made == ["OPP-1001", "OPP-1002"]
    assert an_account(connection).number == "ACC-0003"


def test_a_foreign_amount_is_worth_its_rate_of_the_day(connection: Connection) -> None:
    exchange.set_rate(connection, "USD", date(2026, 1, 1), Decimal("7.10"), by="ops.one", at=NOW)
    exchange.set_rate(connection, "USD", date(2026, 9, 1), Decimal("7.12345678"), by="ops.one", at=NOW)
    exchange.set_rate(connection, "USD", date(2026, 12, 1), Decimal("8"), by="ops.one", at=NOW)

    deal = an_opportunity(connection, currency="USD", amount=Decimal("1000.01"))

    assert deal.amount_base == Decimal("7123.53")
    with pytest.raises(NoRate, match="EUR"):
        an_opportunity(connection, "other", currency="EUR")


def test_a_changed_amount_changes_the_base_amount(connection: Connection) -> None:
    deal = an_opportunity(connection)

    changed = opportunities.change(connection, deal, {"amount": Decimal("5.25")}, by="lin.wei", at=LATER)

    assert changed == opportunities.get(connection, deal.number)
    assert (changed.amount_base, changed.updated_at) == (Decimal("5.25"), LATER)


def test_two_people_with_one_version_one_wins_and_the_other_reads_who(connection: Connection) -> None:
    deal = an_opportunity(connection)
    opportunities.change(connection, deal, {"need": "more", "notes": "x"}, by="chen.jing", at=LATER)

    with pytest.raises(VersionConflict) as conflict:
        opportunities.change(connection, deal, {"need": "less"}, by="lin.wei", at=LATER)

    told = conflict.value.values
    assert (told["record"], told["who"], told["when"], told["what"]) == (
        deal.number,
        both("Chen.Jing", "员工 chen.jing"),
        LATER,
        both("Need, Notes", "需求、备注"),
    )
    assert opportunities.get(connection, deal.number).need == "more"


def test_a_version_seen_on_a_page_is_held_against_the_record(connection: Connection) -> None:
    deal = an_opportunity(connection)
    newer = opportunities.change(connection, deal, {"need": "more"}, by="chen.jing", at=LATER)

    with pytest.raises(VersionConflict):
        pipeline.update_profile(
            connection, newer, {"need": "less"}, by="lin.wei", at=LATER, expected_version=deal.row_version
        )


def test_status_and_owner_are_not_changed_in_passing(connection: Connection) -> None:
    with pytest.raises(InvalidValue, match="owner, status"):
        opportunities.change(connection, an_opportunity(connection), {"status": "won", "owner": "x"}, by="x", at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Decimal(-1)},
        {"amount": Decimal(10**12 + 1)},
        {"win_probability": Decimal("100.5")},
        {"win_probability": Decimal(-1)},
    ],
)
def test_impossible_figures_are_refused(connection: Connection, wrong: dict[str, Decimal]) -> None:
    with pytest.raises(InvalidValue, match="from 0 to"):
        an_opportunity(connection, **wrong)


def test_an_unknown_number_is_named(connection: Connection) -> None:
    with pytest.raises(RecordNotFound, match="OPP-4711"):
        opportunities.get(connection, "OPP-4711")


def test_a_new_owner_takes_over_and_the_old_row_ends(connection: Connection) -> None:
    deal = an_opportunity(connection)

    changed = opportunities.reassign(connection, deal, "rao.mei", by="chen.jing", at=NOW)

    at = opportunity_team_member.c
    rows = connection.execute(select(at.login, at.valid_to).order_by(at.id)).all()
    assert (changed.owner, changed.org_unit_id != deal.org_unit_id) == ("rao.mei", True)
    assert [tuple(row) for row in rows] == [("lin.wei", date(2026, 9, 15)), ("rao.mei", None)]


def test_a_list_is_filtered_ordered_and_paged(connection: Connection) -> None:
    customer = an_account(connection, "Blue Sky")
    for index, amount in enumerate((300, 100, 200)):
        an_opportunity(connection, f"Deal {index}", customer, amount=Decimal(amount))
    an_opportunity(connection, "50%_off", amount=Decimal(1), status="draft")

    first = search(connection, true(), Filters(text="blue", order="amount"), limit=2)
    rest = search(connection, true(), Filters(text="blue", order="amount"), limit=2, offset=2)

    assert first.total == rest.total == 3
    assert [row.amount_base for row in (*first.rows, *rest.rows)] == [300, 200, 100]
    assert first.rows[0].stage_name_zh == "评估"
    assert [row.name for row in search(connection, true(), Filters(text="%_")).rows] == ["50%_off"]
    assert search(connection, true(), Filters(statuses=("draft",), owner="lin.wei")).total == 1
    assert search(connection, true(), Filters(account="ACC-0001", priority="high")).total == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hengli Machinery Co., Ltd.", "HENGLI  MACHINERY", True),
        ("恒力机械有限公司", "恒力机械", True),
        ("ABC GmbH", "abc", True),
        ("Cohen", "hen", False),
        ("Co.", "Inc.", False),
    ],
)
def test_names_are_compared_without_case_and_legal_form(one: str, other: str, same: bool) -> None:
    assert (accounts.name_key(one) == accounts.name_key(other)) == same


def test_an_account_is_found_changed_and_checked(connection: Connection) -> None:
    customer = an_account(connection, "Blue Sky")
    changed = accounts.change(connection, customer, {"name": "Green Sky"}, by="lin.wei", at=NOW)

    with pytest.raises(VersionConflict):
        accounts.change(connection, customer, {"tier": "A"}, by="lin.wei", at=NOW)

    assert [one.number for one in accounts.search(connection, true(), text="green").rows] == [changed.number]
    assert accounts.search(connection, true(), text="blue").total == 0


def test_the_newest_published_profile_counts(connection: Connection) -> None:
    customer = an_account(connection)
    for strength in (2, 5):
        account_profiles.publish_at_once(connection, customer.id, relationship_strength=strength, by="x", at=NOW)

    found = account_profiles.published(connection, customer.id)

    assert found is not None
    assert (found.version, found.relationship_strength) == (2, 5)


def test_a_contact_needs_a_way_to_be_reached(connection: Connection) -> None:
    customer = an_account(connection)
    contacts.create(connection, customer.id, "Ms. Gao", email="gao@example.com", by="lin.wei", at=NOW)

    with pytest.raises(InvalidValue, match="phone number or an e-mail"):
        contacts.create(connection, customer.id, "Mr. Nobody", by="lin.wei", at=NOW)

    assert [one.name for one in contacts.listing(connection, customer.id)] == ["Ms. Gao"]


def test_what_is_visible_is_counted_and_narrowed(connection: Connection, configured: dict[str, int]) -> None:
    an_opportunity(connection, "east")
    an_opportunity(connection, "west", owner="rao.mei", status="draft")

    def counts(**narrow: object) -> dict[str, int]:
        return dict(count_by_status(connection, narrowed(true(), **narrow)))

    assert counts() == {"assessed": 1, "draft": 1}
    assert counts(owner="rao.mei") == {"draft": 1}
    assert counts(unit=configured["east"]) == {"assessed": 1}
    assert counts(unit=configured["head"]) == {"assessed": 1, "draft": 1}
