"""Who sees and changes which record, against a table written by hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from crm import access, accounts, opportunities, permissions
from crm.kinds import KINDS
from tests.crm.factories import NOW, a_user, an_account, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")
TODAY = NOW.date()
PEOPLE = "lin.wei zhao.lei rao.mei chen.jing gu.tao wang.min hao.yun ops.one exp.ann mkt.bo anl.li adm.zu".split()

# record: who sees it, who changes it
OPPORTUNITIES = {
    "east": ("lin.wei chen.jing wang.min hao.yun ops.one anl.li", "lin.wei chen.jing wang.min hao.yun ops.one"),
    "west": ("rao.mei gu.tao wang.min hao.yun ops.one anl.li", "rao.mei gu.tao wang.min hao.yun ops.one"),
    "shared": (
        "lin.wei rao.mei exp.ann chen.jing wang.min hao.yun ops.one anl.li",
        "lin.wei exp.ann chen.jing wang.min hao.yun ops.one",
    ),
    "of_account_team": (
        "lin.wei zhao.lei exp.ann chen.jing wang.min hao.yun ops.one anl.li",
        "zhao.lei chen.jing wang.min hao.yun ops.one",
    ),
    "campaign": (
        "lin.wei mkt.bo chen.jing wang.min hao.yun ops.one anl.li",
        "lin.wei chen.jing wang.min hao.yun ops.one",
    ),
}
ACCOUNTS = {
    "East Co": (
        "lin.wei zhao.lei exp.ann chen.jing wang.min hao.yun ops.one mkt.bo anl.li",
        "lin.wei chen.jing wang.min hao.yun ops.one mkt.bo",
    ),
    "West Co": (
        "rao.mei gu.tao wang.min hao.yun ops.one mkt.bo anl.li",
        "rao.mei gu.tao wang.min hao.yun ops.one mkt.bo",
    ),
}


@pytest.fixture
def records(connection: Connection, configured: dict[str, int]) -> dict[str, str]:
    """The records of the table above: business key by name."""
    east, west = an_account(connection, "East Co"), an_account(connection, "West Co", owner="rao.mei")
    team = an_account(connection, "Team Co", owner="zhao.lei")
    made = {
        "east": an_opportunity(connection, "east", east),
        "west": an_opportunity(connection, "west", west, owner="rao.mei"),
        "shared": an_opportunity(connection, "shared", east),
        "of_account_team": an_opportunity(connection, "of_account_team", team, owner="zhao.lei"),
        "campaign": opportunities.create(
            connection, "campaign", east.id, "lin.wei", source="fair", sales_mode="simple", by="mkt.bo", at=NOW
        ),
    }
    for login, change in (("rao.mei", "read"), ("exp.ann", "change")):
        opportunities.add_member(
            connection, made["shared"].id, login, access=change, valid_from=TODAY, by="lin.wei", at=NOW
        )
    for login in ("lin.wei", "exp.ann"):
        accounts.add_member(connection, team.id, login, valid_from=TODAY, by="zhao.lei", at=NOW)
    accounts.add_member(connection, east.id, "exp.ann", valid_from=TODAY + timedelta(days=5), by="x", at=NOW)
    keys = {name: deal.business_key for name, deal in made.items()}
    return keys | {"East Co": f"account:{east.number}", "West Co": f"account:{west.number}"}


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_sees_and_changes_what_the_table_says(
    connection: Connection, records: dict[str, str], person: str
) -> None:
    who = access.reader(connection, person, TODAY + timedelta(days=(person == "exp.ann") * 6))
    oracle = OPPORTUNITIES | ACCOUNTS
    if person == "exp.ann":  # six days on, also a member of the team of East Co, so of its opportunities
        oracle = oracle | {name: (f"exp.ann {oracle[name][0]}", oracle[name][1]) for name in ("east", "campaign")}

    seen = {name for name in oracle if access.may_read(connection, who, records[name])}
    changed = {name for name in oracle if access.may_change(connection, who, records[name])}

    assert seen == {name for name, (readers, _) in oracle.items() if person in readers.split()}
    assert changed == {name for name, (_, changers) in oracle.items() if person in changers.split()}
    assert access.readable(connection, who, records.values()) == {records[name] for name in seen}


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("person", PEOPLE)
def test_lists_and_single_records_agree(connection: Connection, person: str) -> None:
    who = access.reader(connection, person, TODAY)
    for kind in (KINDS["opportunity"], KINDS["account"]):
        numbers = connection.execute(select(kind.table.c.number)).scalars().all()
        for condition, single in ((access.visible, access.may_read), (access.changeable, access.may_change)):
            listed = set(connection.execute(select(kind.table.c.number).where(condition(who, kind))).scalars())
            assert listed == {one for one in numbers if single(connection, who, kind.business_key(one))}


def test_an_old_owner_reads_on_for_thirty_days(connection: Connection) -> None:
    deal = an_opportunity(connection)
    opportunities.reassign(connection, deal, "rao.mei", by="wang.min", at=NOW)

    def allowed(days: int, may: Callable[..., bool]) -> bool:
        return may(connection, access.reader(connection, "lin.wei", TODAY + timedelta(days=days)), deal.business_key)

    assert [allowed(days, access.may_read) for days in (0, 29, 30)] == [True, True, False]
    assert not allowed(0, access.may_change)


@pytest.mark.parametrize(
    ("process", "starters"),
    [
        ("prioritize-opportunity", "lin.wei chen.jing wang.min hao.yun"),
        ("manage-pended-opportunity", "lin.wei chen.jing wang.min hao.yun ops.one"),
        ("area-key-account-planning", "lin.wei chen.jing wang.min hao.yun ops.one"),
    ],
)
def test_a_process_is_started_by_the_owner_or_the_managers(
    connection: Connection, records: dict[str, str], process: str, starters: str
) -> None:
    able = [
        person
        for person in PEOPLE
        if access.may_start(connection, access.reader(connection, person, TODAY), process, records["shared"])
    ]

    assert sorted(able) == sorted(starters.split())


def test_somebody_unknown_or_gone_sees_nothing(connection: Connection, records: dict[str, str]) -> None:
    a_user(connection, "gone", "ops", active=False)

    for login in ("nobody", "gone"):
        who = access.reader(connection, login, TODAY)
        assert who.permissions == frozenset()
        assert access.readable(connection, who, records.values()) == frozenset()


def test_an_unknown_kind_of_record_is_nobodys(connection: Connection) -> None:
    who = access.reader(connection, "ops.one", TODAY)

    assert not access.may_read(connection, who, "invoice:1")
    assert not access.may_start(connection, who, "area-x", "invoice:1")


@pytest.mark.parametrize(
    ("person", "credit", "personal"),
    [
        ("lin.wei", False, False),
        ("zhao.lei", True, False),
        ("chen.jing", False, False),
        ("ops.one", False, False),
        ("exp.ann", True, False),
        ("anl.li", True, True),
    ],
)
def test_credit_and_personal_data_are_for_few(
    connection: Connection, person: str, credit: bool, personal: bool
) -> None:
    hidden = access.hidden_fields(access.reader(connection, person, TODAY), "lin.wei")

    assert ("credit_limit" in hidden, "phone" in hidden) == (credit, personal)


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        ("process.start", "rep mgr ops mkt"),
        ("record.change", "rep mgr team ops mkt adm"),
        ("approval.decide", "mgr"),
        ("definition.draft", "anl"),
        ("definition.deploy", "adm"),
        ("incident.repair", "ops adm"),
        ("threshold.publish", "mgr adm"),
        ("import.own", "rep ops"),
        ("import.any", "ops"),
        ("user.manage", "adm"),
        ("task.work", "rep mgr team ops mkt"),
        ("opportunity.read", "rep mgr team ops mkt anl"),
        ("report.read", "rep mgr team ops mkt anl"),
        ("definition.read", "rep mgr team ops mkt anl adm"),
    ],
)
def test_roles_have_their_permissions(permission: str, roles: str) -> None:
    having = {role for role in permissions.BY_ROLE if permission in permissions.of_roles([role])}

    assert having == set(roles.split())
