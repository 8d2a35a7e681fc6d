"""Every page is for everybody: both languages, by day and night, on a phone, by screen reader; and none is fooled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from engine import incidents
from tests import templates
from tests.acceptance.office import (
    ANALYST,
    KEY,
    OPERATIONS,
    PROFILE,
    RATINGS,
    REP,
    REVIEW,
    Desk,
    Desks,
    Office,
    open_office,
)
from tests.webapp.steps import sql

pytestmark = pytest.mark.browser

EVIL = '<img src=x onerror="window.fooled=1"><script>window.fooled=1</script>'
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
OUTSIDE_DRAWINGS = {"exclude": [["svg > *"]]}  # a drawing is one picture with a name; its thousand parts are not read
PHONE = {"width": 390, "height": 844}
# A snake_case or SHOUTED word is a code, unless it is shown as one.
CODES = re.compile(r"\b(?:[a-z]+(?:_[a-z]+)+|[A-Z]{5,}(?:_[A-Z]+)*)\b")
SAYS_CODES = ("/account/", "/editor/")  # what a browser calls itself; the names of files
WORDS = """() => {
  const page = document.querySelector('main').cloneNode(true);
  page.querySelectorAll('.code, code, details, svg').forEach(each => each.remove());
  document.body.append(page);
  const words = page.innerText;
  page.remove();
  return words;
}"""


@dataclass
class Places:
    """A company in the midst of its work, and which pages show it to whom."""

    office: Office
    pages: dict[str, list[str]]


@pytest.fixture(scope="module")
def places(prepared_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    folder = tmp_path_factory.mktemp("busy")
    templates.copy(prepared_company, folder)
    with open_office(folder) as office:
        yield Places(office, busy(office))


@pytest.fixture
def people(chromium: Browser, places: Places) -> Iterator[Desks]:
    made = Desks(chromium, places.office.address)
    yield made
    complaints = made.complaints()
    made.close()
    assert complaints == []


def busy(office: Office) -> dict[str, list[str]]:
    """Work in every state; gives the addresses of the pages that show it, by who looks."""
    review = {**REVIEW, "pursue_rationale": EVIL}
    begun = office.begin(office.opportunity(f"Evil {EVIL}", customer=f"Customer {EVIL}", need=EVIL))
    asked = office.begin(office.opportunity(f"Mill {EVIL}", amount="2900000"))
    done, put_off, dropped = (office.begin(office.opportunity(name)) for name in ("Line 4", "Line 5", "Line 6"))
    for run in (asked, done):
        run.complete("review_pipeline_and_plans", REP, **review)
        run.complete("identify_priority", REP, **dict.fromkeys(RATINGS, "4"), priority="low", override_reason=EVIL)
    done.complete("update_opportunity_profile", REP, **{**PROFILE, "next_step": EVIL, "notes": EVIL})
    put_off.complete("review_pipeline_and_plans", REP, **{**review, "pursue_decision": "defer"})
    put_off.complete("defer_opportunity", REP, defer_reason="no_budget", resume_date="2026-06-01", resume_note=EVIL)
    dropped.complete(
        "review_pipeline_and_plans", REP, **{**review, "pursue_decision": "no", "not_pursued_reason": "Q02"}
    )
    office.start(KEY, "opportunity:OPP-9999", REP)
    stuck = office.begin(office.opportunity("Line 7"))
    sql(office, "UPDATE approval_threshold SET valid_from = replace(valid_from, '2', '9')")
    stuck.complete("review_pipeline_and_plans", REP, **review)
    sql(office, "UPDATE approval_threshold SET valid_from = replace(valid_from, '9', '2')")
    office.work()
    return addresses(office, begun, asked, done, put_off, dropped)


def addresses(office: Office, *runs: Any) -> dict[str, list[str]]:
    """The pages about these runs, and those about nothing in particular."""
    begun, asked, done, put_off, dropped = runs
    with office.application.database.read() as connection:
        (incident,) = incidents.listing(connection, None)
    mine = ["/inbox", f"/tasks/{begun.task_id('review_pipeline_and_plans')}", "/opportunities", "/pipeline"]
    mine += [f"/opportunities/{run.row()['business_key'].partition(':')[2]}" for run in (begun, done, put_off)]
    mine += [f"/instances/{run.instance_id}" for run in (asked, dropped)]
    mine += ["/processes/", "/processes/prioritize-opportunity", "/accounts", "/notices/", "/account/", "/import"]
    number = done.row()["business_key"].partition(":")[2]
    mine += ["/records/", "/records/contact", f"/records/opportunity/{number}", f"/records/opportunity/{number}/edit"]
    mine += ["/records/contact/new?parent=account:ACC-0001"]
    mine += [f"/records/opportunity_document/new?parent=opportunity:{number}"]
    return {
        REP: mine,
        "wang.tao": ["/inbox", "/inbox?scope=team", f"/tasks/{asked.task_id('review_priority')}"],
        OPERATIONS: [
            "/inbox?scope=groups",
            "/incidents",
            f"/incidents/{incident.id}",
            "/jobs",
            "/timers/prioritize-opportunity",
            "/records/approval_threshold/1",
            "/records/thresholds/propose",
            "/records/reason_code",
            "/records/sales_stage/complex.proposal/edit",
        ],
        ANALYST: ["/editor/"],
    }


def walk(places: Places, people: Desks, **options: Any) -> Iterator[tuple[Desk, str]]:
    """Every page of every person, one after another, in a browser of the given kind; the login page first."""
    language = options.pop("language", "en")
    visitor = people(**options, locale={"en": "en-GB", "zh-Hans": "zh-CN"}[language])
    yield visitor.open("/login"), "/login"
    for login, pages in places.pages.items():
        desk = people(login, **options)
        other = desk.page.locator(f".language button[value={language}]")
        if other.count():
            with desk.page.expect_navigation():
                other.click()
        for path in pages:
            answer = desk.page.goto(desk.address + path)
            assert answer is not None and answer.status == 200, f"{path} answers {answer and answer.status}"
            yield desk, path


def listed(wrong: Mapping[str, Iterable[object]]) -> str:
    """What is wrong, page by page."""
    return "\n".join(f"{path}: {', '.join(map(str, found))}" for path, found in wrong.items())


def inaccessible(page: Page) -> list[tuple[str, object]]:
    """The rules of accessibility that a page breaks, each with the first element that does."""
    found = Axe().run(page, context=OUTSIDE_DRAWINGS, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]


def sideways(page: Page) -> list[int]:
    """How wide a page is, if it is wider than the phone."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return [width] if width > PHONE["width"] else []


