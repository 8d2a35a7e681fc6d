"""The catalogue: the tree of processes, the page of one, its versions, and starting it by hand."""

import re

import pytest

from engine import definitions
from tests.webapp.modeler.editing import NEW_CONDITION, OLD_CONDITION, replaced, source
from tests.webapp.steps import ADMINISTRATOR, ANALYST, OPERATIONS, OTHER_REP, REP, begin, review, text, undeploy
from tests.webapp.world import World
from webapp.catalogue import page

PAGE = "/processes/prioritize-opportunity"


def test_the_tree_nests_areas_stages_and_flows_with_their_documented_numbers(world: World) -> None:
    html = world.client(ADMINISTRATOR).get("/processes/").text

    seen = text(html)
    assert "Opportunity Management OM 3.3.3.4 version 1" in seen
    assert "Prioritize Opportunity OM-1.3 3.3.3.4.3 version 1 ★ 3" in seen
    assert "Key Account Planning &amp; Management KA 3.3.1, 3.3.2 version 1" in seen
    assert re.search(r'level-3">.*?level-4">.*?level-5">', html, re.S)
    assert html.count('class="level-') == 39


def test_a_hand_over_that_waits_is_counted_at_the_process_it_waits_for(world: World) -> None:
    undeploy(world, "close-opportunity")
    begin(world)
    review(world, "no")
    client = world.client(REP)

    assert "1 hand-over waits for it" in text(client.get("/processes/").text)
    assert "1 hand-over waits until this process is deployed." in client.get("/processes/close-opportunity").text


def test_a_process_shows_diagram_steps_tables_and_versions(world: World) -> None:
    html = world.client(REP).get(PAGE).text

    seen = text(html)
    for part in (
        "Definition: rank the opportunity",
        "Account Profile &amp; Segment",
        "Confirmed Opportunities",
        "Identify Opportunity Priority identify_priority task for a person Sales Rep.",
        "goes on in Develop/Update Opportunity Plan",
        "exactly one row fits",
        "added: missing record",
    ):
        assert part in seen, part
    assert 'data-element-id="review_priority"' in html
    assert html.count('class="decision"') >= 6
    assert "LOYALIST_AT_RISK" in html
    assert 'href="#table-opportunity_segment"' in html
    assert 'id="table-opportunity_segment"' in html


def test_a_decisions_ways_out_are_told_with_their_conditions(world: World) -> None:
    seen = text(world.client(REP).get(PAGE).text)

    assert "Yes → Record Decision to Pursue Opportunity pursue_decision = &#34;pursue&#34;" in seen
    assert "Defer → Defer Opportunity else" in seen


def test_a_process_that_is_not_drawn_yet_has_a_page(world: World) -> None:
    undeploy(world, "assess-opportunity")

    html = world.client(REP).get("/processes/assess-opportunity").text

    assert "Assess Opportunity OM-1.2 3.3.3.4.2 not drawn yet" in text(world.client(REP).get("/processes/").text)
    assert "Assess Opportunity" in html
    assert "not drawn yet" in html
    assert "<svg" not in html


def test_titles_and_steps_are_chinese_for_a_chinese_reader(world: World) -> None:
    client = world.client(REP)
    client.post("/language", language="zh-Hans")

    seen = text(client.get(PAGE).text)

    assert "商机优先级排定 OM-1.3" in seen
    assert "确定商机优先级" in seen
    assert "恰有一行匹配" in seen


def test_an_older_version_is_kept_and_says_that_it_is_older(world: World) -> None:
    changed = replaced(source(world, "bpmn"), OLD_CONDITION, NEW_CONDITION)
    definitions.deploy(world.engine, {"bpmn/prioritize-opportunity.bpmn": changed}, ANALYST, "Tenders only")
    client = world.client(REP)

    newest, older = client.get(PAGE).text, client.get(f"{PAGE}/versions/1").text

    assert "Tenders only" in newest
    assert "Ana Lyst" in newest
    assert NEW_CONDITION.decode() in newest
    assert "This is version 1. New processes start on a newer one." in older
    assert OLD_CONDITION.decode() in older
    assert "Start it" not in older


def test_the_drawing_is_given_out_as_it_was_deployed(world: World) -> None:
    answer = world.client(REP).get(f"{PAGE}/versions/1/source")

    assert answer.data == source(world, "bpmn")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="prioritize-opportunity.v1.bpmn"'


@pytest.mark.parametrize("path", ["/processes/none", f"{PAGE}/versions/9", f"{PAGE}/versions/9/source"])
def test_an_unknown_process_or_version_is_not_found(world: World, path: str) -> None:
    assert world.client(REP).get(path).status_code == 404


def test_a_process_is_started_on_an_opportunity_by_its_number(world: World) -> None:
    client = world.client(REP)

    answer = client.post(f"{PAGE}/start", number=" opp-1001 ")

    assert answer.headers["Location"] == f"/tasks/{world.task('review_pipeline_and_plans')}"


@pytest.mark.parametrize(
    ("login", "number"), [(REP, "OPP-9999"), (REP, ""), (OTHER_REP, "OPP-1001"), (OPERATIONS, "OPP-1001")]
)
def test_starting_on_anything_else_is_refused_with_a_sentence(world: World, login: str, number: str) -> None:
    client = world.client(login)

    client.post(f"{PAGE}/start", number=number)

    assert 'class="flash error"' in client.get(PAGE).text
    with world.application.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM process_instance").scalar_one() == 0


def test_only_analysts_are_led_to_the_editor(world: World) -> None:
    assert "Change the drawing" in world.client(ANALYST).get(PAGE).text
    assert "Change the drawing" not in world.client(REP).get(PAGE).text


def test_the_rows_of_a_decision_table_explain_themselves_in_the_readers_language(world: World) -> None:
    client = world.client(REP)
    english = client.get("/processes/prioritize-opportunity").text
    client.post("/language", language="zh-Hans")

    chinese = client.get("/processes/prioritize-opportunity").text

    assert "A new customer with open odds" in english and "新客户，胜负未定" not in english
    assert "新客户，胜负未定" in chinese and "A new customer with open odds" not in chinese


def test_of_a_very_long_process_the_first_steps_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client(REP)
    whole = client.get("/processes/prioritize-opportunity").text
    monkeypatch.setattr(page, "MOST_STEPS", 3)

    first = client.get("/processes/prioritize-opportunity").text

    assert "And " not in text(whole).partition("Steps")[2].partition("Decision tables")[0]
    count, told = (html.count('data-label="Kind"') for html in (whole, first))
    assert told == 3 and f"And {count - 3} more." in first
