"""The editors: their pages, and what their scripts ask of the server."""


import pytest

from tests.webapp.modeler.editing import (
    FOLDERS,
    NEW_CONDITION,
    OLD_CONDITION,
    address,
    all_drafts,
    changed_drawing,
    only_draft,
    replaced,
    send,
    source,
)
from tests.webapp.steps import ADMINISTRATOR, ANALYST, REP, text
from tests.webapp.world import World


@pytest.mark.parametrize("kind", FOLDERS)
def test_an_editors_page_tells_its_script_where_everything_is(world: World, kind: str) -> None:
    html = world.client(ANALYST).get(address(kind)).text

    for name, verb in (("xml", "content"), ("save", "save"), ("submit", "submit"), ("lint", "lint")):
        assert f'data-{name}-url="{address(kind, verb)}"' in html
    assert 'data-readonly="no"' in html
    assert 'data-version="0"' in html
    assert 'data-language="en"' in html
    assert 'data-text-no-findings="Nothing to mend."' in html
    assert 'id="findings"' in html


def test_only_an_editors_page_gets_the_relaxed_policy(world: World) -> None:
    client = world.client(ANALYST)

    relaxed = client.get(address("bpmn")).headers["Content-Security-Policy"]
    strict = client.get("/editor/").headers["Content-Security-Policy"]

    assert "img-src 'self' data:" in relaxed
    assert "img-src 'self' data:" not in strict
    assert "unsafe-inline" not in relaxed


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_content_is_the_deployed_file_byte_for_byte(world: World, kind: str) -> None:
    answer = world.client(ANALYST).get(address(kind, "content"))

    assert answer.data == source(world, kind)


def test_saving_keeps_a_draft_and_the_editor_goes_on_from_it(world: World) -> None:
    client = world.client(ANALYST)

    draft = changed_drawing(world, client, version=0)

    assert draft.state == "draft"
    assert NEW_CONDITION in client.get(address("bpmn", "content")).data
    assert OLD_CONDITION in source(world, "bpmn")
    assert f'data-version="{draft.row_version}"' in client.get(address("bpmn")).text


def test_saving_again_changes_the_same_draft(world: World) -> None:
    client = world.client(ANALYST)
    draft = changed_drawing(world, client, version=0)

    answer = send(client, "bpmn", "save", draft.content + b"\n", version=draft.row_version)

    assert answer.json["version"] == draft.row_version + 1
    assert only_draft(world).id == draft.id


@pytest.mark.parametrize("version", ["0", "x", "9" * 5000])
def test_a_window_that_is_behind_overwrites_nothing(world: World, version: str) -> None:
    client = world.client(ANALYST)
    draft = changed_drawing(world, client, version=0)

    answer = send(client, "bpmn", "save", b"older", version=version)

    assert answer.status_code == 409
    assert "another window" in answer.json["message"]
    assert only_draft(world).content == draft.content


def test_two_analysts_have_drafts_of_their_own(world: World) -> None:
    changed_drawing(world, world.client(ANALYST))
    with world.application.database.write() as tx:
        tx.connection.exec_driver_sql("INSERT INTO user_role (login, role) VALUES ('zhao.min', 'anl')")
    other = world.client("zhao.min")

    assert OLD_CONDITION in other.get(address("bpmn", "content")).data
    send(other, "bpmn", "save", source(world, "bpmn"))

    assert {one.author for one in all_drafts(world)} == {ANALYST, "zhao.min"}


def test_findings_come_with_element_rule_and_remedy_in_the_readers_language(world: World) -> None:
    client = world.client(ANALYST)
    wrong = replaced(source(world, "bpmn"), b"fast_track = true and", b"fast_track = = and")

    english = send(client, "bpmn", "lint", wrong).json["findings"]
    client.post("/language", language="zh-Hans")
    chinese = send(client, "bpmn", "lint", wrong).json["findings"]

    (finding,) = [one for one in english if one["severity"] == "error"]
    assert finding["file"] == "bpmn/prioritize-opportunity.bpmn"
    assert finding["line"] > 0
    assert finding["rule"]
    assert finding["remedy"]
    (same,) = [one for one in chinese if one["severity"] == "error"]
    assert "cannot be read: Expected a value, but found '=' (column 14)." in finding["message"]
    assert "无法读取：应为值，但遇到“=”（第 14 列）。" in same["message"]
    assert all_drafts(world) == []


