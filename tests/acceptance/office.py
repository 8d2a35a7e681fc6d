"""The small company with its web app on a real address, and its people at their browsers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page
from werkzeug.serving import make_server

from crm import account_profiles, accounts, evaluations, opportunities
from crm.opportunities import Opportunity
from engine import instances, worker
from engine.testing import Run
from tests.webapp.world import PASSWORD, START, World

REP, COLLEAGUE, MANAGER, OPERATIONS = "lin.wei", "zhao.min", "chen.jie", "olga.ops"
ANALYST, ADMINISTRATOR = "ana.lyst", "ada.min"
KEY = "prioritize-opportunity"
RATINGS = ("r_revenue", "r_credit", "r_willingness", "r_target_client", "r_prior_business", "r_relationship")
REVIEW = {"capacity_ok": "true", "plan_alignment": "no_plan", "pursue_decision": "pursue", "pursue_rationale": "Fits."}
PROFILE = {
    "expected_close_date": "2026-12-20",
    "amount": "65000",
    "win_probability": "70",
    "next_step": "Send the plan",
    "next_step_date": "2026-10-01",
}
RECORD_VIOLATIONS = """
window.violations = [];
document.addEventListener('securitypolicyviolation', event => window.violations.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# The browser writes a line for every answer of 400 and above; the tests look at those answers themselves.
EXPECTED = "the server responded with a status of 4"


class Office(World):
    """The company behind a server of its own; its clock stands still until a test moves it."""

    address = ""

    @property
    def database(self) -> Any:
        """Where `Run` reads from."""
        return self.application.database

    def opportunity(self, name: str = "Line 3", *, amount: str = "60000", **fields: Any) -> Opportunity:
        """A new assessed opportunity of the rep's, at a customer whose profile is published."""
        by: Any = {"by": REP, "at": START}
        given: dict[str, Any] = {
            "source": "fair",
            "sales_mode": "complex",
            "status": "assessed",
            "win_probability": Decimal(60),
            "expected_close_date": date(2026, 9, 30),
        }
        with self.application.database.write() as tx:
            account = accounts.create(tx.connection, fields.pop("customer", f"Customer of {name}"), REP, **by)
            account_profiles.publish_at_once(tx.connection, account.id, relationship_strength=4, **by)
            deal = opportunities.create(
                tx.connection, name, account.id, REP, amount=Decimal(amount), **by, **(given | fields)
            )
            evaluations.add(tx.connection, deal.id, "assessment", **by)
            return deal

    def begin(self, deal: Opportunity) -> Run:
        """The rep starts 3.3.3.4.3 on an opportunity."""
        run = Run(self, self.start(KEY, deal.business_key, REP))  # type: ignore[arg-type]
        run.work()
        return run

    def running(self, deal: Opportunity, key: str = KEY) -> Run:
        """The newest instance of a process about a record."""
        with self.application.database.read() as connection:
            found = [row for row in instances.for_record(connection, deal.business_key) if row.key == key]
        return Run(self, found[0].id)  # type: ignore[arg-type]

    def now(self, deal: Opportunity) -> Opportunity:
        """The record as it is at present."""
        with self.application.database.read() as connection:
            return opportunities.get(connection, deal.number)

    def work(self) -> None:
        """Does the jobs that are due."""
        worker.run_due(self.engine)


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """The company of a prepared folder, served on a free port of this machine until the block ends."""
    office = Office(folder)
    server = make_server("127.0.0.1", 0, office.app, threaded=True)
    office.address = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        office.application.database.dispose()


@dataclass
class Desk:
    """Somebody at a browser: what they do in words, and whatever the browser complains about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and EXPECTED not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def log_in(self, login: str, password: str = PASSWORD) -> Desk:
        """Logs in through the page."""
        self.open("/login")
        self.page.locator("#login").fill(login)
        self.page.locator("#password").fill(password)
        with self.page.expect_navigation(url=lambda url: "/login" not in url):
            self.page.locator("main form button").first.click()
        return self

    def open(self, path: str) -> Desk:
        """Goes to a page of the site."""
        self.page.goto(self.address + path)
        return self

    def press(self, name: str) -> Desk:
        """Presses the button of this name in the page's content, which leads to another page."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        return self

    def follow(self, name: str) -> Desk:
        """Follows the first link of this name in the page's content."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return self

    def answer(self, **answers: str) -> Desk:
        """Fills fields by their names, whatever kind they are."""
        for name, value in answers.items():
            self._fill(self.page.locator(f'main [name="{name}"]:not([type=hidden])'), value)
        return self

    def _fill(self, found: Locator, value: str) -> None:
        found.first.wait_for()
        kind = found.first.evaluate("each => each.type")
        if kind == "radio":
            self.page.locator(f'main [name="{found.first.get_attribute("name")}"][value="{value}"]').check()
        elif kind == "checkbox":
            found.first.set_checked(value == "true")
        elif kind == "select-one":
            found.first.select_option(value)
        else:
            found.first.fill(value)

    def rate(self, rating: str = "4") -> Desk:
        """Gives every rating of the priority form the same value."""
        return self.answer(**dict.fromkeys(RATINGS, rating))

    @property
    def text(self) -> str:
        """The words of the page's content."""
        return self.page.locator("main").inner_text()

    def section(self, title: str) -> Locator:
        """The section under a heading."""
        return self.page.get_by_role("region", name=title, exact=True).first


@dataclass
class Desks:
    """Opens browsers of their own for people, and closes them all in the end."""

    browser: Browser
    address: str
    opened: list[tuple[BrowserContext, Desk]] = field(default_factory=list)

    def __call__(self, login: str | None = None, **options: Any) -> Desk:
        """A browser with no past (1280 x 800, English unless told), logged in as `login` unless that is None."""
        usual = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
        context = self.browser.new_context(**(usual | options))
        context.set_default_timeout(20_000)
        if options.get("java_script_enabled", True):
            context.add_init_script(RECORD_VIOLATIONS)
        desk = Desk(context.new_page(), self.address)
        self.opened.append((context, desk))
        return desk.log_in(login) if login else desk

    def complaints(self) -> list[str]:
        """Everything any of the browsers complained about."""
        return [each for _context, desk in self.opened for each in desk.complaints]

    def close(self) -> None:
        """Closes all browsers."""
        for context, _desk in self.opened:
            context.close()
