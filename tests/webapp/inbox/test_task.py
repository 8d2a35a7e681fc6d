"""The page of a task and its verbs, on the real process: from the first review to the manager's decision."""

import re
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from crm import delegations, opportunities
from engine import notices, user_tasks, worker
from tests.webapp.world import START, Client, World

REVIEW = {
    "capacity_ok": "true",
    "plan_alignment": "no_plan",
    "pursue_decision": "pursue",
    "pursue_rationale": "Fits <i>well</i>",
}
RATINGS = dict.fromkeys(
    ("r_revenue", "r_credit", "r_willingness", "r_target_client", "r_prior_business", "r_relationship"), "4"
)


@pytest.fixture
def started(world: World) -> World:
    """The deal for 800,000 waits for its first review."""
    world.start()
    worker.run_due(world.engine)
    return world


def send(world: World, client: Client, element: str, **answers: Any) -> TestResponse:
    """Fills and sends the form of an open task, as a page does."""
    task = world.task(element)
    version = re.search(r'name="_version" value="(\d+)"', client.get(f"/tasks/{task}").text)
    answer = client.post(f"/tasks/{task}/complete", _version=version[1] if version else "", **answers)
    worker.run_due(world.engine)
    return answer


def to_approval(world: World) -> Client:
    """Takes the deal to the manager; gives the manager's browser."""
    rep = world.client("lin.wei")
    assert send(world, rep, "review_pipeline_and_plans", **REVIEW).status_code == 302
    answers = {**RATINGS, "priority": "high", "override_reason": "A reference customer"}
    assert send(world, rep, "identify_priority", **answers).status_code == 302
    return world.client("chen.jie")


def test_the_page_shows_form_record_reasons_and_what_may_follow(started: World) -> None:
    page = started.client("lin.wei").get(f"/tasks/{started.task('review_pipeline_and_plans')}").text

    for part in ("The opportunity", "Own pipeline", "Target of the quarter", "800,000", "Do you have room",
                 "Pursuit already decided in Lead Management?", "Record Decision to Pursue Opportunity",
                 "Defer Opportunity", "High-performing practice",
                 'data-element-id="review_pipeline_and_plans"'):  # fmt: skip
        assert part in page, part
    assert "style=" not in page


def test_completing_moves_the_process_and_opens_the_next_task_of_the_same_person(started: World) -> None:
    answer = send(started, started.client("lin.wei"), "review_pipeline_and_plans", **REVIEW)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/tasks/{started.task('identify_priority')}"


def test_wrong_answers_come_back_with_sentences_links_and_what_was_typed(started: World) -> None:
    client = started.client("lin.wei")

    answer = send(started, client, "review_pipeline_and_plans", pursue_decision="maybe", pursue_rationale="Kept")

    assert answer.status_code == 422
    assert 'href="#f-pursue_decision"' in answer.text
    assert "Expected one of the options, but got &#39;maybe&#39;." in answer.text
    assert "This must be answered." not in answer.text
    assert ">Kept</textarea>" in answer.text
    assert started.task("review_pipeline_and_plans")


def test_sentences_of_a_refused_form_are_chinese_for_a_chinese_reader(started: World) -> None:
    client = started.client("lin.wei")
    client.post("/language", language="zh-Hans")

    answer = send(started, client, "review_pipeline_and_plans")

    assert "请选择一项。" in answer.text
    assert "必须填写。" in answer.text


def test_a_form_of_a_finished_task_says_who_and_when_and_keeps_what_was_typed(started: World) -> None:
    client = started.client("lin.wei")
    task = started.task("review_pipeline_and_plans")
    user_tasks.complete(started.engine, task, "lin.wei", REVIEW)

    answer = client.post(f"/tasks/{task}/complete", **{**REVIEW, "pursue_rationale": "My long text"})

    assert answer.status_code == 409
    assert "Lin Wei already made it completed at Mar 2, 2026, 5:00:00\u202fPM" in answer.text  # in Shanghai
    assert "My long text" in answer.text
    assert "There is no plan" in answer.text and "no_plan" not in answer.text


