"""A drawing taken apart into what a reader knows by name, so that two drawings can be compared wholly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from engine.bpmn import extensions as ext
from engine.bpmn.read import read
from engine.bpmn.vocabulary import (
    BPMN,
    BPMNDI,
    EVENT_DEFINITION,
    FLOW_NODES,
    I18N,
    XML,
    Node,
    children,
    identity,
    local,
    text_of,
    within,
)

Where = tuple[str, ...]
"""The way to a fact: the tags of the elements down to it, then `@attribute`, or `#text` for what stands in it."""

_SMALLER = frozenset(
    "participant messageFlow sequenceFlow lane association group textAnnotation dataObject dataObjectReference "
    "dataStoreReference dataInputAssociation dataOutputAssociation process collaboration operation categoryValue "
    "conversation subConversation callConversation conversationLink correlationKey correlationSubscription "
    "choreographyTask subChoreography callChoreography".split()
)
PARTS = FLOW_NODES | _SMALLER
"""The elements that are compared by themselves, besides what stands directly in the file; the rest belongs to one."""
_BESIDE = frozenset({"documentation", "extensionElements"})
_ENDS = ("sourceRef", "targetRef", "attachedToRef", "bpmnElement")
_PLACES = ("Bounds", "waypoint")
_TOLD_BY = ("name", "target", "event", "key", "id")
_WAYS = ("incoming", "outgoing")
_SHAPES = (f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")
# Lanes and ways are told at their steps, shapes at what they show.
_TOLD_ELSEWHERE = frozenset((*_SHAPES, *(f"{{{BPMN}}}{name}" for name in ("flowNodeRef", *_WAYS))))
EMPTY = "✓"
"""What stands for an element that says nothing but that it is there."""


@dataclass
class Part:
    """One thing of a drawing: its BPMN name, its name by language, everything that is said of it, and where it lies."""

    kind: str
    names: Mapping[str, str]
    facts: dict[Where, str] = field(default_factory=dict)
    place: list[str] = field(default_factory=list)


def parts(xml: bytes, file: str) -> dict[str, Part]:
    """What a drawing is made of, by id, in the order of the file; what has no id goes by its kind and number.

    Taken together the parts say everything that can change a run or what a reader sees; spaces, comments and the
    order of elements that have no order are left out. Raises Rejected for what cannot be read.
    """
    root = read(xml, file, as_drawn=True).root
    return _Taking(root).parts


class _Taking:
    def __init__(self, root: Node) -> None:
        self.parts: dict[str, Part] = {}
        self._keys: dict[Node, str] = {}
        self._numbers: Counter[str] = Counter()
        self._drawn = list(root.iter(*_SHAPES))
        self._lists_ways = next(within(root, *_WAYS), None) is not None
        self._part(root, "")
        self._lanes(root)
        self._ways(root)
        for shape in self._drawn:
            self._shape(shape)

    def _part(self, node: Node, around: str) -> None:
        key = self._key(node)
        found = self.parts[key] = Part(local(node), _names(node))
        self._keys[node] = key
        if around:
            found.facts[("in",)] = around
        if node.getparent() is None:
            found.facts[("namespaces",)] = " ".join(sorted(set(map(str, node.nsmap.values()))))
        found.facts.update(self._said(node, (), key, {"id"} if identity(node) else frozenset()))

    def _key(self, node: Node) -> str:
        name = identity(node) or " ".join(filter(None, (local(node), *(node.get(end) for end in _ENDS))))
        self._numbers[name] += 1
        return name if identity(node) and self._numbers[name] == 1 else f"{name} {self._numbers[name]}"

    def _said(self, node: Node, way: Where, key: str, told: Set[str] = frozenset()) -> Iterator[tuple[Where, str]]:
        """What an element says beside what is `told`, with all below it that is no part; parts are taken on the way."""
        for name, value in node.attrib.items():
            if name not in told:
                yield (*way, f"@{name!s}"), str(value)
        text = _own_text(node)
        if text:
            yield (*way, "#text"), text
        if len(node):
            yield from self._inside(node, way, key)

    def _inside(self, node: Node, way: Where, key: str) -> Iterator[tuple[Where, str]]:
        inner = [child for child in node.iterchildren("*") if child.tag not in _TOLD_ELSEWHERE]
        steps = _steps([child for child in inner if not _is_part(child)])
        for child in inner:
            if _is_part(child):
                self._part(child, key)
                continue
            step, told = steps[child]
            below = list(self._said(child, (*way, step), key, told))
            yield from below or [((*way, step), EMPTY)]

    def _lanes(self, root: Node) -> None:
        """The lanes a step lies in; a lane keeps what is nothing in the file."""
        for lane in within(root, "lane"):
            for number, reference in enumerate(children(lane, "flowNodeRef")):
                step = self.parts.get(text_of(reference))
                if step is None:
                    self.parts[self._keys[lane]].facts["flowNodeRef", str(number)] = text_of(reference)
                else:
                    before = step.facts.get(("lanes",))
                    step.facts[("lanes",)] = " ".join(filter(None, (before, self._keys[lane])))

    def _ways(self, root: Node) -> None:
        """In which order several ways leave a step, and what a step lists as its ways if that is not what is drawn."""
        drawn: dict[str, dict[str, list[str]]] = {way: {} for way in _WAYS}
        for flow in within(root, "sequenceFlow"):
            for way, end in zip(_WAYS, ("targetRef", "sourceRef"), strict=True):
                drawn[way].setdefault(flow.get(end, ""), []).append(self._keys[flow])
        for node, key in self._keys.items():
            if local(node) not in FLOW_NODES:
                continue
            leaving = drawn["outgoing"].get(key, [])
            if len(leaving) > 1:
                self.parts[key].facts[("order",)] = " ".join(leaving)
            for way in _WAYS if self._lists_ways else ():
                listed = [text_of(one).rpartition(":")[2] for one in children(node, way)]
                if sorted(listed) != sorted(drawn[way].get(key, [])):
                    self.parts[key].facts[(way,)] = " ".join(listed) or EMPTY

    def _shape(self, shape: Node) -> None:
        """Where a part is drawn, and how; a shape of nothing is a part of its own."""
        name = shape.get("bpmnElement", "").rpartition(":")[2]
        if name not in self.parts:
            self._part(shape, "")
            return
        found = self.parts[name]
        for node in shape.iter("*"):
            if etree.QName(node).localname in _PLACES:
                found.place.append(" ".join([etree.QName(node).localname, *map(str, node.attrib.values())]))
        step = "drawn" if ("drawn", "@bpmnElement") not in found.facts else f"drawn {len(found.place)}"
        for way, value in self._said(shape, (step,), name):
            if not any(step.partition(" ")[0].endswith(_PLACES) for step in way):
                found.facts[way] = value


def _names(node: Node) -> Mapping[str, str]:
    return ext.annotation_text(node) if local(node) == "textAnnotation" else ext.names(node)


def _is_part(node: Node) -> bool:
    parent = node.getparent()
    name = local(node)
    if parent is not None and parent.getparent() is None:
        return name not in _BESIDE
    return node.tag == f"{{{BPMN}}}{name}" and name in PARTS


def _own_text(node: Node) -> str:
    """The text that stands in an element itself, between and around what is in it."""
    pieces = [node.text, *(child.tail for child in node)]
    return " ".join(filter(None, ((piece or "").strip() for piece in pieces)))


def _steps(nodes: list[Node]) -> dict[Node, tuple[str, Set[str]]]:
    """Each element's step on a way, its tag and which of several it is, and the attributes that tell so."""
    alike = Counter(str(node.tag) for node in nodes)
    telling = Counter((str(node.tag), *_telling(node).values()) for node in nodes)
    numbers: Counter[str] = Counter()
    found: dict[Node, tuple[str, Set[str]]] = {}
    for node in nodes:
        tag, told = str(node.tag), _telling(node)
        numbers[tag] += 1
        if told and telling[(tag, *told.values())] == 1:
            found[node] = " ".join((tag, *told.values())), told.keys()
        else:
            found[node] = f"{tag} {numbers[tag]}" if alike[tag] > 1 else tag, frozenset()
    return found


def _telling(node: Node) -> dict[str, str]:
    """The attributes that tell an extension element from others of its tag beside it."""
    if str(node.tag).startswith(f"{{{BPMN}}}"):
        return {}
    names = ("target", f"{{{XML}}}lang") if node.tag == f"{{{I18N}}}translation" else _TOLD_BY
    found = {name: str(node.get(name)) for name in names if node.get(name)}
    return found if len(names) == 2 else dict(islice(found.items(), 1))


def kinds_of_events(part: Part) -> Iterator[str]:
    """What an event is about, as its definitions say."""
    for name in dict.fromkeys(way[0].rpartition("}")[2].partition(" ")[0] for way in part.facts):
        if name.endswith(EVENT_DEFINITION):
            yield name.removesuffix(EVENT_DEFINITION)
