"""The company of the scenarios behind a server of its own, whose people work their tasks in browsers.

What the scenarios fill in by the kit (`Planning`, `call_answers`) is clicked when it is given a `Clicked` run.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from playwright.sync_api import Browser, Locator, expect
from werkzeug.serving import make_server

import webapp.tables
from crm import users
from engine import instances, jobs, worker
from engine.testing import Run
from tests.acceptance.office import Desk, Desks
from tests.company import START, Company
from tests.webapp.world import PASSWORD, TEMPLATES
from webapp import WebSettings, create_app

PICTURES = os.environ.get("SALESFLOW_PICTURES")  # a folder: whoever wants to look at the decisive pages names it
File = Mapping[str, Any]  # name, mimeType and buffer, as Playwright uploads it
HERE = ZoneInfo("Asia/Shanghai")
A_DAY = 86_400


@dataclass
class Story:
    """People of the company at their desks; each logs in once and stays until the clock moves.

    The clock stands still unless the story moves it with `pass_time`.
    """

    company: Company
    desks: Desks
    seated: dict[str, Desk] = field(default_factory=dict)
    logged_out: set[str] = field(default_factory=set)

    def at(self, login: str) -> Desk:
        """The desk of a person."""
        if login not in self.seated:
            self.seated[login] = self.desks(login)
        if login in self.logged_out:
            self.logged_out.remove(login)
            self.seated[login].log_in(login)
        return self.seated[login]

    def speak_chinese(self, login: str) -> Desk:
        """The desk of a person who reads the pages in Chinese from now on."""
        return _press(self.at(login), '.language button[value="zh-Hans"]')

    def start(self, login: str, process: str) -> Desk:
        """Begins a process about nothing yet, on the page of the process."""
        desk = self.at(login).open(f"/processes/{process}")
        return _press(desk, 'form[action$="/begin"] button')

    def take(self, login: str, title: str, about: str = "") -> Desk:
        """Opens a task from a person's inbox, claiming it where it is offered to a group."""
        desk = self.at(login)
        for scope in ("mine", "groups"):
            desk.open(f"/inbox?scope={scope}")
            rows = desk.page.get_by_role("row").filter(has=desk.page.get_by_role("link", name=title, exact=True))
            row = rows.filter(has_text=about).first
            if row.count():
                with desk.page.expect_navigation():
                    row.get_by_role("link", name=title, exact=True).click()
                break
        expect(desk.page.get_by_role("heading", level=1)).to_contain_text(title)
        claim = 'form[action$="/claim"] button'
        return _press(desk, claim) if desk.page.locator(claim).count() else desk

    def running(self, business_key: str, process: str = "") -> Clicked:
        """The newest instance about a record, of one process where it is named; its tasks are worked in browsers."""
        with self.company.database.read() as connection:
            rows = instances.for_record(connection, business_key)
        return Clicked(self.company, next(row.id for row in rows if process in ("", row.key)), self)

    def reach(self, login: str, task_id: str) -> Desk:
        """Goes to a task: it comes next by itself, or stands in the inbox; claims it where it is offered to a group."""
        desk, address = self.at(login), f"/tasks/{task_id}"
        if not desk.page.url.endswith(address):
            link = desk.page.locator(f'main a[href="{address}"]').first
            for scope in ("mine", "groups"):
                desk.open(f"/inbox?scope={scope}")
                if link.count():
                    break
            with desk.page.expect_navigation():
                link.click()
        claim = 'form[action$="/claim"] button'
        return _press(desk, claim) if desk.page.locator(claim).count() else desk

    def do(self, login: str, title: str, about: str = "", **answers: Any) -> Desk:
        """Opens a task from the inbox, fills its form and sends it; what follows at once is done too."""
        return self.send(fill(self.take(login, title, about), **answers))

    def send(self, desk: Desk) -> Desk:
        """Presses the button of a task's form and expects that nothing was wrong."""
        _press(desk, "#task-form button.main")
        expect(desk.page.locator("#flash .done")).to_be_visible()
        self.work()
        return desk

    def work(self) -> None:
        """Does the jobs that are due."""
        worker.run_due(self.company.engine)

    def pass_time(self, span: timedelta) -> None:
        """Moves the clock from due job to due job until `span` has passed; sessions end meanwhile."""
        clock = self.company.clock
        until = clock.now() + span
        while True:
            self.work()
            with self.company.database.read() as connection:
                due = jobs.next_due(connection)
            if due is None or due > until:
                break
            clock.set(max(due, clock.now()))
        clock.set(until)
        self.work()
        self.logged_out = set(self.seated)


@dataclass
class Clicked(Run):
    """A process instance whose tasks their people find, fill and finish in their browsers; else as any `Run`."""

    story: Story

    def complete(self, element: str, by: str | None = None, **answers: Any) -> None:
        task_id = self.task_id(element)
        desk = self.story.reach(by or self._somebody(task_id), task_id)
        picture(fill(desk, **answers), f"step-{element}")
        self.story.send(desk)


def _press(desk: Desk, button: str) -> Desk:
    with desk.page.expect_navigation():
        desk.page.locator(button).click()
    return desk


def picture(desk: Desk, name: str) -> None:
    """Keeps a picture of the whole page where somebody wants to look at it."""
    if PICTURES:
        desk.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True, caret="initial")


def fill(desk: Desk, **answers: Any) -> Desk:
    """Fills a form by the keys of its fields; rows are lists of mappings, several choices lists of texts."""
    for path, value in _flat("", answers):
        inputs = desk.page.locator(f'main [name="{path}"]:not([type=hidden])')
        inputs.first.wait_for()
        _enter(desk, path, inputs, value)
    return desk


def _flat(before: str, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping) and "buffer" not in value[0]:
            for at, row in enumerate(value):
                yield from _flat(f"{before}{key}.{at}.", row)
        elif value not in (None, [], ()):  # a form is sent with what it began with
            yield before + key, value


def _enter(desk: Desk, path: str, inputs: Locator, value: Any) -> None:
    kind = inputs.last.evaluate("each => each.type")
    if kind == "file":
        inputs.last.set_input_files(value)
    elif kind in ("radio", "checkbox"):
        for each in value if isinstance(value, list) else [value]:
            if kind == "radio" or _typed(each) != "false":
                desk.page.locator(f'main [name="{path}"][value="{_typed(each)}"]').check()
    elif kind == "select-one":
        inputs.first.select_option(_typed(value))
    else:
        inputs.first.fill(_typed(value))
        inputs.first.blur()


def _typed(value: Any) -> str:
    """A value of a scenario as somebody enters it here."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.astimezone(HERE).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else str(value)


@contextmanager
def open_story(company: Company, browser: Browser) -> Iterator[Story]:
    """Gives the company passwords and an address until the block ends."""
    _let_in(company)
    app = create_app(company.application, WebSettings(requests_per_minute=0))
    app.testing = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_DAY  # styles and scripts do not change during a story
    app.jinja_env.bytecode_cache = TEMPLATES
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    desks = Desks(browser, f"http://127.0.0.1:{server.port}")
    try:
        yield Story(company, desks)
    finally:
        desks.close()
        server.shutdown()
        thread.join()
        server.server_close()


def _let_in(company: Company) -> None:
    webapp.tables.metadata.create_all(company.database.engine)
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with company.database.write() as transaction:
        for user in users.listing(transaction.connection):
            users.set_password_hash(transaction.connection, user.login, hashed, by="test", at=START)