def test_a_finished_task_is_told_in_chinese_without_codes(started: World) -> None:
    client = started.client("lin.wei", Accept_Language="zh-CN")
    client.post("/language", language="zh-Hans")
    task = started.task("review_pipeline_and_plans")
    user_tasks.complete(started.engine, task, "lin.wei", REVIEW)

    answer = client.post(f"/tasks/{task}/complete", **REVIEW)

    assert "变为“已完成”" in answer.text


def test_a_task_that_changed_hands_meanwhile_is_shown_anew_with_what_was_typed(started: World) -> None:
    client = started.client("lin.wei")
    task = started.task("review_pipeline_and_plans")
    user_tasks.reassign(started.engine, task, "olga.ops", "lin.wei")

    answer = client.post(f"/tasks/{task}/complete", _version="1", **REVIEW)

    assert answer.status_code == 409
    assert "it was changed since" in answer.text
    assert "Fits &lt;i&gt;well&lt;/i&gt;</textarea>" in answer.text


def test_a_draft_survives_and_is_not_checked(started: World) -> None:
    client = started.client("lin.wei")
    task = started.task("review_pipeline_and_plans")

    saved = client.post(f"/tasks/{task}/draft", pursue_rationale="half a sent", pursue_decision="no")
    page = started.client("lin.wei").get(f"/tasks/{task}").text

    assert saved.json == {"saved": True}
    assert ">half a sent</textarea>" in page
    assert "not_pursued_reason" in page


def test_nobody_else_saves_a_draft_or_completes(started: World) -> None:
    client = started.client("zhao.min")
    task = started.task("review_pipeline_and_plans")

    for verb in ("draft", "complete", "claim", "release", "fields"):
        assert client.post(f"/tasks/{task}/{verb}", **REVIEW).status_code in (403, 404), verb
    assert client.get(f"/tasks/{task}").status_code == 404


def test_answers_that_show_another_field_bring_only_that_field(started: World) -> None:
    client = started.client("lin.wei")
    task = started.task("review_pipeline_and_plans")

    shown = client.post(f"/tasks/{task}/fields", pursue_decision="no", pursue_rationale="text").text
    again = client.post(f"/tasks/{task}/fields", pursue_decision="no", not_pursued_reason="Q01").text
    hidden = client.post(f"/tasks/{task}/fields", pursue_decision="pursue", not_pursued_reason="Q01").text

    assert 'name="not_pursued_reason"' in shown
    assert "pursue_rationale" not in shown
    assert 'name="not_pursued_reason"' not in again
    assert re.search(r'id="part-f-not_pursued_reason" hx-swap-oob="true" hidden', hidden)


def test_the_manager_sees_everything_needed_and_approves(started: World) -> None:
    manager = to_approval(started)
    page = manager.get(f"/tasks/{started.task('review_priority')}").text

    for part in ("What is asked", "Asked by", "Lin Wei", "Ratings and priority", "Potential revenue",
                 "Comparable deals",
                 "A reference customer", "Classify Opportunity"):  # fmt: skip
        assert part in page, part
    assert not re.search(r'name="decision" value="\w+" checked', page)

    answer = send(started, manager, "review_priority", decision="approve")

    assert answer.headers["Location"] == "/inbox"
    with started.application.database.read() as connection:
        assert opportunities.get(connection, "OPP-1001").status == "active"


def test_a_refusal_needs_a_comment_which_the_rep_reads(started: World) -> None:
    manager = to_approval(started)

    silent = send(started, manager, "review_priority", decision="reject", return_to="priority")
    spoken = send(started, manager, "review_priority", decision="reject", return_to="priority", comment="Too bold")

    assert silent.status_code == 422
    assert 'href="#f-comment"' in silent.text
    assert spoken.status_code == 302
    page = started.client("lin.wei").get(f"/tasks/{started.task('identify_priority')}").text
    assert page.count("Too bold") >= 2


def test_nobody_decides_his_own_request_and_the_requester_may_look(started: World) -> None:
    to_approval(started)
    task = started.task("review_priority")
    rep = started.client("lin.wei")

    page = rep.get(f"/tasks/{task}")

    assert page.status_code == 200
    assert "four eyes" in page.text
    assert 'id="task-form"' not in page.text
    assert rep.post(f"/tasks/{task}/complete", decision="approve").status_code == 403


