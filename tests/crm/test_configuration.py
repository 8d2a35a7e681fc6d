"""Default configuration, thresholds, scores, stages, reasons, flags, periods, column types."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, StatementError

from crm import defaults, flags, periods, reason_codes, scoring, stages, thresholds
from crm.defaults_data import REASONS, SOURCES, WEIGHTS
from crm.errors import CrmError, IllegalMove, InvalidValue, NoStage, NotAllowed, NoThreshold, RecordNotFound
from crm.tables import metadata, reason_code, sales_stage
from crm.tables.opportunities import RATINGS
from crm.tables.types import Fixed, Moment
from tests.crm.factories import NOW

EXACT = {name: Decimal(weight) for name, weight in WEIGHTS.items()}


@pytest.mark.usefixtures("configured")
def test_installing_again_keeps_what_people_edited(connection: Connection) -> None:
    entry = sales_stage.c
    connection.execute(sales_stage.update().where(entry.key == "simple.quote").values(name="Offer"))
    before = {table.name: _count(connection, table.name) for table in metadata.sorted_tables}

    defaults.install(connection, at=NOW)

    assert {table.name: _count(connection, table.name) for table in metadata.sorted_tables} == before
    assert stages.get(connection, "simple.quote").name == "Offer"
    assert before["reason_code"] == len(REASONS)
    assert before["opportunity_source"] == len(SOURCES)


def _count(connection: Connection, table: str) -> int:
    return connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("mode", "entry", "probability", "category"),
    [
        ("simple", "simple.confirm_need", 20, "pipeline"),
        ("complex", "complex.prioritised", 30, "pipeline"),
        ("tender", "tender.bid_decision", 30, "pipeline"),
    ],
)
def test_each_mode_has_its_first_pipeline_stage(
    connection: Connection, mode: str, entry: str, probability: int, category: str
) -> None:
    stage = stages.pipeline_entry(connection, mode)

    assert (stage.key, stage.probability, stage.forecast_default) == (entry, probability, category)


@pytest.mark.usefixtures("configured")
def test_a_mode_without_a_first_stage_is_named(connection: Connection) -> None:
    connection.execute(sales_stage.update().values(pipeline_entry=False))

    with pytest.raises(NoStage, match="Complex"):
        stages.pipeline_entry(connection, "complex")


@pytest.mark.usefixtures("configured")
def test_stages_and_reasons_are_listed_in_order(connection: Connection) -> None:
    probabilities = [stage.probability for stage in stages.listing(connection, "complex")]
    connection.execute(reason_code.update().where(reason_code.c.code == "Q04").values(active=False))

    assert probabilities == [10, 20, 30, 45, 60, 80, 90]
    assert [mode.key for mode in stages.modes(connection)] == ["complex", "simple", "tender"]
    assert [one.code for one in reason_codes.listing(connection, "disqualify")] == "Q01 Q02 Q03 Q05 Q06".split()
    assert reason_codes.get(connection, "disqualify", "Q04").display_name("zh-Hans") == "重复"
    assert reason_codes.get(connection, "loss", "L99").note_required


GOOD_LIMITS = {"limit_standard": Decimal(1), "limit_major": Decimal(2), "limit_strategic": Decimal(3)}


def propose(connection: Connection, **given: object) -> int:
    values: dict[str, Any] = {
        "valid_from": NOW + timedelta(days=1), "limits": GOOD_LIMITS, "weights": EXACT, "params": {"rep_capacity": 10},
    }  # fmt: skip
    return thresholds.propose(connection, by="ops.one", at=NOW, **values | given)


@pytest.mark.usefixtures("configured")
def test_proposed_thresholds_count_once_somebody_else_published_them_and_their_time_has_come(
    connection: Connection,
) -> None:
    start = NOW + timedelta(days=1)
    version = propose(connection, valid_from=start)
    assert thresholds.in_force(connection, start).limit_major == 500_000

    thresholds.publish(connection, version, by="hao.yun", at=NOW)

    assert thresholds.in_force(connection, NOW).limit_major == 500_000
    assert thresholds.in_force(connection, start).limits == GOOD_LIMITS
    assert (version, thresholds.in_force(connection, start).weights) == (2, EXACT)
    with pytest.raises(NoThreshold, match="1999"):
        thresholds.in_force(connection, datetime(1999, 1, 1, tzinfo=UTC))


@pytest.mark.usefixtures("configured")
def test_thresholds_published_late_hold_from_then_on_and_not_before(connection: Connection) -> None:
    version = propose(connection, valid_from=NOW)

    thresholds.publish(connection, version, by="adm.zu", at=NOW + timedelta(days=3))

    assert thresholds.in_force(connection, NOW + timedelta(days=2)).version == 1
    assert thresholds.in_force(connection, NOW + timedelta(days=3)).version == 2


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("person", ["lin.wei", "chen.jing", "wang.min", "ops.one"])
def test_only_administrators_and_heads_of_sales_publish_thresholds(connection: Connection, person: str) -> None:
    version = propose(connection)

    with pytest.raises(NotAllowed):
        thresholds.publish(connection, version, by=person, at=NOW)


@pytest.mark.usefixtures("configured")
def test_nobody_publishes_thresholds_of_their_own(connection: Connection) -> None:
    version = thresholds.propose(
        connection, valid_from=NOW, limits=GOOD_LIMITS, weights=EXACT, params={}, by="adm.zu", at=NOW
    )

    with pytest.raises(CrmError, match="somebody else"):
        thresholds.publish(connection, version, by="adm.zu", at=NOW)


@pytest.mark.usefixtures("configured")
def test_withdrawn_thresholds_are_never_published(connection: Connection) -> None:
    version = propose(connection)

    thresholds.withdraw(connection, version, by="ops.one", at=NOW)

    with pytest.raises(IllegalMove):
        thresholds.publish(connection, version, by="adm.zu", at=NOW)


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"weights": EXACT | {"r_credit": Decimal("0.2")}}, "add up to 1"),
        ({"limits": GOOD_LIMITS | {"limit_standard": Decimal(2)}}, "rising"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(
    connection: Connection, wrong: dict[str, object], reason: str
) -> None:
    with pytest.raises(CrmError, match=reason):
        propose(connection, **wrong)


@given(st.fixed_dictionaries({name: st.integers(1, 5) for name in RATINGS}))
def test_the_score_is_the_weighted_mean_of_the_ratings(ratings: dict[str, int]) -> None:
    score = scoring.priority_score(ratings, EXACT)

    assert score == sum(EXACT[name] * Decimal(ratings[name] - 1) / 4 * 100 for name in RATINGS)
    assert 0 <= score <= 100


def test_the_best_and_the_worst_score() -> None:
    assert scoring.priority_score(dict.fromkeys(RATINGS, 5), EXACT) == 100
    assert scoring.priority_score(dict.fromkeys(RATINGS, 1), EXACT) == 0


@pytest.mark.usefixtures("configured")
def test_flags_are_switched(connection: Connection) -> None:
    assert flags.every(connection)["sales_module_enabled"] is False

    flags.switch(connection, "sales_module_enabled", True, by="adm.zu", at=NOW)

    assert flags.enabled(connection, "sales_module_enabled")
    assert not flags.enabled(connection, "nonsense")
    with pytest.raises(RecordNotFound, match="nonsense"):
        flags.switch(connection, "nonsense", True, by="adm.zu", at=NOW)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_days(period: str, first: date, last: date) -> None:
    assert periods.days(period) == (first, last)


def test_a_day_lies_in_its_quarter_and_nonsense_is_refused() -> None:
    for month in range(1, 13):
        day = date(2026, month, 15)
        first, last = periods.days(periods.quarter(day))
        assert first <= day <= last
    with pytest.raises(InvalidValue, match="2026-Q5"):
        periods.days("2026-Q5")


@given(st.decimals(-(10**12), 10**12, places=2))
def test_money_is_exact_on_both_databases(amount: Decimal) -> None:
    column = Fixed(18, 2)

    for dialect in (sqlite.dialect(), postgresql.dialect()):
        stored = column.process_bind_param(amount, dialect)
        assert column.process_result_value(stored, dialect) == amount
    assert isinstance(column.process_bind_param(amount, sqlite.dialect()), int)


def test_inexact_and_zoneless_values_are_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="2 decimal places"):
        connection.execute(select(literal(Decimal("0.001"), Fixed(18, 2))))
    with pytest.raises(StatementError, match="float"):
        connection.execute(select(literal(0.5, Fixed(18, 2))))
    with pytest.raises(StatementError, match="time zone"):
        connection.execute(select(literal(NOW.replace(tzinfo=None), Moment())))


def test_a_moment_comes_back_aware_and_in_utc(connection: Connection) -> None:
    shanghai = datetime(2026, 9, 16, 10, 0, tzinfo=UTC).astimezone()

    back = connection.execute(select(literal(shanghai, Moment()))).scalar_one()

    assert (back, back.tzinfo) == (shanghai, UTC)
    assert Moment().process_result_value(shanghai, postgresql.dialect()) == shanghai


@pytest.mark.usefixtures("configured")
def test_the_database_itself_refuses_impossible_rows(connection: Connection) -> None:
    with pytest.raises(IntegrityError, match="kind"), connection.begin_nested():
        connection.execute(reason_code.update().values(kind="nonsense"))
