"""What the script of every page adds: drafts, keyboard, polling, notices, theme."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.bundle_site import Site, running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site_of_module() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def site(site_of_module: Site) -> Site:
    site_of_module.__init__(address=site_of_module.address)
    return site_of_module


@pytest.fixture
def inbox(page: Page, site: Site) -> Iterator[Page]:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Refused" in message.text else None)
    page.goto(f"{site.address}/page/app")
    page.wait_for_selector('body[data-ready="1"]')
    yield page
    assert errors == []


def test_a_draft_is_saved_while_typing(inbox: Page, site: Site) -> None:
    inbox.fill('[name="subject"]', "Price & terms")

    expect(inbox.locator("[data-draft-status]")).to_have_text(re.compile("^Saved at .+"))
    assert site.bodies("/draft") == ["subject=Price+%26+terms"]
    assert site.headers("/draft")[0]["X-Csrftoken"] == "token-7"


def test_a_refused_draft_shows_the_sentence_of_the_server(inbox: Page, site: Site) -> None:
    site.save_status = 409
    site.answers = {"message": "lin.wei finished this task at 10:02."}

    inbox.fill('[name="subject"]', "Price")

    expect(inbox.locator("[data-draft-status]")).to_have_text("lin.wei finished this task at 10:02.")


def test_leaving_the_page_saves_what_was_typed_last(inbox: Page, site: Site) -> None:
    inbox.fill('[name="subject"]', "half a thought")

    inbox.goto("about:blank")

    for _ in range(100):
        if site.bodies("/draft"):
            break
        inbox.wait_for_timeout(50)
    assert site.bodies("/draft") == ["subject=half+a+thought"]


def test_completing_asks_first_and_a_no_sends_nothing(inbox: Page, site: Site) -> None:
    inbox.once("dialog", lambda dialog: dialog.dismiss())

    inbox.click("text=Complete")

    assert site.bodies("/complete") == []


def test_rows_are_walked_by_keys_and_one_is_in_the_tab_order(inbox: Page, site: Site) -> None:
    inbox.keyboard.press("j")
    expect(inbox.locator("#row-1")).to_be_focused()
    inbox.keyboard.press("ArrowDown")
    expect(inbox.locator("#row-2")).to_be_focused()
    expect(inbox.locator('[data-roving-item][tabindex="0"]')).to_have_id("row-2")
    inbox.keyboard.press("Enter")
    expect(inbox).to_have_url(re.compile("#two$"))


def test_a_letter_claims_the_row_and_typing_in_a_field_does_not(inbox: Page, site: Site) -> None:
    inbox.click('[name="subject"]')
    inbox.keyboard.press("c")
    assert site.bodies("/claim-1") == []

    inbox.focus("#row-1")
    with inbox.expect_request(f"{site.address}/claim-1"):
        inbox.keyboard.press("c")


def test_single_letters_can_be_switched_off(inbox: Page) -> None:
    inbox.evaluate("document.body.dataset.shortcuts = 'off'")
    inbox.focus("#row-1")

    inbox.keyboard.press("j")
    expect(inbox.locator("#row-1")).to_be_focused()

    inbox.keyboard.press("ArrowDown")
    expect(inbox.locator("#row-2")).to_be_focused()


def test_polling_shows_what_is_new_and_sends_the_tag_it_knows(inbox: Page, site: Site) -> None:
    expect(inbox.locator("#polled")).to_have_text("version 1")
    site.page_version = 2

    expect(inbox.locator("#polled")).to_have_text("version 2")

    known = [headers.get("If-None-Match") for headers in site.headers("/poll")]
    assert known[0] is None
    assert '"1"' in known


def test_a_notice_is_marked_as_read_in_place(inbox: Page, site: Site) -> None:
    site.answers = {"unread": 1}

    inbox.click("text=Read")

    expect(inbox.locator("[data-unread-count]")).to_have_text("1")
    expect(inbox.locator("[data-notice]")).to_have_attribute("data-read", "1")


def test_the_theme_is_chosen_and_remembered_for_the_server(inbox: Page) -> None:
    inbox.click('[data-theme-choice="dark"]')

    expect(inbox.locator("html")).to_have_attribute("data-theme", "dark")
    assert [(cookie["name"], cookie["value"]) for cookie in inbox.context.cookies()] == [("theme", "dark")]
    inbox.click('[data-theme-choice="system"]')
    expect(inbox.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_a_partial_update_carries_the_token(inbox: Page, site: Site) -> None:
    with inbox.expect_response(f"{site.address}/fragment"):
        inbox.click("#more")

    assert site.headers("/fragment")[0]["X-Csrftoken"] == "token-7"
