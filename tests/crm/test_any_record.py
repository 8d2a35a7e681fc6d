"""Lists of every kind: searched, narrowed, sorted and paged on both databases, within the reader's scope."""

import pytest
from sqlalchemy import Connection

from crm import access, any_record
from crm.any_record import Wanted
from crm.errors import RecordNotFound
from crm.kinds import KINDS, Kind
from tests.crm.factories import NOW, an_opportunity
from tests.crm.sample_records import Samples

pytestmark = pytest.mark.usefixtures("configured")
TODAY = NOW.date()


def wishes(kind: Kind, number: str) -> list[Wanted]:
    """Every way to ask for the list of a kind."""
    orders = [f"-{field.name}" for field in kind.listed]
    filters = [{field.name: field.choices[0][0]} for field in kind.listed if field.type == "choice" and field.choices]
    filters += [{field.name: "true"} for field in kind.listed if field.type == "boolean"]
    filters += [{field.name: "lin.wei"} for field in kind.listed if field.type == "user"]
    return [
        *(Wanted(order=order) for order in orders),
        *(Wanted(filters=wanted) for wanted in filters),
        Wanted(text=number),
        Wanted(limit=1, offset=1),
    ]


def test_every_list_can_be_asked_in_every_way_and_shows_what_it_counts(connection: Connection) -> None:
    samples = Samples(connection, "lin.wei")
    numbers = {kind.key: samples.make(kind) for kind in KINDS.values()}

    for kind in KINDS.values():
        for login in ("ops.one", "lin.wei", "exp.ann"):
            who = access.reader(connection, login, TODAY)
            for wanted in wishes(kind, numbers[kind.key]) if login == "ops.one" else [Wanted(limit=500)]:
                found = any_record.search(connection, who, kind, wanted)
                assert len(found.rows) <= found.total, (kind.key, wanted)
                keys = {record.business_key for record in found.rows}
                assert access.readable(connection, who, keys) == keys, (kind.key, login)


def test_what_belongs_to_a_record_is_found_under_it(connection: Connection) -> None:
    deal = an_opportunity(connection)
    samples = Samples(connection, "lin.wei")
    activity = samples.make(KINDS["opportunity_activity"], opportunity_id=deal.id)
    owner = access.reader(connection, "lin.wei", TODAY)

    record = any_record.of_key(connection, owner, deal.business_key)
    parts = {kind.key: page for kind, _column, page in any_record.children(connection, owner, record)}

    assert [one.number for one in parts["opportunity_activity"].rows] == [activity]
    assert parts["opportunity_team_member"].total == 1 and parts["opportunity_expense"].total == 0
    listed = any_record.search(connection, owner, KINDS["opportunity_activity"], Wanted(parent=deal.business_key))
    assert listed.total == 1


def test_a_record_is_not_found_by_whom_it_is_closed_to(connection: Connection) -> None:
    deal = an_opportunity(connection)
    stranger = access.reader(connection, "rao.mei", TODAY)

    for key in (deal.business_key, "opportunity:OPP-9999", "invoice:1", "opportunity_activity:none"):
        with pytest.raises(RecordNotFound):
            any_record.of_key(connection, stranger, key)
