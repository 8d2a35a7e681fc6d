"""Opportunities: the list within the reader's scope, the page of one, and what can be started from it."""

import re

import pytest
from sqlalchemy import event as from_sqlalchemy

from crm import accounts, opportunities, records
from tests.webapp.steps import (
    ANALYST,
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
    sql,
    text,
    undeploy,
)
from tests.webapp.world import START, World

DROPPED = {
    "capacity_ok": True,
    "plan_alignment": "in_plan",
    "pursue_decision": "no",
    "pursue_rationale": "No fit.",
    "not_pursued_reason": "Q01",
}


def listed(html: str) -> list[str]:
    return re.findall(r'<span class="under code">(OPP-\d+)</span>', html)


def test_a_rep_sees_own_opportunities_and_a_colleague_none(world: World) -> None:
    assert listed(world.client(REP).get("/opportunities").text) == ["OPP-1002", "OPP-1001"]
    assert listed(world.client(OTHER_REP).get("/opportunities").text) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("text=mill", ["OPP-1001"]),
        ("text=OPP-1002", ["OPP-1002"]),
        ("text=acme", ["OPP-1002", "OPP-1001"]),
        ("status=active", []),
        ("status=assessed", ["OPP-1002", "OPP-1001"]),
        ("owner=zhao.min", []),
        ("order=amount", ["OPP-1001", "OPP-1002"]),
        ("order=rubbish&status=rubbish&page=rubbish", ["OPP-1002", "OPP-1001"]),
    ],
)
def test_the_list_is_filtered_and_ordered(world: World, query: str, expected: list[str]) -> None:
    assert listed(world.client(REP).get(f"/opportunities?{query}").text) == expected


def test_the_statuses_are_counted_within_the_scope(world: World) -> None:
    begin(world, "OPP-1002")
    defer(world)

    seen = text(world.client(REP).get("/opportunities").text)

    assert "All 2" in seen
    assert "Assessed 1" in seen
    assert "Put off 1" in seen
    assert "All 0" in text(world.client(OTHER_REP).get("/opportunities").text)


def test_a_long_list_comes_in_pages(world: World) -> None:
    with world.application.database.write() as tx:
        customer = accounts.get(tx.connection, "ACC-0001")
        for number in records.numbers(tx.connection, "opportunity", 60):
            opportunities.create(
                tx.connection, f"Deal {number}", customer.id, REP, by=REP, at=START, source="fair",
                sales_mode="complex", number=number,
            )  # fmt: skip
    client = world.client(REP)

    first, second = client.get("/opportunities").text, client.get("/opportunities?page=2").text

    assert (len(listed(first)), len(listed(second))) == (50, 12)
    assert "Page 1 of 2" in first
    assert not set(listed(first)) & set(listed(second))


def test_the_page_tells_stage_facts_work_and_history(world: World) -> None:
    begin(world)
    review(world)
    identify(world)

    seen = text(world.client(REP).get("/opportunities/OPP-1001").text)

    for part in (
        "Rolling mill OPP-1001 Assessed",
        "Amount 800,000 CNY",
        "Segment Contested",
        "Priority high",
        "Score 73.75",
        "Review Opportunity Priority",
        "Prioritize Opportunity version 1",
        "Priority level 1 open",
        "Lin Wei finished “Identify Opportunity Priority”.",
    ):
        assert part in seen, part


def test_the_stage_bar_follows_the_opportunity_into_the_pipeline(world: World) -> None:
    client = world.client(REP)
    begin(world)
    before = client.get("/opportunities/OPP-1001").text
    review(world)
    identify(world)
    approve(world)

    after = client.get("/opportunities/OPP-1001").text

    assert re.search(r'aria-current="step">Assessed', before)
    assert re.search(r'aria-current="step">Prioritised', after)
    assert "In the pipeline" in after


@pytest.mark.parametrize("login", [OTHER_REP, EXPERT])
def test_an_opportunity_outside_the_scope_is_not_found(world: World, login: str) -> None:
    assert world.client(login).get("/opportunities/OPP-1001").status_code == 404


def test_an_opportunity_that_is_not_there_is_not_found_for_anybody(world: World) -> None:
    for login in (REP, OPERATIONS):
        assert world.client(login).get("/opportunities/OPP-9999").status_code == 404


def test_an_analyst_sees_no_personal_data_and_no_credit_data(world: World) -> None:
    sql(world, "UPDATE opportunity SET next_step = 'Call Mrs Sun', r_credit = 2 WHERE number = 'OPP-1001'")

    analyst, owner = (
        text(world.client(login).get("/opportunities/OPP-1001").text) for login in (ANALYST, REP)
    )

    assert "Call Mrs Sun" in owner
    assert "Credit standing 2 of 5" in owner
    assert "Call Mrs Sun" not in analyst
    assert "Credit standing" not in analyst


def test_starting_from_the_page_leads_to_the_reps_task(world: World) -> None:
    client = world.client(REP)
    assert "Prioritize Opportunity" in client.get("/opportunities/OPP-1001").text

    answer = client.post("/opportunities/OPP-1001/start", key="prioritize-opportunity")

    task = world.task("review_pipeline_and_plans")
    assert answer.headers["Location"] == f"/tasks/{task}"


