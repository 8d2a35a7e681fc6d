"""Who reads the results of measures: those of single reps are for their own line of managers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Connection

from crm import access, any_record, measure_runs
from crm.kinds import KINDS
from crm.measures.frame import Figure
from tests.crm.factories import BY, NOW

RESULT = KINDS["measure_result"]


@pytest.fixture(autouse=True)
def company(configured: dict[str, int]) -> None:
    """The people whom records name."""


def read_by(connection: Connection, login: str) -> list[str]:
    who = access.reader(connection, login, NOW.date())
    found = any_record.search(connection, who, RESULT, any_record.Wanted())
    return sorted(row.values["scope"] for row in found.rows)


def test_managers_read_the_results_of_their_own_reps_and_of_every_team(connection: Connection) -> None:
    run = measure_runs.create(connection, "call", "2026-08", "ops.one", by=BY, at=NOW)
    for kind, scope in (("rep", "lin.wei"), ("team", "EAST")):
        measure_runs.note(connection, run, "commitment_rate", (kind, scope), Figure(Decimal(1)), by=BY, at=NOW)

    assert read_by(connection, "chen.jing") == read_by(connection, "hao.yun") == ["EAST", "lin.wei"]
    assert read_by(connection, "gu.tao") == ["EAST"]
