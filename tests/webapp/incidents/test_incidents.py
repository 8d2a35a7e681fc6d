"""Incidents: what operations see, and the ways to mend them."""

import re
from html import unescape

import pytest

from engine import definitions, errors, incidents, instances, operations, worker
from tests.engine.demo import chain, drawing, end, start
from tests.webapp.steps import ADMINISTRATOR, OPERATIONS, REP, begin, identify, review, sql, text
from tests.webapp.world import KEY, World

LATER = "2099-01-01T00:00:00.000000Z"


@pytest.fixture
def broken(world: World) -> World:
    """A process that stands still, because no approval thresholds are in force."""
    begin(world)
    sql(world, "UPDATE approval_threshold SET valid_from = ?", LATER)
    review(world)
    return world


def only(world: World) -> incidents.IncidentRow:
    with world.application.database.read() as connection:
        (found,) = incidents.listing(connection, None)
    return found


def test_the_list_names_what_happened_where(broken: World) -> None:
    seen = text(broken.client(OPERATIONS).get("/incidents").text)

    assert "Expected approval thresholds in force" in seen
    assert "Prioritize Opportunity suggest_priority" in seen
    assert "OPP-1001" in seen


def test_the_page_tells_the_cause_and_offers_repairs(broken: World) -> None:
    html = broken.client(OPERATIONS).get(f"/incidents/{only(broken).id}").text

    assert "Publish a version first." in html
    assert "Suggest priority" in html
    assert "Try again now" in html
    assert 'name="value.relationship_strength"' in html


def test_a_cause_is_told_in_chinese(broken: World) -> None:
    client = broken.client(OPERATIONS)
    client.post("/language", language="zh-Hans")

    seen = text(client.get(f"/incidents/{only(broken).id}").text)

    assert "审批阈值" in seen
    assert "立即重试" in seen
    assert "步骤 建议优先级 无法继续" in seen and "Suggest priority" not in seen


def test_the_list_of_work_tells_a_cause_in_chinese(broken: World) -> None:
    client = broken.client(OPERATIONS)
    client.post("/language", language="zh-Hans")

    seen = text(client.get("/jobs").text)

    assert "没有生效的审批阈值" in seen and "Expected approval thresholds" not in seen


def test_an_expression_that_asks_for_too_much_is_told_in_both_languages(world: World) -> None:
    script = '<scriptTask id="sorts" camunda:asyncBefore="true" camunda:resultVariable="sorted" scriptFormat="feel">'
    steps = start() + script + "<script>sort(for i in 1..20001 return i)</script></scriptTask>" + end()
    drawn = drawing("sorting", steps + chain("start", "sorts", "end"))
    definitions.deploy(world.engine, {"bpmn/sorting.bpmn": drawn}, ADMINISTRATOR)
    world.start("sorting")
    worker.run_due(world.engine)
    client = world.client(OPERATIONS)

    english = text(client.get(f"/incidents/{only(world).id}").text)
    client.post("/language", language="zh-Hans")
    chinese = text(client.get(f"/incidents/{only(world).id}").text)

    assert "asks for too much: A list of more than 20000 elements cannot be sorted." in english
    assert "：超过 20000 个元素的列表无法排序。" in chinese


def test_trying_again_without_mending_the_cause_keeps_the_incident(broken: World) -> None:
    client = broken.client(OPERATIONS)

    client.post(f"/incidents/{only(broken).id}/retry")

    assert only(broken).state == "open"
    assert "it failed again" in client.get(f"/incidents/{only(broken).id}").text


def test_trying_again_after_mending_the_cause_lets_the_process_go_on(broken: World) -> None:
    sql(broken, "UPDATE approval_threshold SET valid_from = '2020-01-01T00:00:00.000000Z'")
    client = broken.client(OPERATIONS)

    client.post(f"/incidents/{only(broken).id}/retry")

    assert only(broken).state == "resolved"
    assert broken.task("identify_priority")
    page = client.get(f"/incidents/{only(broken).id}").text
    assert "Olga Ops" in page and "Tried again, and it worked." in page
    assert "Everything runs by itself." in client.get("/incidents").text
    assert only(broken).id in client.get("/incidents?state=all").text


def test_values_are_corrected_before_the_step_is_tried_again(broken: World) -> None:
    sql(broken, "UPDATE approval_threshold SET valid_from = '2020-01-01T00:00:00.000000Z'")
    client, row = broken.client(OPERATIONS), only(broken)
    page = client.get(f"/incidents/{row.id}").text
    sent = {name: unescape(text) for name, text in re.findall(r'name="(value\.\w+)" value="([^"]*)"', page)}

    client.post(f"/incidents/{row.id}/retry", **{**sent, "value.relationship_strength": "5"})

    assert row.instance_id is not None
    view = instances.view(broken.engine, row.instance_id)
    assert view.variables["relationship_strength"] == 5
    (edited,) = [event for event in view.events if event.kind == "variables.edited"]
    assert dict(edited.detail["values"]) == {"relationship_strength": 5}
    assert edited.actor == OPERATIONS


def test_a_value_that_cannot_be_read_is_refused_with_a_sentence_and_nothing_is_tried(broken: World) -> None:
    client, row = broken.client(OPERATIONS), only(broken)

    answer = client.post(f"/incidents/{row.id}/retry", **{"value.relationship_strength": "strong"})

    assert answer.status_code == 422
    assert "Expected relationship_strength to be a number such as 1200.50, but got strong." in text(answer.text)
    assert 'value="strong"' in answer.text
    with broken.application.database.read() as connection:
        job = operations.job_of(connection, str(row.job_id))
    assert job is not None
    assert job.attempt == 1 or job.state == "incident"


