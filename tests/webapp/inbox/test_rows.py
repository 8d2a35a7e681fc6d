"""Repeated rows of a form: the empty one at the end asks for one more; a filled one has its number."""

import json
import re

from engine import definitions, inbox
from tests.engine.demo import chain, drawing, end, start, user
from tests.webapp.world import KEY, World

FORM = {
    "type": "default",
    "id": "rows.ask",
    "schemaVersion": 19,
    "components": [
        {
            "type": "dynamiclist",
            "id": "f1",
            "path": "needs",
            "label": "Needs",
            "components": [{"type": "textfield", "id": "f2", "key": "need", "label": "Need"}],
        }
    ],
}
FILES = {
    "bpmn/rows.bpmn": drawing(
        "rows", start() + user("ask", assignee="lin.wei", formRef="rows.ask") + end() + chain("start", "ask", "end")
    ),
    "forms/rows.ask.form": json.dumps(FORM).encode(),
}
LAST = '<span class="new">One more</span><span class="number">%d</span>'


def test_the_row_after_the_last_asks_for_one_more_and_keeps_its_number_for_when_another_follows(world: World) -> None:
    definitions.deploy(world.engine, FILES, None)
    instance = world.start("rows", business_key=KEY)
    with world.engine.database.read() as connection:
        (task,) = inbox.of_instance(connection, instance, world.engine.clock.now())
    client = world.client("lin.wei")

    page = client.get(f"/tasks/{task.id}").text
    begun = client.post(f"/tasks/{task.id}/fields", **{"needs.0.need": "Fewer stops"}).text
    client.post(f"/tasks/{task.id}/draft", **{"needs.0.need": "Fewer stops", "needs.1.need": "Less scrap"})
    drafted = client.get(f"/tasks/{task.id}").text

    def legends(html: str) -> list[str]:
        return [legend.strip() for legend in re.findall(r'<legend class="soft">(.*?)</legend>', html, re.S)]

    assert legends(page) == [LAST % 1]
    assert legends(begun) == [LAST % 2]
    assert legends(drafted) == ["1", "2", LAST % 3]
