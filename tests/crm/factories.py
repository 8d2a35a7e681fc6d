"""A small company, and records with full defaults: a test states only what it is about."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pysqlite3.dbapi2
import pytest
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

from crm import account_plans, accounts, defaults, opportunities, org_units, users
from crm.tables import metadata
from tests import databases

NOW = datetime(2026, 9, 16, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
BY = "wang.min"


@pytest.fixture(scope="session")
def record_engines(postgresql_server: databases.Server | None) -> Iterator[dict[str, Engine]]:
    """A database in memory and one on PostgreSQL, where there is one; both with all record tables."""
    with ExitStack() as stack:
        engines = {"sqlite": create_engine("sqlite://", module=pysqlite3.dbapi2, poolclass=StaticPool)}
        event.listen(engines["sqlite"], "connect", _enforce_foreign_keys)
        if postgresql_server is not None:
            engines["postgresql"] = create_engine(stack.enter_context(postgresql_server.database()))
        for engine in engines.values():
            stack.callback(engine.dispose)
            metadata.create_all(engine)
        yield engines


def _enforce_foreign_keys(raw: Any, _record: object) -> None:
    raw.execute("PRAGMA foreign_keys = ON")


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, record_engines: dict[str, Engine]) -> Iterator[Connection]:
    """An empty database of each kind; everything is rolled back."""
    if request.param not in record_engines:
        pytest.skip(databases.MISSING)
    with record_engines[request.param].connect() as one:
        yield one
        one.rollback()


def a_unit(connection: Connection, code: str, parent: int | None = None, zone: str = "Asia/Shanghai") -> int:
    return org_units.create(
        connection, code, f"Unit {code}", f"部门 {code}", parent_id=parent, time_zone=zone, by="test", at=NOW
    )


def a_user(connection: Connection, login: str, *roles: str, **fields: Any) -> users.User:
    names = {"name": login.title(), "name_zh": f"员工 {login}", "started_on": date(2020, 1, 1)}
    return users.create(connection, login, roles or ("rep",), by="test", at=NOW, **names | fields)


def make_company(connection: Connection) -> dict[str, int]:
    """Head office over east and west; two reps in the east, one in the west, three levels of managers.

    Gives the ids of the units. east: lin.wei and zhao.lei under chen.jing (1); west: rao.mei under
    gu.tao (1); both under wang.min (2, head office), who is under hao.yun (3). Operations: ops.one.
    """
    head = a_unit(connection, "HQ")
    units = {"head": head, "east": a_unit(connection, "EAST", head), "west": a_unit(connection, "WEST", head)}
    a_user(connection, "hao.yun", "mgr", level=3, org_unit_id=head)
    a_user(connection, "wang.min", "mgr", level=2, org_unit_id=head, manager="hao.yun")
    a_user(connection, "chen.jing", "mgr", level=1, org_unit_id=units["east"], manager="wang.min")
    a_user(connection, "gu.tao", "mgr", level=1, org_unit_id=units["west"], manager="wang.min")
    a_user(connection, "lin.wei", "rep", org_unit_id=units["east"], manager="chen.jing")
    a_user(connection, "zhao.lei", "rep", org_unit_id=units["east"], manager="chen.jing")
    a_user(connection, "rao.mei", "rep", org_unit_id=units["west"], manager="gu.tao")
    for login, role in [("ops.one", "ops"), ("exp.ann", "team"), ("mkt.bo", "mkt"), ("anl.li", "anl")]:
        a_user(connection, login, role, org_unit_id=head)
    a_user(connection, "adm.zu", "adm", org_unit_id=head)
    return units


@pytest.fixture
def a_company(connection: Connection) -> dict[str, int]:
    """The company of `make_company`."""
    return make_company(connection)


def an_account(connection: Connection, name: str = "Hengli Machinery", **fields: Any) -> accounts.Account:
    given = {"owner": "lin.wei", "region": "East"} | fields
    return accounts.create(connection, name, by=BY, at=NOW, **given)


def an_opportunity(
    connection: Connection, name: str = "Line 3", account: accounts.Account | None = None, **fields: Any
) -> opportunities.Opportunity:
    customer = account or an_account(connection, f"Customer of {name}")
    given: dict[str, Any] = {
        "owner": "lin.wei",
        "source": "referral",
        "sales_mode": "complex",
        "status": "assessed",
        "stage": "complex.assessed",
        "amount": Decimal("60000"),
        "win_probability": Decimal(60),
        "expected_close_date": date(2026, 12, 1),
    }
    return opportunities.create(connection, name, customer.id, by=BY, at=NOW, **given | fields)


@pytest.fixture
def configured(connection: Connection, a_company: dict[str, int]) -> dict[str, int]:
    """The company of `a_company` with the default configuration; gives the ids of its units."""
    defaults.install(connection, at=NOW)
    return a_company


def a_plan(connection: Connection, account_id: int, owner: str = "lin.wei", **fields: Any) -> int:
    """An account plan; `fields` are further columns."""
    return account_plans.create(connection, account_id, owner, "2026", by=owner, at=NOW, **fields)
