"""What the history of an instance tells of events: undoing, giving up, escalation, conditions, the end of all."""

from __future__ import annotations

from pathlib import Path

from engine import definitions
from tests.webapp.steps import ADMINISTRATOR, OPERATIONS, text
from tests.webapp.world import World

DRAWING = Path(__file__).parent / "given-up.bpmn"
TOLD = (
    "“Over” ended everything that was still open.",
    "The condition of “There is money” came true.",
    "“Report” escalated late.",
    "“Heard” took the escalation up.",
    "“Book the trip” was given up; it goes on at “No trip”.",
    "“Book the hotel” is being undone.",
    "“No seat” gave up the transaction; what was done in it is undone.",
)


def test_events_are_told_in_words_in_both_languages(world: World) -> None:
    definitions.deploy(world.engine, {"bpmn/given-up.bpmn": DRAWING.read_bytes()}, ADMINISTRATOR)
    instance = world.start("given-up", f"user:{OPERATIONS}", OPERATIONS)
    world.complete("hotel", OPERATIONS)
    world.complete("free", OPERATIONS)
    client = world.client(OPERATIONS)

    told = text(client.get(f"/instances/{instance}").text)
    client.post("/language", language="zh-Hans")
    chinese = text(client.get(f"/instances/{instance}").text)

    assert [sentence for sentence in TOLD if sentence not in told] == []
    assert "正在撤消“Book the hotel”。" in chinese and "“Book the trip”已放弃，从“No trip”继续。" in chinese
