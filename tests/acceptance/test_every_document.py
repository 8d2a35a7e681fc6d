"""Every drawing, decision table and form opens in its editor, and saving it unchanged changes nothing in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

import processes
from engine import bpmn, drafts
from tests.acceptance.office import ANALYST, Desk, Desks, Office

pytestmark = pytest.mark.browser

TABS = 3  # documents open at once: one loads while another waits
WITHIN = 90_000  # milliseconds; a hanging editor fails, a slow machine does not
NOT_UNDERSTOOD = "The editor did not understand"
NUMBER = re.compile(r"-?\d+\.\d+\Z")
DEFAULTS = (("hitPolicy", "UNIQUE"),)
Facts = Counter[tuple[object, ...]]


def stored(folder: str) -> dict[str, bytes]:
    """The files of one folder of the processes, by stem."""
    return {PurePosixPath(name).stem: text for name, text in processes.files().items() if name.startswith(folder)}


def saved_unchanged(office: Office, desks: Desks, kind: str, names: list[str]) -> dict[str, bytes]:
    """Opens each document in its editor, expects that nothing in it is foreign, saves it; the drafts by name."""
    analyst = desks(ANALYST)
    tabs = [analyst.page, *(analyst.page.context.new_page() for _ in range(TABS - 1))]
    for page in tabs[1:]:
        Desk(page, office.address, analyst.complaints)
    for first in range(0, len(names), TABS):
        batch = list(zip(tabs, names[first : first + TABS], strict=False))
        for page, name in batch:
            page.goto(f"{office.address}/editor/{kind}/{name}", wait_until="commit")
        for page, name in batch:
            save(page, name)
        for page, _name in batch:
            expect(page.locator("#status")).to_have_text("Saved as a draft.", timeout=WITHIN)
    with office.application.database.read() as connection:
        kept = {name: drafts.undecided(connection, ANALYST, kind, name) for name in names}
    return {name: draft.content for name, draft in kept.items() if draft is not None}


def save(page: Page, name: str) -> None:
    """Saves the document of a page once the editor has opened it, and understood all of it."""
    expect(page.locator("body[data-ready='1'] #editor"), name).to_have_attribute("data-state", "open", timeout=WITHIN)
    expect(page.locator("#findings p"), name).to_be_visible(timeout=WITHIN)
    expect(page.get_by_text(NOT_UNDERSTOOD), name).to_have_count(0)
    page.locator("#save").click()


def facts(xml: bytes) -> Facts:
    """What an XML file says, whatever the order and the spaces: every element with its owner, attributes and text."""
    root = etree.fromstring(xml)
    return Counter(
        (owner(one), one.tag, frozenset(attributes(one)), (one.text or "").strip()) for one in root.iter(etree.Element)
    )


def owner(element: etree._Element) -> str | None:
    """The nearest element around this one that has an id."""
    return next((str(one.get("id")) for one in element.iterancestors() if one.get("id")), None)


def attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The attributes that say something: 10.0 and 10 are the same, and so are a default and nothing."""
    for name, value in element.attrib.items():
        if (name, value) not in DEFAULTS:
            yield str(name), f"{float(value):g}" if NUMBER.match(str(value)) else str(value)


def differences(before: Facts, after: Facts) -> Mapping[str, Any]:
    """What is lost and what is new; empty when both files say the same."""
    lost, new = before - after, after - before
    return {word: dict(found) for word, found in (("lost", lost), ("new", new)) if found}


def test_every_drawing_is_the_same_after_saving_it_in_the_editor(office: Office, desks: Desks) -> None:
    deployed = stored("bpmn/")

    saved = saved_unchanged(office, desks, "bpmn", sorted(deployed))

    for name, before in deployed.items():
        assert differences(facts(before), facts(saved[name])) == {}, name
        was, now = (bpmn.model(bpmn.read(text, f"{name}.bpmn")) for text in (before, saved[name]))
        assert was == now, name


def test_every_decision_table_is_the_same_after_saving_it_in_the_editor(office: Office, desks: Desks) -> None:
    deployed = stored("dmn/")

    saved = saved_unchanged(office, desks, "dmn", sorted(deployed))

    for name, before in deployed.items():
        assert differences(facts(before), facts(saved[name])) == {}, name


def one_of_all(forms: Mapping[str, bytes]) -> dict[str, Any]:
    """One form with a group for each form, because opening so many one by one takes minutes.

    Ids and paths are made unique; everything else stays as it is written.
    """
    groups = [
        {"type": "group", "id": f"group{number}", "path": f"form{number}", "components": _renamed(text, number)}
        for number, text in enumerate(forms.values())
    ]
    return {"type": "default", "id": "all", "schemaVersion": 19, "components": groups}


def _renamed(text: bytes, number: int) -> list[dict[str, Any]]:
    schema: dict[str, Any] = json.loads(text, object_hook=lambda one: one | _id(one, number))
    components: list[dict[str, Any]] = schema["components"]
    return components


def _id(one: dict[str, Any], number: int) -> dict[str, str]:
    return {"id": f"{one['id']}_{number}"} if "id" in one else {}


def test_every_form_is_the_same_after_saving_it_in_the_editor(office: Office, desks: Desks) -> None:
    deployed = stored("forms/")
    everything = one_of_all(deployed)
    largest = sorted(deployed, key=lambda name: len(deployed[name]))[-3:]
    drafts.save(office.engine, ANALYST, "form", "all", json.dumps(everything).encode())

    saved = saved_unchanged(office, desks, "form", ["all", *largest])

    for name in largest:
        assert json.loads(saved[name]) == json.loads(deployed[name]), name
    found = json.loads(saved["all"])
    for name, before, after in zip(deployed, everything["components"], found["components"], strict=True):
        assert before["components"] == after["components"], name
