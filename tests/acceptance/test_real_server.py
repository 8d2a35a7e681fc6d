"""The whole way on the server as it is started: import, start, work, approve, find it in the pipeline."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.acceptance.office import MANAGER, PROFILE, REP, REVIEW, Desk, Desks

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from cli import main; main()", "run", "--port", "0", "--no-sample"]
SAYS = "Salesflow: "
SOON, LATER = (f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}" for days in (20, 60))
EXPORT = f"""\
Opportunity ID;Opportunity Name;Account Name;Stage;Amount;Close Date;Opportunity Owner
006-1;Continuous caster;Acme <b>Steel</b>;Qualification;"812.500,00";{LATER};Lin Wei
006-2;Spare rolls;Acme <b>Steel</b>;Qualification;"40.000,00";{LATER};lin.wei
006-3;Nobody's;Acme <b>Steel</b>;Qualification;"1.000,00";{LATER};nobody
"""


@pytest.fixture
def server(prepared_company: Path, tmp_path: Path) -> Iterator[str]:
    """`salesflow run` as a process of its own on a copy of the small company; gives its address."""
    shutil.copytree(prepared_company, tmp_path, dirs_exist_ok=True)
    environment = os.environ | {"SALESFLOW_DATA": str(tmp_path), "SALESFLOW_ENV": "development"}
    with subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = next((line for line in process.stdout if line.startswith(SAYS)), "")
        try:
            assert told, "The server ended before it listened."
            yield told.removeprefix(SAYS).strip()
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture
def desks(chromium: Browser, server: str) -> Iterator[Desks]:
    made = Desks(chromium, server)
    yield made
    complaints = made.complaints()
    made.close()
    assert complaints == []


def import_good_rows(desk: Desk) -> None:
    """The rep imports what is good in the export of another CRM."""
    desk.open("/import")
    desk.page.locator("[name=kind][value=opportunities]").check()
    desk.page.set_input_files(
        "[name=file]", {"name": "export.csv", "mimeType": "text/csv", "buffer": EXPORT.encode("utf-8-sig")}
    )
    desk.press("Upload and match columns")
    desk.press("Check the file")
    expect(desk.page.locator("main")).to_contain_text("What needs another look", timeout=30_000)
    expect(desk.page.locator("main")).to_contain_text("nobody")
    desk.press("Import only the 2 good rows")
    expect(desk.page.get_by_role("link", name="Show the records")).to_be_visible(timeout=30_000)


def test_an_imported_opportunity_goes_from_the_export_into_the_pipeline(desks: Desks) -> None:
    rep = desks(REP)
    import_good_rows(rep)

    rep.follow("Show the records").follow("Continuous caster")
    rep.press("Prioritize Opportunity").answer(**REVIEW).press("Complete")
    rep.rate().answer(priority="low", override_reason="They only look.").press("Complete")

    manager = desks(MANAGER).open("/inbox")
    expect(manager.page.locator("main")).to_contain_text("Continuous caster")
    manager.follow("Review Opportunity Priority").answer(decision="approve", comment="Go on.").press("Decide")

    rep.open("/inbox").follow("Update Opportunity Profile")
    rep.answer(**{**PROFILE, "expected_close_date": LATER, "next_step_date": SOON}).press("Complete")
    rep.open("/pipeline").follow("Prioritised")
    rep.follow("Continuous caster")
    expect(rep.page.get_by_role("heading", level=1)).to_contain_text("In the pipeline")
    expect(rep.section("What waits")).to_contain_text("Develop/Update Opportunity Plan")
