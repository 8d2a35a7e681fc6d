"""The page of an instance: who sees it, what it tells, how it follows what happens."""

import re

import pytest

from crm import accounts, opportunities, sales_calls
from engine import definitions, instances
from tests.engine.demo import chain, drawing, end, properties, start, user
from tests.webapp.steps import (
    EXPERT,
    MANAGER,
    OPERATIONS,
    OTHER_REP,
    REP,
    approve,
    begin,
    defer,
    identify,
    review,
    text,
    undeploy,
)
from tests.webapp.world import START, World


def page(world: World, instance: str, login: str = REP, query: str = "", language: str = "en") -> str:
    client = world.client(login)
    client.post("/language", language=language)
    answer = client.get(f"/instances/{instance}{query}")
    assert answer.status_code == 200
    return answer.text


def classes(html: str, element: str) -> list[str]:
    found = re.search(rf'<g class="([^"]*)" data-element-id="{element}"', html)
    assert found is not None, f"{element} is not drawn"
    return found[1].split()


def test_the_diagram_marks_what_is_done_where_it_stands_and_the_ways_taken(world: World) -> None:
    instance = begin(world)
    review(world)

    html = page(world, instance)

    assert "is-done" in classes(html, "review_pipeline_and_plans")
    assert "is-active" in classes(html, "identify_priority")
    assert "is-done" not in classes(html, "add_to_pipeline")
    assert "is-high-performing" in classes(html, "classify_opportunity")


def test_a_step_passed_twice_says_so_on_the_diagram(world: World) -> None:
    instance = begin(world)
    review(world)
    identify(world)
    world.complete("review_priority", MANAGER, decision="reject", return_to="priority", comment="Not yet.")
    identify(world)

    assert "×2" in page(world, instance)


def test_it_says_for_whom_it_waits_and_until_when(world: World) -> None:
    instance = begin(world)
    review(world)
    identify(world)

    seen = text(page(world, instance))

    assert "Review Opportunity Priority Waits for a decision: Chen Jie until" in seen
    assert "What may happen meanwhile" in seen


def test_the_timeline_tells_who_did_what_in_the_readers_language(world: World) -> None:
    instance = begin(world)
    review(world)

    english, chinese = page(world, instance), page(world, instance, MANAGER, language="zh-Hans")

    assert "Lin Wei finished “Review Individual Pipeline &amp; Key Customer Plans”." in english
    assert "At “Pursue Opportunity?” the way “Yes” was taken." in english
    assert "林薇完成了“查看个人管道与大客户计划”。" in chinese
    assert "选择了“是”" in chinese


def test_technical_lines_are_told_only_when_asked_for(world: World) -> None:
    instance = begin(world)

    assert "was passed" not in page(world, instance)
    assert "“Load opportunity, account, thresholds” was passed." in page(world, instance, query="?all=1")


def test_a_decision_shows_its_table_with_the_row_that_fired_and_what_it_looked_at(world: World) -> None:
    instance = begin(world)

    html = page(world, instance)

    band = html[html.index("Amount band") :]
    fired = re.search(r'<tr class="fired">(.*?)</tr>', band, re.S)
    assert fired is not None
    assert "major" in fired[1]
    assert "800,000" in band


def test_values_are_named_as_in_the_forms(world: World) -> None:
    instance = begin(world)
    review(world)

    seen = text(page(world, instance))

    assert "Pursue this opportunity? pursue_decision Yes, pursue it" in seen


def test_a_colleague_outside_the_records_scope_finds_nothing(world: World) -> None:
    instance = begin(world)

    for address in (f"/instances/{instance}", f"/instances/{instance}/live"):
        assert world.client(OTHER_REP).get(address).status_code == 404
    assert world.client(OPERATIONS).get(f"/instances/{instance}").status_code == 200
    assert instance not in world.client(OTHER_REP).get("/instances/").text
    assert instance in world.client(REP).get("/instances/").text


def test_the_answers_of_a_secret_step_are_told_to_nobody_to_whom_its_rule_is_closed(world: World) -> None:
    talk = user(
        "talk",
        properties(secret="coaching")
        + '<multiInstanceLoopCharacteristics camunda:collection="=[1]" camunda:elementVariable="rep"/>',
        assignee=MANAGER,
    )
    drawn = drawing("talks", start() + talk + end() + chain("start", "talk", "end"))
    definitions.deploy(world.engine, {"bpmn/talks.bpmn": drawn}, None)
    instance = world.start("talks", business_key="opportunity:OPP-1001")
    world.complete("talk", MANAGER, focus="Listen more.")

    assert "Listen more." in page(world, instance, MANAGER) and "Listen more." in page(world, instance, REP)
    assert "Listen more." not in page(world, instance, OPERATIONS, "?all=1")


def test_marketing_is_not_told_what_was_said_on_a_call_whatever_the_answer_is_called(world: World) -> None:
    drawn = drawing("heard", start() + user("listen", assignee=REP) + end() + chain("start", "listen", "end"))
    definitions.deploy(world.engine, {"bpmn/heard.bpmn": drawn}, None)
    with world.application.database.write() as tx:
        customer = accounts.get(tx.connection, "ACC-0001")
        call = sales_calls.create(
            tx.connection, customer.id, REP, purpose="review", channel="phone", by=REP, at=START, status="scheduled"
        )
    instance = world.start("heard", business_key=call.business_key)
    world.complete("listen", REP, whatever="They want to leave.")

    assert "They want to leave." in page(world, instance)
    assert "They want to leave." not in page(world, instance, "ma.rket", "?all=1")


