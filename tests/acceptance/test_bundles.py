"""Each browser bundle works under the strict content policy, without one violation."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.acceptance.bundle_site import DIST, DOCUMENTS, Site, manifest, running

pytestmark = pytest.mark.browser

RECORD_VIOLATIONS = """
window.violations = [];
document.addEventListener('securitypolicyviolation', event => window.violations.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sample} in ${event.sourceFile}`));
"""


@dataclass
class Visit:
    """A page opened on the bundle site, and whatever went wrong on it."""

    page: Page
    site: Site
    errors: list[str] = field(default_factory=list)

    def open(self, name: str, query: str = "") -> Page:
        self.page.goto(f"{self.site.address}/page/{name}?{query}")
        self.page.wait_for_selector('body[data-ready="1"]')
        return self.page

    def troubles(self) -> list[str]:
        return self.page.evaluate("window.violations") + self.errors


@pytest.fixture(scope="module")
def bundle_site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def visit(page: Page, bundle_site: Site) -> Visit:
    bundle_site.__init__(address=bundle_site.address)
    visit = Visit(page, bundle_site)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            visit.errors.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.add_init_script(RECORD_VIOLATIONS)
    return visit


def test_every_bundle_ships_its_files_and_the_licences_of_what_is_in_it() -> None:
    entries = manifest()

    assert set(entries) == {"app", *DOCUMENTS}
    files = [entry[kind] for entry in entries.values() for kind in ("js", "css") if entry[kind]]
    assert [name for name in files if not (DIST / str(name)).is_file()] == []
    licences = (DIST / "LICENCES.txt").read_text()
    for package in ("bpmn-js ", "dmn-js ", "@bpmn-io/form-js-editor ", "htmx.org "):
        assert f"\n{package}" in licences
    assert "The source code responsible for displaying the bpmn.io project watermark" in licences


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_an_editor_opens_without_a_violation(visit: Visit, name: str, language: str) -> None:
    page = visit.open(name, f"language={language}")

    expect(page.locator("#editor")).to_have_attribute("data-state", "open")
    expect(page.locator("#findings")).to_have_text("All is well.")
    assert visit.troubles() == []


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_reader_sees_the_document_and_cannot_save(visit: Visit, name: str) -> None:
    page = visit.open(name, "readonly=true")

    page.click("#save")

    expect(page.locator("#editor")).to_have_attribute("data-state", "open")
    expect(page.locator("#status")).to_have_text("You can look at this, but not change it.")
    assert visit.site.bodies("/save") == []
    assert visit.troubles() == []


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_an_editor_with_findings_meets_the_accessibility_rules(visit: Visit, name: str) -> None:
    visit.site.findings = [finding("plan_call", "error", "No form."), finding("row_large", "warning", "Gap.")]
    page = visit.open(name)
    expect(page.locator("li.finding")).to_have_count(2)

    report = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})

    assert [(found["id"], found["nodes"][0]["target"]) for found in report.response["violations"]] == []


def finding(element: str | None, severity: str, message: str) -> dict[str, object]:
    return {"element": element, "severity": severity, "message": message} | {
        "rule": "some-rule",
        "page": "/rules/some-rule",
        "line": 7,
        "remedy": "Change it.",
    }


def rename(page: Page, name: str) -> None:
    page.click('.djs-element[data-element-id="plan_call"] .djs-hit')
    page.click('[data-group-id="group-general"] .bio-properties-panel-group-header')
    field = page.locator('.bio-properties-panel [name="name"]')
    field.fill(name)
    field.press("Tab")


def test_a_changed_drawing_is_checked_and_saved_with_token_and_version(visit: Visit) -> None:
    page = visit.open("modeler")
    visit.site.answers = {"version": 2}

    rename(page, "Prepare the call")
    expect(page.locator("#status")).to_have_text("Not saved yet.")
    page.click("#save")

    expect(page.locator("#status")).to_have_text("Kept.")
    (body,) = visit.site.bodies("/save")
    assert 'name="Prepare the call"' in body
    assert 'target="@name">计划拜访</i18n:translation>' in body
    headers = visit.site.headers("/save")[0]
    assert (headers["X-Csrftoken"], headers["X-Draft-Version"]) == ("token-7", "1")
    assert headers["Content-Type"] == "application/xml"
    page.click("#submit")
    expect(page.locator("#status")).to_have_text("Submitted.")
    assert visit.site.headers("/submit")[0]["X-Draft-Version"] == "2"
    assert visit.troubles() == []


def test_a_chinese_name_is_typed_in_the_panel_and_kept_in_the_drawing(visit: Visit) -> None:
    page = visit.open("modeler")

    page.click('.djs-element[data-element-id="start"] .djs-hit')
    page.click('[data-group-id="group-translations"] .bio-properties-panel-group-header-title')
    page.fill('[data-entry-id="translation-name"] input', "开始")
    page.press('[data-entry-id="translation-name"] input', "Tab")
    page.click("#save")

    expect(page.locator("#status")).to_have_text("Kept.")
    assert (
        '<i18n:translation xml:lang="zh-Hans" target="@name">开始</i18n:translation>' in (visit.site.bodies("/save")[0])
    )
    assert visit.troubles() == []


def test_findings_stand_on_the_shapes_and_a_click_selects_the_shape(visit: Visit) -> None:
    visit.site.findings = [
        finding("plan_call", "error", "The form 'x' is unknown."),
        finding(None, "warning", "The process has no name."),
    ]
    page = visit.open("modeler")

    expect(page.locator(".finding-badge")).to_have_attribute("title", "The form 'x' is unknown.")
    expect(page.locator(".findings-count")).to_have_text("2 findings")
    expect(page.locator(".finding-place").first).to_have_text("plan_call · line 7 · some-rule")
    expect(page.get_by_role("link", name="some-rule").first).to_have_attribute("href", "/rules/some-rule")
    page.click("button.finding-message")

    expect(page.locator('.djs-element.selected[data-element-id="plan_call"]')).to_have_count(1)
    expect(page.locator('.djs-element.has-error[data-element-id="plan_call"]')).to_have_count(1)
    assert visit.troubles() == []


def test_a_refused_save_says_why_and_keeps_the_change(visit: Visit) -> None:
    visit.site.save_status = 409
    visit.site.answers = {"message": "mara saved version 2 at 10:14."}
    page = visit.open("modeler")

    rename(page, "Prepare the call")
    page.click("#save")

    expect(page.locator("#status")).to_have_text("Not saved: mara saved version 2 at 10:14.")
    expect(page.locator('.bio-properties-panel [name="name"]')).to_have_value("Prepare the call")
    assert visit.troubles() == []


def test_the_palette_speaks_chinese(visit: Visit) -> None:
    page = visit.open("modeler", "language=zh")

    expect(page.locator('.djs-palette [data-action="create.start-event"]')).to_have_attribute(
        "aria-label", "创建开始事件"
    )
    assert visit.troubles() == []


def test_the_mark_of_the_editor_library_stays_visible(visit: Visit) -> None:
    page = visit.open("modeler")

    mark = page.locator(".bjs-powered-by")

    expect(mark).to_be_visible()
    box = mark.bounding_box()
    assert box is not None
    assert page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.bjs-powered-by') !== null",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )


def test_a_cell_of_a_decision_table_is_edited_and_saved(visit: Visit) -> None:
    visit.site.findings = [finding("row_large", "warning", "50 is in two rows.")]
    page = visit.open("decisions")

    page.click("button.finding-message")
    cell = page.locator('.output-cell[data-element-id="row_large_hours"]')
    cell.click()
    page.keyboard.press("End")
    page.keyboard.type("5")
    page.click("#save")

    expect(page.locator("#status")).to_have_text("Kept.")
    assert "<text>35</text>" in visit.site.bodies("/save")[0]
    assert visit.troubles() == []


def test_every_kind_of_dialog_of_the_decision_editor_is_clean(visit: Visit) -> None:
    page = visit.open("decisions")

    page.click('[data-view="visit_length"]')
    page.click('.input-cell[data-col-id="in_size"] >> nth=0')
    page.keyboard.press("Escape")
    page.click('.output-cell[data-element-id="row_small_hours"]', button="right")
    page.keyboard.press("Escape")
    page.click('[data-view="tables"]')
    page.click(".bjs-powered-by")

    expect(page.locator('.djs-element[data-element-id="visit_length"]')).to_be_visible()
    assert visit.troubles() == []


def test_a_label_of_a_form_is_edited_and_its_translation_kept(visit: Visit) -> None:
    page = visit.open("form_editor")

    page.click('.fjs-element[data-id="field_subject"]')
    page.click('[data-group-id="group-general"] .bio-properties-panel-group-header')
    page.fill('[data-entry-id="label"] [contenteditable]', "Topic")
    page.click("#save")

    expect(page.locator("#status")).to_have_text("Kept.")
    body = visit.site.bodies("/save")[0]
    assert '"label": "Topic"' in body
    assert '"label:zh-Hans": "主题"' in body
    assert visit.troubles() == []


def test_the_decision_editor_speaks_chinese(visit: Visit) -> None:
    page = visit.open("decisions", "language=zh-Hans")
    expect(page.get_by_role("button", name="创建决策")).to_be_visible()

    page.locator(".decision-views button").last.click()

    expect(page.get_by_text("命中策略：")).to_be_visible()
    page.locator("td.input-cell, td.output-cell").first.click(button="right")
    expect(page.get_by_text("在上方添加", exact=False).first).to_be_visible()
    assert visit.troubles() == []
