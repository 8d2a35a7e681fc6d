"""A small company in a real database, and clients that log in as its people."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

import bootstrap
import processes
from crm import accounts, defaults, evaluations, opportunities, org_units, users
from engine import SimulatedClock, definitions, instances, user_tasks
from webapp import WebSettings, create_app

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough word"
KEY = "opportunity:OPP-1001"
PEOPLE = {
    "lin.wei": (("rep",), "Lin Wei", "林薇", "chen.jie"),
    "zhao.min": (("rep",), "Zhao Min", "赵敏", "chen.jie"),
    "chen.jie": (("mgr",), "Chen Jie", "陈洁", "wang.tao"),
    "wang.tao": (("mgr",), "Wang Tao", "王涛", None),
    "sun.li": (("team",), "Sun Li", "孙莉", "chen.jie"),
    "olga.ops": (("ops",), "Olga Ops", "奥尔加", None),
    "ma.rket": (("mkt",), "Ma Rket", "马可", None),
    "ana.lyst": (("anl",), "Ana Lyst", "安娜", None),
    "ada.min": (("adm",), "Ada Min", "阿达", None),
    "gone.by": (("rep",), "Gone By", "已离职", "chen.jie"),
}
ROLES = {"rep": "lin.wei", "mgr": "chen.jie", "team": "sun.li", "ops": "olga.ops", "mkt": "ma.rket",
         "anl": "ana.lyst", "adm": "ada.min"}  # fmt: skip
LEVELS = {"chen.jie": 1, "wang.tao": 2}
TOKEN = re.compile(rb'name="csrf-token" content="([^"]+)"')


def prepare(folder: Path) -> None:
    """Makes the database: tables, defaults, people, one customer with deals, the processes."""
    application = _application(folder)
    bootstrap.migrate(application.database)
    with application.database.write() as tx:
        defaults.install(tx.connection, at=START)
        _people(tx.connection)
        _deals(tx.connection)
    definitions.deploy(application.engine, processes.files(), None, "installed")
    application.database.dispose()


def _application(folder: Path) -> bootstrap.Application:
    settings = bootstrap.Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'salesflow.db'}",
        secret_key="tests know this key well",
        sqlite_synchronous="OFF",
    )
    return bootstrap.build(settings, SimulatedClock(START))


def _people(connection: Any) -> None:
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    top = org_units.create(connection, "CN", "China", "中国", time_zone="Asia/Shanghai", by="test", at=START)
    east = org_units.create(
        connection, "CN-E", "East", "华东", parent_id=top, time_zone="Asia/Shanghai", by="test", at=START
    )
    managers_first = sorted(PEOPLE, key=lambda login: (PEOPLE[login][3] is not None, PEOPLE[login][3] != "wang.tao"))
    for login in managers_first:
        roles, name, name_zh, manager = PEOPLE[login]
        users.create(
            connection, login, roles, by="test", at=START, name=name, name_zh=name_zh, manager=manager,
            level=LEVELS.get(login), org_unit_id=east, started_on=date(2020, 1, 1), active=login != "gone.by",
        )  # fmt: skip
        users.set_password_hash(connection, login, hashed, by="test", at=START)


def _deals(connection: Any) -> None:
    by: Any = {"by": "lin.wei", "at": START}
    acme = accounts.create(connection, "Acme <b>Steel</b>", "lin.wei", **by)
    for name, amount in (("Rolling mill", 800_000), ("Spare parts", 40_000)):
        deal = opportunities.create(
            connection, name, acme.id, "lin.wei", **by, source="fair", sales_mode="complex", status="assessed",
            amount=Decimal(amount), win_probability=Decimal(60), expected_close_date=date(2026, 9, 30),
        )  # fmt: skip
        evaluations.add(connection, deal.id, "assessment", **by)


class Templates(BytecodeCache):
    """The compiled page templates, kept for all apps of the test process."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Templates()


class World:
    """The application, its web app, and what tests do with it."""

    def __init__(self, folder: Path) -> None:
        self.application = _application(folder)
        self.engine = self.application.engine
        self.clock: SimulatedClock = self.engine.clock  # type: ignore[assignment]
        self.app: Flask = create_app(self.application, WebSettings(requests_per_minute=0))
        self.app.testing = True
        self.app.jinja_env.bytecode_cache = TEMPLATES

    def visitor(self, **headers: str) -> Client:
        """A browser in which nobody is logged in."""
        return Client(self.app.test_client(), headers)

    def client(self, login: str, **headers: str) -> Client:
        """A browser in which somebody is logged in."""
        client = self.visitor(**headers)
        answer = client.post("/login", login=login, password=PASSWORD)
        assert answer.status_code == 302, answer.text
        return client

    def start(self, key: str = "prioritize-opportunity", business_key: str = KEY, by: str = "lin.wei") -> str:
        """Starts a process and gives the instance's id."""
        return instances.start(self.engine, key, business_key, {}, by)

    def task(self, element: str) -> str:
        """The id of the newest task of an element."""
        with self.application.database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT id FROM user_task WHERE element = ? ORDER BY id DESC", (element,)
            ).first()
        assert found is not None, f"no task {element}"
        return str(found[0])

    def complete(self, element: str, by: str, **answers: Any) -> None:
        """Finishes a task as the engine would for somebody."""
        user_tasks.complete(self.engine, self.task(element), by, answers)


class Client:
    """A browser: keeps cookies, sends the token against forged requests with every form."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self.client = client
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._token: str | None = None

    def get(self, address: str, **headers: str) -> TestResponse:
        answer = self.client.get(address, headers={**self.headers, **_named(headers)}, buffered=True)
        return self._seen(answer)

    def post(self, address: str, **fields: Any) -> TestResponse:
        data = {"csrf_token": self.token(), **fields}
        return self._seen(self.client.post(address, data=data, headers=self.headers))

    def token(self) -> str:
        """The token of the last page, as every form carries it; what was no page may have made another one."""
        if self._token is None:
            self._seen(self.client.get("/login", headers=self.headers, follow_redirects=True))
        assert self._token is not None
        return self._token

    def _seen(self, answer: TestResponse) -> TestResponse:
        found = TOKEN.search(answer.data) if answer.mimetype == "text/html" else None
        self._token = found[1].decode() if found else None
        return answer


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
