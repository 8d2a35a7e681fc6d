"""The company of the scenarios behind a server of its own, whose people work their tasks in browsers."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from playwright.sync_api import Browser, Locator, expect
from werkzeug.serving import make_server

import webapp.tables
from crm import users
from engine import jobs, worker
from tests.acceptance.office import Desk, Desks
from tests.company import START, Company
from tests.webapp.world import PASSWORD, TEMPLATES
from webapp import WebSettings, create_app

PICTURES = os.environ.get("SALESFLOW_PICTURES")  # a folder: whoever wants to look at the decisive pages names it
File = Mapping[str, Any]  # name, mimeType and buffer, as Playwright uploads it


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
        else:
            yield before + key, value


def _enter(desk: Desk, path: str, inputs: Locator, value: Any) -> None:
    kind = inputs.last.evaluate("each => each.type")
    if kind == "file":
        inputs.last.set_input_files(value)
    elif kind in ("radio", "checkbox") and path:
        for each in value if isinstance(value, list) else [value]:
            desk.page.locator(f'main [name="{path}"][value="{each}"]').check()
    elif kind == "select-one":
        inputs.first.select_option(value)
    else:
        inputs.first.fill(str(value))
        inputs.first.blur()


@contextmanager
def open_story(company: Company, browser: Browser) -> Iterator[Story]:
    """Gives the company passwords and an address until the block ends."""
    _let_in(company)
    app = create_app(company.application, WebSettings(requests_per_minute=0))
    app.testing = True
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
