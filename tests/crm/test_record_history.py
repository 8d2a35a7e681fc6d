"""Every change of a record leaves one line, in the same transaction: who, when, before and after."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from crm import access, any_record, exchange, flags, opportunities, record_changes, records, users
from crm.errors import IllegalMove, InUse, NotAllowed, Settled, VersionConflict
from crm.kinds import KINDS
from crm.record_links import Link
from crm.tables import competitor, exchange_rate, feature_flag, record_change
from tests.crm.factories import NOW, an_account, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")
LATER = NOW + timedelta(days=1)


def lines(connection: Connection, kind: str, record_id: Any) -> list[dict[str, Any]]:
    at = record_change.c
    query = select(at.changed_by, at.before, at.after).where(at.kind == kind, at.record_id == str(record_id))
    return [dict(row) for row in connection.execute(query.order_by(at.id)).mappings()]


def told(connection: Connection, key: str, person: str = "ops.one") -> list[tuple[str, list[tuple[str, Any, Any]]]]:
    who = access.reader(connection, person, NOW.date())
    record = any_record.of_key(connection, who, key)
    return [
        (change.by, [(field.name, before, after) for field, before, after in change.fields])
        for change in any_record.history(connection, who, record)
        if not change.new
    ]


def test_a_line_holds_only_what_really_changed_with_its_value_before(connection: Connection) -> None:
    deal = an_opportunity(connection)

    opportunities.change(connection, deal, {"amount": Decimal("75000"), "next_step": None}, by="chen.jing", at=LATER)

    assert told(connection, deal.business_key) == [
        ("chen.jing", [("amount", Decimal("60000.00"), Decimal("75000")),
                       ("amount_base", Decimal("60000.00"), Decimal("75000.00"))])
    ]  # fmt: skip


def test_a_new_record_begins_its_history_and_a_removed_one_keeps_it(connection: Connection) -> None:
    row = {"number": "COM-900", "name": "Delta"}
    made = records.insert(connection, competitor, row, by="mkt.bo", at=NOW)

    records.remove(connection, competitor, made, by="adm.zu", at=LATER)

    first, last = lines(connection, "competitor", made)
    assert (first["before"], first["after"]) == ({}, row)
    assert (last["changed_by"], last["before"]["name"], last["after"]["name"]) == ("adm.zu", "Delta", None)


def test_a_change_that_is_rolled_back_leaves_no_line(connection: Connection) -> None:
    deal = an_opportunity(connection)
    count = select(func.count()).select_from(record_change)
    before = connection.execute(count).scalar_one()

    with pytest.raises(VersionConflict), connection.begin_nested():
        opportunities.change(connection, deal, {"need": "Speed"}, by="lin.wei", at=NOW)
        opportunities.change(connection, deal, {"need": "Price"}, by="lin.wei", at=NOW)

    assert connection.execute(count).scalar_one() == before


def test_references_are_told_by_name_and_hidden_fields_not_at_all(connection: Connection) -> None:
    deal = an_opportunity(connection)
    opportunities.change(connection, deal, {"stage": "complex.prioritised", "need": "Speed"}, by="lin.wei", at=LATER)

    (open_line,) = told(connection, deal.business_key)
    (masked,) = told(connection, deal.business_key, "anl.li")

    stages = {name: (before, after) for name, before, after in open_line[1]}
    assert isinstance(stages["stage"][1], Link) and stages["stage"][1].names["en"] == "Prioritised"
    assert "need" in stages and [name for name, *_ in masked[1]] == ["stage"]


def test_password_hashes_are_withheld(connection: Connection) -> None:
    users.set_password_hash(connection, "lin.wei", "argon2-secret", by="adm.zu", at=NOW)

    kept = connection.execute(select(record_change.c.after).where(record_change.c.kind == "users")).scalars().all()
    assert "argon2-secret" not in str(kept) and {"password_hash": records.WITHHELD} in kept


def test_settings_with_keys_of_their_own_have_a_history_too(connection: Connection) -> None:
    flags.switch(connection, "coaching_enabled", False, by="adm.zu", at=NOW)
    exchange.set_rate(connection, "USD", NOW.date(), Decimal("7.1"), by="ops.one", at=NOW)
    exchange.set_rate(connection, "USD", NOW.date(), Decimal("7.2"), by="ops.one", at=LATER)

    assert lines(connection, feature_flag.name, "coaching_enabled")[-1]["after"] == {"enabled": False}
    (rate,) = connection.execute(select(exchange_rate.c.id)).scalars()
    assert [line["after"].get("rate") for line in lines(connection, "exchange_rate", rate)] == ["7.1", "7.2"]


def test_what_is_settled_or_somebody_elses_is_not_changed(connection: Connection) -> None:
    deal = an_opportunity(connection)
    history = connection.execute(select(KINDS["opportunity_stage_history"].table.c.id)).scalars().first()
    operations, stranger = (access.reader(connection, login, NOW.date()) for login in ("ops.one", "rao.mei"))

    with pytest.raises(NotAllowed):
        record_changes.change(
            connection, operations, KINDS["opportunity_stage_history"], str(history), {"reason": "x"}, 1, NOW
        )
    with pytest.raises(NotAllowed):
        record_changes.change(connection, stranger, KINDS["opportunity"], deal.number, {"need": "x"}, 1, NOW)
    with pytest.raises(NotAllowed):
        record_changes.change(connection, operations, KINDS["opportunity"], deal.number, {"status": "won"}, 1, NOW)


def test_a_published_profile_never_changes(connection: Connection) -> None:
    account = an_account(connection)
    profiles = KINDS["account_profile"].table
    row = {"account_id": account.id, "version": 1, "published_at": NOW}
    made = records.insert(connection, profiles, row, by="lin.wei", at=NOW)
    owner = access.reader(connection, "lin.wei", NOW.date())

    with pytest.raises(Settled):
        record_changes.change(connection, owner, KINDS["account_profile"], str(made), {"valid_until": None}, 1, NOW)


def test_a_hand_may_only_move_where_the_description_lets_it(connection: Connection) -> None:
    deal = an_opportunity(connection)
    manager = access.reader(connection, "chen.jing", NOW.date())

    with pytest.raises(IllegalMove):
        record_changes.move(connection, manager, KINDS["opportunity"], deal.number, "active", "Because", NOW)


def test_what_others_point_to_is_not_deleted(connection: Connection) -> None:
    an_opportunity(connection)
    operations = access.reader(connection, "ops.one", NOW.date())

    with pytest.raises(InUse, match="complex"):
        record_changes.remove(connection, operations, KINDS["sales_mode"], "complex", NOW)
