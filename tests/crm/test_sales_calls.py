"""Sales calls: life cycle, people, agenda, follow-ups, how overdue a contact is, and who reads what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from crm import (
    access,
    account_profiles,
    any_record,
    call_brief,
    call_follow_ups,
    call_notes,
    call_people,
    call_report,
    coaching,
    contact_cadence,
    contacts,
    records,
    sales_calls,
    stages,
)
from crm.accounts import Account
from crm.call_people import CallContact
from crm.errors import IllegalMove, InvalidValue, RecordNotFound, VersionConflict
from crm.kinds import KINDS
from crm.sales_calls import SalesCall
from crm.tables import account_relationship, opportunity_activity
from tests.crm.factories import NOW, an_account, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")
REP, COLLEAGUE, EXPERT = "lin.wei", "zhao.lei", "exp.ann"
LATER = NOW + timedelta(days=30)


def a_call(connection: Connection, customer: Account, status: str = "scheduled", **fields: Any) -> SalesCall:
    given: dict[str, Any] = {"purpose": "discovery", "channel": "visit", "start_at": NOW}
    return sales_calls.create(connection, customer.id, REP, by=REP, at=NOW, status=status, **given | fields)


def a_person(connection: Connection, customer: Account, name: str = "Ms Wu", **fields: Any) -> str:
    return contacts.create(connection, customer.id, name, by=REP, at=NOW, phone="1", **fields).number


def test_a_call_moves_only_as_its_life_cycle_allows(connection: Connection) -> None:
    call = a_call(connection, an_account(connection), "draft")

    for status in ("proposed", "scheduled", "in_progress", "held", "documented", "closed"):
        call = sales_calls.move(connection, call, status, by=REP, at=NOW)

    assert sales_calls.get(connection, call.number).status == "closed"
    with pytest.raises(IllegalMove, match="cannot be moved from there"):
        sales_calls.move(connection, call, "scheduled", by=REP, at=NOW)
    with pytest.raises(InvalidValue, match="changeable fields"):
        sales_calls.change(connection, call, {"status": "draft"}, by=REP, at=NOW)
    with pytest.raises(InvalidValue, match="at least one minute"):
        sales_calls.change(connection, call, {"duration_min": 0}, by=REP, at=NOW)
    with pytest.raises(VersionConflict):
        sales_calls.change(connection, replace(call, row_version=1), {"interest": 3}, by=REP, at=NOW)
    with pytest.raises(RecordNotFound):
        sales_calls.get(connection, "CALL-9999")


def test_people_who_are_no_longer_invited_stay_known_and_strangers_join_when_they_come(connection: Connection) -> None:
    customer = an_account(connection)
    first, second = a_person(connection, customer), a_person(connection, customer, "Mr Sun", title="CEO")
    call = a_call(connection, customer)
    call_people.invite(connection, call, [first], [COLLEAGUE, REP], by=REP, at=NOW)

    call_people.invite(connection, call, [first], [EXPERT], by=REP, at=NOW)
    call_people.mark_present(connection, call, [second, EXPERT], by=REP, at=NOW)

    people = {one.number: (one.invited, one.present) for one in call_people.contacts(connection, call.id)}
    ours = {one.login: (one.invited, one.present) for one in call_people.attendees(connection, call.id)}
    assert people == {first: (True, False), second: (False, True)}
    assert ours == {COLLEAGUE: (False, False), EXPERT: (True, True)}  # the owner is no attendee of his own call
    stranger = a_person(connection, an_account(connection, "Other Co"), "Ms Li")
    with pytest.raises(InvalidValue, match="people of one customer"):
        call_people.invite(connection, call, [stranger], [], by=REP, at=NOW)


@pytest.mark.parametrize(
    ("title", "role", "level"),
    [
        ("Chief Executive Officer", None, "executive"),
        ("副总裁", None, "executive"),
        ("Buyer", "economic", "executive"),
        ("Production manager", "user", "manager"),
        ("设备主管", None, "manager"),
        (None, None, "staff"),
    ],
)
def test_the_level_follows_title_and_buying_role(title: str | None, role: str | None, level: str) -> None:
    person = CallContact(1, 1, "CON-0001", "Ms Wu", title, None, None, role, None, True, None, 1)

    assert call_people.level([person]) == person.level == level


def test_topics_that_leave_the_agenda_are_kept_as_dropped_and_may_come_back(connection: Connection) -> None:
    call = a_call(connection, an_account(connection))
    two = [{"topic": "Line", "minutes": 30}, {"topic": "Price", "minutes": 30}]
    call_notes.set_agenda(connection, call, two, by=REP, at=NOW)

    call_notes.set_agenda(connection, call, [{"topic": "Line", "minutes": 60, "lead": REP}], by=REP, at=NOW)
    (line,) = call_notes.agenda(connection, call.id)
    left = call_notes.cover(connection, call, [line.id], by=REP, at=NOW)

    assert (line.minutes, line.lead, left) == (60, REP, 0)
    call_notes.set_agenda(connection, call, two, by=REP, at=NOW)
    assert [item.topic for item in call_notes.agenda(connection, call.id)] == ["Line", "Price"]
    with pytest.raises(InvalidValue, match="at most 60 minutes"):
        call_notes.set_agenda(connection, call, [*two, {"topic": "Lunch", "minutes": 1}], by=REP, at=NOW)


def test_a_follow_up_is_kept_once_and_moves_by_its_life_cycle(connection: Connection) -> None:
    customer = an_account(connection)
    call = a_call(connection, customer)
    for _ in range(2):
        call_follow_ups.agree(connection, call, "Send it", "us", date(2026, 9, 20), by=REP, at=NOW)
    (item,) = call_follow_ups.listing(connection, call.id)
    assert (item.owner, item.status) == (REP, "planned")

    call_follow_ups.open_planned(connection, call, by=REP, at=NOW)
    call_follow_ups.settle(
        connection, call, call_follow_ups.get(connection, item.id), "not_done", "Ill", by=REP, at=NOW
    )
    assert [item.note for item in call_follow_ups.waiting_at(connection, customer.id)] == ["Ill"]
    call_follow_ups.settle(connection, call, call_follow_ups.get(connection, item.id), "partly", None, by=REP, at=LATER)

    kept = call_follow_ups.get(connection, item.id)
    assert (kept.status, kept.result, kept.done_at, kept.is_closed) == ("done", "partly", LATER, True)
    with pytest.raises(IllegalMove):
        call_follow_ups.move(connection, call, kept, "open", by=REP, at=NOW)


@pytest.mark.parametrize(
    ("tier", "cadence", "days", "ratio"),
    [("KEY", None, 7, "0.50"), ("GROWTH", None, 45, "1.50"), (None, None, 60, "1.00"), ("KEY", 1, 90, "5.00")],
)
def test_a_contact_is_overdue_by_days_since_the_last_call_over_the_cadence_of_the_tier(
    connection: Connection, tier: str | None, cadence: int | None, days: int, ratio: str
) -> None:
    customer = an_account(connection, tier=tier, cadence_days=cadence)
    a_call(connection, customer, "closed", actual_start=NOW)

    found = contact_cadence.overdue_ratio(connection, customer, NOW + timedelta(days=days))

    assert found == Decimal(ratio)


def test_only_active_customers_with_whom_no_call_is_being_agreed_are_overdue(connection: Connection) -> None:
    names = {name: an_account(connection, name, status="active", tier="KEY") for name in ("Late", "Later", "Agreed")}
    an_account(connection, "Prospect", tier="KEY", status="prospect")
    a_call(connection, names["Later"], "closed", actual_start=NOW - timedelta(days=30))
    a_call(connection, names["Agreed"], "proposed", start_at=None)

    overdue = contact_cadence.overdue(connection, NOW + timedelta(days=20))

    assert [one.name for one in overdue] == ["Later", "Late"]
    assert contact_cadence.overdue(connection, NOW + timedelta(days=13)) == (names["Later"],)


def test_the_last_contact_is_the_latest_of_calls_activities_and_what_relationships_say(connection: Connection) -> None:
    customer = an_account(connection)
    assert contact_cadence.last_contact(connection, customer.id) is None
    person = contacts.create(connection, customer.id, "Ms Wu", by=REP, at=NOW, phone="1")
    who: dict[str, Any] = {"by": REP, "at": NOW}
    known = {"account_id": customer.id, "contact_id": person.id, "our_owner": REP, "strength": 3}
    records.insert(connection, account_relationship, {**known, "last_contact": date(2026, 9, 1)}, **who)
    assert contact_cadence.last_contact(connection, customer.id) == datetime(2026, 9, 1, tzinfo=UTC)

    deal = an_opportunity(connection, "Line", customer)
    for kind, day in (("visit", 5), ("task", 9)):  # a task is no conversation
        done = {"done_at": NOW.replace(day=day), "opportunity_id": deal.id, "owner": REP}
        records.insert(connection, opportunity_activity, {"type": kind, "subject": "x", **done}, **who)
    assert contact_cadence.last_contact(connection, customer.id) == NOW.replace(day=5)

    a_call(connection, customer, "held", actual_start=NOW)
    assert contact_cadence.last_contact(connection, customer.id) == NOW


def test_the_stages_of_a_mode_fall_into_thirds(connection: Connection) -> None:
    thirds = [
        (stage.position, contact_cadence.stage_third(connection, "complex", stage.key))
        for stage in stages.listing(connection, "complex")
    ]

    assert [third for _, third in sorted(thirds)] == ["early"] * 2 + ["middle"] * 2 + ["late"] * 3
    assert contact_cadence.stage_third(connection, "complex", None) == "early"
    customer = an_account(connection, "Late Co")
    assert not contact_cadence.has_late_deal(connection, customer.id)
    an_opportunity(connection, "Deal", customer, status="active", stage="complex.negotiation")
    assert contact_cadence.has_late_deal(connection, customer.id)


def test_a_report_adds_people_once_and_writes_only_what_differs(connection: Connection) -> None:
    customer = an_account(connection)
    call, deal = a_call(connection, customer), an_opportunity(connection, "Deal", customer)
    people: list[dict[str, str | None]] = [{"name": "Mr Sun", "email": "a@b.cn"}, {"name": "mr sun", "phone": "2"}]

    assert call_report.add_contacts(connection, call, people, by=REP, at=NOW) == 1
    same = {"field": "amount", "new_value": "60,000"}
    other = {"field": "next_step_date", "new_value": "2026-10-01"}
    assert call_report.update_opportunity(connection, deal, [same, other], by=REP, at=NOW) == {"next_step_date"}
    with pytest.raises(InvalidValue, match="a day such as 2026-12-31"):
        call_report.new_value("expected_close_date", "soon")


def test_the_brief_names_what_is_worth_knowing_line_by_line(connection: Connection) -> None:
    customer = an_account(connection)
    news = [{"initiative": "A second plant"}]
    account_profiles.publish_at_once(connection, customer.id, by=REP, at=NOW, initiatives=news)
    earlier = a_call(connection, customer, "closed", actual_start=NOW, summary="They stop too often.")
    call_follow_ups.agree(connection, earlier, "Send the plan", "us", date(2026, 9, 20), by=REP, at=NOW)
    deal = an_opportunity(connection, "Line", customer, need="Fewer stops", next_step="Trial")
    call = a_call(connection, customer)
    call_people.invite(connection, call, [a_person(connection, customer, title="CEO")], [], by=REP, at=NOW)

    lines = call_brief.gather(connection, call, deal)

    named = f"{deal.number} Line"
    assert [(line["kind"], line["on"], line["who"], line["text"]) for line in lines] == [
        ("news", None, None, "A second plant"),
        ("last_call", "2026-09-16", earlier.number, "They stop too often."),
        ("our_follow_up", "2026-09-20", REP, "Send the plan"),
        ("person", None, "Ms Wu", "CEO"),
        ("opportunity", None, named, "Fewer stops"),
        ("stage", None, named, {"en": "Assessed", "zh-Hans": "评估"}),
        ("next_step", None, named, "Trial"),
    ]
    kinds = KINDS["sales_call"].field("brief").fields[0]
    assert all(kinds.choice_labels(line["kind"])["zh-Hans"] != line["kind"] for line in lines)


def readers(connection: Connection, key: str) -> set[str]:
    found = set()
    for login in (REP, COLLEAGUE, "rao.mei", "chen.jing", "gu.tao", EXPERT, "ops.one", "mkt.bo", "anl.li"):
        if access.may_read(connection, access.reader(connection, login, NOW.date()), key):
            found.add(login)
    return found


def test_calls_are_read_by_their_owner_the_line_the_invited_and_operations(connection: Connection) -> None:
    customer = an_account(connection)
    call = a_call(connection, customer)
    everybody = {REP, "chen.jing", "ops.one", "mkt.bo", "anl.li"}
    assert readers(connection, call.business_key) == everybody

    call_people.invite(connection, call, [], [EXPERT], by=REP, at=NOW)

    assert readers(connection, call.business_key) == everybody | {EXPERT}
    call_follow_ups.agree(connection, call, "Send", "us", NOW.date(), by=REP, at=NOW, owner="rao.mei")
    (item,) = call_follow_ups.listing(connection, call.id)
    key = KINDS["call_follow_up"].business_key(item.id)
    assert readers(connection, key) == {REP, "chen.jing", "ops.one", EXPERT, "rao.mei"}


def test_advice_is_read_by_the_rep_and_the_line_and_marketing_reads_summaries_only(connection: Connection) -> None:
    call = a_call(connection, an_account(connection), summary="They want a trial.", asked="A date")
    coaching.add(connection, REP, "Ask first.", kind="call", by="chen.jing", at=NOW, sales_call_id=call.id)
    (advice,) = coaching.of_call(connection, call.id)

    assert readers(connection, KINDS["coaching_note"].business_key(advice.id)) == {REP, "chen.jing"}
    marketing = access.reader(connection, "mkt.bo", NOW.date())
    seen = any_record.get(connection, marketing, KINDS["sales_call"], call.number)
    assert seen.values["summary"] == "They want a trial." and "asked" in seen.hidden
