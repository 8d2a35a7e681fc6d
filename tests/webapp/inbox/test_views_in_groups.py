"""What a form shows beside its questions stands where the form has it, within a group too."""

import json

from engine import definitions
from tests.engine.demo import chain, drawing, end, start, user
from tests.webapp.world import KEY, World

FORM = {
    "type": "default",
    "id": "look.ask",
    "schemaVersion": 19,
    "components": [
        {
            "type": "group",
            "id": "g",
            "label": "Money",
            "components": [
                {"type": "text", "id": "v", "text": "Pipeline", "properties": {"view": "pipeline"}},
                {"type": "textfield", "id": "f", "key": "why", "label": "Why"},
            ],
        }
    ],
}
FILES = {
    "bpmn/look.bpmn": drawing(
        "look", start() + user("ask", assignee="lin.wei", formRef="look.ask") + end() + chain("start", "ask", "end")
    ),
    "forms/look.ask.form": json.dumps(FORM).encode(),
}


def test_a_view_within_a_group_is_shown_before_the_question_that_follows_it(world: World) -> None:
    definitions.deploy(world.engine, FILES, "ana.lyst")
    world.start("look", KEY)

    html = world.client("lin.wei").get(f"/tasks/{world.task('ask')}").text

    assert html.index("Money") < html.index("Own pipeline") < html.index('name="why"')
