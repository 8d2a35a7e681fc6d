"""The words of BPMN 2.0 and of the Camunda-7 attributes: namespaces, kinds of elements, ways to walk them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
I18N = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
# What is drawn but never executed is kept under this namespace in a normalised drawing.
SHOWN = "urn:salesflow:shown"

TASKS = frozenset("task userTask manualTask serviceTask scriptTask businessRuleTask sendTask receiveTask".split())
SCOPES = frozenset("subProcess transaction adHocSubProcess".split())
ACTIVITIES = TASKS | SCOPES | {"callActivity"}
GATEWAYS = frozenset("exclusiveGateway parallelGateway inclusiveGateway eventBasedGateway complexGateway".split())
CATCHING = frozenset("startEvent intermediateCatchEvent boundaryEvent".split())
THROWING = frozenset("intermediateThrowEvent endEvent".split())
EVENTS = CATCHING | THROWING
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
DATA = frozenset("dataObjectReference dataStoreReference dataInput dataOutput".split())
ASSOCIATIONS = frozenset("association dataInputAssociation dataOutputAssociation".split())
ARTIFACTS = frozenset({"textAnnotation", "group"})
EVENT_DEFINITION = "EventDefinition"

Node = etree._Element
LAST_LINE = 65_535
"""The XML library counts no further."""


def bpmn(name: str) -> str:
    """The qualified name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def camunda(name: str) -> str:
    """The qualified name of a Camunda attribute or extension element."""
    return f"{{{CAMUNDA}}}{name}"


@lru_cache(maxsize=2048)
def _split(tag: str) -> tuple[str, str]:
    """Namespace and local name of a tag; the set of tags is small, their use is not."""
    space, _, name = tag.rpartition("}")
    return space[1:], name


@lru_cache(maxsize=2048)
def _tags(names: tuple[str, ...]) -> tuple[str, ...]:
    """The tags under which elements of these kinds stand in a tree."""
    return tuple(f"{{{BPMN}}}{name}" for name in names) + tuple(shown(name) for name in names)


def shown(name: str) -> str:
    """The qualified name of an element of that kind that is drawn but not executed."""
    return f"{{{SHOWN}}}{name}Shown"


def local(node: Node) -> str:
    """The name of an element without its namespace; a shown element goes by what it was."""
    space, name = _split(node.tag)
    return name.removesuffix("Shown") if space == SHOWN else name


def is_bpmn(node: Node) -> bool:
    """Whether the element belongs to the BPMN standard (or was one, and is now only shown)."""
    return _split(node.tag)[0] in (BPMN, SHOWN)


def children(node: Node, *names: str) -> Iterator[Node]:
    """The BPMN child elements, of these kinds when some are named."""
    if names:
        yield from node.iterchildren(*_tags(names))
    else:
        yield from filter(is_bpmn, node.iterchildren("*"))


def first(node: Node, *names: str) -> Node | None:
    """The first BPMN child of these kinds."""
    return next(children(node, *names), None)


def within(node: Node, *names: str) -> Iterator[Node]:
    """The BPMN elements below a node, at any depth, of these kinds when some are named."""
    if names:
        yield from node.iterdescendants(*_tags(names))
    else:
        yield from filter(is_bpmn, node.iterdescendants("*"))


def flow_nodes(scope: Node) -> Iterator[Node]:
    """The activities, gateways and events directly inside a process or sub-process."""
    return children(scope, *FLOW_NODES)


def flows(scope: Node) -> Iterator[Node]:
    """The sequence flows directly inside a process or sub-process."""
    return children(scope, "sequenceFlow")


def scopes(process: Node) -> Iterator[Node]:
    """The process and every sub-process in it, at any depth."""
    yield process
    yield from within(process, *SCOPES)


def identity(node: Node) -> str:
    """The id of an element, empty when it has none."""
    return node.get("id", "")


def line_of(node: Node) -> int:
    """The line of the file an element stands on, 0 when it was never in a file or its line is not known."""
    line = int(cast(Any, node).sourceline or 0)
    return line if line < LAST_LINE else 0


def text_of(node: Node | None) -> str:
    """The text inside an element, trimmed; empty when there is none."""
    return "".join(map(str, node.itertext())).strip() if node is not None else ""


def event_definitions(node: Node) -> list[Node]:
    """The event definitions of an event (timer, message, ...), in order, those that it only refers to last."""
    own = [child for child in children(node) if local(child).endswith(EVENT_DEFINITION)]
    shared = (shared_definition(reference) for reference in children(node, "eventDefinitionRef"))
    return own + [definition for definition in shared if definition is not None]


def shared_definition(reference: Node) -> Node | None:
    """The event definition beside the process that an `eventDefinitionRef` names; None when there is none."""
    wanted = text_of(reference).rpartition(":")[2]
    root = reference.getroottree().getroot()
    found = (one for one in children(root) if local(one).endswith(EVENT_DEFINITION) and identity(one) == wanted)
    return next(found, None)


def kind_of(definition: Node) -> str:
    """What an event definition is about: timer, message, error, ..."""
    return local(definition).removesuffix(EVENT_DEFINITION)


def event_kind(node: Node) -> str | None:
    """What an event is about (the first thing, of several); None for a plain event."""
    definitions = event_definitions(node)
    return kind_of(definitions[0]) if definitions else None


def undoes(node: Node) -> bool:
    """Whether an activity is only there to undo another one, outside the flow."""
    return node.get("isForCompensation", "false").lower() in ("true", "1")


def associations(root: Node) -> dict[str, list[str]]:
    """The ids that associations join with an id, by that id, whichever way they point."""
    found: dict[str, list[str]] = {}
    for one in within(root, "association"):
        source, target = ends_of(one)
        found.setdefault(source, []).append(target)
        found.setdefault(target, []).append(source)
    return found


def ends_of(connection: Node) -> tuple[str, str]:
    """The ids of what an association or a message flow joins."""
    source, target = (connection.get(end, "").rpartition(":")[2] for end in ("sourceRef", "targetRef"))
    return source, target


def loop_of(node: Node) -> Node | None:
    """The multi-instance characteristics of an activity, if it has them."""
    return first(node, "multiInstanceLoopCharacteristics")
