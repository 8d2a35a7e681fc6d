"""What a refusal says of states, groups and people: their names in the reader's language, never their codes."""

import pytest

from crm import delegations, opportunities
from crm.errors import CrmError
from engine import errors, incidents, instances, states, user_tasks
from tests.webapp.steps import ADMINISTRATOR, MANAGER, REP, begin, identify, review, sql
from tests.webapp.world import START, World
from webapp.failures import sentence_of
from webapp.languages import say, translate


def lost(world: World) -> None:
    with world.application.database.write() as running:
        deal = opportunities.get(running.connection, "OPP-1002")
        opportunities.move(running.connection, deal, "lost", by=REP, at=START, outcome="lost")


def test_a_refused_move_names_the_states_in_chinese(world: World) -> None:
    lost(world)
    manager = world.client(MANAGER)
    manager.post("/language", language="zh-Hans")

    said = manager.post("/records/opportunity/OPP-1002/move", state="won", reason="They came back").text

    assert "不能把 OPP-1002 变为“成功”：它现在是“失败”，只能变为：已评估。" in said


def test_a_task_that_is_finished_and_a_process_that_has_ended_say_so_in_chinese(world: World) -> None:
    instance = begin(world)
    task = world.task("review_pipeline_and_plans")
    instances.cancel(world.engine, instance, ADMINISTRATOR, "wrong customer")

    with pytest.raises(errors.Conflict) as finished:
        user_tasks.claim(world.engine, task, REP)
    with pytest.raises(errors.Conflict) as ended:
        instances.cancel(world.engine, instance, ADMINISTRATOR, "again")

    assert "变为“已取消”" in translate(finished.value.sentence, "zh-Hans")
    assert "其状态为“已取消”" in translate(ended.value.sentence, "zh-Hans")


def test_an_illegal_move_in_the_engine_is_said_in_the_readers_words() -> None:
    with pytest.raises(errors.Conflict) as refused:
        states.move("task", states.TaskState.COMPLETED, states.TaskState.CLAIMED)

    assert str(refused.value) == "Expected to make this task “claimed”, but it is “completed”."
    assert translate(refused.value.sentence, "zh-Hans") == "不能把此任务变为“已领取”，它现在是“已完成”。"


def test_whom_a_task_is_for_is_told_by_the_name_of_the_group(world: World) -> None:
    begin(world)
    task = world.task("review_pipeline_and_plans")
    sql(world, "UPDATE user_task SET assignee = NULL, state = 'open' WHERE id = ?", task)
    sql(world, "DELETE FROM task_candidate WHERE task_id = ?", task)
    for group in ("rep", "mkt"):
        sql(world, "INSERT INTO task_candidate (task_id, kind, name) VALUES (?, 'group', ?)", task, group)

    with pytest.raises(errors.NotAllowed) as refused:
        user_tasks.claim(world.engine, task, ADMINISTRATOR)

    assert "for Marketing, Sales representatives" in str(refused.value)
    assert "市场部、销售代表" in translate(refused.value.sentence, "zh-Hans")


def test_operations_read_the_requesters_chinese_name_when_nobody_may_decide(world: World) -> None:
    sql(world, "UPDATE users SET manager = NULL WHERE login = 'lin.wei'")
    begin(world)
    review(world)
    identify(world)

    with world.application.database.read() as connection:
        (row,) = incidents.listing(connection)

    said = translate(row.sentence, "zh-Hans")
    assert "林薇" in said and "Lin Wei" not in said


def test_a_process_about_nobodys_record_yet_is_told_by_the_name_of_who_began_it(world: World) -> None:
    with world.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        person = say(errors.Sentence("A task is due: %(subject)s.", subject="user:lin.wei"))
        record = say(errors.Sentence("A task is due: %(subject)s.", subject="opportunity:OPP-1001"))
        other = say(errors.Sentence("A task is due: %(subject)s.", subject="Note: see opportunity:OPP-1001"))

    assert (person, record) == ("任务到期：林薇。", "任务到期：OPP-1001。")
    assert other == "任务到期：Note: see opportunity:OPP-1001。"
    assert translate(errors.Sentence("%(key)s", key="opportunity:OPP-1001"), "zh-Hans") == "OPP-1001"


def test_a_form_about_an_older_state_says_in_chinese_who_changed_what(world: World) -> None:
    client = world.client(REP)
    client.post("/language", language="zh-Hans")
    with world.application.database.write() as running:
        deal = opportunities.get(running.connection, "OPP-1002")
        opportunities.change(running.connection, deal, {"need": "More."}, by=MANAGER, at=START)

    with pytest.raises(CrmError) as stale, world.application.database.write() as running:
        opportunities.change(running.connection, deal, {"need": "Less."}, by=REP, at=START)

    with world.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        said = sentence_of(stale.value)
    assert "已由 陈洁 于" in said and "（需求）" in said


def test_a_value_that_a_record_cannot_take_is_refused_in_chinese_without_names_of_columns(world: World) -> None:
    with pytest.raises(CrmError) as refused, world.application.database.write() as running:
        delegations.add(running.connection, REP, REP, START.date(), START.date(), by=REP, at=START)

    with world.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        said = sentence_of(refused.value)
    assert said == "林薇 的代办人 需要另一个人，但得到 林薇。"
