"""A lane's id names the group whose work lies in it, and a step lies in one lane."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.extensions import all_lanes
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, children, identity, text_of
from engine.errors import Finding

RULE = "lanes"


def check(sheet: Sheet) -> Iterator[Finding]:
    found = all_lanes(sheet.process)
    yield from _names(sheet, found)
    lane_of: dict[str, Node] = {}
    for lane in found:
        for reference in children(lane, "flowNodeRef"):
            step = text_of(reference)
            before = lane_of.setdefault(step, lane)
            if before is not lane and before not in lane.iterancestors():
                yield _two_lanes(sheet, step, before, lane)
            lane_of[step] = lane


def _names(sheet: Sheet, found: list[Node]) -> Iterator[Finding]:
    for lane in found:
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


def _two_lanes(sheet: Sheet, step: str, first: Node, second: Node) -> Finding:
    return sheet.warning(
        RULE,
        sheet.by_id.get(step, second),
        "Expected %(id)s to lie in one lane, but it lies in %(first)s and in %(second)s, and only the second counts.",
        "Remove it from one of the two, or name its candidates at the step.",
        id=step,
        first=identity(first),
        second=identity(second),
    )
