"""The rules of good looks that every drawing is held to, each as a function that names what breaks it."""

from collections.abc import Callable, Iterator
from itertools import combinations

from tests.processes.drawing import NODES, TASKS, Box, Drawing, Line, Point, kind

LINE_HEIGHT, LETTER, BIG_LETTER = 13, 5.3, 5.9
FRAMES = ("participant", "lane", "group")
NAMED_INSIDE = TASKS | {"task", "manualTask", "scriptTask", "sendTask", "receiveTask", "subProcess", "transaction"}
NAMED_OUTSIDE = NODES | {"intermediateThrowEvent", "inclusiveGateway", "sequenceFlow", "messageFlow"}
DATA = ("dataObjectReference", "dataStoreReference")
ITEMS = (*DATA, "textAnnotation", "association", "dataInputAssociation", "dataOutputAssociation", "lane", "participant")


def solid(drawing: Drawing) -> dict[str, Box]:
    """Every shape that covers ground: all but pool, lanes and groups."""
    return {name: box for name, box in drawing.boxes.items() if kind(drawing.by_id[name]) not in FRAMES}


def around(drawing: Drawing, name: str) -> set[str]:
    """The sub-processes (and for an association, the step) that an element lies in."""
    return {node.get("id") for node in drawing.by_id[name].iterancestors()}


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


def undrawn(drawing: Drawing) -> set[str]:
    """Elements that have no shape or line."""
    drawn = set(drawing.boxes) | {line.id for line in drawing.lines}
    wanted = {name for name, node in drawing.by_id.items() if kind(node) in (*NAMED_INSIDE, *NAMED_OUTSIDE, *ITEMS)}
    return wanted - drawn


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of shapes that overlap; an event sits on its host or within it, a step lies in its sub-process."""
    boxes = solid(drawing)
    inside = {name: around(drawing, name) for name in boxes}
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if boxes[one].overlaps(boxes[other]) and other not in inside[one] and one not in inside[other]
        if drawing.by_id[one].get("attachedToRef") not in {other, *inside[other]}
        if drawing.by_id[other].get("attachedToRef") not in {one, *inside[one]}
    ]


def outside_frames(drawing: Drawing) -> list[tuple[str, str]]:
    """Shapes and labels that reach out of their lane, sub-process or pool, and lines that leave the pool.

    A step in a sub-process lies there, whichever lane it belongs to.
    """
    boxes = drawing.boxes
    found = [
        (name, lane)
        for name, lane in drawing.lane_of.items()
        if not around(drawing, name) & set(drawing.nodes) and not boxes[lane].contains(boxes[name])
    ]
    found += [
        (name, frame)
        for name in boxes
        for frame in around(drawing, name) & set(boxes)
        if kind(drawing.by_id[name]) != "boundaryEvent" and not boxes[frame].contains(boxes[name])
    ]
    pools = [boxes[node.get("id")] for node in drawing.all(".//b:participant") if node.get("id") in boxes]
    if pools:
        messages = {node.get("id") for node in drawing.all(".//b:messageFlow")}
        things = {name: box for name, box in {**boxes, **drawing.labels}.items() if name not in messages}
        found += [(name, "pool") for name, box in things.items() if not any(pool.contains(box) for pool in pools)]
        found += [
            (line.id, "pool")
            for line in drawing.lines
            if line.kind != "messageFlow"
            if not any(all(pool.contains(Box(*point, 0, 0)) for point in line.points) for pool in pools)
        ]
    return found


def homeless(drawing: Drawing) -> set[str]:
    """Steps of a drawing with lanes that are in no lane, themselves or by the sub-process around them."""
    if not drawing.all(".//b:lane"):
        return set()
    return {name for name in drawing.nodes if not ({name} | around(drawing, name)) & set(drawing.lane_of)}


def through_shapes(drawing: Drawing) -> list[tuple[str, str]]:
    """Lines that run through a shape which is none of their ends."""
    return [
        (line.id, name)
        for line in drawing.lines
        for name, box in solid(drawing).items()
        if any(crosses(segment, box) for segment in line.segments) and name not in touched(drawing, line)
    ]


def touched(drawing: Drawing, line: Line) -> set[str]:
    """The shapes that a line may touch: its ends, the host of a boundary event at an end, what it lies in."""
    ends = {line.source, line.target} & set(drawing.by_id)
    hosts = {drawing.by_id[end].get("attachedToRef") for end in ends}
    return ends | hosts | around(drawing, line.id)


def askew(drawing: Drawing) -> list[str]:
    """Flows that are not at right angles, or do not end on the borders of their shapes."""
    return [
        line.id
        for line in drawing.lines
        if line.kind == "sequenceFlow"
        if {line.source, line.target} <= set(drawing.boxes)
        if not all(a[0] == b[0] or a[1] == b[1] for a, b in line.segments)
        or not drawing.boxes[line.source].has_on_border(line.points[0])
        or not drawing.boxes[line.target].has_on_border(line.points[-1])
    ]


def crossings(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of flows that cross."""
    flows = [line for line in drawing.lines if line.kind == "sequenceFlow"]
    return [
        (one.id, other.id)
        for one, other in combinations(flows, 2)
        if any(meet(a, b) for a in one.segments for b in other.segments)
    ]


