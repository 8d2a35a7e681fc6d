"""Working tasks in a real browser: nothing typed is lost, nothing breaks the policy, everybody can read it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from engine import user_tasks, worker
from tests import templates
from tests.webapp.world import PASSWORD, World

pytestmark = pytest.mark.browser

ANSWERS = {"capacity_ok": "true", "plan_alignment": "no_plan", "pursue_decision": "pursue", "pursue_rationale": "Fits"}
RATINGS = ("r_revenue", "r_credit", "r_willingness", "r_target_client", "r_prior_business", "r_relationship")


@dataclass
class Site:
    """A running server with the small company; one deal waits for its first review."""

    world: World
    address: str

    def log_in(self, page: Page, login: str = "lin.wei") -> None:
        page.goto(f"{self.address}/login")
        page.get_by_label("Name").fill(login)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()

    def open_task(self, page: Page, element: str) -> None:
        page.goto(f"{self.address}/tasks/{self.world.task(element)}")


@pytest.fixture
def site(prepared_company: Path, tmp_path: Path) -> Iterator[Site]:
    templates.copy(prepared_company, tmp_path)
    world = World(tmp_path)
    world.start()
    worker.run_due(world.engine)
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(world, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    thread.join()
    server.server_close()
    world.application.database.dispose()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console complains about: broken policy, failed scripts."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def to_ratings(site: Site) -> None:
    """The deal waits for its priority."""
    world = site.world
    user_tasks.complete(world.engine, world.task("review_pipeline_and_plans"), "lin.wei", ANSWERS)
    worker.run_due(world.engine)


def test_answers_typed_quickly_are_all_kept_while_the_form_changes(
    site: Site, page: Page, complaints: list[str]
) -> None:
    to_ratings(site)
    site.log_in(page)
    site.open_task(page, "identify_priority")

    page.locator("[name=priority][value=high]").check()
    for name in RATINGS:
        page.locator(f"[name={name}]").fill("5")
    page.locator("[name=r_relationship]").blur()

    expect(page.locator("[name=override_reason]")).to_have_count(1)
    assert [page.locator(f"[name={name}]").input_value() for name in RATINGS] == ["5"] * 6
    assert complaints == []


def test_the_score_follows_the_ratings_while_they_are_edited(site: Site, page: Page, complaints: list[str]) -> None:
    to_ratings(site)
    site.log_in(page)
    site.open_task(page, "identify_priority")
    score = page.locator("#part-f-priority_score .fixed")

    for name in RATINGS:
        page.locator(f"[name={name}]").fill("5")
    page.locator("[name=r_relationship]").blur()
    expect(score).to_have_text("100")
    page.locator("[name=r_relationship]").fill("1")
    page.locator("[name=r_relationship]").blur()

    expect(score).to_have_text("80")
    assert complaints == []


def test_a_field_appears_and_disappears_with_the_answer_it_belongs_to(
    site: Site, page: Page, complaints: list[str]
) -> None:
    site.log_in(page)
    site.open_task(page, "review_pipeline_and_plans")
    page.locator("[name=pursue_rationale]").fill("Already typed")

    page.locator("[name=pursue_decision][value=no]").check()
    expect(page.locator("[name=not_pursued_reason]")).to_have_count(1)
    page.locator("[name=pursue_decision][value=pursue]").check()
    expect(page.locator("[name=not_pursued_reason]")).to_have_count(0)

    assert page.locator("[name=pursue_rationale]").input_value() == "Already typed"
    assert complaints == []


def test_a_draft_saved_while_typing_is_there_in_another_browser(site: Site, page: Page, chromium: Browser) -> None:
    site.log_in(page)
    site.open_task(page, "review_pipeline_and_plans")
    page.locator("[name=pursue_rationale]").press_sequentially("Half a sentence")
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")

    with chromium.new_context() as elsewhere:
        other = elsewhere.new_page()
        site.log_in(other)
        site.open_task(other, "review_pipeline_and_plans")
        assert other.locator("[name=pursue_rationale]").input_value() == "Half a sentence"


def test_a_list_is_worked_by_keyboard(site: Site, page: Page) -> None:
    site.log_in(page)
    expect(page.locator("body[data-ready]")).to_be_attached()

    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Review Individual Pipeline")


def test_a_task_is_worked_without_javascript(site: Site, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        site.log_in(page)
        page.get_by_role("link", name="Review Individual Pipeline & Key Customer Plans").click()
        page.locator("[name=capacity_ok][value=true]").check()
        page.locator("[name=plan_alignment][value=no_plan]").check()
        page.locator("[name=pursue_decision][value=no]").check()
        page.locator("[name=pursue_rationale]").fill("No need")
        page.get_by_role("button", name="Complete").click()

        page.get_by_role("link", name="Choose one of the options.").click()
        page.locator("[name=not_pursued_reason]").select_option("Q01")
        page.get_by_role("button", name="Complete").click()

        expect(page.get_by_role("status")).to_contain_text("Done.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_tasks_are_open_to_everybody(site: Site, chromium: Browser, scheme: str) -> None:
    to_ratings(site)
    with chromium.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{site.address}/login")
        found = {"login": Axe().run(page)}
        site.log_in(page)
        found["inbox"] = Axe().run(page)
        site.open_task(page, "identify_priority")
        found["task"] = Axe().run(page)
        page.locator("[name=r_revenue]").fill("9")
        page.get_by_role("button", name="Complete").click()
        found["refused"] = Axe().run(page)
        for name in ("notices", "account"):
            page.goto(f"{site.address}/{name}/")
            found[name] = Axe().run(page)

    assert {name: result.generate_report() for name, result in found.items() if result.violations_count} == {}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_pages_fit_a_telephone(site: Site, chromium: Browser, language: str) -> None:
    to_ratings(site)
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        site.log_in(page)
        if language == "zh-Hans":
            page.get_by_role("button", name="简体中文").click()
        for path in ("/inbox", f"/tasks/{site.world.task('identify_priority')}", "/notices/", "/account/"):
            page.goto(site.address + path)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 360, f"{path} is {width} wide"
