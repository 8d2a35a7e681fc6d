"""An analyst changes a rule in the browser, somebody else deploys it, and what runs already stays as it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

import processes
from engine import drafts
from engine.testing import Run
from tests.acceptance.office import (
    ADMINISTRATOR,
    ANALYST,
    MANAGER,
    RATINGS,
    REP,
    REVIEW,
    Desk,
    Desks,
    Office,
)

pytestmark = pytest.mark.browser

FLOW = "flow_gw_approval_required__add_to_pipeline"
BROKEN, WIDER = "=approval_required = (false", "=approval_required = false or amount_base < 1000000"


def editor(desk: Desk, kind: str, name: str) -> Page:
    """Opens an editor and waits until it has checked the document."""
    desk.open(f"/editor/{kind}/{name}")
    expect(desk.page.locator("#editor")).to_have_attribute("data-state", "open")
    expect(desk.page.locator("#findings p")).to_be_visible()
    return desk.page


def condition_of(page: Page, flow: str) -> Locator:
    """Selects a flow on the drawing and gives the field of its condition in the panel."""
    page.locator(f'.djs-element[data-element-id="{flow}"] .djs-hit').first.click(force=True)
    field = page.locator('.bio-properties-panel [name="conditionExpression"]')
    if not field.is_visible():
        page.click('[data-group-id="group-CamundaPlatform__Condition"] .bio-properties-panel-group-header')
    expect(field).to_be_visible()
    return field


def write(field: Locator, text: str) -> None:
    """Types into a field of the panel and leaves it, by keyboard."""
    field.focus()
    field.press("Control+a")
    field.press_sequentially(text)
    field.press("Tab")


def hand_in(desk: Desk, note: str) -> str:
    """Checks and hands in what the editor holds; gives the address of the change."""
    with desk.page.expect_navigation(url="**/editor/drafts/*"):
        desk.page.click("#submit")
    desk.answer(note=note).press("Hand in")
    return desk.page.url.removeprefix(desk.address)


def deploy(desk: Desk, address: str) -> None:
    """Looks at a change and deploys it."""
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.open(address).press("Deploy")


def to_the_rule(office: Office) -> Run:
    """A new deal of 800,000 whose priority is set: the next is whether somebody has to approve it."""
    run = office.begin(office.opportunity(amount="800000"))
    run.complete("review_pipeline_and_plans", REP, **REVIEW)
    return run


def prioritized(run: Run) -> Run:
    """The same run once its priority is set."""
    reason = {"priority": "low", "override_reason": "They only look."}
    run.complete("identify_priority", REP, **dict.fromkeys(RATINGS, "4"), **reason)
    return run


def test_a_changed_condition_governs_new_instances_and_leaves_the_old_alone(office: Office, desks: Desks) -> None:
    old = to_the_rule(office)
    analyst, administrator = desks(ANALYST), desks(ADMINISTRATOR)

    page = editor(analyst, "bpmn", "prioritize-opportunity")
    write(condition_of(page, FLOW), WIDER)
    page.click("#save")
    expect(page.locator("#status")).to_have_text("Saved as a draft.")
    address = hand_in(analyst, "Deals below a million need nobody.")
    expect(analyst.page.get_by_role("heading", level=1)).to_contain_text("handed in")
    expect(analyst.section("What it changes against what is deployed now")).to_contain_text(WIDER.removeprefix("="))

    assert prioritized(to_the_rule(office)).open_tasks() == ["review_priority"]
    deploy(administrator, address)
    expect(administrator.page.locator("#flash")).to_contain_text("Deployed: prioritize-opportunity 2,")

    assert prioritized(to_the_rule(office)).open_tasks() == ["update_opportunity_profile"]
    assert prioritized(old).open_tasks() == ["review_priority"]
    rep = desks(REP).open(f"/instances/{old.instance_id}")
    expect(rep.page.locator("main dl").first).to_contain_text("Version\n1", use_inner_text=True)


def test_a_broken_expression_is_found_on_the_shape_and_in_the_list_and_is_not_handed_in(desks: Desks) -> None:
    analyst = desks(ANALYST)
    page = editor(analyst, "bpmn", "prioritize-opportunity")

    write(condition_of(page, FLOW), BROKEN)

    wrong = page.locator(".finding-error")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text(FLOW)
    expect(page.locator(f'.djs-element.has-error[data-element-id="{FLOW}"]')).to_have_count(1)
    expect(page.locator(".finding-badge-error")).to_be_visible()
    page.click("#submit")
    expect(page.locator("#status")).to_have_text("Saved, but it cannot be handed in yet: see the findings.")
    assert "/drafts/" not in page.url

    page.reload()
    expect(page.locator("#editor")).to_have_attribute("data-state", "open")
    expect(condition_of(page, FLOW)).to_have_value(BROKEN)


def test_what_was_refused_is_mended_and_handed_in_without_reloading(desks: Desks) -> None:
    analyst = desks(ANALYST)
    page = editor(analyst, "bpmn", "prioritize-opportunity")
    condition = condition_of(page, FLOW)
    write(condition, BROKEN)
    expect(page.locator(".findings-count")).to_have_text("1 finding")
    page.click("#submit")
    expect(page.locator("#status")).to_contain_text("cannot be handed in yet")

    write(condition, WIDER)
    hand_in(analyst, "Deals below a million need nobody.")

    expect(analyst.page.get_by_role("heading", level=1)).to_contain_text("handed in")


def test_what_the_editor_does_not_understand_stays_among_the_findings(office: Office, desks: Desks) -> None:
    drawing = processes.files()["bpmn/assess-opportunity.bpmn"]
    broken = drawing.replace(b'<dataObject id="expert_views" isCollection="true"/>', b"")
    drafts.save(office.engine, ANALYST, "bpmn", "assess-opportunity", broken)

    page = editor(desks(ANALYST), "bpmn", "assess-opportunity")

    assert broken != drawing
    expect(page.locator("#findings")).to_contain_text("did not understand: unresolved reference <expert_views>")
    expect(page.locator("#findings")).to_contain_text("Saving here could lose it.")


def test_nobody_deploys_a_change_of_ones_own(office: Office, desks: Desks) -> None:
    analyst = desks(ANALYST)
    page = editor(analyst, "bpmn", "prioritize-opportunity")
    write(condition_of(page, FLOW), WIDER)

    address = hand_in(analyst, "Try it.")

    expect(analyst.page.locator("main")).to_contain_text("nobody deploys his or her own change")
    expect(analyst.page.get_by_role("button", name="Deploy")).to_have_count(0)
    answer = analyst.page.evaluate(
        """async address => (await fetch(address, {
            method: 'POST',
            body: new URLSearchParams({csrf_token: document.querySelector('meta[name=csrf-token]').content})
        })).status""",
        f"{address}/deploy",
    )
    assert answer == 403
    assert prioritized(to_the_rule(office)).open_tasks() == ["review_priority"]


def test_a_cell_of_a_decision_table_is_changed_and_governs_new_instances(office: Office, desks: Desks) -> None:
    old = to_the_rule(office)
    analyst, administrator = desks(ANALYST), desks(ADMINISTRATOR)

    page = editor(analyst, "dmn", "d17-priority-approval")
    page.click('[data-view="priority_approval"]')
    cell = page.locator('.output-cell[data-row-id="priority_approval_row_2"]').last
    expect(cell).to_have_text("1")
    cell.click()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type("2")
    page.locator("h1").click()
    address = hand_in(analyst, "Major deals go to the second level.")
    expect(analyst.section("What it changes against what is deployed now")).to_contain_text("Approval of the priority")
    deploy(administrator, address)

    expect(administrator.page.locator("#flash")).to_contain_text("prioritize-opportunity 2")
    new = prioritized(to_the_rule(office))
    prioritized(old)
    old.complete("review_priority", MANAGER, decision="approve")
    assert old.open_tasks() == ["update_opportunity_profile"]
    second = desks("wang.tao").open("/inbox")
    expect(second.page.locator("main")).to_contain_text("Review Opportunity Priority")
    first = desks(MANAGER).open("/inbox")
    expect(first.page.locator("main")).not_to_contain_text("Review Opportunity Priority")
    assert new.open_tasks() == ["review_priority"]