def covered_labels(drawing: Drawing) -> list[tuple[str, str]]:
    """Labels that lie on a shape, a line or another label."""
    shapes = solid(drawing)
    hit = []
    for name, label in drawing.labels.items():
        inside = around(drawing, name)
        hit += [(name, other) for other, box in shapes.items() if label.overlaps(box) and other not in inside]
        hit += [(name, line.id) for line in drawing.lines if any(crosses(each, label) for each in line.segments)]
        hit += [(name, other) for other, box in drawing.labels.items() if other != name and label.overlaps(box)]
    return hit


def badly_labelled(drawing: Drawing) -> list[str]:
    """What is named outside its shape but has no placed label, or one too small for the name."""
    outside = {
        name: node.get("name")
        for name, node in drawing.by_id.items()
        if node.get("name") and kind(node) in (*NAMED_OUTSIDE, *DATA) and kind(node) not in NAMED_INSIDE
    }
    found = sorted(set(outside) ^ {name for name in drawing.labels if kind(drawing.by_id[name]) != "group"})
    return found + [
        name
        for name in set(outside) & set(drawing.labels)
        if lines_of(outside[name], drawing.labels[name].width) * LINE_HEIGHT > drawing.labels[name].height + 1
    ]


def cramped(drawing: Drawing) -> list[str]:
    """Tasks and annotations whose text does not fit."""
    found = []
    for name, box in solid(drawing).items():
        node = drawing.by_id[name]
        if kind(node) == "textAnnotation":
            lines, room = lines_of(node.findtext("{*}text") or "", box.width - 10, BIG_LETTER), box.height
        elif kind(node).endswith("Task") or kind(node) == "callActivity":
            lines, room = lines_of(node.get("name") or "", box.width - 10, BIG_LETTER), box.height - 30
        else:
            continue
        found += [name] if lines * 14 > room else []
    return found


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


def backwards(drawing: Drawing) -> list[tuple[str, str]]:
    """Flows from right to left that close no loop."""
    return [
        (source, target)
        for source, target in drawing.flows
        if {source, target} <= set(drawing.boxes) and source not in drawing.reachable[target]
        if drawing.boxes[target].middle[0] < drawing.boxes[source].middle[0]
    ]


def bends(drawing: Drawing) -> int:
    """How many corners all flows have together."""
    return sum(max(0, len(line.points) - 2) for line in drawing.lines if line.kind == "sequenceFlow")


Rule = Callable[[Drawing], object]
Pairs = Callable[[Drawing], list[tuple[str, str]]]
RULES: tuple[Rule, ...] = (
    undrawn,
    overlapping,
    outside_frames,
    homeless,
    through_shapes,
    askew,
    covered_labels,
    badly_labelled,
    cramped,
    backwards,
)


def broken(drawing: Drawing) -> Iterator[str]:
    """One sentence per broken rule; crossings are counted apart."""
    for rule in RULES:
        found = rule(drawing)
        if found:
            yield f"{drawing.key}: {rule.__name__}: {found}"