def test_credit_data_is_told_to_nobody_who_may_not_read_it(world: World) -> None:
    instance = begin(world)
    review(world)
    identify(world)
    with world.application.database.write() as tx:
        deal = opportunities.get(tx.connection, "OPP-1001")
        opportunities.add_member(tx.connection, deal.id, EXPERT, valid_from=START.date(), by="test", at=START)

    expert, owner = page(world, instance, EXPERT), page(world, instance)

    assert "credit_standing" in owner
    assert "Credit standing" in owner
    assert "credit_standing" not in re.sub(r"<svg.*?</svg>", "", expert, flags=re.S)
    assert "r_credit" not in expert
    assert "This decision looked at values that are not open to you." in expert
    assert "This decision looked at values that are not open to you." not in owner


def test_the_live_part_is_sent_again_only_after_a_change(world: World) -> None:
    instance = begin(world)
    client = world.client(REP)
    first = client.get(f"/instances/{instance}/live")
    tag = first.headers["ETag"]

    unchanged = client.get(f"/instances/{instance}/live", If_None_Match=tag)
    review(world)
    changed = client.get(f"/instances/{instance}/live", If_None_Match=tag)

    assert (first.status_code, unchanged.status_code, changed.status_code) == (200, 304, 200)
    assert unchanged.text == ""
    assert "Identify Opportunity Priority" in changed.text
    assert changed.headers["ETag"] != tag


def test_the_page_polls_from_the_state_it_shows(world: World) -> None:
    instance = begin(world)
    client = world.client(REP)

    html = client.get(f"/instances/{instance}").text
    tag = client.get(f"/instances/{instance}/live").headers["ETag"]

    assert f'data-poll-tag="{tag.replace(chr(34), "&#34;")}"' in html


def test_a_hand_over_to_a_process_that_is_not_deployed_is_seen_waiting(world: World) -> None:
    undeploy(world, "close-opportunity")
    instance = begin(world)
    review(world, "no")

    seen = text(page(world, instance))

    assert "waits until the process Close Opportunity" in seen


def test_a_hand_over_links_both_processes(world: World) -> None:
    source = begin(world, "OPP-1002")
    defer(world)

    html = page(world, source)
    target = re.search(r'went on in Key Account Planning &amp; Management.*?href="/instances/([0-9a-f]+)"', html, re.S)

    assert target is not None
    assert f"/instances/{source}" in page(world, target[1])


def test_a_process_called_inside_is_drawn_below(world: World) -> None:
    begin(world, "OPP-1002")
    defer(world)
    with world.application.database.read() as connection:
        outer = next(one for one in instances.for_record(connection, "opportunity:OPP-1002") if one.state == "running")

    html = page(world, outer.id)

    assert "Inside: Manage Pended Opportunity" in html
    assert "Waits for its time" in html


def test_operations_end_a_process_with_a_reason(world: World) -> None:
    instance = begin(world)
    client = world.client(OPERATIONS)

    without = client.post(f"/instances/{instance}/cancel", reason=" ")
    assert without.status_code == 302
    assert "Expected a reason" in client.get(f"/instances/{instance}").text

    client.post(f"/instances/{instance}/cancel", reason="Entered twice")

    html = client.get(f"/instances/{instance}").text
    assert "Olga Ops ended the process. Reason: Entered twice" in html
    assert "data-poll-url" not in html
    assert "cancelled" in html


def test_a_rep_cannot_end_a_process(world: World) -> None:
    instance = begin(world)

    assert world.client(REP).post(f"/instances/{instance}/cancel", reason="x").status_code == 403
    assert "End this process" not in page(world, instance)


def test_a_finished_process_is_shown_to_its_end(world: World) -> None:
    instance = begin(world)
    review(world)
    identify(world)
    approve(world)
    world.complete(
        "update_opportunity_profile", REP, expected_close_date="2026-10-01", amount="800000", win_probability="60",
        next_step="Visit", next_step_date="2026-04-01",
    )  # fmt: skip

    html = page(world, instance)

    assert "finished" in html
    assert "The process ended:" in html


def test_an_instance_shows_the_version_it_runs_on(world: World) -> None:
    instance = begin(world)
    name = "forms/prioritize-opportunity.identify_priority.form"
    with world.application.database.read() as connection:
        content = connection.exec_driver_sql(
            "SELECT content FROM resource WHERE name = 'prioritize-opportunity.identify_priority'"
        ).scalar_one()
    definitions.deploy(world.engine, {name: content.replace(b"Potential revenue", b"Revenue to come")}, "ana.lyst")

    assert 'href="/processes/prioritize-opportunity/versions/1">1</a>' in page(world, instance)
    assert "/versions/2" in page(world, begin(world, "OPP-1002"))


@pytest.mark.parametrize("address", ["/instances/none", "/instances/none/live"])
def test_an_unknown_instance_is_not_found(world: World, address: str) -> None:
    assert world.client(REP).get(address).status_code == 404