def test_a_wrong_drawing_is_saved_but_not_handed_in(world: World) -> None:
    client = world.client(ANALYST)
    wrong = replaced(source(world, "bpmn"), b"fast_track = true and", b"fast_track = = and")

    answer = send(client, "bpmn", "submit", wrong, version=0)

    assert answer.status_code == 422
    assert answer.json["findings"]
    assert only_draft(world).state == "draft"
    assert only_draft(world).content == wrong


def test_a_good_drawing_leads_to_its_drafts_page(world: World) -> None:
    client = world.client(ANALYST)

    answer = send(client, "bpmn", "submit", replaced(source(world, "bpmn"), OLD_CONDITION, NEW_CONDITION))

    draft = only_draft(world)
    assert answer.json["redirect"] == f"/editor/drafts/{draft.id}"
    assert draft.state == "draft"


@pytest.mark.parametrize(
    "content", [b"", b"no xml", b"\xff\xfe\x00", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"]
)
@pytest.mark.parametrize("kind", FOLDERS)
def test_rubbish_is_answered_with_findings(world: World, kind: str, content: bytes) -> None:
    answer = send(world.client(ANALYST), kind, "lint", content)

    assert answer.status_code == 200
    assert any(one["severity"] == "error" for one in answer.json["findings"])


@pytest.mark.parametrize(
    "path", ["/editor/bpmn/none", "/editor/bpmn/none/content", "/editor/dmn/Name%20x", "/editor/xml/a/content"]
)
def test_an_unknown_file_is_not_found(world: World, path: str) -> None:
    assert world.client(ANALYST).get(path).status_code == 404


def test_the_list_shows_files_and_drafts(world: World) -> None:
    changed_drawing(world, world.client(ANALYST))

    seen = text(world.client(ANALYST).get("/editor/").text)
    administrator = world.client(ADMINISTRATOR).get("/editor/").text

    assert "prioritize-opportunity Drawings draft Ana Lyst" in seen
    assert "d16-opportunity-segment" in seen
    assert "Begin something new" in seen
    assert 'href="/editor/bpmn/prioritize-opportunity"' not in administrator
    assert world.client(REP).get("/editor/").status_code == 403


@pytest.mark.parametrize(
    ("kind", "name"), [("bpmn", "handle-complaint"), ("dmn", "d90-discount"), ("form", "handle-complaint.first_step")]
)
def test_something_new_begins_as_a_draft_that_can_run(world: World, kind: str, name: str) -> None:
    client = world.client(ANALYST)

    answer = client.post("/editor/new", kind=kind, name=name)

    assert answer.headers["Location"] == address(kind, name=name)
    content = client.get(address(kind, "content", name)).data
    assert send(client, kind, "lint", content, name=name).json["findings"] == []


def test_a_new_file_needs_a_plain_name_and_never_hides_an_old_one(world: World) -> None:
    client = world.client(ANALYST)

    client.post("/editor/new", kind="bpmn", name="../x")
    client.post("/editor/new", kind="bpmn", name="prioritize-opportunity")

    assert all_drafts(world) == []


def test_the_page_of_the_form_editor_says_in_chinese_why_its_words_are_english(world: World) -> None:
    client = world.client(ANALYST)
    assert "form-js" not in text(client.get(address("form")).text)

    client.post("/language", language="zh-Hans")

    assert "表单编辑器自身的界面为英文" in client.get(address("form")).text
    assert "表单编辑器自身的界面为英文" not in client.get(address("dmn")).text
