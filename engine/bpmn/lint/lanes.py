"""A lane's id names the group whose work lies in it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.extensions import lanes
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import children, identity, text_of
from engine.errors import Finding

RULE = "lanes"


def check(sheet: Sheet) -> Iterator[Finding]:
    for lane in lanes(sheet.process):
        if not identity(lane).startswith("lane_"):
            yield sheet.warning(
                RULE,
                lane,
                "Expected a lane id such as lane_rep, but it is %(id)s, so its group is called %(id)s.",
                "Rename the id to lane_ and the group's name.",
                id=identity(lane),
            )
        for reference in children(lane, "flowNodeRef"):
            if text_of(reference) not in sheet.by_id:
                yield sheet.error(
                    RULE,
                    lane,
                    "Expected the lane to hold steps of the drawing, but %(name)s does not exist.",
                    "Remove the reference; editors do so when the drawing is saved again.",
                    name=text_of(reference),
                )