def test_a_substitute_is_told_for_whom_and_both_names_stay(started: World) -> None:
    with started.application.database.write() as tx:
        today = START.date()
        delegations.add(tx.connection, "lin.wei", "zhao.min", today, today, by="test", at=START)
    client = started.client("zhao.min")
    task = started.task("review_pipeline_and_plans")

    page = client.get(f"/tasks/{task}").text
    send(started, client, "review_pipeline_and_plans", **REVIEW)
    done = started.client("lin.wei").get(f"/tasks/{started.task('identify_priority')}").text

    assert "You act for Lin Wei." in page
    assert "Zhao Min for Lin Wei" in re.sub(r"\s+", " ", done)


def test_operations_hand_a_task_over_and_the_first_owner_loses_it(started: World) -> None:
    task = started.task("review_pipeline_and_plans")

    assert started.client("olga.ops").post(f"/tasks/{task}/reassign", to="zhao.min").status_code == 302

    assert 'id="task-form"' in started.client("zhao.min").get(f"/tasks/{task}").text
    assert 'id="task-form"' not in started.client("lin.wei").get(f"/tasks/{task}").text


def test_a_task_is_not_handed_to_somebody_who_could_never_open_it(started: World) -> None:
    task, client = started.task("review_pipeline_and_plans"), started.client("olga.ops")

    answer = client.post(f"/tasks/{task}/reassign", to="ana.lyst")

    assert answer.status_code == 403
    assert "Expected somebody who works tasks, but Ana Lyst" in answer.text
    assert 'value="ana.lyst"' not in client.get(f"/tasks/{task}").text
    assert 'id="task-form"' in started.client("lin.wei").get(f"/tasks/{task}").text


def test_an_approval_is_handed_to_managers_only(started: World) -> None:
    to_approval(started)
    task, client = started.task("review_priority"), started.client("olga.ops")

    refused = [client.post(f"/tasks/{task}/{verb}", to="zhao.min") for verb in ("reassign", "approver")]
    handed = client.post(f"/tasks/{task}/reassign", to="wang.tao")

    assert [answer.status_code for answer in refused] == [403, 403]
    assert "Expected a manager to decide, but Zhao Min is none" in refused[0].text
    assert handed.status_code == 302


def test_handing_over_to_nobody_is_refused_in_words(started: World) -> None:
    task = started.task("review_pipeline_and_plans")

    answer = started.client("olga.ops").post(f"/tasks/{task}/reassign", to="gone.by")

    assert answer.status_code == 404
    assert "Expected an active user gone.by" in answer.text


def test_a_finished_task_tells_who_finished_it(started: World) -> None:
    task = started.task("review_pipeline_and_plans")
    client = started.client("lin.wei")
    send(started, client, "review_pipeline_and_plans", **REVIEW)
    started.clock.advance(timedelta(hours=1))

    page = client.get(f"/tasks/{task}").text

    assert "Lin Wei finished this task" in page
    assert 'id="task-form"' not in page


def test_the_link_of_a_notice_leads_to_the_task(started: World) -> None:
    manager = to_approval(started)
    with started.application.database.read() as connection:
        (notice,) = notices.for_user(connection, "chen.jie")

    assert manager.get(notice.link).status_code == 200


def test_panels_speak_chinese_and_name_people(started: World) -> None:
    manager = to_approval(started)
    manager.post("/language", language="zh-Hans")

    page = manager.get(f"/tasks/{started.task('review_priority')}").text

    for part in ("评分与优先级", "潜在收入", "竞争胶着", "林薇"):
        assert part in page, part
    assert ">lin.wei<" not in page


def test_panels_are_for_those_concerned_not_for_every_reader_of_the_record(started: World) -> None:
    manager = to_approval(started)
    address = f"/tasks/{started.task('review_priority')}"

    reader = started.client("olga.ops").get(address)

    assert "Ratings and priority" in manager.get(address).text
    assert reader.status_code == 200 and "Ratings and priority" not in reader.text
