"""Where groups are drawn: around the elements of their category, or around what they held before."""

from __future__ import annotations

from engine.bpmn.boxes import Box, box_of
from engine.bpmn.layout.plan import Picture
from engine.bpmn.vocabulary import BPMNDI, Node, children, identity, text_of, within

_MARGIN = 14


def group_boxes(root: Node, picture: Picture) -> dict[str, Box]:
    """The boxes of the groups that hold something, by id."""
    found = {}
    for group in within(root, "group"):
        held = [picture.shapes[name] for name in _held(root, group) if name in picture.shapes]
        if held:
            x, y = min(box.x for box in held) - _MARGIN, min(box.y for box in held) - _MARGIN
            right, bottom = max(box.right for box in held) + _MARGIN, max(box.bottom for box in held) + _MARGIN
            found[identity(group)] = Box(x, y, right - x, bottom - y)
    return found


def _held(root: Node, group: Node) -> list[str]:
    category = group.get("categoryValueRef", "")
    members = [
        identity(node)
        for node in within(root)
        if category and any(text_of(value) == category for value in children(node, "categoryValueRef"))
    ]
    if members:
        return members
    boxes = {
        shape.get("bpmnElement", ""): box
        for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")
        if (box := box_of(shape)) is not None
    }
    frame = boxes.get(identity(group))
    return [] if frame is None else [name for name, box in boxes.items() if box is not frame and frame.holds(box)]
