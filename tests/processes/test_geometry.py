"""The drawings are drawn with care: nothing overlaps, no flow runs through a shape, no label lies on a line."""

from itertools import combinations

import pytest

from tests.processes.drawing import DRAWINGS, NODES, Box, Drawing, Line, Point, kind

WIDEST = 2600
LINE_HEIGHT, LETTER, BIG_LETTER = 13, 5.3, 5.9


@pytest.fixture(params=DRAWINGS)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing(request.param)


def solid(drawing: Drawing) -> dict[str, Box]:
    """Every shape that covers ground: all but pool and lanes."""
    return {
        name: box for name, box in drawing.boxes.items() if kind(drawing.by_id[name]) not in ("participant", "lane")
    }


def crosses(segment: tuple[Point, Point], box: Box) -> bool:
    """Whether a straight line passes through the inside of a box (Liang-Barsky clipping)."""
    (x1, y1), (x2, y2) = segment
    start, end = 0.0, 1.0
    for step, low, high in ((x2 - x1, box.x - x1, box.right - x1), (y2 - y1, box.y - y1, box.bottom - y1)):
        if step == 0:
            if low >= 0 or high <= 0:
                return False
            continue
        first, last = sorted((low / step, high / step))
        start, end = max(start, first), min(end, last)
    return end - start > 1e-9


def meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether a horizontal and a vertical segment cross, ends not counted."""
    for flat, steep in ((one, other), (other, one)):
        (x1, y1), (x2, y2) = flat
        (x3, y3), (x4, y4) = steep
        if y1 == y2 and x3 == x4 and min(x1, x2) < x3 < max(x1, x2) and min(y3, y4) < y1 < max(y3, y4):
            return True
    return False


def test_every_element_is_drawn(drawing: Drawing) -> None:
    drawn = set(drawing.boxes) | {line.id for line in drawing.lines}

    assert set(drawing.nodes) <= drawn
    assert {flow.get("id") for flow in drawing.flows.values()} <= drawn
    for path in ("dataObjectReference", "textAnnotation", "association", "lane", "participant"):
        assert {node.get("id") for node in drawing.all(f".//b:{path}")} <= drawn
    for path in ("dataInputAssociation", "dataOutputAssociation"):
        assert {node.get("id") for node in drawing.all(f".//b:{path}")} <= drawn


def test_no_two_shapes_overlap(drawing: Drawing) -> None:
    boxes = solid(drawing)
    allowed = {
        frozenset((name, node.get("attachedToRef")))
        for name, node in drawing.nodes.items()
        if node.get("attachedToRef")
    }

    overlapping = [
        pair
        for pair in combinations(boxes, 2)
        if frozenset(pair) not in allowed and boxes[pair[0]].overlaps(boxes[pair[1]])
    ]

    assert overlapping == []


def test_no_line_runs_through_a_shape(drawing: Drawing) -> None:
    through = [
        (line.id, name)
        for line in drawing.lines
        for name, box in solid(drawing).items()
        if name not in ends(drawing, line) and any(crosses(segment, box) for segment in line.segments)
    ]

    assert through == []


def ends(drawing: Drawing, line: Line) -> set[str]:
    """The shapes that a line may touch: its ends, and the host of a boundary event at an end."""
    hosts = {drawing.by_id[end].get("attachedToRef") for end in (line.source, line.target)}
    return {line.source, line.target} | hosts


def test_flows_are_orthogonal_and_end_on_the_borders_of_their_shapes(drawing: Drawing) -> None:
    for line in drawing.lines:
        if line.kind == "sequenceFlow":
            assert all(a[0] == b[0] or a[1] == b[1] for a, b in line.segments), line.id
            assert drawing.boxes[line.source].has_on_border(line.points[0]), line.id
            assert drawing.boxes[line.target].has_on_border(line.points[-1]), line.id


def test_flows_do_not_cross_each_other(drawing: Drawing) -> None:
    flows = [line for line in drawing.lines if line.kind == "sequenceFlow"]

    crossing = [
        (one.id, other.id)
        for one, other in combinations(flows, 2)
        if any(meet(a, b) for a in one.segments for b in other.segments)
    ]

    assert crossing == []


def test_labels_lie_on_no_line_shape_or_other_label(drawing: Drawing) -> None:
    hit = []
    for name, label in drawing.labels.items():
        hit += [(name, other) for other, box in solid(drawing).items() if label.overlaps(box)]
        hit += [(name, line.id) for line in drawing.lines if any(crosses(each, label) for each in line.segments)]
        hit += [(name, other) for other, box in drawing.labels.items() if other != name and label.overlaps(box)]

    assert hit == []


def test_what_is_named_outside_its_shape_has_a_placed_label_with_room_for_its_name(drawing: Drawing) -> None:
    outside = {
        name: node
        for name, node in drawing.by_id.items()
        if node.get("name") and kind(node) in NODES | {"dataObjectReference", "sequenceFlow"}
        if kind(node) not in ("userTask", "serviceTask", "businessRuleTask", "callActivity")
    }

    assert set(outside) == set(drawing.labels)
    for name, node in outside.items():
        label = drawing.labels[name]
        assert lines_of(node.get("name"), label.width) * LINE_HEIGHT <= label.height + 1, name


def test_tasks_and_annotations_have_room_for_their_text(drawing: Drawing) -> None:
    for name, box in solid(drawing).items():
        node = drawing.by_id[name]
        if kind(node) == "textAnnotation":
            text = node.findtext("{*}text") or ""
            assert lines_of(text, box.width - 10, BIG_LETTER) * 14 <= box.height, name
        elif kind(node).endswith("Task") or kind(node) == "callActivity":
            assert lines_of(node.get("name"), box.width - 10, BIG_LETTER) * 14 <= box.height - 30, name


def lines_of(text: str, width: float, letter: float = LETTER) -> int:
    """How many lines a text takes when wrapped between words."""
    lines, used = 1, 0.0
    for word in text.split():
        size = len(word) * letter
        if used and used + letter + size > width:
            lines, used = lines + 1, size
        else:
            used += size + (letter if used else 0)
    return lines


def test_every_shape_lies_in_its_lane_and_every_lane_in_the_pool(drawing: Drawing) -> None:
    assert set(drawing.lane_of) == set(drawing.nodes)
    for name, lane in drawing.lane_of.items():
        assert drawing.boxes[lane].contains(drawing.boxes[name]), name
    pool = drawing.boxes[drawing.all(".//b:participant")[0].get("id")]
    for name, box in {**drawing.boxes, **drawing.labels}.items():
        assert pool.contains(box), name
    for line in drawing.lines:
        assert all(pool.contains(Box(*point, 0, 0)) for point in line.points), line.id


def test_flows_run_from_left_to_right_except_where_they_close_a_loop(drawing: Drawing) -> None:
    backwards = [
        (source, target)
        for source, target in drawing.flows
        if source not in drawing.reachable[target] and drawing.boxes[target].middle[0] < drawing.boxes[source].middle[0]
    ]

    assert backwards == []


def test_the_drawing_fits_a_wide_screen(drawing: Drawing) -> None:
    pool = drawing.boxes[drawing.all(".//b:participant")[0].get("id")]

    assert pool.right <= WIDEST


def test_the_manager_stands_above_the_rep() -> None:
    drawing = Drawing("prioritize-opportunity")

    assert drawing.boxes["lane_mgr"].bottom == drawing.boxes["lane_rep"].y
