"""The directory: groups, approvers in the management line, substitutes, calendars."""

from datetime import UTC, date, datetime
from decimal import Decimal
from inspect import signature

import pytest
from sqlalchemy import Connection

from crm import delegations, org_units, users
from crm.errors import AlreadyExists, InvalidValue, RecordNotFound, VersionConflict
from crm.people import Directory
from engine import company
from tests.crm.factories import NOW, a_unit, a_user

pytestmark = pytest.mark.usefixtures("a_company")
DAY = NOW.date()


def test_the_directory_has_the_shape_the_engine_asks_for(connection: Connection) -> None:
    directory: company.Directory = Directory(connection)

    asked = {name for name in vars(company.Directory) if not name.startswith("_")}
    assert "mail_address" in asked and len(asked) == 13
    assert {name: list(signature(getattr(directory, name)).parameters) for name in asked} == {
        name: list(signature(getattr(company.Directory, name)).parameters)[1:] for name in asked
    }


def test_notices_are_mailed_only_to_those_who_chose_it_and_have_an_address(
    connection: Connection, a_company: dict[str, int]
) -> None:
    chosen = {"lin.wei": {"email": "lin@example.org", "mail_notices": True, "language": "zh-Hans"}}
    chosen["zhao.lei"] = {"email": "zhao@example.org", "mail_notices": False}
    chosen["rao.mei"] = {"mail_notices": True}
    for login, changes in chosen.items():
        users.change(connection, login, users.get(connection, login).row_version, changes, by="test", at=NOW)

    asked = [Directory(connection).mail_address(login) for login in chosen]

    assert asked == [("lin@example.org", "zh-Hans"), None, None]


@pytest.mark.parametrize(
    ("level", "requester", "expected"),
    [
        (1, "lin.wei", ("chen.jing",)),
        (1, "rao.mei", ("gu.tao",)),
        (2, "lin.wei", ("wang.min",)),
        (3, "lin.wei", ("hao.yun",)),
        (1, "chen.jing", ()),  # nobody approves one's own request
        (2, "chen.jing", ("wang.min",)),
        (3, "hao.yun", ()),
        (1, "nobody", ()),
    ],
)
def test_approvers_come_from_the_management_line(
    connection: Connection, level: int, requester: str, expected: tuple[str, ...]
) -> None:
    assert Directory(connection).approvers(level, requester) == expected


def test_who_stands_outside_any_line_has_every_manager_of_the_level(connection: Connection) -> None:
    directory = Directory(connection)

    assert directory.approvers(1, "ops.one") == ("chen.jing", "gu.tao")
    assert directory.approvers(3, "hao.yun") == ()


def test_an_inactive_manager_is_passed_over(connection: Connection) -> None:
    version = users.get(connection, "chen.jing").row_version
    users.change(connection, "chen.jing", version, {"active": False}, by="test", at=NOW)

    directory = Directory(connection)

    assert directory.approvers(1, "lin.wei") == ()
    assert directory.approvers(2, "lin.wei") == ("wang.min",)
    assert not directory.exists("chen.jing")
    assert directory.groups_of("chen.jing") == ()


def test_a_ring_of_managers_ends(connection: Connection) -> None:
    version = users.get(connection, "hao.yun").row_version
    users.change(connection, "hao.yun", version, {"manager": "chen.jing"}, by="test", at=NOW)

    assert Directory(connection).approvers(3, "lin.wei") == ("hao.yun",)
    assert Directory(connection).approvers(1, "chen.jing") == ()


def test_groups_and_members_are_active_users(connection: Connection) -> None:
    directory = Directory(connection)

    assert directory.groups_of("lin.wei") == ("rep",)
    assert directory.members_of("rep") == ("lin.wei", "rao.mei", "zhao.lei")
    assert directory.members_of("nonsense") == ()


def test_names_are_shown_in_the_readers_language(connection: Connection) -> None:
    assert Directory(connection).display_name("lin.wei") == "Lin.Wei"
    assert Directory(connection, "zh-Hans").display_name("lin.wei") == "员工 lin.wei"
    assert Directory(connection).display_name("stranger") == "stranger"


@pytest.mark.parametrize(
    ("on", "process", "expected"),
    [
        (date(2026, 9, 14), "prioritize_opportunity", ()),
        (date(2026, 9, 15), "prioritize_opportunity", ("gu.tao", "wang.min")),
        (date(2026, 9, 17), "prioritize_opportunity", ("gu.tao", "wang.min")),
        (date(2026, 9, 17), "close_opportunity", ("wang.min",)),
        (date(2026, 9, 18), "prioritize_opportunity", ()),
    ],
)
def test_substitution_has_days_and_a_process(
    connection: Connection, on: date, process: str, expected: tuple[str, ...]
) -> None:
    first, last = date(2026, 9, 15), date(2026, 9, 17)
    delegations.add(connection, "chen.jing", "wang.min", first, last, by="chen.jing", at=NOW)
    only = "prioritize_opportunity"
    delegations.add(connection, "chen.jing", "gu.tao", first, last, process=only, by="chen.jing", at=NOW)

    directory = Directory(connection)

    assert directory.substitutes("chen.jing", on, process) == expected
    assert directory.stands_in_for("wang.min", on, process) == (("chen.jing",) if expected else ())


