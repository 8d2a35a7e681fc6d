"""Message flows (BPMN 2.0, 9.3): an event or task at their end that names no message takes the flow's."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.translating.operations import HANDLERS
from engine.bpmn.vocabulary import Node, bpmn, camunda, children, event_definitions, identity, line_of, local, within
from engine.errors import Finding, Sentence

RULE = "messages"
_TASKS = ("receiveTask", "sendTask")


def take_messages_from_flows(root: Node, file: str) -> Iterator[Finding]:
    """Names the message where all message flows at one end agree on it; tells of each that was named so."""
    flows = list(within(root, "messageFlow"))
    ends = {identity(node): node for process in children(root, "process") for node in within(process)}
    for flow in flows:
        for name in ("sourceRef", "targetRef"):
            node = ends.get(_bare(flow, name))
            holder = None if node is None else _nameless(node)
            if node is None or holder is None:
                continue
            here = [one for one in flows if _bare(one, name) == identity(node)]
            messages = {_message(root, one, ends) for one in here} - {""}
            if len(messages) == 1:
                message = messages.pop()
                holder.set("messageRef", message)
                yield _told(file, node, root, flow, message)


def _bare(node: Node, name: str) -> str:
    return node.get(name, "").rpartition(":")[2]


def _nameless(node: Node) -> Node | None:
    """What is to name the message: the event's definition, or the task; None when nothing is missing."""
    if local(node) in _TASKS:
        performed = local(node) == "sendTask" and any(node.get(camunda(name)) for name in HANDLERS)
        return None if performed or node.get("messageRef") else node
    definitions = event_definitions(node)
    if len(definitions) != 1 or local(definitions[0]) != "messageEventDefinition" or definitions[0].get("messageRef"):
        return None
    return definitions[0]


def _message(root: Node, flow: Node, ends: dict[str, Node]) -> str:
    """The id of a flow's message: its own, that of its other end, or one by the flow's name."""
    if flow.get("messageRef"):
        return _bare(flow, "messageRef")
    for name in ("sourceRef", "targetRef"):
        node = ends.get(_bare(flow, name))
        for holder in () if node is None else (node, *event_definitions(node)):
            if holder.get("messageRef"):
                return _bare(holder, "messageRef")
    return _declared(root, flow.get("name", "").strip(), identity(flow))


def _declared(root: Node, name: str, flow: str) -> str:
    """The message of that name, declared now if it was not; empty when there is no name."""
    if not name:
        return ""
    for message in children(root, "message"):
        if message.get("name") == name:
            return identity(message)
    made = etree.Element(bpmn("message"), {"id": f"message_of_{flow}", "name": name})
    next(children(root, "collaboration", "process")).addprevious(made)
    return identity(made)


def _told(file: str, node: Node, root: Node, flow: Node, message: str) -> Finding:
    name = next((one.get("name", "") for one in children(root, "message") if identity(one) == message), message)
    text = Sentence(
        "Read %(found)s at %(id)s as %(becomes)s.",
        found=f"messageFlow {identity(flow)}".strip(),
        id=identity(node),
        becomes=f"message {name}",
    )
    remedy = Sentence("Nothing needs to be done.")
    return Finding(file, identity(node), line_of(node), RULE, text, remedy, "info")
