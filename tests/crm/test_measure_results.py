"""Who reads the results of measures: those of single reps are for their own line of managers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Connection

from crm import access, any_record, measure_runs, report_runs
from crm.kinds import KINDS, Kind
from crm.measures.frame import Figure
from tests.crm.factories import BY, NOW

RESULT, REPORT = KINDS["measure_result"], KINDS["report_run"]


@pytest.fixture(autouse=True)
def company(configured: dict[str, int]) -> None:
    """The people whom records name."""


def read_by(connection: Connection, login: str, kind: Kind = RESULT, field: str = "scope") -> list[str]:
    who = access.reader(connection, login, NOW.date())
    found = any_record.search(connection, who, kind, any_record.Wanted())
    return sorted(row.values[field] for row in found.rows)


def test_managers_read_the_results_of_their_own_reps_and_of_every_team(connection: Connection) -> None:
    run = measure_runs.create(connection, "call", "2026-08", "ops.one", by=BY, at=NOW)
    for kind, scope in (("rep", "lin.wei"), ("team", "EAST")):
        measure_runs.note(connection, run, "commitment_rate", (kind, scope), Figure(Decimal(1)), by=BY, at=NOW)

    assert read_by(connection, "chen.jing") == read_by(connection, "hao.yun") == ["EAST", "lin.wei"]
    assert read_by(connection, "gu.tao") == ["EAST"]


def test_managers_read_filed_reports_of_their_own_reps_and_those_of_everybody(connection: Connection) -> None:
    for owner in ("lin.wei", "ops.one"):
        sheet = report_runs.Sheet(("Calls", "拜访"), (), ())
        report_runs.file(connection, "RP-06", ("Calls", "拜访"), "2026-08", [sheet], owner=owner, by=BY, at=NOW)

    def read(login: str) -> list[str]:
        return read_by(connection, login, REPORT, "owner")

    assert read("chen.jing") == read("hao.yun") == ["lin.wei", "ops.one"]
    assert read("gu.tao") == ["ops.one"]
    assert read("lin.wei") == ["lin.wei"]


def test_a_result_is_called_by_the_name_of_its_measure(connection: Connection) -> None:
    run = measure_runs.create(connection, "call", "2026-08", "ops.one", by=BY, at=NOW)
    measure_runs.note(connection, run, "commitment_rate", ("team", "EAST"), Figure(Decimal(1)), by=BY, at=NOW)

    who = access.reader(connection, "ops.one", NOW.date())
    (row,) = any_record.search(connection, who, RESULT, any_record.Wanted()).rows

    assert row.links["measure"].names == {"en": "Calls with a commitment", "zh-Hans": "获得承诺率"}
