"""A real Chromium for the acceptance tests, and a company whose people use it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser, templates
from tests.acceptance.desk import Story, open_story
from tests.acceptance.office import Desks, Office, open_office
from tests.company import Company, company
from tests.webapp.world import prepare

__all__ = ["company"]

HANGING_AFTER = 180  # seconds; a browser that never answers fails its test instead of stopping the run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every browser test an end."""
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(HANGING_AFTER, method="thread"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One running Chromium for all browser tests of a test process."""
    try:
        found = browser.locate()
    except browser.NoChromium as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(f"{missing} Run 'make test', which installs one.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found.path, args=browser.flags())
        yield running
        running.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page in a context of its own: no cookies, 1280 x 800, English."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def prepared_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small company in it, made once and copied for every test."""
    return templates.once(tmp_path_factory, "world", prepare)


@pytest.fixture
def office(prepared_company: Path, tmp_path: Path) -> Iterator[Office]:
    """The small company, served on an address of its own, for one test to change."""
    templates.copy(prepared_company, tmp_path)
    with open_office(tmp_path) as running:
        yield running


@pytest.fixture
def desks(chromium: Browser, office: Office) -> Iterator[Desks]:
    """Opens browsers for the office's people; no page may have complained to its console."""
    made = Desks(chromium, office.address)
    yield made
    complaints = made.complaints()
    made.close()
    assert complaints == []


@pytest.fixture
def story(chromium: Browser, company: Company) -> Iterator[Story]:
    """The company of the scenarios, whose people are at their desks; no page may have complained to its console."""
    with open_story(company, chromium) as running:
        yield running
        assert running.desks.complaints() == []
