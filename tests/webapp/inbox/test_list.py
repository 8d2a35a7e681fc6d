"""The list of tasks: whose, in which order, how it is searched and polled, and who sees nothing of it."""

import re
from datetime import timedelta

import pytest

from crm import delegations
from engine import worker
from tests.webapp import steps
from tests.webapp.world import KEY, START, World


@pytest.fixture
def busy(world: World) -> World:
    """Both deals are at their first task, the larger one started first."""
    for key in (KEY, "opportunity:OPP-1002"):
        world.start(business_key=key)
    worker.run_due(world.engine)
    return world


def about(page: str) -> list[str]:
    return re.findall(r'class="under code">([^<]+)<', page)


def test_a_row_shows_task_record_customer_process_and_due_time(busy: World) -> None:
    page = busy.client("lin.wei").get("/inbox").text

    assert about(page) == ["OPP-1001", "OPP-1002"]
    for part in (
        "Review Individual Pipeline &amp; Key Customer Plans",
        "Rolling mill",
        "Prioritize Opportunity",
        "in 2 days",
    ):
        assert part in page


def test_names_from_the_records_are_text_and_never_markup(busy: World) -> None:
    page = busy.client("lin.wei").get("/inbox").text

    assert "Acme &lt;b&gt;Steel&lt;/b&gt;" in page
    assert "<b>Steel" not in page


def test_processes_and_steps_are_named_in_the_readers_language(busy: World) -> None:
    client = busy.client("lin.wei")
    client.post("/language", language="zh-Hans")

    page = client.get("/inbox").text

    assert "查看个人管道与大客户计划" in page
    assert "商机优先级排定" in page


def test_other_reps_see_nothing_of_it(busy: World) -> None:
    client = busy.client("zhao.min")

    assert about(client.get("/inbox").text) == []
    assert about(client.get("/inbox?scope=groups").text) == []
    assert about(client.get("/inbox?scope=all").text) == []


def test_operations_see_all_open_tasks(busy: World) -> None:
    page = busy.client("olga.ops").get("/inbox?scope=all").text

    assert set(about(page)) == {"OPP-1001", "OPP-1002"}
    assert "Lin Wei" in page


def test_overdue_tasks_come_first_and_can_be_shown_alone(busy: World) -> None:
    busy.clock.advance(timedelta(days=1, hours=1))
    third = busy.start(business_key="opportunity:OPP-1001")
    assert third
    busy.clock.advance(timedelta(days=1, hours=1))
    worker.run_due(busy.engine)
    client = busy.client("lin.wei")

    page = client.get("/inbox").text

    assert re.findall(r'<tr [^>]*?( class="late")?>', page) == [' class="late"', ' class="late"', ""]
    assert len(about(client.get("/inbox?late=1").text)) == 2


@pytest.mark.parametrize("text", ["spare", "OPP-1002", "SPARE parts"])
def test_the_list_can_be_searched(busy: World, text: str) -> None:
    assert about(busy.client("lin.wei").get(f"/inbox?text={text}").text) == ["OPP-1002"]


@pytest.mark.parametrize("text", ["%", "' OR 1=1 --", "<script>", "x" * 500])
def test_a_strange_search_finds_nothing_and_harms_nothing(busy: World, text: str) -> None:
    page = busy.client("lin.wei").client.get("/inbox", query_string={"text": text})

    assert page.status_code == 200
    assert "<script>alert" not in page.text and "<script>x" not in page.text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=" + "9" * 20, "page=" + "9" * 5000, "scope=theirs", "late=maybe"],
)
def test_an_address_that_makes_no_sense_shows_the_plain_list(busy: World, query: str) -> None:
    assert busy.client("lin.wei").get(f"/inbox?{query}").status_code == 200


def test_polling_answers_304_until_something_changes(busy: World) -> None:
    client = busy.client("lin.wei")
    tag = re.search(r"data-poll-tag=\"([^\"]+)\"", client.get("/inbox").text)[1].replace("&#34;", '"')  # type: ignore[index]

    assert client.get("/inbox/rows", If_None_Match=tag).status_code == 304
    busy.start()
    worker.run_due(busy.engine)
    changed = client.get("/inbox/rows", If_None_Match=tag)

    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert len(about(changed.text)) == 3
    assert "<html" not in changed.text


def test_the_list_of_another_language_is_another_list(busy: World) -> None:
    client = busy.client("lin.wei")
    english = client.get("/inbox/rows").headers["ETag"]

    client.post("/language", language="zh-Hans")

    assert client.get("/inbox/rows", If_None_Match=english).status_code == 200


def test_a_substitute_sees_the_tasks_of_who_is_away(busy: World) -> None:
    with busy.application.database.write() as tx:
        today = START.date()
        delegations.add(tx.connection, "lin.wei", "zhao.min", today, today, by="test", at=START)

    assert len(about(busy.client("zhao.min").get("/inbox").text)) == 2


def test_a_long_list_comes_in_pages(world: World) -> None:
    for _ in range(51):
        world.start()
    worker.run_due(world.engine)
    client = world.client("lin.wei")

    first, second = client.get("/inbox").text, client.get("/inbox?page=2").text

    assert (len(about(first)), len(about(second))) == (50, 1)
    assert 'href="/inbox?scope=mine&amp;page=2"' in first


def test_a_manager_sees_and_hands_over_the_tasks_of_the_people_below(busy: World) -> None:
    manager = busy.client("chen.jie")

    page = manager.get("/inbox?scope=team").text

    assert about(page) == ["OPP-1001", "OPP-1002"]
    task = busy.task("review_pipeline_and_plans")
    assert manager.post(f"/tasks/{task}/reassign", to="zhao.min").status_code == 302
    assert about(busy.client("zhao.min").get("/inbox").text) == ["OPP-1002"]
    assert about(manager.get("/inbox?scope=team").text) == ["OPP-1001", "OPP-1002"]
    assert "Give back" not in manager.get(f"/tasks/{task}").text


def test_a_rep_has_no_team_list(busy: World) -> None:
    page = busy.client("zhao.min").get("/inbox?scope=team").text

    assert "My team" not in page
    assert about(page) == []


def test_the_team_list_is_polled_by_its_own_state(busy: World) -> None:
    manager = busy.client("chen.jie")
    tag = manager.get("/inbox/rows?scope=team").headers["ETag"]
    assert manager.get("/inbox/rows?scope=team", If_None_Match=tag).status_code == 304

    busy.complete("review_pipeline_and_plans", "lin.wei", capacity_ok=True, plan_alignment="no_plan",
                  pursue_decision="pursue", pursue_rationale="Fits.")  # fmt: skip

    assert manager.get("/inbox/rows?scope=team", If_None_Match=tag).status_code == 200


def test_an_approval_says_who_asks_for_it(world: World) -> None:
    steps.begin(world)
    steps.review(world)
    steps.identify(world)

    assert "asked by Lin Wei" in world.client("chen.jie").get("/inbox").text
    assert "asked by" not in world.client("lin.wei").get("/inbox").text