def test_the_process_that_takes_an_opportunity_further_stands_out(world: World) -> None:
    page = world.client(REP).get("/opportunities/OPP-1001").text
    offered = page.partition("Start from here")[2].partition("</section>")[0]

    first, *others = re.findall(r"<button([^>]*)>([^<]+)</button>", offered)

    assert first == (' class="main"', "Prioritize Opportunity")
    assert others and {attributes for attributes, _ in others} == {""}


def test_what_follows_is_told_as_such_or_with_what_it_waits_for(world: World) -> None:
    begin(world)
    world.complete("review_pipeline_and_plans", REP, **DROPPED)
    client = world.client(REP)

    deployed = client.get("/opportunities/OPP-1001").text
    undeploy(world, "close-opportunity")

    assert "The process Close Opportunity begins next." in deployed
    assert "Waits until the process Close Opportunity is deployed." in client.get("/opportunities/OPP-1001").text


def test_a_won_opportunity_has_every_stage_behind_it(world: World) -> None:
    with world.application.database.write() as transaction:
        deal = opportunities.get(transaction.connection, "OPP-1001")
        for state in ("active", "won"):
            deal = opportunities.move(
                transaction.connection, deal, state, by=REP, at=START, stage="complex.plan_and_solution"
            )

    bar = world.client(REP).get("/opportunities/OPP-1001").text.split('<ol class="stages"')[1].split("</ol>")[0]

    assert bar.count('<li class="past">') == 7 and "aria-current" not in bar


def test_what_runs_already_or_does_not_fit_cannot_be_started(world: World) -> None:
    client = world.client(REP)
    begin(world)

    again = client.post("/opportunities/OPP-1001/start", key="prioritize-opportunity")
    unfit = client.post("/opportunities/OPP-1002/start", key="manage-pended-opportunity")
    unknown = client.post("/opportunities/OPP-1002/start", key="no-such-process")

    assert [one.status_code for one in (again, unfit, unknown)] == [409, 409, 409]
    assert "may start on OPP-1001 now" in again.text


def test_only_who_may_start_is_offered_it(world: World) -> None:
    offer = 'name="key" value="prioritize-opportunity"'

    assert offer in world.client(MANAGER).get("/opportunities/OPP-1001").text
    assert offer not in world.client(OPERATIONS).get("/opportunities/OPP-1001").text
    assert world.client(OPERATIONS).post(
        "/opportunities/OPP-1001/start", key="prioritize-opportunity"
    ).status_code == 409  # fmt: skip


def test_an_opportunity_put_off_can_be_taken_up_again_by_a_message(world: World) -> None:
    begin(world, "OPP-1002")
    defer(world)
    client = world.client(REP)
    seen = client.get("/opportunities/OPP-1002").text
    assert "The customer is interested again" in seen
    assert "Manage Pended Opportunity</button>" not in seen

    client.post("/opportunities/OPP-1002/tell", message="customer.reengaged")

    assert world.task("ask_resume")
    assert "The customer is interested again" not in client.get("/opportunities/OPP-1002").text


def test_a_message_that_nobody_awaits_is_refused(world: World) -> None:
    client = world.client(REP)

    assert client.post("/opportunities/OPP-1001/tell", message="customer.reengaged").status_code == 409
    assert client.post("/opportunities/OPP-1001/tell", message="anything").status_code == 409


def test_withdrawing_ends_the_running_process(world: World) -> None:
    begin(world)
    client = world.client(REP)

    client.post("/opportunities/OPP-1001/tell", message="record_withdrawn")

    seen = text(client.get("/opportunities/OPP-1001").text)
    assert "No task is open." in seen
    assert "finished" in seen


def test_the_page_is_chinese_for_a_chinese_reader(world: World) -> None:
    client = world.client(REP)
    client.post("/language", language="zh-Hans")

    seen = text(client.get("/opportunities/OPP-1001").text)

    assert "已评估" in seen
    assert "赢率" in seen
    assert "商机优先级排定" in seen


def test_the_number_of_queries_does_not_grow_with_the_list(world: World) -> None:
    client = world.client(REP)
    few = queries(world, lambda: client.get("/opportunities"))
    with world.application.database.write() as tx:
        customer = accounts.get(tx.connection, "ACC-0001")
        for _ in range(40):
            opportunities.create(
                tx.connection, "Another", customer.id, REP, by=REP, at=START, source="fair", sales_mode="complex"
            )

    assert queries(world, lambda: client.get("/opportunities")) == few


def queries(world: World, call: object) -> int:
    """How many statements the database was sent during a call."""
    count = 0

    def counted(*_arguments: object) -> None:
        nonlocal count
        count += 1

    from_sqlalchemy.listen(world.application.database.engine, "before_cursor_execute", counted)
    try:
        call()  # type: ignore[operator]
    finally:
        from_sqlalchemy.remove(world.application.database.engine, "before_cursor_execute", counted)
    return count