def test_the_process_is_ended_with_a_reason(broken: World) -> None:
    client, row = broken.client(OPERATIONS), only(broken)

    client.post(f"/incidents/{row.id}/end", reason="")
    assert only(broken).state == "open"
    client.post(f"/incidents/{row.id}/end", reason="Entered twice")

    assert only(broken).state == "resolved"
    client.post("/language", language="zh-Hans")
    assert "流程已终止。原因：Entered twice" in client.get(f"/incidents/{row.id}").text
    with broken.application.database.read() as connection:
        assert instances.get(connection, str(row.instance_id)).state == "cancelled"


def test_an_administrator_mends_without_seeing_the_records_values(broken: World) -> None:
    client = broken.client(ADMINISTRATOR)

    html = client.get(f"/incidents/{only(broken).id}").text

    assert "Try again now" in html
    assert "value.relationship_strength" not in html
    assert "See where the process stands" not in html


def test_operations_name_who_decides_when_nobody_was_found(world: World) -> None:
    sql(world, "UPDATE users SET manager = NULL WHERE login = 'lin.wei'")
    begin(world)
    review(world)
    identify(world)
    client, row = world.client(OPERATIONS), only(world)
    assert row.code == "NO_APPROVER"
    assert "Name who decides" in client.get(f"/incidents/{row.id}").text

    for unfit in ("lin.wei", "ana.lyst"):
        client.post(f"/incidents/{row.id}/approver", user=unfit)
        assert only(world).state == "open"
    client.post(f"/incidents/{row.id}/approver", user="wang.tao")

    assert only(world).state == "resolved"
    assert "Wang Tao was named to decide." in text(client.get(f"/incidents/{row.id}").text)
    assert world.client("wang.tao").get(f"/tasks/{row.task_id}").status_code == 200
    world.complete("review_priority", "wang.tao", decision="approve")


def test_values_are_corrected_where_a_task_cannot_be_finished(world: World) -> None:
    sql(world, "UPDATE users SET manager = NULL WHERE login = 'lin.wei'")
    begin(world)
    review(world)
    identify(world)
    client, row = world.client(OPERATIONS), only(world)
    page = client.get(f"/incidents/{row.id}").text
    sent = {name: unescape(text) for name, text in re.findall(r'name="(value\.\w+)" value="([^"]*)"', page)}
    assert "The task stays with whoever has it" in text(page)

    unread = client.post(f"/incidents/{row.id}/correct", **{**sent, "value.relationship_strength": "much"})
    client.post(f"/incidents/{row.id}/correct", **sent)
    untouched = client.get(f"/incidents/{row.id}").text
    client.post(f"/incidents/{row.id}/correct", **{**sent, "value.relationship_strength": "5"})

    assert unread.status_code == 422 and "No value was changed." in text(untouched)
    assert "The values are corrected." in text(client.get(f"/incidents/{row.id}").text)
    assert only(world).state == "open"
    assert row.instance_id is not None
    assert instances.view(world.engine, row.instance_id).variables["relationship_strength"] == 5


def test_a_rep_sees_no_incidents(broken: World) -> None:
    client = broken.client(REP)

    for address in ("/incidents", "/jobs", f"/incidents/{only(broken).id}"):
        assert client.get(address).status_code == 403


def test_the_instance_says_that_it_is_in_trouble(broken: World) -> None:
    with broken.application.database.read() as connection:
        (instance,) = instances.for_record(connection, KEY)

    for login, may_mend in ((REP, False), (OPERATIONS, True)):
        html = broken.client(login).get(f"/instances/{instance.id}").text
        assert "In trouble" in html
        assert ("Mend it" in html) is may_mend
        assert re.search(r'class="[^"]*is-failed[^"]*" data-element-id="suggest_priority"', html)


def test_jobs_are_listed_with_their_due_time_and_the_runners_state(broken: World) -> None:
    client = broken.client(OPERATIONS)
    empty = text(client.get("/jobs").text)
    assert "No runner has shown that it lives." in empty
    assert "suggest_priority" in empty
    sql(broken, "INSERT INTO node VALUES ('host:1', 'runner', ?, ?)", *["2026-03-02T09:00:00.000000Z"] * 2)
    sql(broken, "INSERT INTO node VALUES ('host:2', 'runner', ?, ?)", *["2026-03-02T08:00:00.000000Z"] * 2)

    seen = text(client.get("/jobs?state=incident").text)

    assert "host:1 runner alive" in seen
    assert "host:2 runner silent" in seen
    assert "Failed 1" in seen
    assert "There is no such work." in client.get("/jobs?state=leased").text


def test_what_says_that_a_process_could_not_start_is_closed_with_a_reason(world: World) -> None:
    trouble = errors.Trouble("ENDLESS_LOOP", "gw_pursue", errors.Sentence("It turns for ever."))
    with world.application.database.write() as tx:
        incident = incidents.open_incident(
            world.engine, tx, trouble, process_key="prioritize-opportunity", business_key=KEY
        )
    client = world.client(OPERATIONS)
    page = client.get(f"/incidents/{incident}").text
    assert "The process could not start" in page and "Try again now" not in page

    client.post(f"/incidents/{incident}/dismiss", reason=" ")
    assert only(world).state == "open"
    client.post(f"/incidents/{incident}/dismiss", reason="The drawing was mended.")

    assert (only(world).state, only(world).verdict) == ("resolved", "The drawing was mended.")
    assert "The drawing was mended." in client.get(f"/incidents/{incident}").text
