"""What forms and reports show: pipeline, target gap, account plan, peers, RP-01, snapshots."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, event, select, true

from crm import access, account_plans, form_views, opportunities, pended, pipeline, reports, snapshots, targets, views
from crm.tables import pipeline_snapshot
from tests.crm.factories import NOW, an_account, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")


def active(connection: Connection, name: str, amount: int, **fields: object) -> opportunities.Opportunity:
    deal = an_opportunity(connection, name, amount=Decimal(amount), **fields)
    return pipeline.add(connection, deal, by="lin.wei", at=NOW)


def test_the_pipeline_shows_load_against_capacity(connection: Connection) -> None:
    active(connection, "late", 1_000, win_probability=Decimal(50), expected_close_date=date(2027, 1, 1))
    active(connection, "soon", 2_000, win_probability=Decimal("12.5"), expected_close_date=date(2026, 10, 1))
    active(connection, "west", 4_000, owner="rao.mei")
    an_opportunity(connection, "only assessed")

    shown = form_views.pipeline(connection, "lin.wei", true(), NOW)

    assert [row.name for row in shown.rows] == ["soon", "late"]
    assert (shown.amount, shown.weighted, shown.load, shown.capacity) == (3_000, 750, 2, 25)


def test_a_view_shows_no_more_than_its_reader_may_see(connection: Connection) -> None:
    active(connection, "west", 4_000, owner="rao.mei")
    visible = access.visible_opportunities(access.reader(connection, "lin.wei", NOW.date()))

    assert form_views.pipeline(connection, "rao.mei", visible, NOW).load == 0


def test_the_gap_is_target_less_commit(connection: Connection) -> None:
    targets.set_target(connection, "lin.wei", "2026-Q4", Decimal(10_000), by="ops.one", at=NOW)
    targets.set_target(connection, "lin.wei", "2026-Q4", Decimal(9_000), by="ops.one", at=NOW)
    won = active(connection, "won", 3_000)
    opportunities.move(
        connection,
        won,
        "won",
        by="lin.wei",
        at=NOW,
        outcome_date=date(2026, 10, 5),
        actual_amount=Decimal("2999.99"),
    )
    active(connection, "open", 4_000, win_probability=Decimal(25))

    gap = form_views.target_gap(connection, "lin.wei", date(2026, 11, 1))

    assert (gap.period, gap.target, gap.won) == ("2026-Q4", 9_000, Decimal("2999.99"))
    assert (gap.weighted, gap.gap) == (1_000, Decimal("6000.01"))


def test_without_a_target_there_is_no_gap(connection: Connection) -> None:
    gap = form_views.target_gap(connection, "lin.wei", date(2026, 11, 1))

    assert (gap.target, gap.gap, gap.won, gap.weighted) == (None, None, 0, 0)


def test_the_account_plan_in_use_lists_its_deferred_opportunities(connection: Connection) -> None:
    customer = an_account(connection)
    assert form_views.account_plan(connection, customer.id) is None
    for period, status in (("2025", "active"), ("2026", "active"), ("2027", "draft")):
        account_plans.create(connection, customer.id, "lin.wei", period, status=status, by="lin.wei", at=NOW)
    deal = an_opportunity(connection, "Line 9", customer)
    moved = pended.defer(
        connection,
        deal,
        "other",
        date(2026, 12, 1),
        note=None,
        keep_in_account_plan=True,
        by="lin.wei",
        at=NOW,
    )
    item = pended.get_waiting(connection, moved)
    noted = [pended.note_in_plan(connection, moved, item, by="lin.wei", at=NOW) for _ in range(2)]

    shown = form_views.account_plan(connection, customer.id)

    assert shown is not None
    assert (shown.plan.period, noted) == ("2026", [True, True])
    assert [line.text for line in shown.pended] == [f"{deal.number} Line 9"]


def test_the_five_nearest_in_amount_are_peers(connection: Connection) -> None:
    deal = an_opportunity(connection, "mine", amount=Decimal(1_000))
    for amount in (100, 990, 1_020, 1_500, 900, 5_000, 1_005):
        active(connection, str(amount), amount)

    peers = form_views.peer_deals(connection, deal, true())

    assert [row.name for row in peers] == ["1005", "990", "1020", "900", "1500"]


def test_the_report_sums_each_stage_and_shows_pended_apart(connection: Connection) -> None:
    first = active(connection, "a", 1_000, win_probability=Decimal(50))
    active(connection, "b", 3_000, win_probability=Decimal("33.33"))
    active(connection, "simple", 500, sales_mode="simple", win_probability=None)
    active(connection, "no amount", 0, win_probability=Decimal(0))
    opportunities.change(connection, first, {"stage_entered_at": NOW - timedelta(days=20)}, by="x", at=NOW)
    gone = active(connection, "gone", 700)
    pended.defer(connection, gone, "other", date(2026, 12, 1), note=None, keep_in_account_plan=False, by="x", at=NOW)

    shown = reports.pipeline_by_stage(connection, true(), NOW)

    figures = [(row.stage, row.count, row.amount, row.weighted, row.overdue) for row in shown.stages]
    assert figures == [
        ("complex.prioritised", 3, 4_000, Decimal("1499.90"), 1),
        ("simple.confirm_need", 1, 500, 100, 0),
    ]
    assert shown.stages[0].mean_age_days == Decimal("6.7")
    assert (shown.count, shown.amount, shown.weighted) == (4, 4_500, Decimal("1599.90"))
    assert (shown.pended_count, shown.pended_amount) == (1, 700)


def test_an_empty_pipeline_has_no_stages(connection: Connection) -> None:
    shown = reports.pipeline_by_stage(connection, true(), NOW)

    assert (shown.stages, shown.count, shown.pended_amount) == ((), 0, 0)


def test_a_night_is_kept_once(connection: Connection) -> None:
    active(connection, "a", 1_000)
    an_opportunity(connection, "assessed")
    night = NOW.date()

    counts = [snapshots.take_nightly(connection, night, at=NOW) for _ in range(2)]
    counts.append(snapshots.take_nightly(connection, night + timedelta(days=1), at=NOW + timedelta(days=1)))

    at = pipeline_snapshot.c
    rows = connection.execute(select(at.taken_at, at.amount_base).where(at.kind == "nightly")).all()
    assert counts == [1, 0, 1]
    assert [row.amount_base for row in rows] == [1_000, 1_000]
    assert rows[0].taken_at == NOW


def test_lists_cost_the_same_number_of_queries_however_long(connection: Connection) -> None:
    seen: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *args: seen.append(args[2]))

    def cost() -> int:
        del seen[:]
        form_views.pipeline(connection, "lin.wei", true(), NOW)
        reports.pipeline_by_stage(connection, true(), NOW)
        return len(seen)

    active(connection, "one", 1)
    few = cost()
    for index in range(20):
        active(connection, f"more {index}", index)

    assert cost() == few


def test_no_two_panels_bear_the_same_name() -> None:
    assert sum(map(len, views.GROUPS)) == len(views.PANELS)
