"""The pages of the rules, in the app: linked from every finding, in the reader's language, without dead links."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.webapp.modeler.editing import only_draft, send
from tests.webapp.steps import ANALYST, REP, text
from tests.webapp.world import World
from webapp.rules.pages import rule_page, rules

ROOT = Path(__file__).resolve().parents[3]
PACKED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]


def address(rule: str) -> str:
    return f"/rules/{rule}"


@pytest.mark.parametrize("rule", rules())
def test_every_rule_says_in_both_languages_what_it_asks_and_what_to_do(rule: str) -> None:
    english, chinese = rule_page(rule, "en", address), rule_page(rule, "zh-Hans", address)

    assert english is not None and chinese is not None
    assert "Why." in english.text and "中文" not in english.text
    assert re.search(r"[\u4e00-\u9fff]", chinese.title)
    assert "<strong>怎么改：</strong>" in chinese.text
    assert chinese.further == english.text


def test_the_pages_are_looked_for_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    known = rules()
    monkeypatch.setattr(Path, "glob", lambda folder, pattern: iter(()))

    assert world.client(ANALYST).get("/rules/timers").status_code == 200
    assert known and rules() == known


@pytest.mark.parametrize("rule", rules())
def test_links_lead_to_other_rules_only(rule: str) -> None:
    shown = rule_page(rule, "en", address)

    assert shown is not None
    linked = re.findall(r'href="([^"]+)"', shown.text)
    assert [
        one for one in linked if not one.startswith("https://") and one.removeprefix("/rules/") not in rules()
    ] == []


def test_what_is_no_rule_has_no_page(world: World) -> None:
    client = world.client(ANALYST)

    assert [client.get(f"/rules/{name}").status_code for name in ("README", "nothing", "..%2Flayout", "gateways")] == [
        404,
        404,
        404,
        200,
    ]


def test_a_finding_leads_to_the_page_of_its_rule(world: World) -> None:
    client = world.client(ANALYST)
    (found,) = send(client, "bpmn", "lint", b"<broken").json["findings"]
    send(client, "bpmn", "save", b"<broken")

    html = client.get(f"/editor/drafts/{only_draft(world).id}").text

    assert f'<a href="{found["page"]}">readable-file</a>' in html
    assert "The file can be read" in text(client.get(found["page"]).text)


def test_readers_of_chinese_get_a_chinese_page(world: World) -> None:
    client = world.client(ANALYST)
    client.post("/language", language="zh-Hans", next="/rules/")

    assert "文件可读" in client.get("/rules/").text
    seen = client.get("/rules/readable-file").text
    assert "<h1>文件可读" in seen and '<details class="card" lang="en">' in seen


def test_the_rules_are_for_those_who_see_findings(world: World) -> None:
    assert world.client(REP).get("/rules/gateways").status_code == 403


def test_the_pages_are_packed_with_the_app() -> None:
    assert "docs/rules" in PACKED["only-include"]
