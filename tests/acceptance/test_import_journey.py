"""Bringing in the export of another CRM with a browser, and prioritizing what came in."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from crm import opportunities
from tests.acceptance.office import REP, Desks, Office

pytestmark = pytest.mark.browser

EXPORT = (
    "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Close Date\n"
    'X-1,Cold store shuttle,Acme <b>Steel</b>,Qualification,"96,500.00",12/31/2026\n'
    "X-2,Lost in the post,Nobody Inc,Qualification,many,12/31/2026\n"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: object) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{one['id']}: {one['help']}" for one in found]


def test_a_rep_imports_an_export_and_starts_on_what_came_in(office: Office, desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(EXPORT, encoding="utf-8")
    desk = desks(REP)
    page = desk.page

    desk.open("/import")
    assert violations(page) == []
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Upload and match columns").click()
    assert page.locator("#column-1").input_value() == "name"
    assert violations(page) == []
    page.get_by_role("button", name="Check the file").click()
    page.locator("progress").wait_for()
    office.work()

    page.get_by_text("Import only the 1 good row").wait_for()
    assert page.get_by_text("Expected a number such as 1234.56").is_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Import only the 1 good row").click()
    page.locator("progress").wait_for()
    office.work()
    page.get_by_role("link", name="Show the records").click()
    page.get_by_role("link", name="Cold store shuttle").first.click()

    desk.press("Prioritize Opportunity")
    assert "/tasks/" in page.url
    with office.application.database.read() as connection:
        assert opportunities.get(connection, "OPP-1003").external_id == "X-1"