def codes(page: Page) -> list[str]:
    """Words on a page that are none."""
    return [] if page.url.endswith(SAYS_CODES) else CODES.findall(page.evaluate(WORDS))


def test_pages_are_open_to_everybody_and_run_nothing_that_people_wrote(places: Places, people: Desks) -> None:
    wrong: dict[str, list[object]] = {}
    shown = set()
    for desk, path in walk(places, people, color_scheme="light"):
        page = desk.page
        assert page.evaluate("window.fooled") is None, f"{path} ran what somebody wrote"
        assert page.locator("main img, main script").count() == 0, path
        found = page.evaluate("window.violations") + inaccessible(page)
        wrong |= {path: found} if found else {}
        shown |= {path.split("/")[1].partition("?")[0]} if EVIL in page.locator("main").inner_text() else set()

    assert not wrong, listed(wrong)
    assert shown >= {"inbox", "tasks", "opportunities", "instances"}


def test_pages_fit_a_phone_at_night_in_chinese(places: Places, people: Desks) -> None:
    wrong: dict[str, list[object]] = {}
    for desk, path in walk(places, people, viewport=PHONE, color_scheme="dark", language="zh-Hans"):
        assert desk.page.evaluate("document.documentElement.lang") == "zh-Hans"
        found = sideways(desk.page) + codes(desk.page) + inaccessible(desk.page)
        wrong |= {path: found} if found else {}

    assert not wrong, listed(wrong)


def test_pages_fit_a_phone_in_english(places: Places, people: Desks) -> None:
    wrong: dict[str, list[object]] = {}
    for desk, path in walk(places, people, viewport=PHONE):
        found = sideways(desk.page) + codes(desk.page)
        wrong |= {path: found} if found else {}

    assert not wrong, listed(wrong)