def test_a_substitution_ends_early(connection: Connection) -> None:
    added = delegations.add(connection, "chen.jing", "gu.tao", DAY, date(2026, 9, 30), by="chen.jing", at=NOW)

    delegations.end(connection, added, DAY, by="chen.jing", at=NOW)

    assert Directory(connection).substitutes("chen.jing", date(2026, 9, 17), "x") == ()
    assert [one.end_on for one in delegations.listing(connection, "gu.tao")] == [DAY]


def test_nobody_stands_in_for_himself(connection: Connection) -> None:
    with pytest.raises(InvalidValue, match="another person"):
        delegations.add(connection, "lin.wei", "lin.wei", DAY, DAY, by="lin.wei", at=NOW)


def test_a_users_zone_comes_from_the_user_then_the_unit_then_the_company(
    connection: Connection, a_company: dict[str, int]
) -> None:
    berlin = a_unit(connection, "DE", a_company["head"], "Europe/Berlin")
    a_user(connection, "kai.brandt", org_unit_id=berlin)
    a_user(connection, "ann.lee", org_unit_id=berlin, time_zone="America/New_York")
    directory = Directory(connection)
    start = datetime(2026, 9, 16, 0, 0, tzinfo=UTC)

    parties = ("kai.brandt", "ann.lee", "group:ops")
    due = {party: directory.due_after(party, start, Decimal(1)).hour for party in parties}

    assert due == {"kai.brandt": 8, "ann.lee": 14, "group:ops": 2}


def test_a_units_own_day_wins_over_the_companys(connection: Connection, a_company: dict[str, int]) -> None:
    org_units.set_day(connection, date(2026, 9, 17), "Holiday", "假日", by="test", at=NOW)
    org_units.set_day(
        connection, date(2026, 9, 17), "Duty", "值班", working=True, unit=a_company["east"], by="test", at=NOW
    )
    directory = Directory(connection)

    assert directory.calendar_of("lin.wei").is_working(date(2026, 9, 17))
    assert not directory.calendar_of("rao.mei").is_working(date(2026, 9, 17))


@pytest.mark.parametrize(
    ("started_on", "experience", "expected"),
    [
        (date(2025, 9, 16), None, "experienced"),
        (date(2025, 9, 17), None, "junior"),
        (None, None, "junior"),
        (date(2026, 9, 1), "experienced", "experienced"),
        (date(2015, 9, 1), "junior", "junior"),
    ],
)
def test_a_rep_is_experienced_after_a_year_or_when_a_manager_says_so(
    connection: Connection, started_on: date | None, experience: str | None, expected: str
) -> None:
    user = a_user(connection, "new.rep", started_on=started_on, experience=experience)

    assert user.rep_experience(date(2026, 9, 16)) == expected


def test_a_login_is_used_once_and_values_are_checked(connection: Connection) -> None:
    with pytest.raises(AlreadyExists, match="user lin.wei"):
        a_user(connection, "lin.wei")
    with pytest.raises(InvalidValue, match="rep, mgr"):
        a_user(connection, "other", "boss")
    with pytest.raises(InvalidValue, match="Mars/Base"):
        a_user(connection, "other", time_zone="Mars/Base")
    with pytest.raises(RecordNotFound, match="user nobody"):
        users.get(connection, "nobody")


def test_roles_and_password_can_be_changed(connection: Connection) -> None:
    before = users.get(connection, "lin.wei")

    changes, roles = {"language": "zh-Hans"}, ("rep", "team")
    after = users.change(connection, "lin.wei", before.row_version, changes, by="adm.zu", at=NOW, roles=roles)
    users.set_password_hash(connection, "lin.wei", "$argon2id$x", by="lin.wei", at=NOW)

    assert (after.roles, after.language) == (("rep", "team"), "zh-Hans")
    assert users.password_hash(connection, "lin.wei") == "$argon2id$x"
    assert users.password_hash(connection, "nobody") is None


def test_a_stale_change_names_who_was_faster(connection: Connection) -> None:
    before = users.get(connection, "lin.wei")
    mail = {"email": "l@example.com"}
    users.change(connection, "lin.wei", before.row_version, mail, by="adm.zu", at=NOW)

    with pytest.raises(VersionConflict, match=r"Adm\.Zu changed it at 2026-09-16.*\(E-mail\)"):
        users.change(connection, "lin.wei", before.row_version, mail, by="lin.wei", at=NOW)


def test_a_user_is_matched_by_login_mail_or_either_name(connection: Connection) -> None:
    a_user(connection, "li.na", name="Li Na", name_zh="李娜", email="li.na@example.com")

    for text in ("LI.NA", "Li.Na@example.com", " li na ", "李娜"):
        assert [user.login for user in users.match(connection, text)] == ["li.na"]
