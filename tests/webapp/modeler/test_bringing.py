"""Files of other tools: brought as they are, kept as drafts, told in both languages, refused with one sentence."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from engine import definitions
from tests.webapp.modeler.editing import all_drafts, only_draft, source
from tests.webapp.steps import ANALYST, text
from tests.webapp.world import Client, World
from webapp import diagrams
from webapp.modeler import views

NOTATIONS = Path(__file__).parents[2] / "engine" / "behaviour" / "notations"
PROCESS = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
  <process id="%s" isExecutable="%s">
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/>
  </process>
</definitions>"""


def bring(client: Client, content: bytes, file: str, **more: str) -> TestResponse:
    """Sends a file and follows where that leads."""
    answer = client.post("/editor/bring", file=(BytesIO(content), file), **more)
    assert answer.status_code == 302, answer.text
    return client.get(answer.location)


def zipped() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("order.bpmn", PROCESS % (b"order", b"true"))
    return target.getvalue()


def test_a_drawing_of_another_tool_becomes_a_draft_named_after_its_process(world: World) -> None:
    content = (NOTATIONS / "c7-conditions.bpmn").read_bytes()

    seen = text(bring(world.client(ANALYST), content, "Mein Prozess (2).bpmn").text)

    assert only_draft(world).name == "c7-conditions"
    assert "Kept as your draft c7-conditions. Nothing is deployed yet." in seen
    assert "understood" in seen and "must be mended" not in seen


def test_what_was_understood_asks_for_nothing_and_what_is_missing_is_told_in_the_readers_language(world: World) -> None:
    client = world.client(ANALYST)
    page = bring(client, (NOTATIONS / "c8-order.bpmn").read_bytes(), "order.bpmn").text
    client.post("/language", language="zh-Hans")
    chinese = bring(client, (NOTATIONS / "c7-refused.bpmn").read_bytes(), "order.bpmn").text

    assert "understood" in page and "Nothing needs to be done" not in page
    assert "但写的是 空" in chinese and "nothing" not in text(chinese)


@pytest.mark.parametrize("process", ["Process_1abc", "订单"])
def test_the_names_that_other_tools_give_to_processes_are_kept(world: World, process: str) -> None:
    client = world.client(ANALYST)

    seen = text(bring(client, PROCESS % (process.encode(), b"true"), "diagram.xml").text)

    assert only_draft(world).name == process.replace("_", "-")
    assert "Nothing to mend." in seen
    assert client.get(f"/editor/bpmn/{only_draft(world).name}").status_code == 200


def test_a_drawing_without_a_diagram_gets_one_and_any_other_stays_as_it_is(world: World) -> None:
    client = world.client(ANALYST)
    bring(client, PROCESS % (b"order", b"true"), "order.bpmn")
    laid_out = only_draft(world).content
    assert laid_out.count(b"BPMNShape ") == 2

    bring(client, laid_out + b"<!-- moved by hand -->", "order.bpmn", replace="yes")
    assert only_draft(world).content == laid_out + b"<!-- moved by hand -->"


def test_a_drawing_that_is_not_marked_executable_is_kept_to_be_marked(world: World) -> None:
    seen = text(bring(world.client(ANALYST), PROCESS % (b"order", b"false"), "order.bpmn").text)

    assert "order is marked as not executable" in seen and "Go on editing" in seen


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        ("all.zip", zipped(), "ZIP"),
        ("table.bpmn", b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "DMN"),
        ("empty.bpmn", b"", "empty"),
    ],
)
def test_what_is_no_drawing_is_refused_with_one_sentence(world: World, file: str, content: bytes, said: str) -> None:
    client = world.client(ANALYST)

    english = bring(client, content, file).text
    client.post("/language", language="zh-Hans")
    chinese = bring(client, content, file).text

    (line,) = [line for line in english.splitlines() if 'class="flash error"' in line]
    assert said in line and "Expected a BPMN 2.0 drawing" in line
    assert "BPMN 2.0 流程图" in chinese
    assert all_drafts(world) == []


def test_a_table_and_a_form_keep_the_names_of_their_files(world: World) -> None:
    client = world.client(ANALYST)

    bring(client, source(world, "dmn"), "D16 Opportunity Segment.dmn")
    bring(client, source(world, "form"), "a.first_step.form")

    assert {(one.kind, one.name) for one in all_drafts(world)} == {
        ("dmn", "d16-opportunity-segment"),
        ("form", "a.first_step"),
    }


def test_a_draft_is_replaced_only_when_its_author_says_so(world: World) -> None:
    client = world.client(ANALYST)
    bring(client, PROCESS % (b"order", b"true"), "order.bpmn")

    refused = text(bring(client, PROCESS % (b"order", b"1"), "order.bpmn").text)
    assert "you have a draft of order already" in refused and b'isExecutable="true"' in only_draft(world).content

    bring(client, PROCESS % (b"order", b"1"), "order.bpmn", replace="yes")
    assert b'isExecutable="1"' in only_draft(world).content


def test_without_a_file_or_a_usable_name_nothing_is_kept(world: World) -> None:
    client = world.client(ANALYST)

    assert "Choose a file." in client.get(client.post("/editor/bring").location).text
    assert "Expected a name of letters" in bring(client, source(world, "dmn"), "-.dmn").text
    assert all_drafts(world) == []


def large(steps: int = 500) -> bytes:
    tasks = b"".join(b'<task id="t%d"/>' % number for number in range(steps))
    return (PROCESS % (b"large", b"true")).replace(b"<startEvent", tasks + b"<startEvent")


def test_of_a_very_large_drawing_the_first_changes_are_told_and_the_file_is_offered_instead_of_a_picture(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.client(ANALYST)
    monkeypatch.setattr(diagrams, "LARGEST", 10_000)

    html = bring(client, large(), "large.bpmn").text
    kept = only_draft(world)
    saved = client.get(f"/editor/drafts/{kept.id}/file")
    small = bring(client, PROCESS % (b"small", b"true"), "small.bpmn").text

    assert html.count('<tr class="is-added">') == 300 and re.search(r"And 20\d more", html)
    assert "<svg" not in html and "too large or too crowded to be shown" in html
    assert f'href="/editor/drafts/{kept.id}/file"' in html and saved.data == kept.content
    assert "large.bpmn" in saved.headers["Content-Disposition"]
    assert "<svg" in small and "too large" not in small


def test_a_very_large_drawing_is_not_opened_in_the_browsers_editor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.client(ANALYST)
    bring(client, large(20), "large.bpmn")
    opened = client.get("/editor/bpmn/large")
    monkeypatch.setattr(views, "LARGEST", 1_000)

    refused = client.get("/editor/bpmn/large")

    assert opened.status_code == 200
    assert "too large for the editor in the browser" in client.get(refused.location).text


def test_a_drawing_that_was_deployed_without_a_diagram_is_shown_and_opened_with_one(world: World) -> None:
    client, content = world.client(ANALYST), PROCESS % (b"order", b"true")
    definitions.deploy(world.application.engine, {"bpmn/order.bpmn": content}, None)

    page = client.get("/processes/order").text
    opened = client.get("/editor/bpmn/order/content").data
    stored = client.get("/processes/order/versions/1/source").data

    assert all(f'data-element-id="{element}"' in page for element in "sfe")
    assert opened.count(b"BPMNShape ") == 2 and stored == content
