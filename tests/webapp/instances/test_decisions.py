"""What the page of an instance tells of a decision that gave null: why, in the reader's language."""

from __future__ import annotations

from html import escape, unescape

import pytest

from engine import definitions
from tests.engine.demo import chain, drawing, end, start, user
from tests.webapp.steps import ADMINISTRATOR, OPERATIONS
from tests.webapp.world import World

ASK = '<businessRuleTask id="ask" camunda:decisionRef="d" camunda:resultVariable="found"/>'
DRAWING = drawing("asked", start() + ASK + user("see") + end() + chain("start", "ask", "see", "end"))
DECISION = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="file" name="d" namespace="urn:d">
<decision id="d" name="d"><literalExpression><text>{}</text></literalExpression></decision></definitions>"""
REASONS = {
    '"a" + 1': ("A string and a number cannot be added.", "文本与数字不能相加。"),
    'matches("a", "(")': (
        "'(' is not a pattern that can be used: a bracket '(' is not closed.",
        "“(”不是可用的模式：括号“(”没有闭合。",
    ),
    "abs(date(2026, 1, 1))": (
        "abs() expects a number or a duration, but got a date.",
        "abs() 需要数字或时长，但得到日期。",
    ),
    'substring(1, "b")': (
        "substring() expects a string as 'string', but got a number.",
        "substring() 的“string”应为文本，但得到数字。",
    ),
}


@pytest.mark.parametrize("expression", REASONS)
def test_the_reason_of_a_null_is_told_in_the_readers_language(world: World, expression: str) -> None:
    english, chinese = REASONS[expression]
    files = {"bpmn/asked.bpmn": DRAWING, "dmn/d.dmn": DECISION.format(escape(expression)).encode()}
    definitions.deploy(world.engine, files, ADMINISTRATOR)
    instance = world.start("asked", f"user:{OPERATIONS}", OPERATIONS)
    client = world.client(OPERATIONS)

    assert english in unescape(client.get(f"/instances/{instance}").text)
    client.post("/language", language="zh-Hans")
    assert chinese in unescape(client.get(f"/instances/{instance}").text)
