"""A sales call from the wish for it to its last follow-up, on the pages that a rep fills: Chinese, no script."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from crm import accounts, contacts
from engine import worker
from tests.webapp.world import START, Client, World

SCHEDULED = datetime(2026, 3, 3, 2, 0, tzinfo=START.tzinfo)  # 10:00 in Shanghai
ENGLISH = re.compile(r"<(?:h2|dt|th|legend|label)[^>]*>\s*([^<]*[A-Za-z]{4,}[^<]*?)\s*<")


@pytest.fixture
def customer(world: World) -> str:
    """The business key of a customer with a contact."""
    with world.application.database.write() as transaction:
        connection = transaction.connection
        account = accounts.get(connection, "ACC-0001")
        contacts.create(connection, account.id, "Wu Fang", by="lin.wei", at=START, phone="+86 21 5555 0100")
    return f"account:{account.number}"


def in_chinese(world: World) -> Client:
    """The browser of the rep."""
    client = world.client("lin.wei", Accept_Language="zh-CN")
    client.post("/language", language="zh-Hans", next="/inbox")
    return client


def page_of(world: World, client: Client, element: str) -> str:
    page = client.get(f"/tasks/{world.task(element)}")
    assert page.status_code == 200, (element, page.text)
    return page.text


def fill(world: World, client: Client, element: str, *shown: str, **answers: Any) -> None:
    """Looks at the page of a task, with what must be on it in Chinese, and sends its form."""
    page = page_of(world, client, element)
    for text in shown:
        assert text in page, (element, text)
    assert [found for found in ENGLISH.findall(page) if "Acme" not in found] == [], element
    version = re.search(r'name="_version" value="(\d+)"', page)
    answer = client.post(f"/tasks/{world.task(element)}/complete", _version=version[1] if version else "", **answers)
    assert answer.status_code == 302, (element, re.findall(r'class="error"[^>]*>([^<]*)', answer.text))
    worker.run_due(world.engine)


def test_a_whole_call_is_worked_on_its_pages(world: World, customer: str) -> None:
    world.start("area-sales-call", customer)
    worker.run_due(world.engine)
    rep = in_chinese(world)

    fill(
        world, rep, "choose_purpose", "客户", "Wu Fang", "+86 21 5555 0100",
        purpose="discovery", customer_reason="线停得太多", contacts=["contact:CON-0001"], channel="visit",
        duration_min="60", **{"proposed_times.0.time": "2026-03-03T10:00"},
    )  # fmt: skip
    fill(world, rep, "record_answer", "建议时间", answer="confirmed", agreed_time="2026-03-03T10:00")
    fill(
        world, rep, "set_objectives", "拜访简报",
        primary_objective="试用日期", minimum_outcome="决策人姓名", **{"learn_goals.0.goal": "如何决策"},
    )  # fmt: skip
    fill(
        world, rep, "prepare_conversation",
        **{"questions.0.type": "problem", "questions.0.text": "多久停一次", "value_messages.0.message": "减半"},
    )  # fmt: skip
    agenda = {"agenda.0.topic": "产线", "agenda.0.minutes": "40", "agenda.0.lead": "lin.wei"}
    fill(world, rep, "define_agenda", "试用日期", "多久停一次", agenda_approved="true", **agenda)
    world.clock.set(SCHEDULED - timedelta(minutes=15))
    worker.run_due(world.engine)
    rep = in_chinese(world)  # the session of yesterday has ended
    fill(
        world, rep, "confirm_attendance", "Wu Fang",
        present=["CON-0001", "lin.wei"], key_person_present="true", actual_start="2026-03-03T09:55",
        continue_call="continue",
    )  # fmt: skip
    fill(
        world, rep, "open_conversation", "产线",
        purpose_stated="true", value_for_customer="少停线", time_confirmed="true", agenda_answer="accepted",
    )  # fmt: skip
    fill(world, rep, "explore_needs", "减半", **{"needs.0.need": "少停线", "needs.0.priority": "5"})
    fill(world, rep, "qualify_on_call", decision_maker="吴芳")
    fill(world, rep, "present_value", "少停线", interest="4")
    topic = re.search(r'name="topics_covered"[^>]*value="(\d+)"', page_of(world, rep, "handle_concerns"))
    assert topic is not None
    fill(world, rep, "handle_concerns", topics_covered=[topic[1]], time_left="true")
    fill(world, rep, "summarise", "吴芳", customer_confirms="true", **{"agreed_points.0.point": "停线成本高"})
    fill(world, rep, "ask_commitment", "约见决策人", asked="试用日期", commitment="full")
    step = {"next_steps.0.action": "寄方案", "next_steps.0.side": "us", "next_steps.0.due": "2026-03-06"}
    fill(world, rep, "agree_next_steps", next_call_wanted="false", **step)
    fill(
        world, rep, "complete_report", "停线成本高", "寄方案",
        objective_result="met", summary="愿意试用", new_opportunity="false",
    )  # fmt: skip
    fill(world, rep, "send_summary", "寄方案", message="谢谢")
    fill(world, rep, "do_follow_ups", "寄方案", result="done")
    fill(world, rep, "check_customer_side", "已完成")

    page = rep.get("/records/sales_call/CALL-0001")
    assert page.status_code == 200, page.text
    for text in ("已关闭", "愿意试用", "推进", "寄方案", "少停线"):
        assert text in page.text, text
