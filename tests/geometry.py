"""The rules of good looks that every drawing is held to, each as a function that names what breaks it."""

from collections.abc import Callable, Iterator
from itertools import combinations

from tests.processes.drawing import NODES, TASKS, Box, Drawing, Line, Point, kind, properties

LINE_HEIGHT, LETTER, BIG_LETTER, BOLD_LETTER = 13, 5.3, 5.9, 6.7
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

    A step in a sub-process lies there, whichever lane it belongs to; the sub-process may reach across the lanes of
    its steps.
    """
    boxes = drawing.boxes
    found = [
        (name, lane)
        for name, lane in drawing.lane_of.items()
        if not around(drawing, name) & set(drawing.nodes) and not at_home(drawing, name)
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


def at_home(drawing: Drawing, name: str) -> bool:
    """Whether a step lies in its lane, or a sub-process in no lane but those of the steps in it."""
    box, lane_of = drawing.boxes[name], drawing.lane_of
    homes = {lane for step, lane in lane_of.items() if name in around(drawing, step)}
    reached = {lane for lane in lane_of.values() if drawing.boxes[lane].overlaps(box)}
    return drawing.boxes[lane_of[name]].contains(box) or (bool(homes) and reached <= homes)


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


def crowded(drawing: Drawing) -> list[str]:
    """Pools and lanes whose name takes more than two lines along their side."""
    bands = [node for node in drawing.by_id.values() if kind(node) in ("participant", "lane")]
    return [
        band.get("id")
        for band in bands
        if lines_of(band.get("name") or "", drawing.boxes[band.get("id")].height - 16, BOLD_LETTER) > 2
    ]


def away_from_home(drawing: Drawing) -> list[tuple[str, str]]:
    """Steps, also those within sub-processes, that lie outside their lane, and lanes without any step."""
    boxes, lane_of = drawing.boxes, drawing.lane_of
    found = [
        (name, lane)
        for name, lane in lane_of.items()
        if name not in {other for step in lane_of for other in around(drawing, step)}
        if not boxes[lane].contains(boxes[name])
    ]
    return found + [
        (lane.get("id"), "empty") for lane in drawing.all(".//b:lane") if lane.get("id") not in lane_of.values()
    ]


def loose_notes(drawing: Drawing) -> list[str]:
    """Annotations that no line joins to what they are about; a heading (`Inputs:`) stands alone."""
    joined = {end for line in drawing.lines if line.kind == "association" for end in (line.source, line.target)}
    notes = {node.get("id"): node.findtext("{*}text") or "" for node in drawing.all(".//b:textAnnotation")}
    return [name for name, text in notes.items() if name not in joined and not text.endswith(":")]


def unclear_labels(drawing: Drawing) -> list[tuple[str, str]]:
    """Labels of flows that stand where a flow from elsewhere has joined theirs already."""
    flows = [line for line in drawing.lines if line.kind == "sequenceFlow"]
    found = []
    for line in flows:
        if line.id in drawing.labels:
            place = nearest(line, drawing.labels[line.id].middle)
            others = [other for other in flows if other.source != line.source]
            found += [(line.id, other.id) for other in others if distance(nearest(other, place), place) < 1]
    return found


def nearest(line: Line, point: Point) -> Point:
    """The point of a line that is nearest to another point."""
    found = [
        (min(max(point[0], min(a[0], b[0])), max(a[0], b[0])), min(max(point[1], min(a[1], b[1])), max(a[1], b[1])))
        for a, b in line.segments
    ]
    return min(found, key=lambda each: distance(each, point))


def distance(one: Point, other: Point) -> float:
    """How far two points are from each other."""
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def hidden_marks(drawing: Drawing) -> list[tuple[str, str]]:
    """Events on a border that hide the star or the icon in the upper corners of their step."""
    found = []
    for name, node in drawing.by_id.items():
        host = node.get("attachedToRef")
        if host:
            box = drawing.boxes[host]
            corners = [Box(box.x + 5, box.y + 5, 16, 16)]
            if properties(drawing.by_id[host]).get("high_performing") == "true":
                corners.append(Box(box.right - 19, box.y + 5, 14, 14))
            found += [(name, host) for corner in corners if drawing.boxes[name].overlaps(corner)]
    return found


def aslant(drawing: Drawing) -> list[str]:
    """Lines of data that slant although the data stands right above or below its step."""
    return [
        line.id
        for line in drawing.lines
        if line.kind in ("dataInputAssociation", "dataOutputAssociation") and len(line.points) == 2
        if line.points[0][0] != line.points[1][0] and line.points[0][1] != line.points[1][1]
        if straight(drawing, line)
    ]


def straight(drawing: Drawing, line: Line) -> bool:
    """Whether the middle of one end of a line stands over the other."""
    one, other = sorted((drawing.boxes[line.source], drawing.boxes[line.target]), key=lambda box: box.width)
    return other.x + 4 <= one.middle[0] <= other.right - 4


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
OWN_RULES: tuple[Rule, ...] = (*RULES, crowded, away_from_home, loose_notes, unclear_labels, hidden_marks, aslant)
"""What the processes' own drawings keep beyond what the automatic layout promises."""


def broken(drawing: Drawing) -> Iterator[str]:
    """One sentence per broken rule; crossings are counted apart."""
    for rule in RULES:
        found = rule(drawing)
        if found:
            yield f"{drawing.key}: {rule.__name__}: {found}"
